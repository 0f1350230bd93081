"""What an undo took back, as lines: from which saves, where it is now, the ways on and back."""

import shlex
from collections.abc import Iterator, Sequence

from docpipe.diagnostics import Text, one_line
from docpipe.reports.changes import saves
from docpipe.steps.undo import Undone

_SHOWN = 5
_MORE = Text("and {count} more", "另有 {count} 次")
_WOULD = Text("Would be taken back from:", "将从以下保存中撤回：")
_TAKEN = Text("Taken back from:", "已从以下保存中撤回：")
_RESUMED = Text(
    "The undo that was interrupted is finished; nothing more was taken back",
    "上次中断的撤回已完成，没有再撤回其他内容",
)
_LEFT = Text("Still saved, not shared yet: {saves}", "仍保留尚未发布的 {saves}")
_ON_DISK = Text(
    "Your files stay as you wrote them, not saved. docpipe save would save them again;\n"
    "to put them aside and have what is shared:\n"
    "  docpipe undo --discard {names}",
    "文件保持您写的样子，未保存；docpipe save 会再次保存它们。\n"
    "如需搁置这些改动、恢复为共享的内容：\n"
    "  docpipe undo --discard {names}",
)
_ASIDE = Text("What you wrote is put aside, and kept in {ref}", "您写的内容已搁置，保存在 {ref}")
_BACK = Text("To have it all back:\n  docpipe undo --back", "如需全部恢复：\n  docpipe undo --back")
_IS_BACK = Text(
    "Your saves are as they were before the undo",
    "保存已恢复为撤回之前的样子",
)
_OVER = Text("Some files changed since; what was put aside is kept in {ref}",
             "有些文件此后又有改动；搁置的内容仍保存在 {ref}")  # fmt: skip


def remarks(undone: Undone, lang: str, *, discard: bool) -> Iterator[str]:
    """How it ended; where it was only looked at, what would be taken back."""
    if undone.resumed:
        yield _RESUMED.say(lang)
    if undone.saves:
        yield (_TAKEN if undone.ref else _WOULD).say(lang)
        yield from _saves(undone, lang)
    if not undone.ref:
        return
    if undone.left:
        yield _LEFT.say(lang, saves=saves(undone.left))
    if discard and undone.names:
        yield _ASIDE.say(lang, ref=undone.ref)
    elif undone.names:
        yield _ON_DISK.say(lang, names=command_words(undone.names))
    yield _BACK.say(lang)


def back_again(undone: Undone, lang: str, *, over: bool) -> Iterator[str]:
    """That an undo was taken back; `over`: not every file was."""
    yield _IS_BACK.say(lang)
    if over:
        yield _OVER.say(lang, ref=undone.ref)


def command_words(names: Sequence[str]) -> str:
    """Files and orders as a person types them."""
    return one_line(shlex.join(names))


def _saves(undone: Undone, lang: str) -> Iterator[str]:
    for commit in undone.saves[-_SHOWN:]:
        yield "  " + one_line(f"{commit.author.when:%Y-%m-%d}  {commit.subject}")
    if len(undone.saves) > _SHOWN:
        yield "  " + _MORE.say(lang, count=len(undone.saves) - _SHOWN)
