"""What counted when a push came: `main` as it was. What the push itself brings gives no right."""

from datetime import datetime
from functools import cached_property

from docpipe.adapters.git import CommitSource, Objects, Repository
from docpipe.diagnostics import DocpipeError, Text
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
