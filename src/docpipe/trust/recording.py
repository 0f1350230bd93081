"""Records as commits: each names the commit of the shared `main` by which it is judged."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from docpipe.adapters import git
from docpipe.diagnostics import DocpipeError, Text
from docpipe.trust.formats.places import APPROVAL, RECORD, TAKEN, WITHDRAWAL

T = TypeVar("T")

MAIN = "Main"
"""The trailer that names the commit of the shared `main`."""

_ATTEMPTS = 3
_MOVED = Text(
    "The shared main moved on while this was made: nothing was recorded",
    "处理期间共享的 main 有了更新：没有记入任何内容",
)
_AGAIN = Text("Do it again", "请重试")


class Moved(DocpipeError):
    """What the record is made from was saved or shared anew while it was made."""

    def __init__(self) -> None:
        super().__init__(_MOVED, _AGAIN)


def again(attempt: Callable[[], T]) -> T:
    """Do it, and again where what it is made from moved meanwhile. Raises Moved after a while."""
    for _ in range(_ATTEMPTS - 1):
        try:
            return attempt()
        except Moved:
            continue
    return attempt()


def put_on_record(
    repo: git.Repository, make: git.Make, by: git.Signature, sign: git.Sign | None, main: str
) -> str | None:
    """Put on record what `make` says, as `git.Records.append`; `main` is what it is judged by.

    Raises Moved where the last record was made by a later `main`, and what `append` raises.
    """

    def by_this_main(records: git.CommitSource) -> git.Record | None:
        made = make(records)
        if made is not None and not _follows(repo, main, named_main(repo, records.commit)):
            raise Moved
        return made

    return git.Records(repo).append(by_this_main, by, sign)


_VERBS = {
    RECORD: "Issue", WITHDRAWAL: "Withdraw", APPROVAL: "Approve", TAKEN: "Withdraw approval of"
}  # fmt: skip


def record(files: Mapping[str, bytes], sort: str, main: str, told: Mapping[str, str]) -> git.Record:
    """What one commit puts on record, a thing of this sort, with what its message tells of it."""
    return git.Record(files, _subject(sort, told), trailers=(*told.items(), (MAIN, main)))


def message_of(sort: str, main: str, told: Mapping[str, str]) -> str:
    """The whole message of such a record."""
    ends = [*told.items(), (MAIN, main), (git.MARK, git.FORM)]
    return git.message(_subject(sort, told), "", ends)


def _subject(sort: str, told: Mapping[str, str]) -> str:
    if sort in (RECORD, WITHDRAWAL):
        return f"{_VERBS[sort]} {told['Number']} revision {told['Revision']}"
    return f"{_VERBS[sort]} {told['Order']} {told['Document']}"


def main_of(commit: git.Commit) -> str:
    """The commit of `main` that a record names; "" where it names none, or several."""
    return main_in(commit.trailers)


def main_in(trailers: Mapping[str, Sequence[str]]) -> str:
    """The same from what the record's message tells."""
    told = trailers.get(MAIN, [])
    return told[0] if len(told) == 1 else ""


def named_main(repo: git.Repository, record: str) -> str:
    """The commit of `main` that a record (a commit of `records`, "" for none) names."""
    last = git.history(repo, record, renames=False, limit=1) if record else []
    return main_of(last[0]) if last else ""


def _follows(repo: git.Repository, main: str, before: str) -> bool:
    return not before or main == before or git.holds(repo, main, before)
