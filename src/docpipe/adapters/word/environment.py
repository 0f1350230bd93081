"""The Jinja environment of templates: strict, escaping, and shut in.

A template in a pull request is untrusted input: it may print what it is given and no more.
"""

import re
from decimal import Decimal
from functools import cache
from typing import Any

from jinja2 import StrictUndefined
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from docpipe.adapters.word.filters import FILTERS

_MAX_STEPS = 100_000
_ESCAPES = re.compile(r"\{_\{|\}_\}|\{_%|%_\}")
_FILTERS = [
    "abs",
    "capitalize",
    "count",
    "d",
    "default",
    "e",
    "escape",
    "first",
    "groupby",
    "int",
    "items",
    "join",
    "last",
    "length",
    "list",
    "lower",
    "map",
    "max",
    "min",
    "reject",
    "rejectattr",
    "replace",
    "reverse",
    "select",
    "selectattr",
    "sort",
    "string",
    "title",
    "trim",
    "truncate",
    "unique",
    "upper",
]
_TEXT_METHODS = frozenset(
    [
        "capitalize",
        "endswith",
        "isdigit",
        "lower",
        "lstrip",
        "removeprefix",
        "removesuffix",
        "rstrip",
        "split",
        "splitlines",
        "startswith",
        "strip",
        "title",
        "upper",
    ]
)


class TemplateEnvironment(ImmutableSandboxedEnvironment):
    """Jinja's immutable sandbox, less what can fill memory: padding, repetition, powers."""

    intercepted_binops = frozenset({"*", "**", "%"})

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Numbers multiply and divide; text and lists are not repeated, and there are no powers."""
        numbers = isinstance(left, int | Decimal) and isinstance(right, int | Decimal)
        if operator == "**" or not numbers:
            raise SecurityError(f"{operator} is not allowed here")
        return super().call_binop(context, operator, left, right)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """As Jinja's, and of text only the methods that cannot make it long."""
        if isinstance(obj, str) and callable(value) and attr not in _TEXT_METHODS:
            return False
        return super().is_safe_attribute(obj, attr, value)


@cache
def environment() -> TemplateEnvironment:
    """The one environment; building it costs more than a render."""
    env = TemplateEnvironment(undefined=StrictUndefined, autoescape=True, finalize=printed)
    env.filters = {name: env.filters[name] for name in _FILTERS} | FILTERS
    env.globals = {}
    return env


class Steps:
    """A `range` for templates that counts: loops of one document end within a bound."""

    def __init__(self) -> None:
        self._left = _MAX_STEPS

    def __call__(self, *bounds: int) -> range:
        """A range as Python's. Raises SecurityError when the document's bound is used up."""
        numbers = range(*bounds)
        self._left -= len(numbers)
        if self._left < 0:
            raise SecurityError("the loops are too long")
        return numbers


def printed(value: Any) -> Any:
    """What is put on paper for `value`: the one hook through which every printed value goes.

    None is refused (a figure that this order does not have); braces that docxtpl would take for
    its own escapes are written as references.
    """
    if value is None:
        raise NothingToPrintError
    text = escape(value)
    if "_" in text and _ESCAPES.search(text):
        return Markup(str(text).replace("_", "&#95;"))
    return text


class NothingToPrintError(Exception):
    """A template prints None."""
