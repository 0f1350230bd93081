"""What changed, as lines: the order, its files, each field with what it was and what it is."""

from collections.abc import Iterable, Iterator

from docpipe.diagnostics import Text, one_line
from docpipe.reports.findings import counted, first
from docpipe.workspace.changes import ChangedFile
from docpipe.workspace.differences import Difference

MOST = 40
"""Differences shown of one file."""

_KIND = {
    "new": Text("new", "新增"),
    "removed": Text("removed", "删除"),
    "changed": Text("changed", "已修改"),
    "moved": Text("moved from {before}", "由 {before} 移来"),
    "conflict": Text("in conflict", "有冲突"),
}
_LAYOUT = Text("comments or layout only", "仅注释或排版")
_ADDED = Text("{what}: added: {new}", "{what}：新增：{new}")
_REMOVED = Text("{what}: removed: {old}", "{what}：删除：{old}")
_CHANGED = Text("{what}: {old} -> {new}", "{what}：{old} → {new}")
MORE = Text("and {count} more", "另有 {count} 处")
"""What is said of differences that are not shown."""


def lines(changes: Iterable[ChangedFile], lang: str) -> Iterator[str]:
    """Changes sorted by order: the order's number, its files below it, their fields below them."""
    order = ""
    for change in changes:
        if change.order and change.order != order:
            yield change.order.rpartition("/")[2]
        order = change.order
        indent = "  " if order else ""
        yield from (f"{indent}{line}" for line in file(change, lang))


def file(change: ChangedFile, lang: str) -> Iterator[str]:
    """A file and what became of it, its fields below it."""
    order = change.order
    name = one_line(change.path.removeprefix(order + "/") if order else change.path)
    yield f"{name}{'：' if lang == 'zh' else ': '}{_kind(change, lang)}"
    yield from (f"  {line}" for line in _fields(change, lang))


def _kind(change: ChangedFile, lang: str) -> str:
    if change.kind == "changed" and change.differences == []:
        return _LAYOUT.say(lang)
    before = change.before.removeprefix(change.order + "/") if change.order else change.before
    return one_line(_KIND[change.kind].say(lang, before=before))


def _fields(change: ChangedFile, lang: str) -> Iterator[str]:
    told = change.differences or []
    yield from first((line(difference, lang) for difference in told), MOST, MORE, lang)


def saves(count: int) -> Text:
    """So many saves."""
    return counted(count, "save", "次保存")


def line(difference: Difference, lang: str) -> str:
    """One difference: what, what it was, what it is."""
    pattern = _CHANGED
    if not difference.old.en:
        pattern = _ADDED
    elif not difference.new.en:
        pattern = _REMOVED
    said = {"what": difference.what, "old": difference.old, "new": difference.new}
    return one_line(pattern.say(lang, **said))
