"""Show: an order as a revision has it."""

from datetime import datetime

from docpipe.adapters import git
from docpipe.adapters.schemas import fields
from docpipe.adapters.schemas.fields import Field
from docpipe.adapters.source import Source
from docpipe.adapters.yamlfile import Node, load
from docpipe.adapters.yamlfile.decoding import MAX_BYTES
from docpipe.diagnostics import DocpipeError, Text, Value
from docpipe.trust.accesslog.logged import Reading, logged
from docpipe.workspace.workspace import Workspace

_NOT_THERE = Text(
    "The order {order} is not in {revision} ({commit})", "{revision}（{commit}）中没有订单 {order}"
)
_HISTORY = Text("See its history: docpipe history {order}", "请看其历史：docpipe history {order}")


class ShownFile(Value):
    """A file of an order: its path there, and for a data file its title, schema and content.

    `root` is None for files that are no data (papers), or that cannot be read.
    """

    path: str
    title: Text
    schema: Field
    root: Node | None


class Shown(Value):
    """An order as a revision has it."""

    number: str
    commit: git.Commit
    files: tuple[ShownFile, ...]


def show(workspace: Workspace, number: str, revision: str, reason: str, now: datetime) -> Shown:
    """The facts of the order of this number at the revision, also of one that is gone today.

    That they are read is on record before. Raises DocpipeError for what is no revision, where it
    does not have the order, or where the access log cannot be written.
    """
    repo = git.open_repository(workspace.root)
    commit = repo.resolve(revision)
    with git.Objects(repo) as reader:
        source = git.CommitSource(reader, reader.root(commit), repo.prefix)
        folder = folder_at(reader, commit, source, number)
        if folder is None:
            params = {"order": number, "revision": revision, "commit": commit[:12]}
            raise DocpipeError(_NOT_THERE, _HISTORY, exit_code=2, **params)
        logged(workspace, Reading(number, revision=commit), reason, "show", now)
        files = tuple(_file(workspace, source, folder, path) for path in source.files(folder))
    return Shown(number, commit_at(repo, commit), files)


def commit_at(repo: git.Repository, commit: str) -> git.Commit:
    """A commit by its whole name."""
    return git.history(repo, commit, limit=1)[0]


def folder_at(
    reader: git.Objects,
    commit: str,
    source: git.CommitSource,
    number: str,
    today: str = "",
) -> str | None:
    """Where the revision has the order: in its folder of today, else in one of the same name."""
    if today and source.entry(today):
        return today
    return next(iter(git.order_folders(reader, commit, number)), None)


def _file(workspace: Workspace, source: Source, folder: str, path: str) -> ShownFile:
    relative = path.removeprefix(f"{folder}/")
    hit = workspace.schemas.match(relative, "order")
    if hit is None or source.is_link(path):
        return ShownFile(relative, Text("", ""), {}, None)
    schema = workspace.schemas.schema(hit[0].name)
    root = load(source.read(path, MAX_BYTES), path).root
    return ShownFile(relative, fields.title(schema), schema, root)
