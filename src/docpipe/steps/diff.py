"""Diff: what changed in an order since a revision."""

from collections.abc import Iterator

from docpipe.adapters import git
from docpipe.adapters.source import Source
from docpipe.diagnostics import Value
from docpipe.steps.show import commit_at, folder_at
from docpipe.workspace.changes import ChangedFile, schemas_of, told_fields
from docpipe.workspace.workspace import Workspace

_LARGEST = 200_000_000  # bytes; a scan among the papers


class Compared(Value):
    """What changed in an order since a revision, file by file."""

    commit: git.Commit
    changes: tuple[ChangedFile, ...]


def compare(workspace: Workspace, folder: str, revision: str) -> Compared:
    """What changed in the order between the revision and the files on disk, saved or not.

    An order that the revision does not have is new in all its files. Raises DocpipeError for what
    is no revision.
    """
    repo = git.open_repository(workspace.root)
    commit = repo.resolve(revision)
    with git.Objects(repo) as reader:
        old = git.CommitSource(reader, reader.root(commit), repo.prefix)
        number = folder.rpartition("/")[2]
        there = folder_at(reader, commit, old, number, folder) or folder
        changes = tuple(_changes(workspace, old, there, folder))
    return Compared(commit_at(repo, commit), changes)


def _changes(workspace: Workspace, old: Source, there: str, folder: str) -> Iterator[ChangedFile]:
    """Changes by path; line ends do not count, since Git may keep others than the disk."""
    before = {path.removeprefix(there) for path in old.files(there)}
    after = {path.removeprefix(folder) for path in workspace.source.files(folder)}
    schemas = schemas_of(workspace)
    for name in sorted(before | after):
        path = folder + name
        if name not in before or name not in after:
            yield ChangedFile(path, "removed" if name in before else "new", folder)
        elif _bytes(old, there + name) != _bytes(workspace.source, path):
            told = told_fields(schemas, old, workspace.source, there + name, path)
            yield ChangedFile(path, "changed", folder, "", told)


def _bytes(source: Source, path: str) -> bytes:
    """A file's content; a link stands for its own name, as it is not followed."""
    if source.is_link(path):
        return b"link"
    return source.read(path, _LARGEST).replace(b"\r\n", b"\n")
