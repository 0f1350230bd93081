"""Whether a stretch of `records` is docpipe's: linear, marked, and only ever added to."""

from collections.abc import Iterator

from docpipe.adapters.git.git_errors import Refusal
from docpipe.adapters.git.log import Changed, Commit, history
from docpipe.adapters.git.objects import FILE
from docpipe.adapters.git.repository import Repository
from docpipe.diagnostics import Text

MARK = "Docpipe-Record"
FORM = "1"
"""The trailer of every record, and the form in which it is written."""

_RUBBISH = Text(
    "The branch records of {where} is not as docpipe writes it: commit {id} by {who}: {what}",
    "{where} 的 records 分支不是 docpipe 写入的样子：{who} 的提交 {id}：{what}",
)
_RESTORE = Text(
    "Nothing was taken over or recorded. The repository administrator should find out why, and "
    "restore the branch{good}",
    "没有采纳或记入任何内容。请仓库管理员查明原因并恢复该分支{good}",
)
_GOOD = Text(" to {last}, its last good commit", "到最后一个完好的提交 {last}")
_JOINED = Text("it merges two histories", "它合并了两条历史")
_SECOND_ROOT = Text("it begins a second history", "它另起了一条历史")
_UNMARKED = Text("docpipe did not write it (no {mark})", "不是 docpipe 写入的（没有 {mark}）")
_ALTERED = Text("it changes or removes {path}", "它改动或删除了 {path}")
_NO_FILE = Text("{path} is not a plain file", "{path} 不是普通文件")


def check(repo: Repository, tip: str, known: str | None, where: str) -> None:
    """Hold the records that `tip` has beyond `known` (None: all of them) against the rules.

    Raises DocpipeError that names the first bad commit, who made it, and the last good one.
    `where` is the place, for the message.
    """
    last = known or ""
    for commit in reversed(history(repo, tip, known=last, renames=False, joined=False)):
        _judge(commit, first=not last, last=last, where=where)
        last = commit.id


def check_last(repo: Repository, tip: str, where: str) -> None:
    """The same for the last record alone: those before it were checked when it was written."""
    for commit in history(repo, tip, renames=False, limit=1):
        _judge(commit, first=True, last="".join(commit.parents[:1]), where=where)


def _judge(commit: Commit, *, first: bool, last: str, where: str) -> None:
    for what, path in faults(commit, first):
        raise Refusal(
            _RUBBISH,
            _RESTORE,
            where=where,
            id=commit.id[:12],
            who=commit.committer.name,
            what=what,
            path=path,
            mark=f"{MARK}: {FORM}",
            good=_GOOD if last else "",
            last=last[:12],
        )


def faults(commit: Commit, first: bool) -> Iterator[tuple[Text, str]]:
    """What is wrong with a commit, each with the path concerned, or ""; texts name MARK too."""
    if len(commit.parents) > 1:
        yield _JOINED, ""
    if not commit.parents and not first:
        yield _SECOND_ROOT, ""
    if commit.trailers.get(MARK) != [FORM]:
        yield _UNMARKED, ""
    for change in commit.changes:
        if fault := _fault(change):
            yield fault, change.path


def _fault(change: Changed) -> Text | None:
    if change.status != "A":
        return _ALTERED
    return None if change.new and change.new.mode == FILE else _NO_FILE
