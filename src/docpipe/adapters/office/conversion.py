"""Many documents to PDF: a few LibreOffice processes, each of which converts one after the other.

Starting LibreOffice takes a second or more, converting a document less than a tenth of that. So
each process is handed many documents at once, and says when it begins to store each of them. When
it crashes or hangs, the document it was at is known; another process converts the rest.
"""

import math
import re
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from docpipe.adapters.office.batch import Converted, Office

MEMORY = 500_000_000
"""Bytes of free memory that one more process should find."""


def convert(program: str, files: Sequence[Path], jobs: int) -> Iterator[Converted]:
    """A PDF beside each .docx, told as they are made; up to `jobs` processes at a time.

    A document that LibreOffice cannot read, or that kills or hangs it, is told, and the others go
    on. Who stops asking, or presses Ctrl-C, ends all processes.
    """
    with tempfile.TemporaryDirectory(prefix="docpipe-", ignore_cleanup_errors=True) as scratch:
        office = Office(program, files, Path(scratch))
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
