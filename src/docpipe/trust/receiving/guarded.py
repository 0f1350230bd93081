"""What only somebody with the role admin changes: people.yaml, and whether signatures are asked."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from docpipe.adapters.git import SignedCommit, Update
from docpipe.diagnostics import DocpipeError, Text
from docpipe.trust.invariants.push import PolicyBefore
from docpipe.trust.judging.company import asks_for_signatures, company_in
from docpipe.trust.judging.roles import PEOPLE, roles_at
from docpipe.trust.receiving.refusals import Refused, Why, from_error, refused
from docpipe.trust.receiving.signed import is_signed
from docpipe.workspace.workspace import MARKER

ADMIN = "admin"
_LARGEST = 5_000_000
_ADMIN = Text(
    "Somebody who has the role admin changes it: he commits it himself, or joins your branch by a "
    "merge of his own (git merge --no-ff), and pushes that",
    "须由管理员（admin）修改：由其本人提交，或由其将您的分支合并（git merge --no-ff）后推送",
)
_NOT_ADMIN = Why(
    "not-admin",
    Text(
        "The commit {commit} by {who} changes {what}, and {who} did not have the role admin before "
        "this push",
        "{who} 的提交 {commit} 改动了 {what}，而本次推送之前 {who} 没有 admin 角色",
    ),
    _ADMIN,
)
_NOT_SIGNED = Why(
    "admin-unsigned",
    Text(
        "The commit {commit} changes {what} in the name of {who}, and he did not sign it",
        "提交 {commit} 以 {who} 的名义改动了 {what}，却没有其签名",
    ),
    _ADMIN,
)
_PUSHER = Why(
    "not-admin",
    Text(
        "This push changes {what}, and {pusher}, who pushes, did not have the role admin",
        "本次推送改动了 {what}，而推送者 {pusher} 没有 admin 角色",
    ),
    _ADMIN,
)
_ASIDE = Why(
    "people-aside",
    Text(
        "{what} is changed in a line of commits that went past main ({known})",
        "{what} 的改动不在 main（{known}）的主线上",
    ),
    Text(
        "Put your commits on top of the shared main (git pull --rebase), then push again",
        "请将提交接到共享的 main 之后（git pull --rebase），再推送",
    ),
)
_LOCKED_OUT = Why(
    "no-admin",
    Text(
        "After this push nobody would have the role admin, and nobody could change people.yaml",
        "本次推送后将没有人有 admin 角色，people.yaml 再也无人可改",
    ),
    Text("Give the role to somebody first", "请先将该角色授予他人"),
)
_SIGNING = Text("signing in company.yaml", "company.yaml 的 signing")


def guarded(
    before: PolicyBefore, update: Update, commits: Mapping[str, SignedCommit], now: datetime
) -> Iterator[Refused]:
    """What is wrong with changes of what only an admin changes, on the way from old to new.

    The way along the first parents counts: an admin who merges somebody's branch vouches for it.
    `commits` are those that are new. Raises DocpipeError for objects that are missing.
    """
    ref, old, new = update.ref, update.old, update.new
    assert old is not None
    assert new is not None
    guard = _Guard(before)
    what = guard.differ(old, new)
    line: list[SignedCommit] = []
    at = new
    while at in commits:
        line.append(commits[at])
        at = "".join(commits[at].parents[:1])
    if at != old:
        if what:
            yield refused(ref, _ASIDE, what=what, known=old[:12])
        line = []
    for commit in reversed(line):
        if changed := guard.differ("".join(commit.parents[:1]), commit.id):
            yield from _by_admin(before, ref, commit, changed, now)
    if what and not before.has_pusher(ADMIN):
        yield refused(ref, _PUSHER, what=what, pusher=before.pusher)
    if what:
        yield from _usable(before, ref, new)


def _by_admin(
    before: PolicyBefore, ref: str, commit: SignedCommit, what: Text, now: datetime
) -> Iterator[Refused]:
    """An admin made the commit, and signed it where that is asked for: merges, too."""
    who = commit.committer
    if who is None or not _is_admin(before, who.email):
        shown = f"{who.name} <{who.email}>" if who else "?"
        yield refused(ref, _NOT_ADMIN, commit=commit.id[:12], who=shown, what=what)
    elif not is_signed(before, commit, now):
        shown = f"{who.name} <{who.email}>"
        yield refused(ref, _NOT_SIGNED, commit=commit.id[:12], who=shown, what=what)


def _is_admin(before: PolicyBefore, email: str) -> bool:
    try:
        return (
            ADMIN in before.roles.members[email].roles if email in before.roles.members else False
        )
    except DocpipeError:  # main has no sound people.yaml: whoever brings one mends it
        return True


def _usable(before: PolicyBefore, ref: str, new: str) -> Iterator[Refused]:
    """The new people.yaml can be read, and leaves somebody who may change it."""
    try:
        members = roles_at(before.repo, before.reader, new).members.values()
    except DocpipeError as error:
        yield from_error(ref, "people-broken", error)
        return
    if not any(ADMIN in each.roles for each in members):
        yield refused(ref, _LOCKED_OUT)


class _Guard:
    """What is guarded, of each commit; company.yaml is read once for each of its contents."""

    def __init__(self, before: PolicyBefore) -> None:
        self._before = before
        self._asks: dict[str, bool] = {}

    def differ(self, one: str, two: str) -> Text | None:
        """What is guarded and differs between two commits; None for nothing."""
        if self._people(one) != self._people(two):
            return Text(PEOPLE, PEOPLE)
        return _SIGNING if self._signing(one) != self._signing(two) else None

    def _people(self, commit: str) -> object:
        return self._before.source(commit).entry(PEOPLE)

    def _signing(self, commit: str) -> bool:
        source = self._before.source(commit)
        entry = source.entry(MARKER)
        name = entry.id if entry else ""
        if name not in self._asks:
            self._asks[name] = asks_for_signatures(company_in(source))
        return self._asks[name]
