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
    Place,
)
from docpipe.trust.invariants.addition import Addition
from docpipe.trust.invariants.engine import ASK, Broken, Words, broken, invariant
from docpipe.trust.judging.clocks import APART

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


@invariant(
    "record-missing",
    Words(Text("No record tells of this document", "没有说明该单证的记录")),
)
def every_document_has_its_record(addition: Addition) -> Iterator[Broken]:
    """A document goes on record together with what is told of it.

    ---
    单证与说明它的记录一并记入。
    """
    for place in addition.of(DOCUMENT):
        if place.sibling(RECORD) not in addition.added:
            yield broken(place.path, addition.commit.id)


@invariant(
    "document-missing",
    Words(
        Text("The document is not on record, only what is told of it",
             "记录中没有该单证，只有对它的说明")
    ),
)  # fmt: skip
def every_record_has_its_document(addition: Addition) -> Iterator[Broken]:
    """What is told of a document goes on record together with the document.

    ---
    说明单证的记录与单证一并记入。
    """
    for place in addition.of(RECORD):
        if place.sibling(DOCUMENT) not in addition.added:
            yield broken(place.sibling(DOCUMENT), addition.commit.id)


@invariant(
    "approval-half",
    Words(
        Text("An approval comes without the text that it approves, or the text without it",
             "审批与其所批准的文本没有一并记入")
    ),
)  # fmt: skip
def every_approval_has_its_text(addition: Addition) -> Iterator[Broken]:
    """An approval goes on record together with the text that it approves.

    ---
    审批与其所批准的文本一并记入。
    """
    for place in addition.of(APPROVAL, TEXT):
        other = TEXT if place.sort == APPROVAL else APPROVAL
        if place.sibling(other) not in addition.added:
            yield broken(place.path, addition.commit.id)


@invariant(
    "number-unused",
    Words(
        Text("A number is given here, and the commit {commit} issues no document with it",
             "此处分配了编号，而提交 {commit} 没有随之签发单证")
    ),
)  # fmt: skip
def every_number_comes_with_its_document(addition: Addition) -> Iterator[Broken]:
    """A number is given by the commit that puts the document on record which bears it.

    ---
    编号由记入该编号单证的同一提交分配。
    """
    if not addition.of(DOCUMENT, RECORD):
        for place in addition.of(NUMBER):
            yield broken(place.path, addition.commit.id)


@invariant(
    "put-apart",
    Words(
        Text("The commit {commit} puts several things on record at once",
             "提交 {commit} 一次记入了多件事")
    ),
)  # fmt: skip
def each_commit_is_one_act(addition: Addition) -> Iterator[Broken]:
    """A commit puts one thing on record: a document, an approval, or what is withdrawn.

    Several at once could not be judged as what docpipe does. Approvals of one document may be taken
    back together.
    ---
    一个提交只记入一件事：一份单证、一项审批或一次撤回。
    一次多件，不是 docpipe 的做法，无从判断。同一单证的几项审批可以一并撤回。
    """
    acts = {_act(place) for place in addition.places if place.sort != NUMBER}
    if len(acts) > 1 or len(addition.of(NUMBER)) > 1:
        yield broken(addition.places[0].path, addition.commit.id)


def _act(place: Place) -> tuple[str, str, str, int]:
    sort = {DOCUMENT: RECORD, TEXT: APPROVAL}.get(place.sort, place.sort)
    return sort, place.order, place.document, -1 if sort == TAKEN else place.count


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
        yield broken(path, addition.commit.id, why=error.text)


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
CONTENTS = (
    (every_document_has_its_record, every_record_has_its_document, every_approval_has_its_text,
     every_number_comes_with_its_document, each_commit_is_one_act),
    (every_record_can_be_read,),
)  # fmt: skip
