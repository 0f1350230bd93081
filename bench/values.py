"""Facts as plain objects that load quickly, for processes whose start is measured.

docpipe's own facts bring the schemas along, and with them the loading of whatever reads schemas:
that is the price of reading an order, not of filling in a template.
"""

import pickle
import re
from functools import cache
from typing import Any

from bench.light import Absent, Choice, Facts
from docpipe.diagnostics import Record


def light(value: Any) -> Any:
    """`value` made of the classes above and of Python's own; what is shared stays shared."""
    return _Lighter().light(value)


class _Lighter:
    """Remembers what each object became. Keeps the objects: a number is given to one alone."""

    def __init__(self) -> None:
        self._became: dict[int, tuple[Any, Any]] = {}
        self._absent = cache(Absent)  # one for the same field of all lines

    def light(self, value: Any) -> Any:
        if id(value) not in self._became:
            self._became[id(value)] = value, self._made(value)
        return self._became[id(value)][1]

    def _made(self, value: Any) -> Any:
        from docpipe.workspace import facts

        if isinstance(value, facts.Absent):
            return self._absent(re.sub(r"\[\d+\]", "[]", value._field))
        if isinstance(value, facts.Choice):
            choice = Choice(value)
            choice.en, choice.zh = value.en, value.zh
            return choice
        if isinstance(value, list | tuple):
            return [self.light(item) for item in value]
        if isinstance(value, dict):
            return {name: self.light(item) for name, item in value.items()}
        named = _named(value)
        return value if named is None else Facts({n: self.light(v) for n, v in named.items()})


def _named(value: Any) -> dict[str, Any] | None:
    """What templates may name of `value`: facts, or a dataclass's fields and properties."""
    from docpipe.workspace import facts

    if isinstance(value, facts.Facts):
        return {name: value[name] for name in value}
    if not isinstance(value, Record):
        return None
    names = list(value._fields)
    kinds: tuple[type, ...] = type(value).__mro__
    names += [name for kind in kinds for name, m in vars(kind).items() if _is_figure(m)]
    return {name: getattr(value, name) for name in dict.fromkeys(names)}


def _is_figure(member: object) -> bool:
    return isinstance(member, property) or type(member).__name__ == "cached_property"


def dumped(value: Any) -> bytes:
    """`value` as a pickle that needs no more than this module to load."""
    return pickle.dumps(light(value), pickle.HIGHEST_PROTOCOL)
