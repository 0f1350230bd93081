"""The facts of an order as readable text: each field by its title, what is below it further in."""

from collections.abc import Iterator
from decimal import Decimal

from docpipe.adapters.schemas import fields
from docpipe.adapters.schemas.fields import Field
from docpipe.adapters.yamlfile import Node
from docpipe.diagnostics import Text, one_line
from docpipe.steps.show import Shown, ShownFile

_HEAD = Text(
    '{order} as of {commit}, {at}, {who}: "{subject}"',
    "{order}，版本 {commit}，{at}，{who}：“{subject}”",
)
_YES, _NO = Text("yes", "是"), Text("no", "否")
_UNREADABLE = Text("cannot be read", "无法读取")


def lines(shown: Shown, lang: str) -> Iterator[str]:
    """The order, its commit, then its files with their fields."""
    commit = shown.commit
    at = commit.author.when.isoformat(" ", "minutes")[:16]
    said = {"order": shown.number, "commit": commit.id[:10], "at": at}
    said |= {"who": commit.author.name, "subject": commit.subject}
    yield one_line(_HEAD.say(lang, **said))
    for file in shown.files:
        yield ""
        yield from _file(file, lang)


def _file(file: ShownFile, lang: str) -> Iterator[str]:
    title = file.title.say(lang)
    yield one_line(f"{file.path}{_colon(lang)}{title}" if title else file.path)
    if file.root is not None:
        yield from (f"  {line}" for line in _below(file.schema, file.root, lang))
    elif title:
        yield f"  {_UNREADABLE.say(lang)}"


def _below(schema: Field, node: Node, lang: str) -> Iterator[str]:
    """The entries of a mapping, or the items of a list, a line or a block each."""
    for name, entry in node.fields.items():
        below = fields.child(schema, name)
        title = fields.title(below).say(lang) if below.get("title") else name
        if entry.items and any(isinstance(item.value, dict | list) for item in entry.items):
            inner = fields.child(below, 0)
            for count, item in enumerate(entry.items, 1):
                yield from _entry(inner, item, f"{title} {count}", lang)
        else:
            yield from _entry(below, entry, title, lang)


def _entry(schema: Field, node: Node, title: str, lang: str) -> Iterator[str]:
    if node.fields and not _is_text(node):
        yield one_line(title)
        yield from (f"  {line}" for line in _below(schema, node, lang))
    else:
        yield one_line(f"{title}{_colon(lang)}{_value(schema, node, lang)}")


def _value(schema: Field, node: Node, lang: str) -> str:
    if _is_text(node):
        spoken = {name: str(entry.value) for name, entry in node.fields.items()}
        return spoken.get(lang) or next(iter(spoken.values()))
    if isinstance(node.value, list):
        inner = fields.child(schema, 0)
        said = [_value(inner, item, lang) for item in node.items]
        return ("、" if lang == "zh" else ", ").join(said) or "-"
    if isinstance(node.value, bool):
        return (_YES if node.value else _NO).say(lang)
    if isinstance(node.value, Decimal):
        return f"{node.value:f}"
    if node.value is None or node.value == {}:
        return "-"
    return fields.labels(schema, str(node.value)).say(lang)


def _is_text(node: Node) -> bool:
    """Whether it is one text in both languages."""
    return bool(node.fields) and node.fields.keys() <= {"en", "zh"}


def _colon(lang: str) -> str:
    return "：" if lang == "zh" else ": "
