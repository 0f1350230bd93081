"""Code for a part, by Jinja's own generator with its most expensive steps made direct.

What a template means is left to Jinja. Changed is only how its commonest steps are done: output is
collected as bytes, attributes are Python's, loops count for themselves. The direct code needs no
check for what is missing or forbidden: it fails there, and docxtpl is asked instead (`BailError`).
"""

from collections.abc import Iterable, Sequence
from io import StringIO
from typing import Any

from jinja2 import nodes
from jinja2.compiler import Frame
from jinja2.idtracking import VAR_LOAD_RESOLVE
from jinja2.nodes import EvalContext

from docpipe.adapters.word.budget import COUNTED
from docpipe.adapters.word.compiled.expressions import Expressions
from docpipe.adapters.word.compiled.hoisting import Hoisted, steady
from docpipe.adapters.word.compiled.loops import Loop, plain_loop
from docpipe.adapters.word.compiled.shape import Shape
from docpipe.adapters.word.compiled.tables import TableMark
from docpipe.adapters.word.compiled.template_names import names_asked_for, names_set
from docpipe.adapters.word.compiled.xmltext import XmlPlace
from docpipe.adapters.word.filters import FIGURES, PAIRS

_PRINTERS = {XmlPlace.TEXT: "text", XmlPlace.ELSEWHERE: "elsewhere", XmlPlace.PROPERTY: "plain"}


class Generator(Expressions):
    """Writes `def NAME(context, look, put, add, steps, numbers)`.

    `put` takes a tuple of bytes, `add` one piece.
    """

    def __init__(self, environment: Any, function: str, shape: Shape) -> None:
        super().__init__(environment)
        self._function = function
        self._shape = shape
        self._asked: set[str] = set()
        """Names of which the template asks whether they are there."""
        self._set: set[str] = set()

    def code(self, tree: nodes.Template) -> str:
        """The function's source."""
        self.visit(tree)
        assert isinstance(self.stream, StringIO)
        return self.stream.getvalue()

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:
        """The function for the whole part."""
        self._asked = set(names_asked_for(node))
        self._set = set(names_set(node))
        self._held = Hoisted(steady(node))
        self.whole = bool(self._asked)
        self.writeline(f"def {self._function}(context, look, put, add, steps, numbers):", extra=1)
        self.indent()
        if self._asked:
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
        loads = frame.symbols.loads
        ours = {
            target: name
            for target, (action, name) in loads.items()
            if action == VAR_LOAD_RESOLVE and name not in self._asked
        }
        for target, name in ours.items():
            self._look_up(target, name)
            del loads[target]
        super().enter_frame(frame)
        for target, name in ours.items():
            loads[target] = (VAR_LOAD_RESOLVE, name if name in self._set else None)

    def _look_up(self, target: str, name: str | None) -> None:
        """Our own names are no facts; one that the template sets need not be there before."""
        if name in self._set:
            self.writeline(f"{target} = maybe(look, {name!r}, missing)")
        elif name is not None and not (self._quick and name in (COUNTED, "range")):
            self.writeline(f"{target} = look({name!r})")

    def pull_dependencies(self, body: Iterable[nodes.Node]) -> None:
        """Filters and tests are names of the module; those of Jinja need its runtime."""
        for part in body:
            for kind, known in ((nodes.Filter, self.filters), (nodes.Test, self.tests)):
                for node in part.find_all(kind):
                    known.setdefault(node.name, f"{kind.__name__.lower()}_{node.name}")

    def blockvisit(self, body: Iterable[nodes.Node], frame: Frame) -> None:
        """Statements of a branch, a loop or the whole: what they hold is theirs."""
        with self._held.branch():
            super().blockvisit(body, frame)

    def visit_If(self, node: nodes.If, frame: Frame) -> None:
        """Conditions after the first are asked only where those before were false."""
        soft = frame.soft()
        self.writeline("if ", node)
        self.visit(node.test, soft)
        self.write(":")
        self._indented(node.body, soft)
        with self._held.branch():
            for other in node.elif_:
                self.writeline("elif ", other)
                self.visit(other.test, soft)
                self.write(":")
                self._indented(other.body, soft)
        if node.else_:
            self.writeline("else:")
            self._indented(node.else_, soft)

    def _indented(self, body: Sequence[nodes.Node], frame: Frame) -> None:
        self.indent()
        self.blockvisit(body, frame)
        self.outdent()

    def visit_Assign(self, node: nodes.Assign, frame: Frame) -> None:
        """What was held of a name that is set is not held any more."""
        self._held.forget()
        super().visit_Assign(node, frame)
        self._held.forget()

    def visit_AssignBlock(self, node: nodes.AssignBlock, frame: Frame) -> None:
        """The same for a block of text."""
        self._held.forget()
        super().visit_AssignBlock(node, frame)
        self._held.forget()

    def macro_body(self, node: nodes.Macro | nodes.CallBlock, frame: Frame) -> Any:
        """A macro is a function of its own, called from anywhere."""
        with self._held.apart():
            return super().macro_body(node, frame)

    def visit_For(self, node: nodes.For, frame: Frame) -> None:
        """A loop that counts for itself, where the template uses no more of it."""
        if not plain_loop(node):
            self.whole = True
            with self._held.apart():
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
            with self._held.branch():
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

    def visit_Output(self, node: nodes.Output, frame: Frame) -> None:
        """Static bytes and printed values, several at a time."""
        if frame.buffer is not None:
            self.whole = True
            super().visit_Output(node, frame)
            return
        pieces: list[bytes | nodes.Expr] = []
        for child in node.nodes:
            for piece in self._pieces(child):
                if isinstance(piece, TableMark):
                    self._put(pieces, frame)
                    pieces = []
                    self._mark(piece)
                elif isinstance(piece, bytes) and pieces and isinstance(pieces[-1], bytes):
                    pieces[-1] += piece
                else:
                    pieces.append(piece)
        self._put(pieces, frame)

    def _pieces(self, child: nodes.Expr) -> Iterable[bytes | TableMark | nodes.Expr]:
        if not isinstance(child, nodes.TemplateData):
            return [child]
        made = self._shape.texts[id(child)]
        return [piece if isinstance(piece, TableMark) else piece.encode() for piece in made]

    def _put(self, pieces: Sequence[bytes | nodes.Expr], frame: Frame) -> None:
        if not pieces:
            return
        if len(pieces) == 1 and isinstance(pieces[0], bytes):
            self.writeline(f"add({pieces[0]!r})")
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
        printer = _PRINTERS[self._shape.places[id(value)]]
        if not isinstance(value, nodes.Filter) or value.name not in self._quick:
            self._wrapped(f"{printer}(", value, ")", frame)
        elif value.name in FIGURES:
            self._wrapped("", value, ".encode()", frame)
        elif value.name in PAIRS and value.node is not None:
            self._wrapped(f"{printer}_{value.name}(", value.node, ")", frame)
        else:
            self._wrapped(f"{printer}(", value, ")", frame)

    def _mark(self, mark: TableMark) -> None:
        flag = f"full_{mark.table}"
        self.writeline(
            {
                "table": f"{flag} = False",
                "row": f"{flag} = True",
                "end": f"if not {flag}: bail()",
                "cell": "end_cell(put)",
            }[mark.what]
        )


def _keeps(node: nodes.For) -> bool:
    """Whether the body sets names or calls what may."""
    kinds = (nodes.Assign, nodes.AssignBlock, nodes.Call, nodes.CallBlock)
    return any(True for part in node.body for _ in part.find_all(kinds)) or any(
        isinstance(part, kinds) for part in node.body
    )
