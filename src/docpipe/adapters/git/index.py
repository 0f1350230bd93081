"""The index: a copy of the user's to work on, put in its place under git's own lock."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from docpipe.adapters.git.git_errors import LOCKED, WAIT, Refusal
from docpipe.adapters.git.locking import MARK, HeldLock, writable
from docpipe.adapters.git.repository import Repository
from docpipe.adapters.git.trees import Changes
from docpipe.diagnostics.error import SURROUNDINGS

# The scratch index is a small plain one, whatever the repository's own is like.
PLAIN = (
    "-c", "core.splitIndex=false", "-c", "core.untrackedCache=false", "-c", "index.sparse=false",
)  # fmt: skip


def info(entries: Changes) -> bytes:
    """Input for `git update-index --index-info`; mode 0 takes an entry out."""
    rows = []
    for path, entry in entries.items():
        mode, name = entry if entry else ("0", "0" * 40)
        rows.append(f"{mode} {name}\t".encode() + path.encode("utf-8", "surrogateescape") + b"\0")
    return b"".join(rows)


@contextmanager
def index_copy(held: HeldLock, scratch: Path) -> Iterator[Path]:
    """A copy of the user's index to work on, put in its place at the end, under git's own lock.

    The lock file holds our mark: if docpipe is killed, the next run knows it as ours. Raises
    DocpipeError where another git holds it.
    """
    index, lock = held.repo.git_dir / "index", held.repo.git_dir / "index.lock"
    copy, mark = scratch / "restaged", scratch / "mark"
    with held.leaving(lock), writable():
        mark.write_bytes(MARK)
        try:
            _linked(mark, lock)
        except FileExistsError:
            raise Refusal(LOCKED, WAIT, exit_code=SURROUNDINGS, path=str(lock)) from None
        try:
            copy.unlink(missing_ok=True)
            if index.exists():
                shutil.copy2(index, copy)
            yield copy
            copy.replace(index)
        finally:
            lock.unlink(missing_ok=True)


def _linked(mark: Path, lock: Path) -> None:
    """Make the lock file at once with its content; where the disk knows no links, one by one."""
    try:
        os.link(mark, lock)
    except FileExistsError:
        raise
    except OSError:
        with lock.open("xb") as file:
            file.write(MARK)


def restage(repo: Repository, index: Path, changes: Changes) -> None:
    """Put the committed entries into the copy of the user's index, which keeps its kind."""
    gone = {path: None for path, entry in changes.items() if entry is None}
    extra = {"GIT_INDEX_FILE": str(index)}
    rows = info(gone) + info({path: entry for path, entry in changes.items() if entry})
    repo.git("update-index", "--replace", "-z", "--index-info", stdin=rows, extra=extra)
