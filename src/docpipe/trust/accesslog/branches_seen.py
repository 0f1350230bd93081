"""Whether branches still hold what was seen of them: a chain alone proves nothing about its end."""

from collections.abc import Iterator

from docpipe.adapters import git
from docpipe.adapters.git import Repository, Tips
from docpipe.diagnostics import Text
from docpipe.trust.invariants.engine import Violation, judged
from docpipe.trust.invariants.kept import (
    AT,
    HERE,
    KEPT,
    WAS_PUSHED,
    WAS_SEEN,
    Kept,
    holds,
)

MAIN, RECORDS = "main", "records"


class Place:
    """This clone beside the remote it knows: which tips have to hold which others.

    `fresh`: what the remote has was fetched just now.
    """

    def __init__(self, repo: Repository, remote: str, *, fresh: bool) -> None:
        self._repo, self._remote, self._fresh = repo, remote, fresh
        self._device = git.device_here(repo)

    def is_own(self, branch: str) -> bool:
        """Whether it is a chain that this clone writes."""
        whose = git.parted(branch)
        return whose is not None and whose[1] == self._device

    def best(self, branch: str, tips: Tips) -> str | None:
        """The tip that stands for the branch: our own of what we write, else the remote's.

        Where the remote was not asked, it is the furthest that was seen of it.
        """
        if self.is_own(branch) or not self._remote:
            return tips.head or tips.seen
        if self._fresh:
            return tips.remote or tips.seen or tips.head
        mine = tips.head if branch == RECORDS else None  # docpipe alone moves it
        return self._furthest(tips.remote, tips.seen, mine) or tips.head

    def _furthest(self, *tips: str | None) -> str | None:
        found: str | None = None
        for tip in tips:
            if tip and (found is None or holds(self._repo, tip, found)):
                found = tip
        return found

    def lacking(self, branch: str, tips: Tips) -> Iterator[Violation]:
        """What the branch lacks of what was seen of it, here and at the remote."""
        if self.is_own(branch):
            yield from self._held(branch, tips.head, tips.seen, HERE, WAS_SEEN)
            if self._remote and self._fresh:
                where = AT.filled(name=self._remote)
                yield from self._held(branch, tips.remote, tips.pushed, where, WAS_PUSHED)
        elif self._remote:
            where = AT.filled(name=self._remote)
            late = branch in (MAIN, RECORDS) and not self._fresh  # pushes do not move what is here
            if not late or self._parted(tips.remote, tips.seen):
                yield from self._held(branch, tips.remote, tips.seen, where, WAS_SEEN)
        else:
            yield from self._held(branch, tips.head, tips.seen, HERE, WAS_SEEN)

    def _parted(self, tip: str | None, known: str | None) -> bool:
        """Whether two tips go different ways. One that is merely behind was fetched before."""
        return bool(tip and known) and not (
            holds(self._repo, str(tip), str(known)) or holds(self._repo, str(known), str(tip))
        )

    def _held(
        self, branch: str, tip: str | None, known: str | None, where: Text, seen: Text
    ) -> Iterator[Violation]:
        return judged(Kept(self._repo, branch, tip, known, where, seen), KEPT)
