"""What the schemas say of who sees what, and where files stand."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from docpipe.diagnostics import Value

SUFFIX = ".schema.json"
_OURS = ("x-file", "x-audience")
_LISTS = ("examples", "enum")  # of data, in which a key means nothing
_WORDS = ("title", "description", "examples", "default", "deprecated")
"""What may stand beside a reference and takes nothing away of what it leads to."""

_MOST = 5_000  # the largest of ours has a hundred


class Unreadable(str):
    """What stands for a file that is not there, or not sound: its content's name, or ""."""

    __slots__ = ()


class Marked(Value):
    """A schema's keys that guard something, and its references, each by its place in it.

    `beside` is what stands beside a reference, and goes before what it leads to.
    """

    marks: Mapping[str, Any]
    refs: Mapping[str, str]
    beside: Mapping[str, str]


def marked(schema: Any) -> Marked:
    """The keys and references of a schema that was read. Raises ValueError for far too many."""
    marks, refs, beside = {}, {}, {}
    for place, node, key, value in _walk(schema, ""):
        if key in _OURS:
            marks[f"{place}/{key}"] = value
        elif key == "$ref":
            refs[f"{place}/{key}"] = str(value)
            more = {name: node[name] for name in node if name != key and name not in _WORDS}
            beside[f"{place}/{key}"] = text_of(more)
        if len(marks) + len(refs) > _MOST:
            raise ValueError(place)
    return Marked(marks, refs, beside)


def guarding(schemas: Mapping[str, Marked | Unreadable]) -> str:
    """All that guards something in schemas by path, as text: also references that lead to it."""
    leads = _Leads({path: each for path, each in schemas.items() if isinstance(each, Marked)})
    told: dict[str, Any] = {}
    for path, each in schemas.items():
        if isinstance(each, Marked):
            led = {place: ref for place, ref in each.refs.items() if leads(path, ref)}
            refs = {place: [ref, each.beside[place]] for place, ref in led.items()}
            told[path] = {**each.marks, **refs}
        else:
            told[path] = {"": text_of(each)}
    return text_of(told)


class _Leads:
    """Tells whether a reference leads to something that says who sees a field."""

    def __init__(self, read: Mapping[str, Marked]) -> None:
        self._read = read
        self._names = {path.rpartition("/")[2]: path for path in read}  # as schemas find others
        self._known: dict[tuple[str, str], bool] = {}

    def __call__(self, path: str, ref: str) -> bool:
        file, _, pointer = ref.partition("#")
        address = self._names.get(file, "") if file else path, pointer
        if address not in self._known:
            self._known[address] = False  # until the way that leads here is at its end
            self._known[address] = self._found(*address)
        return self._known[address]

    def _found(self, path: str, pointer: str) -> bool:
        target = self._read.get(path)
        if target is None:
            return False
        below = f"{pointer}/"
        return any(place.startswith(below) for place in target.marks) or any(
            self(path, ref) for place, ref in target.refs.items() if place.startswith(below)
        )


def _walk(schema: Any, place: str) -> Iterator[tuple[str, dict[str, Any], str, Any]]:
    """Every key of a schema, with what has it and where that is."""
    if isinstance(schema, list):
        for number, item in enumerate(schema):
            yield from _walk(item, f"{place}/{number}")
    elif isinstance(schema, dict):
        for key, value in schema.items():
            yield place, schema, key, value
            if key not in _OURS and not (key in _LISTS and isinstance(value, list)):
                yield from _walk(value, f"{place}/{_escaped(key)}")


def _escaped(key: str) -> str:
    """A key in a JSON pointer (RFC 6901), as references write it."""
    return key.replace("~", "~0").replace("/", "~1")


def text_of(data: Any) -> str:
    """Equal only for equal data; the order of a mapping's names does not count."""
    if isinstance(data, Unreadable):
        return f"?{data}"
    return json.dumps(data, sort_keys=True, default=lambda number: {"number": str(number)})
