"""What a sync did, as lines: what others changed, conflicts field by field, how it ended."""

import shlex
from collections.abc import Iterator, Sequence
from itertools import chain

from docpipe.diagnostics import Text, one_line
from docpipe.reports.changes import MORE, MOST, lines, saves
from docpipe.reports.findings import first
from docpipe.sharing.conflicts import Conflict, Disputed, Version
from docpipe.sharing.publish_check import RefusedOrder
from docpipe.sharing.sync_result import Synced, Wishes

_FILE = Text("{path}: you and others changed the same", "{path}：您和他人改了同一处")
_GONE_MINE = Text("{path}: you removed it, others changed it", "{path}：您删除了它，他人修改了它")
_GONE_THEIRS = Text("{path}: others removed it, you changed it", "{path}：他人删除了它，您修改了它")
_FIELD = Text("{what}: {mine} / {theirs}", "{what}：{mine} / {theirs}")
_WHOLE = Text("changed by {mine} and {theirs}", "修改者：{mine}和{theirs}")
_VERSION = Text("{value} ({who}, {day})", "{value}（{who}，{day}）")
_WHO = Text("{who} ({day})", "{who}（{day}）")
_YOU = Text("you", "您")
_NONE = Text("removed", "删除")

_DECIDE = Text(
    "Nothing was changed or published. Decide for each file whose version counts\n"
    "where you differ; what only one of you changed stays in any case:\n"
    "  {theirs}\n"
    "  {mine}\n"
    "{each}"
    "Or write into your file what the others say there; then docpipe save, and sync",
    "没有改动或发布任何内容。请逐个文件决定双方不同之处以谁为准\n"
    "（--theirs 以对方为准，--mine 以我方为准），只有一方修改的部分都会保留：\n"
    "  {theirs}\n"
    "  {mine}\n"
    "{each}"
    "也可把您的文件改成与对方一致，docpipe save 之后再同步",
)
_EACH = Text(
    "Each file takes its own --theirs or --mine, all of them in one command.\n",
    "每个文件各写一个 --theirs 或 --mine，一次写全。\n",
)
_BROUGHT = Text("Taken over: {saves} by {who}", "已取得 {saves}（{who}）")
_NOTHING = Text("Nothing new from others", "他人没有新内容")
_JOINED = Text(
    "Your saves could not be put on top one by one: they became one",
    "您的多次保存无法逐次衔接，已合为一次",
)
_BEFORE = Text(
    "As it was here before: docpipe show ORDER@{before}",
    "本机之前的内容：docpipe show 订单@{before}",
)
_PUBLISHED = Text("Published: {saves}", "已发布 {saves}")
_HANDED_IN = Text("Submitted: {saves}, as {branch}", "已提交 {saves}，分支 {branch}")
_OPEN = Text("Ask for the review here:", "请在此页面发起合并请求：")
_BY_HAND = Text(
    "Ask for the review on the shared repository's web page: merge {branch} into main",
    "请在共享仓库的网页上发起合并请求：把 {branch} 合并到 main",
)
_HELD = Text(
    "Not published, they have errors: {what}. See: docpipe check{orders}",
    "未发布，因为有错误：{what}。请看：docpipe check{orders}",
)
_WITHOUT = Text(
    "To publish the rest without them (their files stay as they are here):\n"
    "  docpipe undo {names}\n"
    "  docpipe sync",
    "如需先发布其余内容（这些文件在本机保持原样）：\n  docpipe undo {names}\n  docpipe sync",
)
_CODES = Text("{name} ({codes})", "{name}（{codes}）")
_RECORDS = Text("Records taken over: {count}", "已取得 {count} 条记录")
_SHALLOW = Text(
    "This clone is shallow and does not sync records. Get the rest: git fetch --unshallow",
    "这是浅克隆，不参与记录的同步。请补全历史：git fetch --unshallow",
)
_UNSAVED = Text("Not saved, so not shared: {files}", "尚未保存，因此他人看不到：{files}")
_MORE_FILES = Text("and {count} more files", "另有 {count} 个文件")
_FILES = 60
_SHOWN = 5


def conflict_lines(conflicts: Sequence[Conflict], lang: str) -> Iterator[str]:
    """Files in conflict below their order, their fields below them, my version first."""
    order = ""
    for conflict in conflicts:
        if conflict.order and conflict.order != order:
            yield conflict.order.rpartition("/")[2]
        order = conflict.order
        indent = "  " if order else ""
        text = {"mine": _GONE_MINE, "theirs": _GONE_THEIRS, "": _FILE}[conflict.gone]
        name = conflict.path.removeprefix(order + "/") if order else conflict.path
        yield indent + one_line(text.say(lang, path=name))
        yield from (f"{indent}  {one_line(line)}" for line in _fields(conflict, lang))


def _fields(conflict: Conflict, lang: str) -> Iterator[str]:
    yield from first((_field(each, lang) for each in conflict.fields), MOST, MORE, lang)
    if not conflict.fields:
        mine, theirs = (_who(each, lang) for each in (conflict.mine, conflict.theirs))
        yield _WHOLE.say(lang, mine=mine, theirs=theirs)


def _field(field: Disputed, lang: str) -> str:
    mine, theirs = (_version(each, lang) for each in (field.mine, field.theirs))
    return _FIELD.say(lang, what=field.what, mine=mine, theirs=theirs)


def _version(version: Version, lang: str) -> str:
    value = version.value if version.value.en else _NONE
    return _VERSION.say(lang, value=value, **_by(version))


def _who(version: Version, lang: str) -> str:
    return _WHO.say(lang, **_by(version))


def _by(version: Version) -> dict[str, object]:
    who = _YOU if version.own else version.by.name
    return {"who": who, "day": f"{version.by.when:%Y-%m-%d}"}


def incoming_lines(synced: Synced, lang: str) -> Iterator[str]:
    """How files changed here, field by field; after a long absence the first of them."""
    yield from lines(synced.changes[:_FILES], lang)
    if len(synced.changes) > _FILES:
        yield _MORE_FILES.say(lang, count=len(synced.changes) - _FILES)


def to_decide(conflicts: Sequence[Conflict], decided: Wishes, lang: str) -> str:
    """What a person can do about conflicts, as commands that repeat earlier decisions."""
    names = [_named(conflict) for conflict in conflicts]
    before = [("--theirs", each) for each in decided.theirs]
    before += [("--mine", each) for each in decided.mine]
    theirs, mine = (
        shlex.join(["docpipe", "sync", *chain(*before, *((side, each) for each in names))])
        for side in ("--theirs", "--mine")
    )
    each = _EACH if len(before) + len(names) > 1 else ""
    return _DECIDE.say(lang, theirs=one_line(theirs), mine=one_line(mine), each=each)


def _named(conflict: Conflict) -> str:
    """The file as they may write it: from the order's number on."""
    return conflict.path.removeprefix(conflict.order.rpartition("/")[0] + "/")


def remarks(synced: Synced, lang: str, *, chosen: bool) -> Iterator[str]:
    """How it ended; `chosen`: somebody's version was taken, and the other should be found again."""
    yield _brought(synced, lang)
    if synced.joined:
        yield _JOINED.say(lang)
    if chosen and synced.before:
        yield _BEFORE.say(lang, before=synced.before[:10])
    if synced.records:
        yield _RECORDS.say(lang, count=synced.records)
    if synced.shallow:
        yield _SHALLOW.say(lang)
    if synced.unsaved:
        more = ["…"] if len(synced.unsaved) > _SHOWN else []
        yield one_line(_UNSAVED.say(lang, files=[*synced.unsaved[:_SHOWN], *more]))
    yield from _published(synced, lang)


def _brought(synced: Synced, lang: str) -> str:
    if not synced.brought:
        return _NOTHING.say(lang)
    who = list(dict.fromkeys(commit.author.name for commit in synced.brought))
    return one_line(_BROUGHT.say(lang, saves=saves(len(synced.brought)), who=who))


def _published(synced: Synced, lang: str) -> Iterator[str]:
    said = {"saves": saves(synced.saves), "branch": synced.branch}
    if synced.branch == "main":
        yield _PUBLISHED.say(lang, **said)
    elif synced.branch:
        yield _HANDED_IN.say(lang, **said)
        yield (_OPEN if synced.page else _BY_HAND).say(lang, **said)
    elif synced.flow == "direct" and synced.verdict.refused:
        yield _held(synced.verdict.refused, lang)
        names = [each.name for each in synced.verdict.refused]
        yield _WITHOUT.say(lang, names=one_line(shlex.join(names)))


def _held(refused: Sequence[RefusedOrder], lang: str) -> str:
    what = [_CODES.say(lang, name=each.name, codes=each.codes) for each in refused]
    orders = "".join(f" {each.name}" for each in refused if each.is_order)
    return one_line(_HELD.say(lang, what=what, orders=orders))
