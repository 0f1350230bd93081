"""Who had which role when, by the people.yaml of `main`, as far as this clone can tell."""

from datetime import datetime

from docpipe.adapters import git
from docpipe.adapters.git import Objects, Repository, Witness
from docpipe.diagnostics import DocpipeError
from docpipe.trust.judging.roles import PEOPLE, roles_at
from docpipe.trust.judging.roles import Roles as Then
from docpipe.trust.verification.lineage import APART


class Roles:
    """The roles of people over time. `commit` is the tip of `main` that they are read from."""

    def __init__(self, repo: Repository, reader: Objects, witness: Witness) -> None:
        self._reader, self._repo = reader, repo
        self.commit = _main(repo, witness) or ""
        rows = git.history(repo, self.commit, PEOPLE, renames=False) if self.commit else []
        self._versions = [
            (commit.committer.when, commit.id, change.new.id)
            for commit in rows
            for change in commit.changes
            if change.status != "D"
        ]
        self._read: dict[str, Then | None] = {}

    def at(self, moment: datetime) -> Then | None:
        """Who had which role; None where that cannot be told.

        What counted was the shared `main` of the moment, and nobody wrote down which commit that
        was: it is taken to be the last that is dated before.
        """
        before = [row for row in self._versions if row[0] <= moment + APART]
        chosen = before[:1] or self._versions[-1:]
        for _, commit, blob in chosen:
            if blob not in self._read:
                self._read[blob] = self._authority(commit, blob)
            return self._read[blob]
        return None

    def _authority(self, commit: str, blob: str) -> Then | None:
        try:
            return roles_at(self._repo, self._reader, commit)
        except DocpipeError:
            return None


def _main(repo: Repository, witness: Witness) -> str | None:
    """The shared `main`, asked for unless the shared repository was silent; else as last seen."""
    if witness.silent is None:
        return git.shared_main(repo)
    return repo.tip(f"refs/remotes/{witness.name}/main") or repo.tip("refs/heads/main")
