"""Work in forked children, some at a time: what they break, only they have broken."""

import os
import pickle
import signal
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")


def each(
    tasks: Iterable[T], work: Callable[[T, Path], R], jobs: int
) -> Iterator[tuple[T, R | None]]:
    """What `work` makes of each task in a child and an empty folder of its own, as they finish.

    None where the child was ended by a signal, a limit's for example.
    """
    waiting, running = iter(tasks), dict[int, tuple[T, tempfile.TemporaryDirectory[str]]]()
    while True:
        while len(running) < jobs and (task := next(waiting, None)) is not None:
            folder = tempfile.TemporaryDirectory(prefix="mutant-", ignore_cleanup_errors=True)
            running[_start(task, work, Path(folder.name))] = (task, folder)
        if not running:
            return
        pid, status = os.wait()
        if pid in running:
            task, folder = running.pop(pid)
            _end_all(pid)
            with folder:
                yield task, _result(Path(folder.name), status)


def _start(task: T, work: Callable[[T, Path], R], folder: Path) -> int:
    sys.stdout.flush()
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        os.setsid()
        silent = os.open(folder / "said", os.O_WRONLY | os.O_CREAT)
        os.dup2(silent, 1)
        os.dup2(silent, 2)
        found = work(task, folder / "work")
        (folder / "found").write_bytes(pickle.dumps(found))
        code = 0
    except BaseException:
        traceback.print_exc()
        sys.stderr.flush()
    finally:
        os._exit(code)


def _end_all(pid: int) -> None:
    """End what the child may have left running."""
    try:
        os.killpg(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def _result(folder: Path, status: int) -> R | None:
    if os.WIFSIGNALED(status):
        return None
    if os.waitstatus_to_exitcode(status):
        raise RuntimeError((folder / "said").read_text("utf-8", "replace")[-4000:])
    found: R = pickle.loads((folder / "found").read_bytes())
    return found
