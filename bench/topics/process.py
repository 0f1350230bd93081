"""Whole processes of docpipe beside a Python that does nothing."""

import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from bench.clock import Times, process
from bench.rows import Row
from bench.run import ROOT, Run
from bench.sample import KIND, ORDER


def rows(run: Run) -> Iterator[Row]:
    """`docpipe --help`, and `docpipe render` of one contract that is not there yet."""
    out = run.scratch / "out"
    program = str(Path(sys.executable).with_name("docpipe"))
    number = ORDER.rpartition("/")[2]
    commands = {
        "process.python": [sys.executable, "-c", "pass"],
        "process.help": [program, "--help"],
        "process.render": [program, "render", number, "--doc", KIND, "--out", str(out)],
    }
    taken = _taken(run, commands, out)
    bare = taken["process.python"]
    yield Row("process.python", bare.median * 1e3, "ms", least=bare.least * 1e3)
    for name in ("process.help", "process.render"):
        times, floor = taken[name], bare.median * 1e3
        yield Row(name, times.median * 1e3, "ms", floor, "python", least=times.least * 1e3)


def _taken(run: Run, commands: Mapping[str, Sequence[str]], out: Path) -> dict[str, Times]:
    """In turns; the first turn fills caches and does not count."""
    seconds: dict[str, list[float]] = {name: [] for name in commands}
    for turn in range(run.effort.starts + 1):
        for name, command in commands.items():
            shutil.rmtree(out, ignore_errors=True)
            spent = process(command, run.environment, ROOT)
            if turn:
                seconds[name].append(spent.cpu)
    return {name: Times(tuple(each)) for name, each in seconds.items()}
