"""What each commit changed in one order, field by field, also before the order's folder moved."""

from collections.abc import Iterator, Sequence

from docpipe.adapters import git
from docpipe.adapters.schemas import SchemaStore
from docpipe.adapters.yamlfile.decoding import MAX_BYTES
from docpipe.diagnostics import Value, replace
from docpipe.workspace.changes import ChangedFile, schema_of, told_contents
from docpipe.workspace.differences import Difference

_FILES = ("100644", "100755")
_KINDS = {"A": "new", "D": "removed", "R": "moved"}


class OrderCommit(Value):
    """A commit, what it changed in the order, and the folder that it moved the order from."""

    commit: git.Commit
    changes: tuple[ChangedFile, ...]
    moved_from: str = ""


class OrderCommits:
    """The commits of one order on a branch; `folders` and `numbers` are those that it ever had.

    `latest` are those of `folder`, newest first: what `repository.history` tells of it.
    """

    def __init__(
        self, reader: git.Objects, schemas: SchemaStore | None, folder: str,
        latest: Sequence[git.Commit],
    ) -> None:  # fmt: skip
        self._repo = reader.repo
        self._reader = reader
        self._schemas = schemas
        self.folders = [folder]
        self.told = tuple(self._told(latest))[::-1]

    @property
    def numbers(self) -> list[str]:
        """The order's numbers, today's first."""
        return list(dict.fromkeys(folder.rpartition("/")[2] for folder in self.folders))

    def _told(self, found: Sequence[git.Commit]) -> Iterator[OrderCommit]:
        """Newest first; where the order came from another folder, on with that one."""
        while True:
            folder = self.folders[-1]
            for commit in found[:-1]:
                yield OrderCommit(commit, tuple(self._changes(commit, folder)))
            if not found:
                return
            first, before = found[-1], self._before(found[-1], folder)
            if before is None:
                yield OrderCommit(first, tuple(self._changes(first, folder)))
                return
            yield OrderCommit(first, tuple(self._moved(first, before, folder)), before)
            self.folders.append(before)
            found = git.history(self._repo, first.parents[0], before)

    def _before(self, commit: git.Commit, folder: str) -> str | None:
        if not commit.parents or any(change.status != "A" for change in commit.changes):
            return None
        parent = commit.parents[0]
        came_from = git.folder_before(self._repo, self._reader, parent, commit.id, folder)
        return None if came_from in self.folders else came_from

    def _moved(self, commit: git.Commit, before: str, folder: str) -> Iterator[ChangedFile]:
        """What changed while the folder moved: the two folders' files by their names in them."""
        old = self._tree(commit.parents[0], before)
        rows = git.difference(self._repo, old, self._tree(commit.id, folder))
        for row in rows:
            there = replace(row, path=f"{folder}/{row.path}", before=f"{folder}/{row.before}")
            yield self._change(there, folder)

    def _changes(self, commit: git.Commit, folder: str) -> Iterator[ChangedFile]:
        if len(commit.parents) > 1:
            yield from self._decided(commit, folder)
        for row in commit.changes:
            yield self._change(self._ours(row), folder)

    def _decided(self, commit: git.Commit, folder: str) -> Iterator[ChangedFile]:
        """What a merge itself decided: fields that are as in none of the commits that it joins."""
        sides = [
            {
                self._repo.below(row.path): self._change(self._ours(row), folder)
                for row in git.difference(self._repo, parent, commit.id, folder)
            }
            for parent in commit.parents
        ]
        for path, change in sides[0].items():
            others = [side[path] for side in sides[1:] if path in side]
            if len(others) == len(sides) - 1:
                yield _common(change, others)

    def _ours(self, row: git.Changed) -> git.Changed:
        """The row with the workspace's paths."""
        path, before = self._repo.below(row.path), self._repo.below(row.before)
        return replace(row, path=path, before=before)

    def _change(self, row: git.Changed, folder: str) -> ChangedFile:
        """A change as people see it; rows have the workspace's paths."""
        kind = _KINDS.get(row.status, "changed")
        before = row.before if kind == "moved" else ""
        told = None
        entries = [entry for entry in (row.old, row.new) if entry and entry.mode in _FILES]
        if len(entries) == 2:
            told = self._fields(row.path, folder, entries)
        return ChangedFile(row.path, kind, folder, before, told)

    def _fields(
        self, path: str, folder: str, entries: Sequence[git.Entry]
    ) -> list[Difference] | None:
        schema = schema_of(self._schemas, path, folder)
        if schema is None:
            return None
        old, new = (self._reader.start_of(entry.id, MAX_BYTES + 1) for entry in entries)
        return told_contents(schema, path, old, new)

    def _tree(self, commit: str, folder: str) -> str:
        root = self._reader.root(commit)
        entry = git.CommitSource(self._reader, root, self._repo.prefix).entry(folder)
        assert entry is not None  # it was found there
        return entry.id


def _common(change: ChangedFile, others: Sequence[ChangedFile]) -> ChangedFile:
    """Of a change against one parent, the fields that changed against all of them."""
    if change.differences is None:
        return change
    ways = [{each.what for each in other.differences or ()} for other in others]
    kept = [each for each in change.differences if all(each.what in way for way in ways)]
    return replace(change, differences=kept)
