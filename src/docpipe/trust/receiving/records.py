"""The branch `records`: what a push adds is docpipe's, in one line, each in its maker's name."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from docpipe.adapters import git
from docpipe.adapters.git import Commit, Update
from docpipe.diagnostics import Text
from docpipe.trust.invariants.push import PolicyBefore
from docpipe.trust.receiving.approving import Approvals
from docpipe.trust.receiving.growing import RecordsSoFar
from docpipe.trust.receiving.issuing import Documents
from docpipe.trust.receiving.refusals import (
    IN_PERSON,
    PUSHER,
    REDO,
    Refused,
    Why,
    refused,
)
from docpipe.trust.receiving.signed import flaws, refusal
from docpipe.trust.verification import lineage

_DELETED = Why(
    "records-deleted",
    Text("The branch records is never deleted", "records 分支不可删除"),
    Text("Leave it as it is; nobody needs it checked out", "请保留该分支；它不占工作区"),
)
REWRITTEN = Why(
    "records-rewritten",
    Text(
        "The branch records is only ever added to, and what is pushed lacks its last record "
        "({known})",
        "records 分支只能追加，而推送的内容缺少其最新记录（{known}）",
    ),
    REDO,
)
_LINEAGE = Why("records-lineage", Text("{why}", "{why}"), REDO)
_STRAY = Why(
    "records-stray",
    Text(
        "The commit {commit} puts {path} on record, and docpipe writes no such file there",
        "提交 {commit} 记入了 {path}，docpipe 不会写入这样的文件",
    ),
    REDO,
)
_STRANGER = Why(
    "stranger",
    Text(
        "The commit {commit} is by {who}, whom people.yaml on main does not know",
        "提交 {commit} 由 {who} 记入，而 main 的 people.yaml 中没有此人",
    ),
    Text(
        "Somebody who has the role admin enters the person there first, or say who you are: "
        "docpipe identity",
        "请管理员（admin）先行登记，或设置您的身份：docpipe identity",
    ),
)
TWO = Why(
    "two-people",
    Text(
        "The commit {commit} names {author} as author, and {who} made it",
        "提交 {commit} 的作者写作 {author}，实际提交者是 {who}",
    ),
    IN_PERSON,
)


def records(before: PolicyBefore, update: Update, now: datetime) -> Iterator[Refused]:
    """What is wrong with a push to `records`, the gravest first, and nothing that follows from it.

    Raises DocpipeError without a sound people.yaml on `main`, and for objects that are missing.
    """
    ref, repo = update.ref, before.repo
    if update.new is None:
        yield refused(ref, _DELETED)
        return
    commits = git.history(repo, update.new, known=update.old or "", renames=False, joined=False)[
        ::-1
    ]
    if not commits or _begins(commits[0]) != (update.old or ""):
        yield refused(ref, REWRITTEN, known=(update.old or "-")[:12])
        return
    wrong = [*_lineage(before, update, commits, now)]
    wrong = wrong or [*_signatures(before, update, commits, now)]
    wrong = wrong or [*_people(before, ref, commits, now)]
    yield from wrong or _contents(before, ref, commits)


def _begins(first: Commit) -> str:
    """What the first of the new commits follows; "" for nothing."""
    return first.parents[0] if first.parents else ""


def _lineage(
    before: PolicyBefore, update: Update, commits: Sequence[Commit], now: datetime
) -> Iterator[Refused]:
    """As every clone would judge it, beginning with the last record that is there already."""
    known = git.history(before.repo, update.old, limit=1) if update.old else []
    new = {commit.id for commit in commits}
    for fault in lineage.judged([*known, *commits], now):
        if fault.commit in new:
            yield refused(update.ref, _LINEAGE, why=Text(fault.message("en"), fault.message("zh")))


def _signatures(
    before: PolicyBefore, update: Update, commits: Sequence[Commit], now: datetime
) -> Iterator[Refused]:
    names = [commit.id for commit in commits]
    sealed = git.signed_commits(before.reader, names)
    for _, flaw in flaws(before, sealed, own=True, today=now):
        yield refusal(update.ref, flaw)


def _people(
    before: PolicyBefore, ref: str, commits: Sequence[Commit], now: datetime
) -> Iterator[Refused]:
    for commit in commits:
        author, committer = commit.author, commit.committer
        who = f"{committer.name} <{committer.email}>"
        told = {"commit": commit.id[:12], "who": who}
        if (author.name, author.email) != (committer.name, committer.email):
            yield refused(ref, TWO, author=f"{author.name} <{author.email}>", **told)
        elif not before.roles.knows(committer.email, now):
            yield refused(ref, _STRANGER, **told)
        elif not before.is_pusher(committer.email):
            yield refused(ref, PUSHER, pusher=before.pusher, **told)


def _contents(before: PolicyBefore, ref: str, commits: Sequence[Commit]) -> Iterator[Refused]:
    """Commit by commit: what comes earlier in a push counts for what follows."""
    base = before.reader.root(commits[0].parents[0]) if commits[0].parents else ""
    source = RecordsSoFar(before.reader, base)
    documents, approvals = Documents(before, ref, source), Approvals(before, ref, source)
    for commit in commits:
        left = [change.path for change in commit.changes]
        wrong = [*documents.numbers(commit, left)]
        source.add(commit.changes)
        wrong += [*documents.judge(commit, left), *approvals.judge(commit, left)]
        wrong += [refused(ref, _STRAY, commit=commit.id[:12], path=path) for path in left]
        if wrong:
            yield from wrong
            return
