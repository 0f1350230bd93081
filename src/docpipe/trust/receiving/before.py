"""What counted when a push came: `main` as it was. What the push itself brings gives no right."""

from functools import cached_property

from docpipe.adapters import git
from docpipe.adapters.git import CommitSource, Objects, Repository
from docpipe.diagnostics import DocpipeError, Text
from docpipe.trust.judging.keys import Keyring, asks_for_signatures, company_in, keyring_at
from docpipe.trust.judging.roles import PEOPLE, Authority, authority_of
from docpipe.workspace.workspace import Workspace

MAIN = "refs/heads/main"
RECORDS = "refs/heads/records"
_LARGEST = 5_000_000
_NO_MAIN = Text(
    "The shared repository has no main with a people.yaml yet, so nobody has a role",
    "共享仓库还没有含 people.yaml 的 main 分支，因此任何人都没有角色",
)
_FIRST = Text(
    "Share main first, by itself: git push origin main", "请先单独共享 main：git push origin main"
)


class PolicyBefore:
    """The shared repository as it was before the push, and who pushes ("" where that is not told).

    Everything that reads people.yaml raises DocpipeError where `main` has no sound one.
    """

    def __init__(self, repo: Repository, reader: Objects, pusher: str = "") -> None:
        self.repo, self.reader, self.pusher = repo, reader, pusher

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
    def authority(self) -> Authority:
        """Who had which role."""
        if self.main is None:
            raise DocpipeError(_NO_MAIN, _FIRST)
        try:
            data = self.source(self.main).read_whole(PEOPLE, _LARGEST)
        except OSError:
            raise DocpipeError(_NO_MAIN, _FIRST) from None
        return authority_of(self.main, data)

    @cached_property
    def keys(self) -> Keyring:
        """Whose keys counted."""
        if self.main is None:
            raise DocpipeError(_NO_MAIN, _FIRST)
        return keyring_at(self.repo, self.reader, self.main)

    @cached_property
    def asks(self) -> bool:
        """Whether company.yaml asked that everything is signed."""
        return self.main is not None and asks_for_signatures(company_in(self.source(self.main)))

    @cached_property
    def workspace(self) -> Workspace:
        """The company's own facts: how numbers look, which documents take which approvals."""
        if self.main is None:
            raise DocpipeError(_NO_MAIN, _FIRST)
        return Workspace(self.repo.folder, self.source(self.main))

    def is_known(self, email: str) -> bool:
        """Whether people.yaml had the person."""
        return email in self.authority.roles

    def is_pusher(self, email: str) -> bool:
        """Whether the person pushes himself, as far as the server tells."""
        return not self.pusher or email.lower() == self.pusher.lower()

    def has_pusher(self, role: str) -> bool:
        """Whether who pushes has the role, as far as the server tells; servers mix up capitals."""
        if not self.pusher:
            return True
        mine = [roles for email, roles in self.authority.roles.items() if self.is_pusher(email)]
        return any(role in roles for roles in mine)


def range_of(repo: Repository, new: str, old: str | None) -> list[str]:
    """The commits that a branch gets, oldest first."""
    return git.reachable(repo, new, [old] if old else [])
