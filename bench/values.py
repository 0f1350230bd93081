"""Facts as plain objects that load quickly, for processes whose start is measured.

docpipe's own facts bring the schemas along, and with them the loading of whatever reads schemas:
that is the price of reading an order, not of filling in a template.
"""

import marshal
import re
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from types import CodeType
from typing import Any

from bench.light import Absent, Choice, Facts
from docpipe.diagnostics import Value


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
        from docpipe.workspace import template_facts

        if isinstance(value, template_facts.Absent):
            return self._absent(re.sub(r"\[\d+\]", "[]", value._field))
        if isinstance(value, template_facts.Choice):
            return Choice.of(str(value), value.en, value.zh)
        if isinstance(value, list | tuple):
            return [self.light(item) for item in value]
        if isinstance(value, dict):
            return {name: self.light(item) for name, item in value.items()}
        named = _named(value)
        return value if named is None else Facts({n: self.light(v) for n, v in named.items()})


def _named(value: Any) -> dict[str, Any] | None:
    """What templates may name of `value`: facts, or a dataclass's fields and properties."""
    from docpipe.workspace import template_facts

    if isinstance(value, template_facts.TemplateFacts):
        return {name: value[name] for name in value}
    if not isinstance(value, Value):
        return None
    names = list(value._fields)
    kinds: tuple[type, ...] = type(value).__mro__
    names += [name for kind in kinds for name, m in vars(kind).items() if _is_figure(m)]
    return {name: getattr(value, name) for name in dict.fromkeys(names)}


def _is_figure(member: object) -> bool:
    return isinstance(member, property) or type(member).__name__ == "cached_property"


def dumped(value: Any) -> bytes:
    """`value` as code that makes it again, for `bench.light.loaded`.

    A pickle would load a fifth of what docpipe itself loads before anything is printed.
    """
    made = light(value)
    writer = _Writer(made)
    result = writer.written(made)
    lines = [_PREFACE, "def made():", *(f"    {line}" for line in writer.lines)]
    source = "\n".join([*lines, f"    return {result}"])
    return marshal.dumps(_bare(compile(source, "facts", "exec")))


def _bare(code: CodeType) -> CodeType:
    """The code without its line numbers, which are half of it."""
    inner = (_bare(each) if isinstance(each, CodeType) else each for each in code.co_consts)
    return code.replace(co_linetable=b"", co_consts=tuple(inner))


_PREFACE = "from decimal import Decimal\nfrom bench.light import Absent, Choice, Facts"


class _Writer:
    """Statements and expressions that make objects; what is shared is made once and named."""

    def __init__(self, whole: Any) -> None:
        self.lines: list[str] = []
        self._names: dict[int, str] = {}
        self._uses: Counter[int] = Counter()
        self._count(whole)

    def written(self, value: Any) -> str:
        """An expression for `value`; what it needs is in `lines`."""
        if value is None or type(value) in (bool, int, str):
            return repr(value)
        if self._uses[id(value)] < 2:
            return self._made(value)
        if id(value) not in self._names:
            made = self._made(value)
            self._names[id(value)] = name = f"v{len(self._names)}"
            self.lines.append(f"{name} = {made}")
        return self._names[id(value)]

    def _count(self, value: Any) -> None:
        self._uses[id(value)] += 1
        if self._uses[id(value)] == 1:
            for part in _parts(value):
                self._count(part)

    def _made(self, value: Any) -> str:
        match value:
            case Facts():
                return f"Facts({self._made(value.__dict__)})"
            case dict():
                return "{" + ", ".join(f"{k!r}: {self.written(v)}" for k, v in value.items()) + "}"
            case list():
                return "[" + ", ".join(map(self.written, value)) + "]"
            case Absent():
                return f"Absent({value.name!r})"
            case Choice():
                return f"Choice.of({str(value)!r}, {value.en!r}, {value.zh!r})"
            case Decimal():
                return f"Decimal({str(value)!r})"
        raise TypeError(f"{type(value).__name__} in the facts")


def _parts(value: Any) -> Iterable[Any]:
    match value:
        case Facts():
            return value.__dict__.values()
        case dict():
            return value.values()
        case list():
            return value
    return ()
