"""What counted when a push came: `main` as it was. What the push itself brings gives no right."""

from collections.abc import Iterator
from datetime import datetime
from functools import cached_property
from typing import Protocol

from docpipe.adapters.git import CommitSource, Objects, Repository, Signature
from docpipe.diagnostics import DocpipeError, Text, Value
from docpipe.trust.invariants.engine import Broken, Words, broken, invariant
from docpipe.trust.judging.keys import Keyring
from docpipe.trust.judging.policy import Policies, Policy
from docpipe.trust.judging.roles import Roles

MAIN = "refs/heads/main"
RECORDS = "refs/heads/records"
_NO_MAIN = Text(
    "The shared repository has no main with a people.yaml yet, so nobody has a role",
    "共享仓库还没有含 people.yaml 的 main 分支，因此任何人都没有角色",
)
_FIRST = Text(
    "Share main first, by itself: git push origin main", "请先单独共享 main：git push origin main"
)

IN_PERSON = Text(
    "You can put on record only what you did yourself, under your own name: docpipe identity",
    "各人只能以本人名义记录本人所为：docpipe identity",
)


class PolicyBefore:
    """The shared repository as it was before a push; who pushes ("" where nobody tells), and when.

    Everything that reads people.yaml raises DocpipeError where `main` has no sound one.
    """

    def __init__(
        self, repo: Repository, reader: Objects, now: datetime, pusher: str = ""
    ) -> None:  # fmt: skip
        self.repo, self.reader, self.now, self.pusher = repo, reader, now, pusher

    @cached_property
    def main(self) -> str | None:
        """The last commit of `main`."""
        return self.repo.tip(MAIN)

    @cached_property
    def records(self) -> str | None:
        """The last commit of `records`."""
        return self.repo.tip(RECORDS)

    def source(self, commit: str) -> CommitSource:
        """The workspace's files in a commit."""
        return CommitSource(self.reader, self.reader.root(commit), self.repo.prefix)

    @cached_property
    def policies(self) -> Policies:
        """What the commits of `main` as it was say."""
        return Policies(self.repo, self.reader, self.main)

    @cached_property
    def policy(self) -> Policy:
        """What the last commit of `main` says. Raises DocpipeError without a `main`."""
        if self.main is None:
            raise DocpipeError(_NO_MAIN, _FIRST)
        return Policy(self.repo, self.reader, self.main)

    @property
    def roles(self) -> Roles:
        """Who had which role."""
        return self.policy.roles

    @property
    def keys(self) -> Keyring:
        """Whose keys counted."""
        return self.policy.keys

    @property
    def asks(self) -> bool:
        """Whether company.yaml asked that everything is signed."""
        return self.main is not None and self.policy.asks

    def is_pusher(self, email: str) -> bool:
        """Whether the person pushes themselves, as far as the server tells."""
        return not self.pusher or email.lower() == self.pusher.lower()

    def has_pusher(self, role: str) -> bool:
        """Whether who pushes has the role, as far as the server tells; servers mix up capitals."""
        members = self.roles.members
        mine = (email for email in members if self.is_pusher(email))
        return not self.pusher or any(self.roles.has(email, role, self.now) for email in mine)


class InPerson(Value):
    """A commit that a push brings, by whom it is, and what is known of the push."""

    path: str
    commit: str
    by: Signature
    before: PolicyBefore


class Brought(Protocol):
    """Something that a push brings."""

    @property
    def in_person(self) -> InPerson | None:
        """Who made it, beside who pushes it; None where nobody pushes."""


@invariant(
    "pushed-by-another",
    Words(
        Text(
            "The commit {commit} is in the name of {who}, and {pusher} pushes it",
            "提交 {commit} 署名 {who}，推送者却是 {pusher}",
        ),
        mend=IN_PERSON,
    ),
)
def pushed_in_person(brought: Brought) -> Iterator[Broken]:
    """Where the server tells who pushes, it is the person of the commit. Only the hook knows.

    ---
    服务器说明推送者的，须为提交的署名人。仅钩子可知。
    """
    it = brought.in_person
    if it is not None and not it.before.is_pusher(it.by.email):
        who = f"{it.by.name} <{it.by.email}>"
        yield broken(it.path, it.commit, who=who, pusher=it.before.pusher)
