"""Documents handed to LibreOffice's processes: what became of each, by what a process says."""

import math
import queue
import re
import shutil
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from docpipe.adapters.atomic_write import write_whole
from docpipe.adapters.office.program import OfficeRun
from docpipe.diagnostics import DocpipeError, Text

BATCH = 300
"""Documents that one process converts before another takes its place: it keeps some memory."""
HOPELESS = 8
"""So many deaths without a PDF in between mean that LibreOffice does not work here."""
SECONDS_START = 120
"""How long LibreOffice may take until it begins with the first document."""
SECONDS_EACH = 60
"""How long it may take for a document."""

NONE = Text("LibreOffice made no PDF of {file}", "LibreOffice 未能把 {file} 转成 PDF")
_UNREADABLE = Text("LibreOffice cannot read {file}", "LibreOffice 无法读取 {file}")
_DIED = Text("LibreOffice crashed twice on {file}", "LibreOffice 处理 {file} 时两次意外终止")
_SLOW = Text(
    "LibreOffice was still converting {file} after {seconds} seconds and was stopped",
    "LibreOffice 处理 {file} 超过 {seconds} 秒，已终止",
)
_LINE = re.compile(r"^convert .*?([0-9]{6})\.docx\b")
_ERROR = "could not be loaded"


class Task(NamedTuple):
    """A document to convert; `alone` where LibreOffice crashed on it once."""

    file: Path
    alone: bool = False


class Converted(NamedTuple):
    """A document, and why there is no PDF beside it; None where there is."""

    file: Path
    problem: Text | None = None


class Batch:
    """The documents handed to one process.

    `_stored` is the one that it said to be storing; `_next` the first of which it has said nothing.
    """

    def __init__(self, office: "Office", tasks: list[Task], place: Path) -> None:
        self._office, self._tasks, self._place = office, tasks, place
        self._stored: int | None = None
        self._next = 0

    def convert(self) -> None:
        """Convert them, or tell why not, or hand them back."""
        try:
            run = self._office.start(self._copies(), self._place)
            if run is None:
                return
            slow = not self._listen(run)
            if slow:
                run.end()
            self._conclude(self._office.over(run), slow)
        finally:
            shutil.rmtree(self._place, ignore_errors=True)

    def _copies(self) -> list[Path]:
        """Under names of their own: documents of two orders are called the same."""
        files = [self._place / "in" / f"{index:06}.docx" for index in range(len(self._tasks))]
        (self._place / "in").mkdir(parents=True)
        for task, file in zip(self._tasks, files, strict=True):
            shutil.copyfile(task.file, file)
        return files

    def _listen(self, run: OfficeRun) -> bool:
        """Follow what it says until it ends; False where it took too long."""
        try:
            for line in run.lines(SECONDS_START):
                if hit := _LINE.match(line):
                    self._storing(int(hit[1]))
                    break
                self._unreadable(line)
            for line in run.lines(SECONDS_EACH):
                if hit := _LINE.match(line):
                    self._storing(int(hit[1]))
                self._unreadable(line)
        except TimeoutError:
            return False
        return True

    def _storing(self, index: int) -> None:
        self._collect()
        for skipped in range(self._next, index):
            self._office.tell(self._tasks[skipped], _UNREADABLE)
        self._stored, self._next = index, index + 1

    def _unreadable(self, line: str) -> None:
        if _ERROR in line and self._next < len(self._tasks):
            self._collect()
            self._office.tell(self._tasks[self._next], _UNREADABLE)
            self._next += 1

    def _collect(self) -> None:
        """Put the last PDF beside its document."""
        if self._stored is None:
            return
        task, pdf = self._tasks[self._stored], self._pdf(self._stored)
        self._stored = None
        if pdf is None:
            self._office.tell(task, NONE)
            return
        try:
            write_whole(task.file.with_suffix(".pdf"), pdf)
        except DocpipeError as error:
            self._office.tell(task, error.whole)
        else:
            self._office.tell(task, None)

    def _pdf(self, index: int) -> bytes | None:
        """The finished PDF; None where there is none, or only a part."""
        try:
            data = (self._place / "out" / f"{index:06}.pdf").read_bytes()
        except OSError:
            return None
        return data if data.startswith(b"%PDF") and b"%%EOF" in data[-64:] else None

    def _conclude(self, sound: bool, slow: bool) -> None:
        """After its end: what is finished, what it stumbled over, what is left."""
        at = self._next if self._stored is None else self._stored
        if sound or (at < self._next and self._pdf(at) is not None):
            self._collect()
            at = self._next
        if sound:  # what it did not speak of is there, or it is not
            for index in range(self._next, len(self._tasks)):
                self._stored = index
                self._collect()
        elif at < len(self._tasks):
            self._stumbled(self._tasks[at], slow)
            self._office.again(self._tasks[at + 1 :])

    def _stumbled(self, task: Task, slow: bool) -> None:
        """Too slow is told; a death may be an accident, and is believed the second time."""
        self._office.died()
        if slow:
            self._office.tell(task, _SLOW, seconds=SECONDS_EACH)
        elif task.alone:
            self._office.tell(task, _DIED)
        else:
            self._office.again([task._replace(alone=True)])


class Office:
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
        """What became of each, as it is known, from so many processes at a time."""
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
            problem = problem.filled(file=task.file.name, **params)
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
