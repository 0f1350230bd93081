"""Undoing saves: the branch goes back, and everything is kept in a ref before that.

The files on disk stay as they are, or make room for those that are saved. A note says what is under
way: killed on the way, the next one finishes it, and takes back nothing more.
"""

from collections.abc import Collection
from datetime import UTC
from pathlib import Path

from docpipe.adapters.git.author import Signature
from docpipe.adapters.git.commit import staged
from docpipe.adapters.git.git_errors import BRANCH_MOVED, SAFE_AGAIN, Refusal
from docpipe.adapters.git.in_progress import demand_files, demand_quiet
from docpipe.adapters.git.locking import HeldLock, put, writing
from docpipe.adapters.git.object_reader import Objects
from docpipe.adapters.git.objects import commit_bytes, made, store
from docpipe.adapters.git.refs import Step, move_all, tips_of
from docpipe.adapters.git.repository import Repository, synced
from docpipe.adapters.git.trees import replanted
from docpipe.adapters.git.working_tree import is_there, obstacles
from docpipe.adapters.git.working_tree_update import differing, is_file, left_out, placed, restaged
from docpipe.diagnostics import Text, Value

UNDONE = "refs/docpipe/undone/"
"""Below it, by the moment, what was taken back: the files as they were on disk, on top of the last
commit of then (first parent) and of the one that took its place (last parent)."""

_NOTE = "docpipe.undoing"
_WHY = "docpipe: undo"
_IN_THE_WAY = Text(
    "These files changed meanwhile, or something stands in their place: {files}",
    "以下文件在此期间有改动，或其位置已被占用：{files}",
)
_LEFT = Text(
    "They stay as they are. Nothing is lost: what was taken back is kept in {ref}",
    "这些文件保持原样。没有丢失任何内容：撤回的内容保存在 {ref}",
)


class Undo(Value):
    """An undo: the ref that keeps what it took back, the commit there, the last commit of before
    and the one that took its place. `back`: it is itself being taken back."""

    ref: str
    kept: str
    old: str
    new: str
    back: bool = False


def undo(
    repo: Repository, old: str, new: str, paths: Collection[str], by: Signature, *, discard: bool
) -> Undo:
    """Move the branch that is checked out from `old` to `new`, which differ in `paths` alone.

    The files stay on disk; with `discard` the saved ones take their places, also where a file of
    `paths` was not saved. Everything is kept in a ref first. Raises DocpipeError: a merge is under
    way, the branch is not at `old` any more, another git is at work.
    """
    with writing(repo) as held, Objects(repo) as reader, held.scratch() as scratch:
        _demand_at(repo, old)
        kept = _kept(reader, scratch, old, new, paths, by)
        step = Undo(_free(repo, by), kept, old, new)
        _write_note(repo, step, "discard" if discard else "")
        done = move_all(held, [Step(step.ref, kept, None), _branch(repo, new, old)], _WHY)
        if not done:
            raise Refusal(BRANCH_MOVED, SAFE_AGAIN)
        _finished(held, scratch, step, discard=discard)
    return step


def resume_undo(repo: Repository) -> Undo | None:
    """Finish the undo that was under way when docpipe was killed; None where none was begun."""
    if not _note(repo).exists():
        return None
    with writing(repo) as held, Objects(repo) as reader, held.scratch() as scratch:
        words = _note(repo).read_text("utf-8", "replace").split("\n")
        ref, how = (*words, "", "")[:2]
        kept = repo.tip(ref) if ref.startswith(UNDONE) else None
        parents = reader.parents(kept) if kept else []
        back = how == "back"
        if not kept or not parents or repo.branch_tip() != parents[0 if back else -1]:
            _note(repo).unlink(missing_ok=True)  # it was not begun, or is past
            return None
        step = Undo(ref, kept, parents[0], parents[-1], back)
        if back:
            _returned(held, scratch, step)
        else:
            _finished(held, scratch, step, discard=how == "discard")
    return step


def last_undo(repo: Repository, reader: Objects) -> Undo | None:
    """The last undo after which the branch that is checked out has not moved; None for none."""
    at = repo.branch_tip()
    for ref, kept in sorted(tips_of(repo, UNDONE).items(), reverse=True):
        parents = reader.parents(kept)
        if parents and parents[-1] == at:
            return Undo(ref, kept, parents[0], at)
    return None


def undone(repo: Repository) -> list[str]:
    """The refs that keep what was taken back, the oldest first."""
    return sorted(tips_of(repo, UNDONE))


def redo(repo: Repository, step: Undo) -> None:
    """Take an undo back: the saves as they were, and the files, where nobody changed them since."""
    with writing(repo) as held, held.scratch() as scratch:
        _demand_at(repo, step.new)
        _write_note(repo, step, "back")
        if not move_all(held, [_branch(repo, step.old, step.new)], "docpipe: undo --back"):
            raise Refusal(BRANCH_MOVED, SAFE_AGAIN)
        _returned(held, scratch, step)


def _returned(held: HeldLock, scratch: Path, step: Undo) -> None:
    repo = held.repo
    restaged(held, scratch, step.new, step.old)
    changes = differing(repo, step.new, step.kept)
    free = [change for change in changes if is_there(repo, change.path, change.old)]
    placed(held, scratch, step.new, step.kept, free)
    if all(is_there(repo, change.path, change.new) for change in changes):
        move_all(held, [Step(step.ref, None, step.kept)], "docpipe: undo --back")
    _note(repo).unlink(missing_ok=True)


def _kept(
    reader: Objects, scratch: Path, old: str, new: str, paths: Collection[str], by: Signature
) -> str:
    """The commit, stored, that keeps what is taken back."""
    repo = reader.repo
    out = left_out(repo, paths)
    named = [path for path in sorted(paths) if path not in out and is_file(repo, path)]
    root = reader.root(old)
    changes = staged(repo, scratch, reader, root, named) if named else {}
    tree, objects = replanted(reader, root, changes) if changes else (root, [])
    parents = list(dict.fromkeys([old, new]))
    commit = made(repo.digest, "commit", commit_bytes(tree, parents, by, by, "Taken back\n"))
    store(repo, [*objects, commit])
    return commit.id


def _finished(held: HeldLock, scratch: Path, step: Undo, *, discard: bool) -> None:
    restaged(held, scratch, step.old, step.new)
    if discard:
        repo, changes = held.repo, differing(held.repo, step.kept, step.new)
        open_ = [c for c in changes if not is_there(repo, c.path, c.new)]
        blocked = [c.path for c in open_ if not is_there(repo, c.path, c.old)]
        gone = {change.path for change in open_ if change.new is None}
        for change in open_:
            if change.new is not None:
                blocked += obstacles(repo, change.path, gone)
        if blocked:
            _note(repo).unlink(missing_ok=True)
            raise Refusal(_IN_THE_WAY, _LEFT, files=[*map(repo.below, blocked)], ref=step.ref)
        placed(held, scratch, step.kept, step.new, open_)
        restaged(held, scratch, step.kept, step.new)
    _note(held.repo).unlink(missing_ok=True)


def _demand_at(repo: Repository, commit: str) -> None:
    demand_files(repo)
    demand_quiet(repo)
    if repo.branch_tip() != commit:
        raise Refusal(BRANCH_MOVED, SAFE_AGAIN)


def _branch(repo: Repository, new: str, old: str) -> Step:
    return Step(repo.branch_ref(), new, old)


def _free(repo: Repository, by: Signature) -> str:
    """A name for the ref: the moment, and a number where there was one already."""
    base, known = f"{UNDONE}{by.when.astimezone(UTC):%Y%m%dT%H%M%S}", tips_of(repo, UNDONE)
    number = next(count for count in range(len(known) + 1) if f"{base}-{count:03}" not in known)
    return f"{base}-{number:03}"


def _note(repo: Repository) -> Path:
    return repo.git_dir / _NOTE


def _write_note(repo: Repository, step: Undo, how: str) -> None:
    put(_note(repo), f"{step.ref}\n{how}\n")
    synced(repo.git_dir)
