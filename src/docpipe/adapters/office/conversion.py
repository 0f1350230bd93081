"""Many documents to PDF: a few LibreOffice processes, each of which converts one after the other.

Starting LibreOffice takes a second or more, converting a document less than a tenth of that. So
each process is handed many documents at once, and says when it begins to store each of them. When
it crashes or hangs, the document it was at is known; another process converts the rest.
"""

import math
import queue
import re
import tempfile
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from docpipe.adapters.office.batch import NONE, Batch, Task
from docpipe.adapters.office.program import OfficeRun
from docpipe.diagnostics import Text

BATCH = 300
"""Documents that one process converts before another takes its place: it keeps some memory."""
HOPELESS = 8
"""So many deaths without a PDF in between mean that LibreOffice does not work here."""
MEMORY = 500_000_000
"""Bytes of free memory that one more process should find."""


class Converted(NamedTuple):
    """A document, and why there is no PDF beside it; None where there is."""

    file: Path
    problem: Text | None = None


def convert(program: str, files: Sequence[Path], jobs: int) -> Iterator[Converted]:
    """A PDF beside each .docx, told as they are made; up to `jobs` processes at a time.

    A document that LibreOffice cannot read, or that kills or hangs it, is told, and the others go
    on. Who stops asking, or presses Ctrl-C, ends all processes.
    """
    with tempfile.TemporaryDirectory(prefix="docpipe-", ignore_cleanup_errors=True) as scratch:
        office = _Office(program, files, Path(scratch))
        count = processes(len(files), jobs)
        try:
            yield from office.converted(count)
        finally:
            office.stop()


def processes(files: int, jobs: int) -> int:
    """How many processes to run: no more than cores, memory and work allow."""
    free = _free_memory()
    room = jobs if free is None else max(1, free // MEMORY)
    return max(1, min(jobs, room, math.ceil(files / 10)))


def _free_memory() -> int | None:
    """Bytes that can be had without swapping; None where the system does not say."""
    try:
        said = Path("/proc/meminfo").read_text(encoding="ascii")
        return int(re.findall(r"MemAvailable:\s+([0-9]+) kB", said)[0]) * 1024
    except (OSError, ValueError, IndexError):
        return None


class _Office:
    """The documents that are left, the processes at work, and what they have told."""

    def __init__(self, program: str, files: Sequence[Path], scratch: Path) -> None:
        self._program, self._scratch = program, scratch
        self._left = deque(map(Task, files))
        self._total = len(files)
        self._told: queue.SimpleQueue[Converted | BaseException] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._runs: set[OfficeRun] = set()
        self._workers: list[threading.Thread] = []
        self._stopped = False
        self._count = self._deaths = 0

    def converted(self, processes: int) -> Iterator[Converted]:
        size = max(1, min(BATCH, math.ceil(self._total / processes)))
        self._workers = [
            threading.Thread(target=self._work, args=(size,)) for _ in range(processes)
        ]
        for worker in self._workers:
            worker.start()
        for _ in range(self._total):
            told = self._told.get()
            if isinstance(told, BaseException):
                raise told
            yield told

    def stop(self) -> None:
        """End whatever still runs."""
        with self._lock:
            self._stopped = True
            for run in self._runs:
                run.end()
        for worker in self._workers:
            worker.join()

    def _work(self, size: int) -> None:
        try:
            while batch := self._take(size):
                Batch(self, batch, self._place()).convert()
        except BaseException as error:  # told in the thread that waits
            self._told.put(error)

    def _take(self, size: int) -> list[Task]:
        with self._lock:
            batch: list[Task] = []
            while self._left and len(batch) < size and not self._stopped:
                if self._left[0].alone and batch:
                    break
                batch.append(self._left.popleft())
                if batch[-1].alone:
                    break
            return batch

    def _place(self) -> Path:
        with self._lock:
            self._count += 1
            return self._scratch / str(self._count)

    def start(self, files: Sequence[Path], place: Path) -> OfficeRun | None:
        """Start a process, unless all has been stopped."""
        with self._lock:
            if self._stopped:
                return None
            run = OfficeRun(self._program, files, place / "out", place / "profile")
            self._runs.add(run)
            return run

    def over(self, run: OfficeRun) -> bool:
        """A process has said all that it will; whether it ended as it should."""
        with self._lock:
            self._runs.discard(run)
        return run.finish()

    def tell(self, task: Task, problem: Text | None, **params: object) -> None:
        """A document is done with."""
        if problem is None:
            self._deaths = 0
        else:
            said = {"file": task.file.name, **params}
            problem = Text(problem.say("en", **said), problem.say("zh", **said))
        self._told.put(Converted(task.file, problem))

    def again(self, tasks: Sequence[Task]) -> None:
        """Documents that another process must convert, unless none has got anywhere."""
        if self._deaths < HOPELESS:
            with self._lock:
                self._left.extend(tasks)
            return
        for task in tasks:
            self.tell(task, NONE)

    def died(self) -> None:
        """A process crashed."""
        self._deaths += 1
