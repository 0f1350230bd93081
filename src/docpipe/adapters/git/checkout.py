"""Moving the branch that is checked out, with files and index, to another commit.

Unsaved changes in files that stay the same are kept; a file that would be overwritten stops it all.
The order is files, index, branch: a kill on the way leaves incoming files beside the old branch,
which the next run knows as such and takes as done. A note says what was under way, so that it is
finished before anything else is decided.
"""

import os
from collections.abc import Sequence
from pathlib import Path

from docpipe.adapters.git import names
from docpipe.adapters.git.checkout_files import place, written_beside
from docpipe.adapters.git.git_errors import BRANCH_MOVED, SAFE_AGAIN, Refusal
from docpipe.adapters.git.in_progress import demand_files, demand_quiet
from docpipe.adapters.git.index import index_copy, info
from docpipe.adapters.git.locking import HeldLock, put, writing
from docpipe.adapters.git.log import Changed, difference
from docpipe.adapters.git.objects import MODULE, made, store
from docpipe.adapters.git.refs import Step, move_all
from docpipe.adapters.git.repository import Repository, synced
from docpipe.adapters.git.working_tree import is_there, obstacles, unsaved
from docpipe.diagnostics import Text, Value

NOTE = "docpipe.advancing"
_SHOWN = 8
_IN_THE_WAY = Text(
    "Others changed files that you have changed but not saved: {files}",
    "他人改动了您也已修改但尚未保存的文件：{files}",
)
_SAVE = Text(
    "Nothing was changed. Save first (docpipe save), or put yours aside (docpipe undo --discard "
    "FILE); then sync again",
    "没有任何改动。请先保存（docpipe save），或搁置您的改动（docpipe undo --discard 文件），"
    "然后再同步",
)


class _Step(Value):
    """From where to where the branch is moved: commits, "" for a branch without any."""

    old: str
    new: str


def advance(repo: Repository, old: str | None, new: str, why: str) -> None:
    """Move the branch that is checked out from `old` to `new`, with index and files.

    Raises DocpipeError, with nothing changed: a file that would be overwritten is not saved, a
    merge is under way, the branch is not at `old` any more, another git is at work. Where a file
    cannot be written half way, retrying continues.
    """
    with writing(repo) as held:
        _moved(held, _Step(old or "", new), why)


def resume(repo: Repository) -> None:
    """Finish what was under way when docpipe was killed, if the files still allow it."""
    if not _note(repo).exists():
        return
    with writing(repo) as held:
        step = _noted(repo)
        if step is not None and repo.branch_tip() == step.old:
            try:
                _moved(held, step, "docpipe: sync, resumed")
            except Refusal:  # a person has worked on since: what came in counts as theirs to save
                return
        _note(repo).unlink(missing_ok=True)


def _moved(held: HeldLock, step: _Step, why: str) -> None:
    repo = held.repo
    demand_files(repo)
    demand_quiet(repo)
    if repo.branch_tip() != step.old:
        raise Refusal(BRANCH_MOVED, SAFE_AGAIN)
    changes = _changes(repo, step)
    there = _demand_free(repo, changes)
    with held.scratch() as scratch, index_copy(held, scratch) as index:
        extra = {"GIT_INDEX_FILE": str(index)}
        rows = info({change.path: change.new for change in changes if change.path in there})
        repo.git("update-index", "--replace", "-z", "--index-info", stdin=rows, extra=extra)
        files = scratch / "files"
        written_beside(repo, index, step.old or _nothing(repo), step.new, files)
        _write_note(repo, step)
        place(repo, files, [change for change in changes if change.path not in there])
        repo.run("update-index", "-q", "--refresh", extra=extra)
    if not move_all(held, [Step(repo.branch_ref(), step.new, step.old or None)], why):
        raise Refusal(BRANCH_MOVED, SAFE_AGAIN)
    _note(repo).unlink(missing_ok=True)


def _write_note(repo: Repository, step: _Step) -> None:
    put(_note(repo), f"{step.old}\n{step.new}\n")
    synced(repo.git_dir)


def _changes(repo: Repository, step: _Step) -> list[Changed]:
    changes = difference(repo, step.old or _nothing(repo), step.new, renames=False)
    for change in changes:
        names.path(change.path)
    return changes


def _nothing(repo: Repository) -> str:
    """The empty tree, stored."""
    empty = made(repo.digest, "tree", b"")
    store(repo, [empty])
    return empty.id


def _note(repo: Repository) -> Path:
    return repo.git_dir / NOTE


def _noted(repo: Repository) -> _Step | None:
    words = _note(repo).read_text("ascii", "replace").split("\n")
    fit = len(words) == 3 and all(not word or names.is_id(word) for word in words[:2]) and words[1]
    return _Step(words[0], words[1]) if fit else None


def _demand_free(repo: Repository, changes: Sequence[Changed]) -> set[str]:
    """The files that are on disk already. Raises DocpipeError for what would be overwritten."""
    dirty = unsaved(repo)
    gone = {change.path for change in changes if change.new is None} - dirty
    there: set[str] = set()
    blocked: dict[str, None] = {}
    for change in changes:
        path = repo.folder / change.path
        if change.path in dirty or (change.old is None and os.path.lexists(path)):
            if is_there(repo, change.path, change.new):
                there.add(change.path)
            elif not path.is_dir() or change.path in dirty:
                blocked[change.path] = None
        is_file = change.new is not None and change.new.mode != MODULE
        if is_file and change.path not in there:
            blocked |= dict.fromkeys(obstacles(repo, change.path, gone))
    if blocked:
        more = ["…"] if len(blocked) > _SHOWN else []
        files = [repo.below(path) for path in [*blocked][:_SHOWN]]
        raise Refusal(_IN_THE_WAY, _SAVE, files=[*files, *more])
    return there
