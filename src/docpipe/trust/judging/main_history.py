"""`main` up to a commit as it is judged: who follows whom, what is guarded, what must be signed."""

from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache

from docpipe.adapters import git
from docpipe.adapters.git import Ancestry, Entry, Objects, Repository, SignedCommit
from docpipe.diagnostics import DocpipeError
from docpipe.trust.judging.company import asks_for_signatures, company_in
from docpipe.trust.judging.demand import Asking, Demand, demand
from docpipe.trust.judging.guards import PATHS, Guarded
from docpipe.trust.judging.policy import Policy
from docpipe.trust.judging.roles import ADMIN
from docpipe.trust.judging.signatures import flaw_of
from docpipe.workspace.workspace import MARKER

_KEPT = 200


class MainHistory:
    """A history that ends in `tip`. Everything raises DocpipeError for objects that are missing."""

    def __init__(self, repo: Repository, reader: Objects, tip: str) -> None:
        self.repo, self.reader, self.tip = repo, reader, tip
        self.guarded = Guarded()
        self.policy = lru_cache(_KEPT)(self._policy)
        """What a commit says; many are asked for again and again."""

    @cached_property
    def ancestry(self) -> Ancestry:
        """All its commits with their parents, the oldest first."""
        return git.ancestry(self.repo, self.tip)

    @cached_property
    def line(self) -> Sequence[str]:
        """The way along first parents, the newest first."""
        found, at = [], self.tip
        while at in self.ancestry:
            found.append(at)
            at = "".join(self.ancestry[at][:1])
        return found

    @cached_property
    def touched(self) -> dict[str, dict[str, Entry | None]]:
        """The commits that touch a file in which something is guarded, and what they touch."""
        return git.touching(self.repo, self.ancestry, PATHS)

    @cached_property
    def demand(self) -> Demand:
        """Where signatures are asked for."""
        asking = self._asking()
        asks = {name for name in self.ancestry if asking[name]}
        if not asks:
            return Demand()
        return demand(
            self.ancestry, self.line, Asking(asks.__contains__, self._raises, self._lifts)
        )

    def signed(self, name: str) -> SignedCommit:
        """A commit as it was signed."""
        return git.signed_commit(name, self.reader.commit(name), self.repo.digest)

    def came_with(self, commit: str) -> Iterator[str]:
        """The commits that one of the line brought to main, besides itself."""
        first = self.ancestry[commit][:1]
        yield from (n for n in git.reachable(self.repo, commit, first) if n != commit)

    def _policy(self, commit: str) -> Policy:
        return Policy(self.repo, self.reader, commit)

    def _asking(self) -> dict[str, bool]:
        """Of each commit whether its company.yaml asks for signatures."""
        found: dict[str, bool] = {}
        known: dict[Entry | None, bool] = {None: False}
        for name, parents in self.ancestry.items():
            here = self.touched.get(name, {})
            if MARKER in here:
                entry = here[MARKER]
                if entry not in known:
                    known[entry] = asks_for_signatures(company_in(self.policy(name).source))
                found[name] = known[entry]
            else:
                found[name] = bool(parents) and found.get(parents[0], False)
        return found

    def _raises(self, name: str) -> bool:
        """Whether a commit beside the line asks as an admin does: with the role, and signed."""
        commit = self.signed(name)
        return bool(commit.parents) and self._by_admin(commit, commit.parents[0], name)

    def _lifts(self, name: str, holding: Sequence[str]) -> bool:
        """Whether a commit of the line leaves signing off as an admin does, by all who ask."""
        commit = self.signed(name)
        return all(self._by_admin(commit, parent, parent) for parent in holding)

    def _by_admin(self, commit: SignedCommit, roles: str, keys: str) -> bool:
        """Whether an admin by one commit made and signed it, with a key by the other."""
        who = commit.committer
        try:
            known = self.policy(roles).roles
            return (
                who is not None
                and known.has(who.email, ADMIN, who.when)
                and flaw_of(commit, self.policy(keys).keys) is None
            )
        except DocpipeError:  # nobody's role, nobody's key
            return False
