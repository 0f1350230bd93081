"""The Jinja environment of templates: strict, escaping, and shut in.

A template in a pull request is untrusted input: it may print what it is given and no more. It has
loops, conditions, filters, macros and blocks of text; no arithmetic (sums belong to the figures),
no calls but of its own macros, `range` and a few methods of text. Rounds, calls and text are
counted, so that every template ends.
"""

import re
from collections.abc import Callable, Container, Iterable, Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from jinja2 import StrictUndefined, Undefined, nodes, pass_context, pass_eval_context
from jinja2.exceptions import SecurityError, TemplateSyntaxError
from jinja2.filters import do_join
from jinja2.nodes import EvalContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from docpipe.adapters.word.budget import COUNTED, MAX_TEXT
from docpipe.adapters.word.compiled.fast_filters import QUICK
from docpipe.adapters.word.compiled.hoisting import TEXT_METHODS
from docpipe.adapters.word.counted_filters import counted
from docpipe.adapters.word.current_budget import CURRENT
from docpipe.adapters.word.filters import FILTERS, NothingToPrintError

_MAX_OUTPUT = 20_000_000  # characters of one part of a document, tags included
_ESCAPES = re.compile(r"\{_\{|\}_\}|\{_%|%_\}")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_FILTERS = """abs capitalize count d default e escape first groupby int items last length list lower
    map max min reject rejectattr reverse select selectattr sort string title trim truncate unique
    upper""".split()  # noqa: SIM905
_NODES = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.Getattr,
    nodes.Getitem, nodes.Slice, nodes.Filter, nodes.Test, nodes.For, nodes.If, nodes.CondExpr,
    nodes.And, nodes.Or, nodes.Not, nodes.Compare, nodes.Operand, nodes.Call, nodes.Keyword,
    nodes.Tuple, nodes.List, nodes.Assign, nodes.Neg, nodes.Macro, nodes.CallBlock, nodes.With,
    nodes.AssignBlock, nodes.FilterBlock,
)  # fmt: skip
_LITERALS = (nodes.Const, nodes.Neg, nodes.Tuple)


class TemplateEnvironment(ImmutableSandboxedEnvironment):
    """Jinja's immutable sandbox, less whatever documents do not need."""

    quick: Mapping[str, Callable[..., Any]] = QUICK | FILTERS
    """Filters that compiled templates use in place of the counted ones."""

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        macros = {macro.name for macro in tree.find_all(nodes.Macro)} | {"caller"}
        for node in list(tree.find_all(nodes.Node)):
            _check(node, macros)
            if isinstance(node, nodes.For):
                budget = nodes.Name(COUNTED, "load", lineno=node.lineno)
                node.iter = nodes.Call(budget, [node.iter], [], None, None, lineno=node.lineno)
        tree.set_environment(self)
        return tree

    def call(self, *values: Any, **named: Any) -> Any:
        """A call of a macro, counted."""
        CURRENT.get().step()
        return super().call(*values, **named)

    @staticmethod
    def concat(pieces: Iterable[str]) -> str:
        """The text of a template, a macro or a block, counted."""
        made, length = [], 0
        for piece in pieces:
            made.append(piece)
            length += len(piece)
            if length > _MAX_OUTPUT:
                raise SecurityError("the document is too long")
        text = "".join(made)
        CURRENT.get().made(text)
        return text


def _check(node: nodes.Node, macros: Container[str]) -> None:
    """Raises TemplateSyntaxError for what templates do not use."""
    if not isinstance(node, _NODES):
        what = type(node).__name__.lower()
        raise TemplateSyntaxError(f"{what} is not used in templates", node.lineno)
    if isinstance(node, nodes.Call) and not _is_harmless(node, macros):
        raise TemplateSyntaxError("this call is not used in templates", node.lineno)
    if isinstance(node, nodes.Output):
        for child in filter(_is_word, node.nodes):
            raise TemplateSyntaxError("none, true and false are not printed", child.lineno)
    if isinstance(node, nodes.List) and not all(isinstance(i, _LITERALS) for i in node.items):
        raise TemplateSyntaxError("lists hold plain values only", node.lineno)


def _is_word(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Const) and (node.value is None or isinstance(node.value, bool))


def _is_harmless(call: nodes.Call, macros: Container[str]) -> bool:
    if isinstance(call.node, nodes.Name):
        return call.node.name == "range" or call.node.name in macros
    return isinstance(call.node, nodes.Getattr) and call.node.attr in TEXT_METHODS | {"cycle"}


@cache
def environment() -> TemplateEnvironment:
    """The one environment; building it costs more than a render."""
    env = TemplateEnvironment(undefined=StrictUndefined, autoescape=True, finalize=printed)
    own = {"join": join, "replace": replace, "string": string}
    known = {name: env.filters[name] for name in _FILTERS} | own | FILTERS
    known["person"] = pass_context(known["person"])
    env.filters = {name: counted(function) for name, function in known.items()}
    env.globals = {}
    return env


@pass_eval_context
def join(context: EvalContext, value: Iterable[Any], d: str = "", attribute: Any = None) -> str:
    """Jinja's, of things that can be printed, and of a bounded length."""
    if attribute is not None:
        raise SecurityError("join has no attribute here; use map")
    items = [printed(item) for item in value]
    if sum(map(len, items)) + len(d) * len(items) > MAX_TEXT:
        raise SecurityError("the text is too long")
    text: str = do_join(context, items, d)
    return text


def replace(value: Any, old: str, new: str) -> str:
    """Text with every `old` replaced, of a bounded length."""
    text = value if isinstance(value, str) else str(value)
    if not old or len(text) + text.count(old) * len(new) > MAX_TEXT:
        raise SecurityError("replace would make the text too long")
    return text.replace(old, new)


def string(value: Any) -> str:
    """Something that can be printed as text."""
    printed(value)
    return str(value)


def printed(value: Any) -> Any:
    """What is put on paper for `value`: the one hook through which every printed value goes.

    Text and numbers are printed. None is refused (a figure that this order does not have), and so
    is what has no look on paper; facts that are absent and names that are unknown raise by
    themselves. Braces that docxtpl would take for its own escapes are written as references.
    """
    if value is None:
        raise NothingToPrintError
    plain = isinstance(value, str | int | Decimal) and not isinstance(value, bool)
    if not plain and not isinstance(value, Undefined) and not hasattr(type(value), "__html__"):
        raise TypeError(f"{type(value).__name__} cannot be printed; print a field of it")
    text = escape(value)
    if bad := _UNPRINTABLE.search(text):
        raise TypeError(f"U+{ord(bad[0]):04X} cannot be printed")
    if "_" in text and _ESCAPES.search(text):
        return Markup(str(text).replace("_", "&#95;"))
    return text
