"""Files and index moved from one commit to another, file by file, apart from the branch."""

import os
from collections.abc import Collection
from pathlib import Path

from docpipe.adapters.git import names
from docpipe.adapters.git.checkout_files import place, written_beside
from docpipe.adapters.git.index import index_copy, restage
from docpipe.adapters.git.locking import HeldLock
from docpipe.adapters.git.log import Changed, difference
from docpipe.adapters.git.repository import Repository


def placed(held: HeldLock, scratch: Path, old: str, new: str, changes: Collection[Changed]) -> None:
    """Give files that the disk has as `old` has them the place of those of `new`."""
    if not changes:
        return
    repo, index, files = held.repo, scratch / "placed", scratch / "files"
    repo.git("read-tree", old, extra={"GIT_INDEX_FILE": str(index)})
    written_beside(repo, index, old, new, files)
    place(repo, files, [*changes])


def restaged(held: HeldLock, scratch: Path, old: str, new: str) -> None:
    """Let the index follow the branch, but for what somebody staged."""
    repo = held.repo
    words = ("diff-index", "--cached", "--name-only", "-z", "--no-renames", old, "--")
    others = set(repo.git(*words).decode("utf-8", "surrogateescape").split("\0"))
    found = difference(repo, old, new, renames=False)
    changes = {change.path: change.new for change in found if change.path not in others}
    if not changes:
        return
    out = [path for path in left_out(repo, changes) if changes[path] is not None]
    with index_copy(held, scratch) as index:
        restage(repo, index, changes)
        if out:
            listed = b"".join(os.fsencode(path) + b"\0" for path in out)
            extra = {"GIT_INDEX_FILE": str(index)}
            repo.git("update-index", "--skip-worktree", "-z", "--stdin", stdin=listed, extra=extra)


def differing(repo: Repository, old: str, new: str) -> list[Changed]:
    """What differs between two commits, without what a sparse checkout leaves out."""
    changes = difference(repo, old, new, renames=False)
    out = left_out(repo, [change.path for change in changes])
    return [change for change in changes if names.path(change.path) not in out]


def left_out(repo: Repository, paths: Collection[str]) -> set[str]:
    """Those of `paths` that a sparse checkout leaves out."""
    if not (repo.git_dir / "info" / "sparse-checkout").exists():
        return set()
    out = repo.git("ls-files", "-t", "-z").decode("utf-8", "surrogateescape")
    rows = {row[2:] for row in out.split("\0") if row.startswith("S ")}
    return rows & set(paths)


def is_file(repo: Repository, path: str) -> bool:
    """Whether a file is there, or nothing: no folder."""
    there = repo.folder / path
    return there.is_symlink() or not there.is_dir()
