"""What others have published, as it changed the files here, in trade words."""

from collections.abc import Iterator

from docpipe.adapters import git
from docpipe.workspace.changes import ChangedFile, order_of, schemas_of, told_fields
from docpipe.workspace.workspace import Workspace

_TOLD = 200
"""Files of which each field is told; after a long absence nobody reads more."""


def changed_between(
    workspace: Workspace, reader: git.Objects, old: str, new: str
) -> tuple[ChangedFile, ...]:
    """The workspace's files that differ between two commits, sorted by order and path."""
    found = _changes(workspace, reader, old, new)
    return tuple(sorted(found, key=lambda change: (change.order, change.path)))


def _changes(
    workspace: Workspace, reader: git.Objects, old: str, new: str
) -> Iterator[ChangedFile]:
    repo = reader.repo
    then, now = (git.CommitSource(reader, reader.root(c), repo.prefix) for c in (old, new))
    schemas = schemas_of(workspace)
    found = git.difference(repo, old, new, renames=False)
    ours = [change for change in found if change.path.startswith(repo.prefix)]
    for number, change in enumerate(ours):
        path = repo.below(change.path)
        if change.status in "AD":
            yield ChangedFile(path, "new" if change.status == "A" else "removed", order_of(path))
        elif number >= _TOLD or then.is_link(path) or now.is_link(path):
            yield ChangedFile(path, "changed", order_of(path))
        else:
            told = told_fields(schemas, then, now, path, path)
            yield ChangedFile(path, "changed", order_of(path), "", told)
