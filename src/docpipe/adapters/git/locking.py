"""One writer at a time, and what a killed one left behind.

Whoever writes holds an operating-system lock on `docpipe.lock` in the common git directory, and
says in `docpipe.writing` which of git's lock files its next run may leave. The local runs of git
inherit the lock, so whoever gets it knows that neither its last holder nor its git is alive:
a lock file named there is stale.
"""

import contextlib
import errno
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from docpipe.adapters.atomic_write import replaced
from docpipe.adapters.git.git_errors import FREE, FULL, READ_ONLY, RIGHTS, Refusal
from docpipe.adapters.git.repository import Repository
from docpipe.diagnostics import Text, Value
from docpipe.diagnostics.error import SURROUNDINGS

LOCK = "docpipe.lock"
JOURNAL = "docpipe.writing"
SCRATCH = "docpipe.tmp"
MARK = b"docpipe\n"
"""What an index.lock of ours holds; git's own hold an index."""

PATIENCE = 120.0
AGED = 2.0 if os.name != "nt" else 30.0
"""Seconds after which a lock file named in the journal is stale.

Another git that holds the same file holds it for milliseconds. On Windows a run of git does not
inherit the lock and may outlive docpipe for a while.
"""
_POLL = 0.01

_BUSY = Text(
    "Another docpipe has been writing to this repository for {seconds} seconds",
    "另一个 docpipe 已在写入本仓库 {seconds} 秒",
)
_LATER = Text("Let it finish, then retry", "请等它完成后重试")


class HeldLock(Value):
    """Proof that the lock is held. `lock` is its descriptor, for the runs of git."""

    repo: Repository
    lock: int

    @contextmanager
    def leaving(self, *paths: Path) -> Iterator[None]:
        """While this lasts, docpipe may be killed and leave these lock files of git."""
        journal = self.repo.common_dir / JOURNAL
        with writable():
            journal.write_text(
                "\n".join(map(str, paths)), encoding="utf-8", errors="surrogateescape"
            )
        with contextlib.suppress(FileNotFoundError):
            try:
                yield
            except Refusal:  # git ended by itself: it left nothing, and what is there is alive
                journal.unlink()
                raise
            journal.unlink()

    @contextmanager
    def scratch(self) -> Iterator[Path]:
        """A folder for this writer's temporary files, on the repository's own disk.

        New each time: the git of a killed writer may still be filling the one that it had.
        """
        home = self.repo.git_dir / SCRATCH
        with writable():
            shutil.rmtree(home, ignore_errors=True)
            home.mkdir(exist_ok=True)
            folder = Path(tempfile.mkdtemp(dir=home))
        try:
            yield folder
        finally:
            shutil.rmtree(home, ignore_errors=True)


@contextmanager
def writing(repo: Repository, patience: float = PATIENCE) -> Iterator[HeldLock]:
    """Hold the repository's lock, with what a killed writer left removed.

    Raises DocpipeError where another docpipe does not let go within `patience` seconds, or the
    repository cannot be written.
    """
    from filelock import FileLock, Timeout

    holder: list[int] = []
    lock = FileLock(
        repo.common_dir / LOCK,
        timeout=patience,
        poll_interval=_POLL,
        fallback_to_soft=False,
        on_acquired=holder.append,
    )
    try:
        with writable():
            lock.acquire()
    except Timeout:
        raise Refusal(_BUSY, _LATER, seconds=int(patience)) from None
    try:
        with writable():
            _bury(repo)
        yield HeldLock(repo, holder[-1])
    finally:
        lock.release()


def ref_locks(repo: Repository, ref: str) -> tuple[Path, ...]:
    """The lock files that moving a ref takes: its own, and HEAD's where it is checked out."""
    return repo.common_dir / f"{ref}.lock", repo.git_dir / "HEAD.lock"


def _bury(repo: Repository) -> None:
    """Remove the stale lock files that a killed writer named."""
    journal = repo.common_dir / JOURNAL
    try:
        left = journal.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except FileNotFoundError:
        return
    for path in map(Path, left):
        if path.suffix == ".lock" and repo.common_dir in path.parents:
            _remove(path)
    journal.unlink(missing_ok=True)


def _remove(path: Path) -> None:
    """Remove a lock file named in the journal: an index.lock only with our mark, others aged."""
    with contextlib.suppress(FileNotFoundError):
        if path.name == "index.lock":
            if path.read_bytes() == MARK:
                path.unlink()
            return
        patience = time.monotonic() + AGED  # a clock set back must not make us wait for ever
        while time.time() - path.stat().st_mtime < AGED and time.monotonic() < patience:
            time.sleep(_POLL)
        path.unlink()


def put(path: Path, text: str, mode: int | None = None) -> None:
    """Write a small file of docpipe's among Git's own, whole or not at all. Raises DocpipeError."""
    with writable():
        replaced(path, text.encode(), mode)


@contextmanager
def writable() -> Iterator[None]:
    """An OSError of the repository's own folder, as a person wants to hear it."""
    try:
        yield
    except (FileNotFoundError, TimeoutError):
        raise
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise Refusal(FULL, FREE, exit_code=SURROUNDINGS) from error
        why = error.strerror or str(error)
        raise Refusal(READ_ONLY, RIGHTS, exit_code=SURROUNDINGS, why=why) from error
