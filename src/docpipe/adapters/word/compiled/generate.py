"""Code for a part, by Jinja's own generator with its dearest steps made direct.

What a template means is left to Jinja. Changed is only how its commonest steps are done: output is
collected as bytes, attributes are Python's, loops count for themselves. The direct code needs no
check for what is missing or forbidden: it fails there, and docxtpl is asked instead (`BailError`).
"""

from collections.abc import Iterable, Sequence
from keyword import iskeyword
from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.idtracking import VAR_LOAD_RESOLVE
from jinja2.nodes import EvalContext
from jinja2.sandbox import _mutable_spec  # the names that Jinja's own sandbox guards

from docpipe.adapters.word.budget import COUNTED
from docpipe.adapters.word.compiled.loops import Loop, plain_loop
from docpipe.adapters.word.compiled.shape import Shape
from docpipe.adapters.word.compiled.tables import Mark
from docpipe.adapters.word.compiled.xmltext import Place

_GUARDED = {name for _, names in _mutable_spec for name in names} | {"format", "format_map", "mro"}
_FRAMES = ("_", "gi_", "cr_", "ag_", "tb_", "co_", "f_")
_PRINTERS = {Place.TEXT: "text", Place.ELSEWHERE: "elsewhere", Place.PROPERTY: "plain"}
_MAYBE = ("defined", "undefined", "default", "d")
_TEXT_METHODS = frozenset(
    """capitalize endswith isdigit lower lstrip removeprefix removesuffix rstrip split splitlines
    startswith strip title upper""".split()  # noqa: SIM905
)


class Generator(CodeGenerator):
    """Writes `def NAME(context, look, put, steps, numbers)`; `put` takes a tuple of bytes."""

    def __init__(self, environment: Any, function: str, shape: Shape) -> None:
        super().__init__(environment, None, None)
        self._function = function
        self._shape = shape
        self._quick = getattr(environment, "quick", {})
        self._loops: dict[str, Loop] = {}
        self._maybe: set[str] = set()
        self._exact = 0
        self.whole = False
        """Whether the code needs Jinja's runtime and a context of Jinja's."""

    # statements

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802
        """The function for the whole part."""
        self._maybe = set(_names(_askers(node)))
        self.whole = bool(self._maybe)
        self.writeline(f"def {self._function}(context, look, put, steps, numbers):", extra=1)
        self.indent()
        if self._maybe:
            self.writeline("resolve = context.resolve_or_missing")
        root = Frame(EvalContext(self.environment, self.name))
        root.symbols.analyze_node(node)
        root.toplevel = root.rootlevel = True
        self.writeline("pass")
        self.enter_frame(root)
        self.pull_dependencies(node.body)
        self.blockvisit(node.body, root)
        self.outdent()

    def enter_frame(self, frame: Frame) -> None:
        """Names are looked up where Jinja looks them up; one that is not there ends it."""
        own = {COUNTED, "range"} if self._quick else set()
        for target, (action, name) in list(frame.symbols.loads.items()):
            if action == VAR_LOAD_RESOLVE and name is not None and name not in self._maybe:
                if name not in own:
                    self.writeline(f"{target} = look({name!r})")
                frame.symbols.loads[target] = (action, None)
        resolved = {t: a for t, a in frame.symbols.loads.items() if a == (VAR_LOAD_RESOLVE, None)}
        for target in resolved:
            del frame.symbols.loads[target]
        super().enter_frame(frame)
        frame.symbols.loads.update(resolved)

    def pull_dependencies(self, body: Iterable[nodes.Node]) -> None:
        """Filters and tests are names of the module; those of Jinja need its runtime."""
        for part in body:
            for kind, known in ((nodes.Filter, self.filters), (nodes.Test, self.tests)):
                for node in part.find_all(kind):
                    known.setdefault(node.name, f"{kind.__name__.lower()}_{node.name}")

    def visit_For(self, node: nodes.For, frame: Frame) -> None:  # noqa: N802
        """A loop that counts for itself, where the template uses no more of it."""
        if not plain_loop(node):
            self.whole = True
            super().visit_For(node, frame)
            return
        inner, other = frame.inner(), frame.inner()
        inner.loop_frame = True
        reference = inner.symbols.declare_parameter("loop")
        inner.symbols.analyze_node(node, for_branch="body")
        items = self._items(node, frame, inner)
        loop = Loop.of(node, items, self.temporary_identifier)
        for line in loop.before:
            self.writeline(line)
        self.writeline("for ", node)
        self.visit(node.target, inner)
        self.write(f" in {items}:")
        self.indent()
        for line in loop.each:
            self.writeline(line)
        self.enter_frame(inner)
        if _keeps(node):
            self.writeline("_loop_vars = {}")
        outer, self._loops[reference] = self._loops.get(reference), loop
        self.blockvisit(node.body, inner)
        self._loops.pop(reference)
        if outer is not None:
            self._loops[reference] = outer
        self.outdent()
        self._otherwise(node, items, other)
        if self._assign_stack:
            self._assign_stack[-1].difference_update(inner.symbols.stores)

    def _items(self, node: nodes.For, frame: Frame, inner: Frame) -> str:
        """What is looped over, in a list or tuple of its own name."""
        items = self.temporary_identifier()
        self.writeline(f"{items} = items(")
        self.visit(node.iter, frame)
        self.write(")")
        if node.test is not None:
            asked = frame.inner()
            asked.symbols.analyze_node(node, for_branch="test")
            chosen, self_ = self.temporary_identifier(), items
            self.writeline(f"{chosen} = []")
            self.writeline("for ")
            self.visit(node.target, inner)
            self.write(f" in {self_}:")
            self.indent()
            self.enter_frame(asked)
            self._choose(node, asked, inner, chosen)
            self.outdent()
            return chosen
        return items

    def _choose(self, node: nodes.For, asked: Frame, inner: Frame, chosen: str) -> None:
        assert node.test is not None
        self.writeline("if ")
        self.visit(node.test, asked)
        self.write(f": {chosen}.append(")
        self.visit(node.target, inner)
        self.write(")")

    def _otherwise(self, node: nodes.For, items: str, other: Frame) -> None:
        if not node.else_:
            return
        other.symbols.analyze_node(node, for_branch="else")
        self.writeline(f"if not {items}:")
        self.indent()
        self.enter_frame(other)
        self.blockvisit(node.else_, other)
        self.outdent()

    def visit_Output(self, node: nodes.Output, frame: Frame) -> None:  # noqa: N802
        """Static bytes and printed values, several at a time."""
        if frame.buffer is not None:
            self.whole = True
            super().visit_Output(node, frame)
            return
        pieces: list[bytes | nodes.Expr] = []
        for child in node.nodes:
            for piece in self._pieces(child):
                if isinstance(piece, Mark):
                    self._put(pieces, frame)
                    pieces = []
                    self._mark(piece)
                elif isinstance(piece, bytes) and pieces and isinstance(pieces[-1], bytes):
                    pieces[-1] += piece
                else:
                    pieces.append(piece)
        self._put(pieces, frame)

    def _pieces(self, child: nodes.Expr) -> Iterable[bytes | Mark | nodes.Expr]:
        if not isinstance(child, nodes.TemplateData):
            return [child]
        made = self._shape.texts[id(child)]
        return [piece if isinstance(piece, Mark) else piece.encode() for piece in made]

    def _put(self, pieces: Sequence[bytes | nodes.Expr], frame: Frame) -> None:
        if not pieces:
            return
        self.writeline("put((")
        for piece in pieces:
            if isinstance(piece, bytes):
                self.write(repr(piece))
            else:
                self._print(piece, frame)
            self.write(", ")
        self.write("))")

    def _print(self, value: nodes.Expr, frame: Frame) -> None:
        known = self._quick.get(value.name) if isinstance(value, nodes.Filter) else None
        figure = known is not None and getattr(known, "is_figure", False)
        self.write("(" if figure else f"{_PRINTERS[self._shape.places[id(value)]]}(")
        self.visit(value, frame)
        self.write(").encode()" if figure else ")")

    def _mark(self, mark: Mark) -> None:
        flag = f"full_{mark.table}"
        self.writeline(
            {
                "table": f"{flag} = False",
                "row": f"{flag} = True",
                "end": f"if not {flag}: bail()",
                "cell": "end_cell(put)",
            }[mark.what]
        )

    # expressions

    def visit_Name(self, node: nodes.Name, frame: Frame) -> None:  # noqa: N802
        """A name that was looked up is there; a loop that counts for itself has no object."""
        reference = frame.symbols.find_ref(node.name)
        load = frame.symbols.find_load(reference) if reference else None
        if node.ctx == "load" and load == (VAR_LOAD_RESOLVE, None):
            self.write(str(reference))
        else:
            super().visit_Name(node, frame)

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        """An attribute, or a dictionary's entry of that name."""
        name = node.attr
        if isinstance(node.node, nodes.Name) and node.node.name == "loop":
            loop = self._loops.get(str(frame.symbols.find_ref("loop")))
            if loop is not None:
                self.write(loop.attribute(name))
                return
        if self._exact or name in _GUARDED or name.startswith(_FRAMES):
            self.whole = True
            super().visit_Getattr(node, frame)
            return
        if hasattr(dict, name):
            self._wrapped("(", node.node, f").{name}", frame)
            return
        held = self.temporary_identifier()
        direct = f"getattr({held}, {name!r})" if iskeyword(name) else f"{held}.{name}"
        before = f"({held}[{name!r}] if type({held} := "
        self._wrapped(before, node.node, f") is dict else {direct})", frame)

    def _wrapped(self, before: str, node: nodes.Node, after: str, frame: Frame) -> None:
        self.write(before)
        self.visit(node, frame)
        self.write(after)

    def visit_Getitem(self, node: nodes.Getitem, frame: Frame) -> None:  # noqa: N802
        """An item; Jinja tries an attribute next, which is left to it."""
        if self._exact or isinstance(node.arg, nodes.Slice):
            self.whole = self.whole or bool(self._exact)
            super().visit_Getitem(node, frame)
            return
        self._wrapped("(", node.node, ")[", frame)
        self.visit(node.arg, frame)
        self.write("]")

    def visit_Filter(self, node: nodes.Filter, frame: Frame) -> None:  # noqa: N802
        """A filter: ours as it is, Jinja's by its runtime."""
        quick = self._quick.get(node.name)
        if quick is None or node.node is None:
            self.whole = True
            self._asking(node.name, super().visit_Filter, node, frame)
            return
        self.write(f"filter_{node.name}(")
        if getattr(quick, "wants_context", False):
            self.write("context, ")
        self.visit(node.node, frame)
        self.signature(node, frame)
        self.write(")")

    def visit_Test(self, node: nodes.Test, frame: Frame) -> None:  # noqa: N802
        """A test: `is none` is Python's, the others are Jinja's."""
        if node.name == "none":
            self._wrapped("((", node.node, ") is None)", frame)
            return
        self.whole = True
        self._asking(node.name, super().visit_Test, node, frame)

    def _asking(self, name: str, visit: Any, node: nodes.Node, frame: Frame) -> None:
        """Whether something is there is asked by Jinja's own steps."""
        self._exact += name in _MAYBE
        visit(node, frame)
        self._exact -= name in _MAYBE

    def visit_CondExpr(self, node: nodes.CondExpr, frame: Frame) -> None:  # noqa: N802
        """`a if b else c`; without else it is left to docxtpl when b is false."""
        if node.expr2 is None:
            missing = nodes.Call(nodes.Name("", "load"), [], [], None, None)
            node = nodes.CondExpr(node.test, node.expr1, missing)
        soft = frame.soft()
        self._wrapped("((", node.expr1, ") if (", soft)
        self.visit(node.test, soft)
        self.write(") else (")
        assert node.expr2 is not None
        if isinstance(node.expr2, nodes.Call) and getattr(node.expr2.node, "name", None) == "":
            self.write("bail()")
        else:
            self.visit(node.expr2, soft)
        self.write("))")

    def visit_Call(  # noqa: N802
        self, node: nodes.Call, frame: Frame, forward_caller: bool = False
    ) -> None:
        """Calls of our counting and of text's methods; others by Jinja's runtime."""
        called = node.node
        if isinstance(called, nodes.Name) and called.name == COUNTED:
            self._wrapped("steps(", node.args[0], ")", frame)
        elif isinstance(called, nodes.Name) and called.name == "range" and self._quick:
            self.write("numbers(")
            for argument in node.args:
                self.visit(argument, frame)
                self.write(", ")
            self.write(")")
        elif isinstance(called, nodes.Getattr) and called.attr in _TEXT_METHODS and self._quick:
            self._wrapped("a_text(", called.node, f").{called.attr}(", frame)
            for argument in node.args:
                self.visit(argument, frame)
                self.write(", ")
            self.write(")")
        else:
            self.whole = True
            super().visit_Call(node, frame, forward_caller)


def _askers(tree: nodes.Node) -> Iterable[nodes.Node]:
    """The tests and filters that ask whether something is there."""
    for node in tree.find_all((nodes.Test, nodes.Filter)):
        if node.name in _MAYBE:
            yield node


def _names(found: Iterable[nodes.Node]) -> Iterable[str]:
    for node in found:
        yield from (name.name for name in node.find_all(nodes.Name))


def _keeps(node: nodes.For) -> bool:
    """Whether the body sets names or calls what may."""
    kinds = (nodes.Assign, nodes.AssignBlock, nodes.Call, nodes.CallBlock)
    return any(True for part in node.body for _ in part.find_all(kinds)) or any(
        isinstance(part, kinds) for part in node.body
    )
