"""The commits of `records`: in one line, only added to, each one act, in order of time."""

from collections.abc import Iterator
from datetime import datetime

from docpipe.adapters import git
from docpipe.diagnostics import Text
from docpipe.trust.formats.places import (
    APPROVAL,
    DOCUMENT,
    NUMBER,
    RECORD,
    TAKEN,
    TEXT,
    WITHDRAWAL,
)
from docpipe.trust.invariants.addition import Addition
from docpipe.trust.invariants.engine import ASK, Broken, Words, broken, invariant, said
from docpipe.trust.judging.approvals import APART

_EMPTY = Text("it adds nothing", "它没有添加任何内容")
_BACKDATED = Text(
    "Set the clock of this computer, then do it again with docpipe",
    "请校准本机时钟，再用 docpipe 重做",
)


@invariant(
    "lineage",
    Words(
        Text(
            "The branch records is not as docpipe writes it: commit {commit} by {who}: {what}",
            "records 分支不是 docpipe 写入的样子：{who} 的提交 {commit}：{what}",
        ),
        ASK,
    ),
)
def records_are_only_added_to(addition: Addition) -> Iterator[Broken]:
    """Records are one line of commits that docpipe wrote; each adds files, none changes or removes.

    Anything else was written by other means, or joins a history that nobody has seen.
    ---
    记录是由 docpipe 写入的一条提交链；每个提交只添加文件，不改动、不删除。
    否则即是以其他方式写入，或并入了无人见过的历史。
    """
    commit = addition.commit
    told = [*git.faults(commit, first=addition.before.first)]
    told += [(_EMPTY, "")] if not commit.changes and len(commit.parents) < 2 else []
    for what, path in told:
        yield broken(
            path, commit.id, who=commit.committer.name, what=what, mark=f"{git.MARK}: 1"
        )  # fmt: skip


@invariant(
    "stray-file",
    Words(
        Text(
            "docpipe writes no such file on the branch records",
            "docpipe 不会在 records 分支写入这样的文件",
        )
    ),
)
def every_file_has_its_place(addition: Addition) -> Iterator[Broken]:
    """Each file on record stands in one of the places that docpipe writes, spelt in the one way.

    `r01.yaml` beside `r1.yaml`, or other digits, would be a second record of the same thing.
    ---
    记录中的每个文件都在 docpipe 写入的位置上，且写法唯一。
    `r01.yaml` 与 `r1.yaml` 并存，或用其他数字写成，就成了同一事项的第二份记录。
    """
    known = {place.path for place in addition.places}
    for path in sorted(addition.added - known):
        yield broken(path, addition.commit.id)


_ACTS = (
    {DOCUMENT, RECORD}, {DOCUMENT, RECORD, NUMBER}, {WITHDRAWAL}, {APPROVAL, TEXT}, {TAKEN},
)  # fmt: skip


@invariant(
    "put-apart",
    Words(
        Text(
            "The commit {commit} is not one act on record: it lacks what belongs to this, or does "
            "several things at once",
            "提交 {commit} 不是一件完整的记录：缺少应与此一并记入的内容，或一次记入多件",
        )
    ),
)
def each_commit_is_one_act(addition: Addition) -> Iterator[Broken]:
    """A commit puts one thing on record, whole: a document with its record and, the first time, its
    number; an approval with its text; what is withdrawn.

    Half of it, or two things at once, could not be judged as what docpipe does.
    ---
    一个提交完整地记入一件事：单证及其记录，首次签发还有编号；审批及其文本；或撤回。
    只有一半，或一次两件，都不是 docpipe 的做法，无从判断。
    """
    places = addition.places
    sorts = {place.sort for place in places}
    one = len({(p.order, p.document, p.count) for p in places if p.sort not in (NUMBER, TAKEN)}) < 2
    if places and (sorts not in _ACTS or not one or len(addition.of(NUMBER)) > 1):
        yield broken(places[0].path, addition.commit.id)


@invariant(
    "time-back",
    Words(
        Text(
            "The commit {commit} by {who} is dated {at}, before the records that it follows "
            "({before})",
            "{who} 的提交 {commit} 日期为 {at}，早于它之前的记录（{before}）",
        ),
        ASK,
        _BACKDATED,
    ),
)
def no_record_is_dated_back(addition: Addition) -> Iterator[Broken]:
    """A record is not dated before the latest of the thousand before it, ten minutes aside.

    Two people's clocks may differ by so much; going back step by step does not help.
    ---
    记录的日期不得早于之前一千条记录中最晚的日期，允许相差十分钟。
    两人的时钟可能有此差异；一步步往回拨也无济于事。
    """
    latest, commit = addition.before.latest, addition.commit
    if latest is not None and commit.committer.when < latest - APART:
        yield _dated(addition, before=shown(latest))


@invariant(
    "time-ahead",
    Words(
        Text("The commit {commit} by {who} is dated {at}, later than now",
             "{who} 的提交 {commit} 日期为 {at}，晚于当前时间"),
        ASK,
        _BACKDATED,
    ),
)  # fmt: skip
def no_record_is_dated_ahead(addition: Addition) -> Iterator[Broken]:
    """A record is not dated later than now, ten minutes aside.

    ---
    记录的日期不得晚于当前时间，允许相差十分钟。
    """
    if addition.commit.committer.when > addition.now + APART:
        yield _dated(addition)


@invariant(
    "record-unreadable",
    Words(Text("{why}", "{why}"), ASK),
)
def every_record_can_be_read(addition: Addition) -> Iterator[Broken]:
    """What is on record is as docpipe writes it, and tells of the place where it stands.

    ---
    记录的内容是 docpipe 写入的样子，且写明的正是其所在位置。
    """
    for path, error in addition.unreadable().items():
        yield broken(path, addition.commit.id, why=said(error))


def _dated(addition: Addition, **params: str) -> Broken:
    commit = addition.commit
    at = shown(commit.committer.when)
    return broken("", commit.id, who=commit.committer.name, at=at, **params)


def shown(moment: datetime) -> str:
    """A moment as people read it, by the clock that it was written with."""
    return moment.isoformat(sep=" ", timespec="seconds")


GROUPS = (
    (records_are_only_added_to, every_file_has_its_place),
    (no_record_is_dated_back, no_record_is_dated_ahead),
)
CONTENTS = ((each_commit_is_one_act,), (every_record_can_be_read,))
