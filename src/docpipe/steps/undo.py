"""Undo: take back what was saved and not shared yet. The files stay as the person wrote them."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from docpipe.adapters import git
from docpipe.diagnostics import DocpipeError, Text, Value
from docpipe.sharing.incoming import changed_between
from docpipe.sharing.merge_fields import FieldMerger
from docpipe.sharing.undo_selection import meant, names_of
from docpipe.trust.judging.resigning import Resigning
from docpipe.trust.judging.signing import for_saves
from docpipe.workspace.changes import ChangedFile
from docpipe.workspace.company_time import moment
from docpipe.workspace.workspace import MARKER, Workspace

_HERE = Text("undo", "撤回")
_NOTHING = Text(
    "You have no save that is not shared yet, so there is nothing to take back",
    "您没有尚未发布的保存，无可撤回",
)
_SHARED = Text(
    "To change what is shared, correct it and save again; docpipe history ORDER shows what it "
    "was before",
    "已发布的内容请改正后重新保存；原先的内容见 docpipe history 订单",
)
_FIRST = Text(
    "This is the very first save, and nothing is shared: it cannot be taken back",
    "这是第一次保存，且尚未发布任何内容，不能撤回",
)
_EDIT = Text("Change the files, and save again", "请修改文件后再保存")
_CONFLICT = Text("{path} is in conflict", "{path} 有冲突")
_DECIDE = Text(
    "Nothing was changed. Edit it to its final content, then: git add {path}",
    "没有任何改动。请改成最终内容，然后运行：git add {path}",
)
_NO_WAY_BACK = Text("There is no undo to take back", "没有可以恢复的撤回")
_MOVED_ON = Text(
    "There are newer saves since the last undo. Its files as they were: git restore "
    "--source={ref} -- FILE",
    "上次撤回之后又有新的保存。当时的文件可这样取回：git restore --source={ref} -- 文件",
)


class Undone(Value):
    """What was taken back: which saves had it, and the files that are not saved any more.

    `names` are these files as a person names them, `left` counts their saves that are still there.
    `ref` keeps everything as it was, "" where it was only looked at. `resumed`: it is the rest of
    an undo that was interrupted; nothing more was taken back.
    """

    saves: tuple[git.Commit, ...]
    changes: tuple[ChangedFile, ...]
    names: tuple[str, ...]
    left: int
    ref: str
    resumed: bool = False


def undo(
    workspace: Workspace, wanted: Sequence[str], folder: Path, now: datetime, *,
    everything: bool = False, discard: bool = False, look_only: bool = False,
) -> Undone:  # fmt: skip
    """Take these files and orders out of the saves that are not shared yet; for none the last save.

    All else in these saves stays, and every file on disk; with `discard` what is saved takes their
    place there, and what is not saved in the files `wanted` is put aside, too. Raises DocpipeError
    where nothing was done: nothing to take back, main is not checked out, a merge is under way or
    left conflicts, no key to sign what stays with.
    """
    repo, by = _opened(workspace, now)
    with git.Objects(repo) as reader:
        if not look_only and (step := git.resume_undo(repo)):
            return _told(workspace, reader, step, (), 0, resumed=True)
        base, mine = git.own_saves(repo, _shared_main(repo))
        saved, unsaved = _saved(repo, base, mine), _unsaved(repo) if discard and wanted else set()
        paths = meant(repo, wanted, saved | unsaved, folder) if wanted else set()
        if not mine.commits and not unsaved:
            raise DocpipeError(_NOTHING, _SHARED)
        if not base and mine.commits:
            raise DocpipeError(_FIRST, _EDIT)
        touched = tuple(c for c in mine.commits if paths & {each.path for each in c.changes})
        new, left = mine.tip, len(mine.commits)
        if everything:
            new, left, touched = base, 0, tuple(mine.commits)
        elif not wanted or paths & saved:
            company = repo.inside(MARKER) in paths
            rebaser = _rebaser(workspace, reader, by, plainly=company)
            new, left, touched = _rewritten(rebaser, base, mine, paths, touched)
        paths |= {change.path for change in git.difference(repo, mine.tip, new, renames=False)}
        if look_only:
            step = git.Undo("", mine.tip, mine.tip, new)
        else:
            step = git.undo(repo, mine.tip, new, paths, by, discard=discard)
        return _told(workspace, reader, step, touched, left)


def undo_back(workspace: Workspace, now: datetime) -> tuple[Undone, bool]:
    """Take the last undo back: the saves as they were, and files that it put aside.

    Also whether some files stay as somebody changed them since.
    """
    repo, _ = _opened(workspace, now)
    with git.Objects(repo) as reader:
        step = git.resume_undo(repo) or git.last_undo(repo, reader)
        if step is None:
            refs = git.undone(repo)
            hint = _MOVED_ON if refs else None
            raise DocpipeError(_NO_WAY_BACK, hint, ref=refs[-1] if refs else "")
        told = _told(workspace, reader, step, (), 0)
        if not step.back:
            git.redo(repo, step)
        return told, step.ref in git.undone(repo)


def _opened(workspace: Workspace, now: datetime) -> tuple[git.Repository, git.Signature]:
    repo = git.open_repository(workspace.root)
    git.demand_main(repo, _HERE)
    by = git.Signature(*git.identity(repo), moment(workspace, now))
    for row in git.dirty(repo):
        if row.conflict:
            raise DocpipeError(_CONFLICT, _DECIDE, path=row.path)
    git.resume(repo)
    return repo, by


def _shared_main(repo: git.Repository) -> str | None:
    """The shared main as it is now, or, where it cannot be reached, as this clone knows it."""
    remote = git.shared(repo)
    if remote is None:
        return None
    try:
        return git.shared_main(repo)
    except git.Unreachable:
        return repo.tip(f"refs/remotes/{remote.name}/main")


def _saved(repo: git.Repository, base: str, mine: git.Side) -> set[str]:
    """The files that my saves change, also those that a merge among them does by itself."""
    found = git.difference(repo, base, mine.tip, renames=False) if base else []
    each = [change for commit in mine.commits for change in commit.changes]
    return {change.path for change in (*found, *each)}


def _unsaved(repo: git.Repository) -> set[str]:
    return {repo.inside(path) for row in git.dirty(repo) for path in (row.path, row.before) if path}


def _rebaser(
    workspace: Workspace, reader: git.Objects, by: git.Signature, *, plainly: bool
) -> git.Rebaser:
    """What puts my saves on the shared main anew; `plainly`: what company.yaml here says of
    signatures is taken back, too, and does not count."""
    repo = reader.repo
    resigning = Resigning(
        reader, by, lambda: None if plainly else for_saves(workspace, repo, reader)
    )
    return git.Rebaser(reader, FieldMerger(repo), by, resigning.signing())


def _rewritten(
    rebaser: git.Rebaser, base: str, mine: git.Side, paths: set[str],
    touched: tuple[git.Commit, ...],
) -> tuple[str, int, tuple[git.Commit, ...]]:  # fmt: skip
    """My saves without these files, or without the last save for none; how many are left; which
    of them had something to take back."""
    line = rebaser.in_a_line(base, mine)
    if paths:
        return *rebaser.without(line.commits, base, paths), touched
    last = tuple(line.commits[-1:])
    new = last[0].parents[0] if last else base
    return new, max(len(line.commits) - 1, 0), last


def _told(
    workspace: Workspace, reader: git.Objects, step: git.Undo, saves: tuple[git.Commit, ...],
    left: int, *, resumed: bool = False,
) -> Undone:  # fmt: skip
    repo = reader.repo
    found = changed_between(workspace, reader, step.new, step.kept)
    paths = [c.path for c in git.difference(repo, step.new, step.kept, renames=False)]
    names = tuple(names_of([repo.below(path) for path in paths]))
    return Undone(saves, found, names, left, step.ref, resumed)
