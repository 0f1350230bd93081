"""CPU time: of work in this process, and of whole processes."""

import gc
import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

Work = Callable[[], object]


@dataclass(frozen=True)
class Times:
    """CPU seconds of the same work done several times."""

    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        """The middle one: what a run costs."""
        return median(self.seconds)

    @property
    def least(self) -> float:
        """The smallest one: what it costs where nothing disturbs it."""
        return min(self.seconds)


@dataclass(frozen=True)
class Spent:
    """What a process used."""

    cpu: float
    """Seconds, user and system."""
    peak: float
    """The most memory that it held, in MiB."""
    output: str


def cpu(work: Work) -> float:
    """CPU seconds of one call."""
    start = process_time()
    work()
    return process_time() - start


def alternately(works: Sequence[tuple[Work, int]], rounds: int) -> list[Times]:
    """Times of each work, taken in turns so that a slow moment of the machine meets them all.

    Each comes with how often it is done a turn. Garbage of one turn is not swept in the next.
    """
    taken: list[list[float]] = [[] for _ in works]
    for _ in range(rounds):
        for (work, often), seconds in zip(works, taken, strict=True):
            gc.collect()
            seconds += [cpu(work) for _ in range(often)]
    return [Times(tuple(seconds)) for seconds in taken]


def processes(
    commands: Sequence[Sequence[str]], environment: Mapping[str, str], folder: Path
) -> tuple[list[Spent], float]:
    """Run the commands in `folder` at the same time; what each used, wall seconds of all.

    Raises CalledProcessError for a command that fails.
    """
    start = perf_counter()
    running = [
        subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            cwd=folder,
            env={**os.environ, **environment},
        )
        for command in commands
    ]
    spent = [_ended(process) for process in running]
    return spent, perf_counter() - start


def process(command: Sequence[str], environment: Mapping[str, str], folder: Path) -> Spent:
    """Run one command. Raises CalledProcessError when it fails."""
    return processes([command], environment, folder)[0][0]


def _ended(process: subprocess.Popen[str]) -> Spent:
    """wait4 tells what this process used, and what its own children did."""
    assert process.stdout is not None
    with process.stdout:
        output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.stderr.write(output)
        raise subprocess.CalledProcessError(process.returncode, process.args, output)
    return Spent(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, output)
