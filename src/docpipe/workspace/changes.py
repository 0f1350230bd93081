"""What a person has changed in the workspace since the last save, file by file."""

from collections.abc import Sequence

from docpipe.adapters import git
from docpipe.adapters.schemas import SchemaStore
from docpipe.adapters.schemas.fields import Field
from docpipe.adapters.source import Source
from docpipe.adapters.yamlfile import load
from docpipe.adapters.yamlfile.decoding import MAX_BYTES
from docpipe.diagnostics import DocpipeError, Value
from docpipe.workspace.differences import Difference, differences
from docpipe.workspace.workspace import Workspace

_OURS = (".gitattributes", ".gitignore", ".docpipe/")
_JUNK = ("~$", "Thumbs.db", "desktop.ini")
_DEPTH = 4  # orders/<year>/<month>/<number>


class ChangedFile(Value):
    """A file that is not as it was saved last.

    `kind`: "new", "removed", "changed", "moved" (from `before`) or "conflict". `order` is the
    order's folder, "" for a shared file. `differences` are told for data files that can be read
    then and now; an empty list there means that comments or layout changed. None: not told.
    """

    path: str
    kind: str
    order: str
    before: str = ""
    differences: list[Difference] | None = None

    @property
    def paths(self) -> tuple[str, ...]:
        """What has to be committed for it."""
        return (self.before, self.path) if self.before else (self.path,)


class ChangedFiles(Value):
    """Everything that changed, sorted by order and path; `left` are new files that nobody means.

    Hidden files and what Word and Windows leave about are not saved unless Git knows them.
    """

    files: tuple[ChangedFile, ...]
    left: tuple[str, ...] = ()


def changes(
    workspace: Workspace,
    repo: git.Repository,
    reader: git.Objects,
    folders: Sequence[str],
) -> ChangedFiles:
    """What changed in the orders' `folders`, or anywhere for none. Writes nothing."""
    rows = git.dirty(repo, folders)
    left = tuple(row.path for row in rows if row.new and _nobody_means(row.path))
    told = [_change(workspace, repo, reader, row) for row in rows if row.path not in left]
    return ChangedFiles(tuple(sorted(told, key=lambda change: (change.order, change.path))), left)


def saved_files(repo: git.Repository, reader: git.Objects) -> git.CommitSource:
    """The workspace as it was saved last; empty where nothing has been."""
    tip = repo.tip(f"refs/heads/{repo.branch()}")
    return git.CommitSource(reader, reader.root(tip) if tip else "", repo.prefix)


def order_of(path: str) -> str:
    """The folder of the order that a file belongs to; "" for none."""
    parts = path.split("/")
    return "/".join(parts[:_DEPTH]) if parts[0] == "orders" and len(parts) > _DEPTH else ""


def _nobody_means(path: str) -> bool:
    if path.startswith(_OURS):
        return False
    parts = path.split("/")
    return any(part.startswith((".", *_JUNK)) or part.endswith(("~", ".tmp")) for part in parts)


def _change(
    workspace: Workspace,
    repo: git.Repository,
    reader: git.Objects,
    row: git.Dirty,
) -> ChangedFile:
    old = saved_files(repo, reader)
    before = row.before or row.path
    then, now = old.entry(before) is not None, (workspace.root / row.path).is_file()
    order = order_of(row.path)
    if row.conflict:
        return ChangedFile(row.path, "conflict", order)
    if not (then and now):
        return ChangedFile(row.path, "removed" if then else "new", order)
    told = told_fields(schemas_of(workspace), old, workspace.source, before, row.path)
    return ChangedFile(row.path, "moved" if row.before else "changed", order, row.before, told)


def schemas_of(workspace: Workspace) -> SchemaStore | None:
    """The schemas; None where they are broken, which must not keep anybody from saving."""
    try:
        return workspace.schemas
    except DocpipeError:
        return None


def told_fields(
    schemas: SchemaStore | None, old: Source, new: Source, before: str, path: str
) -> list[Difference] | None:
    """What differs between the data file `before` in `old` and `path` in `new`.

    None where it cannot be told: no kind of file that is known, or one of them cannot be read.
    """
    schema = schema_of(schemas, path, order_of(path))
    if schema is None:
        return None
    return told_contents(schema, path, old.read(before, MAX_BYTES), new.read(path, MAX_BYTES))


def schema_of(schemas: SchemaStore | None, path: str, order: str) -> Field | None:
    """The schema of a data file in the order's folder, or of a shared one for ""; None for none."""
    relative, scope = (path.removeprefix(order + "/"), "order") if order else (path, "workspace")
    hit = schemas.match(relative, scope) if schemas else None
    return schemas.schema(hit[0].name) if schemas and hit else None


def told_contents(schema: Field, path: str, old: bytes, new: bytes) -> list[Difference] | None:
    """What differs between two contents of a data file; None where one cannot be read."""
    then, now = (load(data, path).root for data in (old, new))
    return None if then is None or now is None else differences(schema, then, now)
