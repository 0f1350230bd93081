"""What differs between two states of a file: "unit price of line 2: 12.30 -> 12.50".

The words are the schema's titles. Items of a list are told apart by what they are called (their
line, id or number), so that a line put in between does not make all the others look changed.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from docpipe.adapters.schemas import fields
from docpipe.adapters.schemas.fields import Field
from docpipe.adapters.yamlfile import Node
from docpipe.diagnostics import Text, Value

_KEYS = ("line", "id", "number", "shipment", "code", "email", "rule", "department", "person", "by")
"""Fields by which people tell the items of a list apart, the surest first."""
_LONGEST = 60
_SHOWN = 3  # values that stand for a whole item that was added or removed

_LINE = Text("line {key}", "第{key}行")
_ITEM = Text("{name} {key}", "{name} {key} ")
_VALUE = Text("{name} {value}", "{name} {value}")
_YES, _NO = Text("yes", "是"), Text("no", "否")
NOTHING = Text("", "")


class Difference(Value):
    """One field, or one item of a list, that is not as it was.

    `what` says which, from the inside out in English and from the outside in in Chinese. `old` is
    empty for what was added, `new` for what was removed.
    """

    what: Text
    old: Text
    new: Text


class _Way(Value):
    """How a field is reached: the words for it and for what is around it, the outermost first."""

    words: tuple[Text, ...] = ()

    def to(self, word: Text) -> "_Way":
        return _Way((*self.words, word))

    def say(self) -> Text:
        english = " of ".join(_small(word.en) for word in reversed(self.words))
        return Text(english, "的".join(word.zh for word in self.words).strip())


def differences(schema: Field, old: Node, new: Node) -> list[Difference]:
    """Every difference between two states of a file of this schema, in the file's order."""
    return list(_compare(schema, old, new, _Way()))


def differences_of(
    schema: Field, name: Text, old: Node | None, new: Node | None
) -> list[Difference]:
    """The same of two states of the field called `name`; one of them may lack it."""
    return list(_pair(schema, old, new, _Way((name,))))


def _compare(schema: Field, old: Node, new: Node, way: _Way) -> Iterator[Difference]:
    if old.fields and new.fields and not (_is_text(old) and _is_text(new)):
        yield from _entries(schema, old, new, way)
    elif isinstance(old.value, list) and isinstance(new.value, list):
        plain = not any(isinstance(i.value, dict | list) for i in [*old.items, *new.items])
        yield from (_values if plain else _lists)(schema, old, new, way)
    elif old.plain() != new.plain() or _written(old) != _written(new):
        was, now = _shown(schema, old), _shown(schema, new)
        if was.en == now.en or was.zh == now.zh:  # one language only: shown to every reader
            was, now = (
                Text(t.zh, t.zh) if was.en == now.en else Text(t.en, t.en) for t in (was, now)
            )
        yield Difference(way.say(), was, now)


def _entries(schema: Field, old: Node, new: Node, way: _Way) -> Iterator[Difference]:
    for name in dict.fromkeys([*new.fields, *old.fields]):
        below = fields.child(schema, name)
        title = fields.title(below) if below.get("title") else Text(name, name)
        yield from _pair(below, old.fields.get(name), new.fields.get(name), way.to(title))


def _values(schema: Field, old: Node, new: Node, way: _Way) -> Iterator[Difference]:
    """Lists of single values: which came and which went; their order only where that is all."""
    below = fields.child(schema, 0)
    before, after = ({_shown(below, item): None for item in node.items} for node in (old, new))
    gone, come = [v for v in before if v not in after], [v for v in after if v not in before]
    yield from (Difference(way.say(), value, NOTHING) for value in gone)
    yield from (Difference(way.say(), NOTHING, value) for value in come)
    if not gone and not come and old.plain() != new.plain():
        yield Difference(way.say(), _shown(schema, old), _shown(schema, new))


def _lists(schema: Field, old: Node, new: Node, way: _Way) -> Iterator[Difference]:
    """Items by their key where all have one; else by position."""
    below = fields.child(schema, 0)
    key = _key_of(old.items, new.items)
    before, after = _by_key(old.items, key), _by_key(new.items, key)
    for called in dict.fromkeys([*after, *before]):
        around, name = _Way(way.words[:-1]), way.words[-1] if way.words else Text("item", "项")
        word = _LINE if key == "line" or new.name == "lines" else _ITEM
        label = word.filled(name=name, key=called)
        yield from _pair(below, before.get(called), after.get(called), around.to(label))


def _pair(schema: Field, old: Node | None, new: Node | None, way: _Way) -> Iterator[Difference]:
    """One field or item that one side may lack."""
    if old is not None and new is not None:
        yield from _compare(schema, old, new, way)
    else:
        yield Difference(
            way.say(),
            NOTHING if old is None else _shown(schema, old),
            NOTHING if new is None else _shown(schema, new),
        )


def _key_of(*lists: Sequence[Node]) -> str | None:
    """The field that every item of all lists has, with a value of its own within its list."""
    for key in _KEYS:
        values = [[str(_value(item, key)) for item in items] for items in lists]
        if all("None" not in each and len(set(each)) == len(each) for each in values):
            return key
    return None


def _by_key(items: Sequence[Node], key: str | None) -> dict[str, Node]:
    if key is None:
        return {str(number): item for number, item in enumerate(items, 1)}
    return {str(_value(item, key)): item for item in items}


def _value(item: Node, key: str) -> object:
    """The item's key, or None where it has none or no single one."""
    node = item.fields.get(key)
    return None if node is None or isinstance(node.value, dict | list) else node.value


def _is_text(node: Node) -> bool:
    """Whether it is one text in both languages."""
    return bool(node.fields) and node.fields.keys() <= {"en", "zh"}


def _written(node: Node) -> str:
    """A number as it is written: 12.3 became 12.30 is a difference that people see."""
    return f"{node.value:f}" if isinstance(node.value, Decimal) else ""


def _shown(schema: Field, node: Node) -> Text:
    """A value as people read it; of a mapping or list, its first values."""
    if _is_text(node):
        spoken = {name: _cut(str(entry.value)) for name, entry in node.fields.items()}
        either = next(iter(spoken.values()))
        return Text(spoken.get("en", either), spoken.get("zh", either))
    if isinstance(node.value, dict | list):
        return _first_values(schema, node)
    if isinstance(node.value, bool):
        return _YES if node.value else _NO
    if isinstance(node.value, Decimal):
        return Text(_written(node), _written(node))
    text = str(node.value) if node.value is not None else "-"
    label = fields.labels(schema, text) if isinstance(node.value, str) else Text(text, text)
    return Text(_cut(label.en), _cut(label.zh))


def _first_values(schema: Field, node: Node) -> Text:
    """The first values of a mapping, each by its title, or of a list."""
    entries: list[tuple[str | int, Node]] = [*node.fields.items(), *enumerate(node.items)]
    named = [(name, entry) for name, entry in entries if name not in ("line", "id")] or entries
    shown = [_entry(fields.child(schema, name), name, entry) for name, entry in named[:_SHOWN]]
    more = "" if len(named) <= _SHOWN else " …"
    if not shown:
        return Text("-", "-")
    return Text(", ".join(s.en for s in shown) + more, "、".join(s.zh for s in shown) + more)


def _entry(schema: Field, name: str | int, node: Node) -> Text:
    value = _shown(schema, node)
    if isinstance(name, int):
        return value
    title = fields.title(schema) if schema.get("title") else Text(name, name)
    return Text(
        _VALUE.say("en", name=_small(title.en), value=value.en),
        _VALUE.say("zh", name=title.zh, value=value.zh),
    )


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


def _small(title: str) -> str:
    """A title within a sentence: "Unit price" small, "HS code" and "AQL" as they are."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]
