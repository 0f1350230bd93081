"""Ten years of orders: what a record, git's own commit and a history cost among so many."""

import itertools
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from bench.archive import ORDER, SHARED, archive, check_out
from bench.clock import process
from bench.rows import Row
from bench.run import Run
from docpipe.adapters.git import Record, Records, Signature, open_repository
from docpipe.trust.formats.places import documents_of

ON_DEMAND = True  # a hundred thousand orders take minutes to write
_OTHER = "ZF-2026-0003"  # which no history here is asked of
_RECORDS = 15
_COMMITS = 3
_count = itertools.count(time.time_ns())


def rows(run: Run) -> Iterator[Row]:
    """Wall time, since most of it is waiting for the disk; git commits in a full checkout."""
    few, many = run.effort.archive
    before: float | None = None
    for orders in (few, many):
        folder, name = archive(run.scratch / f"archive-{orders}", orders), f"archive.{orders}"
        check_out(folder, *SHARED)
        one = median(_seconds(lambda f=folder: _record(f)) for _ in range(_RECORDS))  # type: ignore[misc]
        yield Row(f"{name}.record", one * 1e3, "ms", before and before * 1e3, "fewer")
        before = before or one
        yield from _history(run, folder, name)
        check_out(folder)
        commit = min(_seconds(lambda f=folder: _by_git(f)) for _ in range(_COMMITS))  # type: ignore[misc]
        yield Row(f"{name}.git-commit", commit * 1e3, "ms", one * 1e3, "record")


def _record(folder: Path) -> None:
    """One more record: a contract's place, as `issue` fills it."""
    stem = f"{documents_of(_OTHER)}/bench-{next(_count)}/r0"
    files = {f"{stem}.docx": os.urandom(3_000), f"{stem}.yaml": b"number: 1\n" * 60}
    by = Signature("林样", "lin.yang@zefan.example", datetime.now(UTC))
    Records(open_repository(folder)).append(lambda _: Record(files, "Bench"), by)


def _by_git(folder: Path) -> None:
    """A file changed, and `git add` and `git commit` of it."""
    path = folder / "company.yaml"
    with path.open("ab") as file:
        file.write(b"# %d\n" % next(_count))
    for words in (("add", "company.yaml"), ("commit", "-qm", "Bench")):
        subprocess.run(["git", *words], cwd=folder, check=True)


def _history(run: Run, folder: Path, name: str) -> Iterator[Row]:
    """`docpipe history` of one order, the whole process, after `docpipe doctor --fix`."""
    docpipe = [sys.executable, "-m", "docpipe"]
    subprocess.run([*docpipe, "doctor", "--fix"], cwd=folder, check=False, capture_output=True,
                   env={**os.environ, **run.environment})  # fmt: skip
    command = [*docpipe, "history", ORDER]
    process(command, run.environment, folder)
    taken = [_seconds(lambda: process(command, run.environment, folder)) for _ in range(_COMMITS)]
    yield Row(f"{name}.history", median(taken) * 1e3, "ms", least=min(taken) * 1e3)


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
