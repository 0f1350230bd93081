"""Save: what a person has changed becomes one commit. It is never held back for what it says."""

from collections.abc import Sequence
from datetime import datetime

from docpipe.adapters import git
from docpipe.diagnostics import Diagnostic, DocpipeError, Text, Value
from docpipe.rules.check import check
from docpipe.steps.identity import entry_of
from docpipe.trust.judging.roles import PEOPLE
from docpipe.trust.judging.signing import for_saves, others_can_check, write_signers
from docpipe.workspace.changes import ChangedFile, ChangedFiles, changes
from docpipe.workspace.company_time import moment
from docpipe.workspace.stage import stage_of
from docpipe.workspace.workspace import Workspace

_SUBJECT = 72
_CONFLICT = Text(
    "{path} is in conflict: two people changed it, and git could not merge the changes",
    "{path} 有冲突：两人都改了它，git 无法合并",
)
_DECIDE = Text(
    "Edit it to its final content (no <<<<<<< left), then: git add {path}",
    "请改成最终内容（去掉 <<<<<<< 标记），然后运行：git add {path}",
)


class Saved(Value):
    """What was saved: the commit (None where nothing had changed, or it was only looked at)."""

    commit: str | None
    changes: ChangedFiles
    author: tuple[str, str]
    known: bool
    """Whether people.yaml knows the author's e-mail; roles count only from there."""
    checkable: bool
    """Whether people.yaml has the key for them, where it was signed because the company asks."""


def save(
    workspace: Workspace,
    folders: Sequence[str],
    text: str,
    now: datetime,
    *,
    look_only: bool = False,
) -> Saved:
    """Commit what changed in the orders' `folders`, or everything for none, with `text`.

    Exactly the files told are committed, signed where the company asks for it. Raises DocpipeError:
    no identity, no branch, a conflict or merge under way, no key to sign with, another git at work,
    a disk that is full or read-only.
    """
    repo = git.open_repository(workspace.root)
    author = git.identity(repo)
    if not look_only:
        git.resume(repo)
    with git.Objects(repo) as reader:
        found = changes(workspace, repo, reader, folders)
        wanted = bool(found.files) and not look_only
        sign = for_saves(workspace, repo, reader) if wanted else None
    commit = None
    if wanted:
        by = git.Signature(*author, moment(workspace, now))
        commit = _committed(workspace, repo, found.files, text, by, sign)
        if any(change.path == PEOPLE for change in found.files):
            write_signers(repo)
    checkable = sign is None or others_can_check(workspace, repo, author[1], now)
    return Saved(commit, found, author, _is_known(workspace, author[1]), checkable)


def findings(workspace: Workspace, saved: Saved, now: datetime) -> list[Diagnostic]:
    """What is wrong with the orders and shared files that were saved."""
    folders = [folder for folder in _orders(saved.changes.files) if _is_there(workspace, folder)]
    files = {change.path for change in saved.changes.files}
    try:
        checked = check(workspace, folders, now)
    except DocpipeError:  # company.yaml or a schema is broken: `check` says so, saving goes on
        return []
    shared = [found for found in checked.shared if found.place.file in files]
    return [*shared, *checked.of_orders]


def _committed(
    workspace: Workspace,
    repo: git.Repository,
    files: Sequence[ChangedFile],
    text: str,
    by: git.Signature,
    sign: git.Sign | None,
) -> str | None:
    for change in files:
        if change.kind == "conflict":
            raise DocpipeError(_CONFLICT, _DECIDE, path=change.path)
    subject, _, body = (text.strip() or _subject(files)).partition("\n")
    paths = [path for change in files for path in change.paths]
    trailers = [pair for folder in _orders(files) for pair in _trailers(workspace, folder)]
    return git.commit_files(repo, paths, by, subject, body=body, trailers=trailers, sign=sign)


def _subject(files: Sequence[ChangedFile]) -> str:
    """Orders and file names, as many as fit into a line. No values: messages travel."""
    orders = [folder.rpartition("/")[2] for folder in _orders(files)]
    names = [change.path.removeprefix(change.order + "/") for change in files]
    head = ", ".join(orders[:2]) + (" ..." if len(orders) > 2 else "") + ": " if orders else ""
    for count in range(len(names), 0, -1):
        more = f" and {len(names) - count} more" if count < len(names) else ""
        line = head + ", ".join(names[:count]) + more
        if len(line) <= _SUBJECT:
            return line
    return f"{head}{len(names)} files"[:_SUBJECT]


def _trailers(workspace: Workspace, folder: str) -> list[tuple[str, str]]:
    """Which order, and how far it has come with this; no stage where that cannot be told."""
    told = [("Order", folder.rpartition("/")[2])]
    if _is_there(workspace, folder):
        try:
            told.append(("Stage", stage_of(workspace.order(folder), workspace.schemas)))
        except DocpipeError:
            return told
    return told


def _orders(files: Sequence[ChangedFile]) -> list[str]:
    return list(dict.fromkeys(change.order for change in files if change.order))


def _is_there(workspace: Workspace, folder: str) -> bool:
    return (workspace.root / folder).is_dir()


def _is_known(workspace: Workspace, email: str) -> bool:
    try:
        workspace.needed("people.yaml")
    except DocpipeError:  # broken: `check` says so
        return True
    return entry_of(workspace, email) is not None
