"""Expressions as direct Python, where that means the same as Jinja's careful steps."""

from keyword import iskeyword
from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.idtracking import VAR_LOAD_PARAMETER, VAR_LOAD_RESOLVE
from jinja2.sandbox import _mutable_spec  # the names that Jinja's own sandbox guards

from docpipe.adapters.word.budget import COUNTED
from docpipe.adapters.word.compiled.hoisting import TEXT_METHODS, Hoisted
from docpipe.adapters.word.compiled.loops import Loop
from docpipe.adapters.word.filters import WITH_CONTEXT

_GUARDED = {name for _, names in _mutable_spec for name in names} | {"format", "format_map", "mro"}
_FRAMES = ("_", "gi_", "cr_", "ag_", "tb_", "co_", "f_")
MAYBE = ("defined", "undefined", "default", "d")
"""Tests and filters that ask whether something is there."""


class Expressions(CodeGenerator):
    """Jinja's generator with direct attributes, items, filters and calls."""

    def __init__(self, environment: Any) -> None:
        super().__init__(environment, None, None)
        self._quick = getattr(environment, "quick", {})
        self._held = Hoisted(False)
        self._loops: dict[str, Loop] = {}
        self._exact = 0
        self.whole = False
        """Whether the code needs Jinja's runtime and a context of Jinja's."""

    def visit_Name(self, node: nodes.Name, frame: Frame) -> None:
        """A name that was looked up is there; a loop that counts for itself has no object."""
        reference = frame.symbols.find_ref(node.name)
        load = frame.symbols.find_load(reference) if reference else None
        if node.ctx == "load" and load == (VAR_LOAD_RESOLVE, None):
            self.write(str(reference))
        else:
            super().visit_Name(node, frame)

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:
        """Texts put together, by Jinja's runtime."""
        self.whole = True
        super().visit_Concat(node, frame)

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:
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
        path = self._path(node, frame)
        if (known := self._held.find(path)) is not None:
            self.write(known)
            return
        made = self.temporary_identifier()
        self.write(f"({made} := ")
        self._entry_or_attribute(node, frame)
        self.write(")")
        self._held.keep(path, made)

    def _entry_or_attribute(self, node: nodes.Getattr, frame: Frame) -> None:
        """Whether an object is a dictionary is asked once along each way."""
        base, name = self._base(node.node, frame), node.attr
        question = f"{base} is a dict"
        asked = self._held.find(question)
        if asked is None:
            flag, held = self.temporary_identifier(), base or self.temporary_identifier()
            asked = f"({flag} := type({held}) is dict)"
            if base:
                self._held.keep(question, flag)
        else:
            held = base
        direct = f"getattr({held}, {name!r})" if iskeyword(name) else f"{held}.{name}"
        if base:
            self.write(f"{held}[{name!r}] if {asked} else {direct}")
        else:
            self.write(f"{held}[{name!r}] if type({held} := ")
            self.visit(node.node, frame)
            self.write(f") is dict else {direct}")

    def _base(self, node: nodes.Expr, frame: Frame) -> str:
        """The name that holds what an attribute is read of; "" where nothing holds it yet."""
        path = self._path(node, frame)
        if isinstance(node, nodes.Name) and self._is_there(node, frame):
            return path
        return self._held.find(path) or ""

    def _is_there(self, node: nodes.Name, frame: Frame) -> bool:
        """Whether the name certainly holds something: a fact, or what a loop goes over."""
        load = frame.symbols.find_load(str(frame.symbols.find_ref(node.name)))
        return load == (VAR_LOAD_RESOLVE, None) or bool(load and load[0] == VAR_LOAD_PARAMETER)

    def _path(self, node: nodes.Expr, frame: Frame) -> str:
        """A name and its attributes, such as `l_1_line.name`; "" for anything else."""
        if isinstance(node, nodes.Name):
            return str(frame.symbols.find_ref(node.name) or "")
        if isinstance(node, nodes.Getattr) and (base := self._path(node.node, frame)):
            return f"{base}.{node.attr}"
        return ""

    def _wrapped(self, before: str, node: nodes.Node, after: str, frame: Frame) -> None:
        self.write(before)
        self.visit(node, frame)
        self.write(after)

    def visit_Getitem(self, node: nodes.Getitem, frame: Frame) -> None:
        """An item; Jinja tries an attribute next, which is left to it."""
        if self._exact or isinstance(node.arg, nodes.Slice):
            self.whole = self.whole or bool(self._exact)
            super().visit_Getitem(node, frame)
            return
        self._wrapped("(", node.node, ")[", frame)
        self.visit(node.arg, frame)
        self.write("]")

    def visit_Filter(self, node: nodes.Filter, frame: Frame) -> None:
        """A filter: ours as it is, Jinja's by its runtime."""
        quick = self._quick.get(node.name)
        if quick is None or node.node is None:
            self.whole = True
            self._asking(node.name, super().visit_Filter, node, frame)
            return
        self.write(f"filter_{node.name}(")
        if node.name in WITH_CONTEXT:
            self.write("context, ")
        self.visit(node.node, frame)
        self.signature(node, frame)
        self.write(")")

    def visit_Test(self, node: nodes.Test, frame: Frame) -> None:
        """A test: `is none` is Python's, the others are Jinja's."""
        if node.name == "none":
            self._wrapped("((", node.node, ") is None)", frame)
            return
        self.whole = True
        self._asking(node.name, super().visit_Test, node, frame)

    def _asking(self, name: str, visit: Any, node: nodes.Node, frame: Frame) -> None:
        """Whether something is there is asked by Jinja's own steps."""
        self._exact += name in MAYBE
        visit(node, frame)
        self._exact -= name in MAYBE

    def visit_CondExpr(self, node: nodes.CondExpr, frame: Frame) -> None:
        """`a if b else c`; without else it is left to docxtpl when b is false."""
        soft = frame.soft()
        with self._held.branch():
            self._wrapped("((", node.expr1, ") if (", soft)
        with self._held.branch():
            self.visit(node.test, soft)
        self.write(") else (")
        with self._held.branch():
            self.write("bail()") if node.expr2 is None else self.visit(node.expr2, soft)
        self.write("))")

    def visit_And(self, node: nodes.BinExpr, frame: Frame) -> None:
        """The right side is asked only where the left is true."""
        self._either(node, " and ", frame)

    def visit_Or(self, node: nodes.BinExpr, frame: Frame) -> None:
        """The right side is asked only where the left is false."""
        self._either(node, " or ", frame)

    def _either(self, node: nodes.BinExpr, word: str, frame: Frame) -> None:
        self._wrapped("(", node.left, word, frame)
        with self._held.branch():
            self.visit(node.right, frame)
        self.write(")")

    def visit_Compare(self, node: nodes.Compare, frame: Frame) -> None:
        """In `a < b < c` the third is asked only where the first holds."""
        self._wrapped("(", node.expr, "", frame)
        with self._held.branch():
            for operand in node.ops:
                self.visit(operand, frame)
        self.write(")")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:
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
        elif isinstance(called, nodes.Getattr) and called.attr in TEXT_METHODS and self._quick:
            self._wrapped("a_text(", called.node, f").{called.attr}(", frame)
            for argument in node.args:
                self.visit(argument, frame)
                self.write(", ")
            self.write(")")
        else:
            self.whole = True
            super().visit_Call(node, frame, forward_caller=forward_caller)
