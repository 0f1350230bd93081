"""The commits of `records`: only added to, in order of time, each by the person that it names."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from docpipe.adapters import git
from docpipe.adapters.git import MARK, Commit
from docpipe.diagnostics import Text
from docpipe.trust.verification.faults import ASK, LOOK, Fault, Kind, fault

APART = timedelta(minutes=10)
"""By which the clocks of two people may differ."""

_RUBBISH = Kind(
    "lineage",
    Text(
        "The branch records is not as docpipe writes it: commit {commit} by {who}: {what}",
        "records 分支不是 docpipe 写入的样子：{who} 的提交 {commit}：{what}",
    ),
    ASK,
)
_EMPTY = Text("it adds nothing", "它没有添加任何内容")
_BACK = Kind(
    "time-back",
    Text(
        "The commit {commit} by {who} is dated {at}, before the record that it follows ({before})",
        "{who} 的提交 {commit} 日期为 {at}，早于它之前的记录（{before}）",
    ),
    ASK,
)
_AHEAD = Kind(
    "time-ahead",
    Text("The commit {commit} by {who} is dated {at}, later than now",
         "{who} 的提交 {commit} 日期为 {at}，晚于当前时间"),
    ASK,
)  # fmt: skip
_WHO = Kind(
    "author",
    Text(
        "This says that it is by {by}, but the commit {commit} was made by {who}",
        "此处写明由 {by} 记入，但提交 {commit} 出自 {who}",
    ),
    LOOK,
)
_WHEN = Kind(
    "time",
    Text(
        "This says that it was put on record at {said}, but the commit {commit} is dated {at}",
        "此处写明于 {said} 记入，但提交 {commit} 的日期为 {at}",
    ),
    LOOK,
)
_SAID = Kind(
    "trailers",
    Text(
        'The commit {commit} says "{key}: {told}", but this says {said}',
        "提交 {commit} 写明“{key}: {told}”，而此处写的是 {said}",
    ),
    LOOK,
)
_APART = Kind(
    "put-apart",
    Text(
        "This was put on record by the commit {commit}, and not together with {other}",
        "此处由提交 {commit} 记入，没有与 {other} 一起记入",
    ),
    LOOK,
)


def judged(commits: Sequence[Commit], now: datetime) -> Iterator[Fault]:
    """What is wrong with the commits, oldest first, apart from what their files say."""
    before: Commit | None = None
    for commit in commits:
        for what, path in git.faults(commit, first=before is None):
            yield _rubbish(commit, what, path)
        if not commit.changes and len(commit.parents) < 2:
            yield _rubbish(commit, _EMPTY, "")
        at = commit.committer.when
        if before is not None and at < before.committer.when - APART:
            yield _dated(_BACK, commit, before=shown(before.committer.when))
        if at > now + APART:
            yield _dated(_AHEAD, commit)
        before = commit


def _rubbish(commit: Commit, what: Text, path: str) -> Fault:
    return fault(_RUBBISH, path, commit.id, who=who(commit), what=what, mark=f"{MARK}: 1")


def _dated(kind: Kind, commit: Commit, **params: str) -> Fault:
    return fault(kind, "", commit.id, who=who(commit), at=shown(commit.committer.when), **params)


def vouched(
    commit: Commit | None, path: str, by: tuple[str, str], at: datetime, said: Mapping[str, str]
) -> Iterator[Fault]:
    """Hold what a record says of itself against the commit that put it there.

    `by` is name and e-mail, `said` what the commit's trailers should say too.
    """
    if commit is None:  # the lineage tells
        return
    for person in dict.fromkeys((commit.author, commit.committer)):
        if (person.name.strip(), person.email.strip()) != (by[0].strip(), by[1].strip()):
            yield fault(_WHO, path, commit.id, by=f"{by[0]} <{by[1]}>",
                        who=f"{person.name} <{person.email}>")  # fmt: skip
            break
    for moment in dict.fromkeys((commit.author.when, commit.committer.when)):
        if moment != at.replace(microsecond=0):
            yield fault(_WHEN, path, commit.id, said=shown(at), at=shown(moment))
            break
    trailers = commit.trailers
    for key, value in said.items():
        told = ", ".join(trailers.get(key, []))
        if told != " ".join(value.split()):
            yield fault(_SAID, path, commit.id, key=key, told=told, said=value)


def together(added: Mapping[str, Commit], path: str, other: str) -> Iterator[Fault]:
    """That two files came by one commit."""
    one, two = added.get(path), added.get(other)
    if one is not None and two is not None and one.id != two.id:
        yield fault(_APART, path, one.id, other=other)


def who(commit: Commit) -> str:
    """Who made a commit."""
    return commit.committer.name


def shown(moment: datetime) -> str:
    """A moment as people read it, by the clock that it was written with."""
    return moment.isoformat(sep=" ", timespec="seconds")
