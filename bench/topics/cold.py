"""One document from a cold start: a new process each time, docpipe and docxtpl in turns."""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field

from bench.clock import Times, process
from bench.rows import Row, plain, quicker
from bench.run import ROOT, Run

_NOTHING_KEPT = {"DOCPIPE_CACHE": ""}


@dataclass
class _Starts:
    """What several starts of the same thing took, in CPU seconds."""

    whole: list[float] = field(default_factory=list)
    told: list[dict[str, float]] = field(default_factory=list)

    def of(self, *parts: str) -> Times:
        """The sum of these parts of each start."""
        return Times(tuple(sum(each[part] for part in parts) for each in self.told))

    @property
    def process(self) -> Times:
        """The whole processes."""
        return Times(tuple(self.whole))


def rows(run: Run) -> Iterator[Row]:
    """Whole processes, and net of imports and of loading the facts; compiling the template apart.

    Without a cache a process compiles first. `from-cache` is what it does instead where it can.
    """
    for lines in run.effort.lines:
        name = f"cold.{lines}"
        cached, theirs, new = _started(run, lines)
        yield quicker(f"{name}.process", cached.process, theirs.process, "docxtpl")
        yield quicker(f"{name}.process.not-cached", new.process, theirs.process, "docxtpl")
        net = cached.of("ready", "made")
        yield quicker(f"{name}.net", net, theirs.of("ready", "made"), "docxtpl")
        yield quicker(f"{name}.imports", cached.of("imports"), theirs.of("imports"), "docxtpl")
        yield plain(f"{name}.facts", cached.of("facts"))
        yield plain(f"{name}.from-cache", cached.of("ready"))
        yield plain(f"{name}.compile", new.of("ready"))


def _started(run: Run, lines: int) -> tuple[_Starts, _Starts, _Starts]:
    """docpipe with a warm cache, docxtpl, docpipe without a cache."""
    folder = str(run.sample(lines).folder)
    starts = [(_Starts(), "ours", {}), (_Starts(), "docxtpl", {}),
              (_Starts(), "ours", _NOTHING_KEPT)]  # fmt: skip
    for turn in range(run.effort.starts + 1):
        for kept, what, environment in starts:
            command = [sys.executable, str(ROOT / "bench" / "child.py"), what, folder]
            spent = process(command, run.environment | environment, ROOT)
            if turn:  # the first turn fills caches, ours and the system's
                kept.whole.append(spent.cpu)
                kept.told.append(json.loads(spent.output))
    return starts[0][0], starts[1][0], starts[2][0]
