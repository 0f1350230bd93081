"""What counted when something went on record: `main` as a commit of it has it.

The shared `main` gives every right: who has which role, whose keys count, whether signatures are
asked for, how numbers look, which documents take which approvals. What a push brings along gives
none before it is there.
"""

from functools import cached_property

from docpipe.adapters import git
from docpipe.adapters.git import CommitSource, Objects, Repository
from docpipe.adapters.yamlfile import Node
from docpipe.trust.judging.company import (
    asks_for_reasons,
    asks_for_signatures,
    company_in,
    file_in,
)
from docpipe.trust.judging.keys import Keyring, keyring
from docpipe.trust.judging.roles import PEOPLE, Roles, people_in, roles_of
from docpipe.workspace.workspace import CATALOGUE, MARKER

_KEPT = 2_000


class Policy:
    """What a commit of `main` says. `commit` is its whole name.

    A `twin` is one whose people.yaml and company.yaml are the same: they are read once.
    """

    def __init__(self, repo: Repository, reader: Objects, commit: str) -> None:
        self.commit = commit
        self.source = CommitSource(reader, reader.root(commit), repo.prefix)
        self.twin: Policy | None = None

    @cached_property
    def roles(self) -> Roles:
        """Who has which role. Raises DocpipeError without a sound people.yaml."""
        if self.twin:
            return self.twin.roles
        return roles_of(self.commit, people_in(self.source, self.commit), self._company)

    @cached_property
    def keys(self) -> Keyring:
        """Whose keys count. Raises DocpipeError without a sound people.yaml."""
        if self.twin:
            return self.twin.keys
        return keyring(people_in(self.source, self.commit), self._company)

    @cached_property
    def asks(self) -> bool:
        """Whether company.yaml asks that everything is signed."""
        return self.twin.asks if self.twin else asks_for_signatures(self._company)

    def asks_why(self, kind: str) -> bool:
        """Whether reading this kind of document, "" for facts, asks for a reason."""
        return asks_for_reasons(self._company, file_in(self.source, CATALOGUE), kind)

    @cached_property
    def _company(self) -> Node | None:
        return company_in(self.source)


class Policies:
    """What commits of `main` say, each content read once; `line` are main's first parents."""

    def __init__(self, repo: Repository, reader: Objects, main: str | None) -> None:
        self._repo, self._reader, self.main = repo, reader, main
        self._known: dict[tuple[str, ...], Policy] = {}
        self._at: dict[str, Policy | None] = {}

    @cached_property
    def line(self) -> dict[str, int]:
        """Main's commits along first parents, each with its place, counted from the first."""
        names = git.first_parents(self._repo, self.main) if self.main else []
        return {name: place for place, name in enumerate(reversed(names))}

    @cached_property
    def last(self) -> Policy | None:
        """What the last commit says: it alone knows of keys and people that have ended since."""
        return self.at(self.main) if self.main else None

    def at(self, commit: str) -> Policy | None:
        """What a commit says; None for one that is not on main's line of first parents."""
        if commit not in self._at:
            if len(self._at) > _KEPT:
                self._at.clear()
            self._at[commit] = self._policy(commit)
        return self._at[commit]

    def _policy(self, commit: str) -> Policy | None:
        if commit not in self.line:
            return None
        policy = Policy(self._repo, self._reader, commit)
        entries = (policy.source.entry(path) for path in (PEOPLE, MARKER))
        key = tuple(entry.id if entry else "" for entry in entries)
        twin = self._known.setdefault(key, policy)
        policy.twin = twin if twin is not policy else None
        return policy
