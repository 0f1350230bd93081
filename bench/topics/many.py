"""Thousands of contracts on all cores: rate, memory, and what reading and checking cost beside."""

import json
import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from itertools import pairwise

from bench.clock import Times, alternately, processes
from bench.light import loaded
from bench.rows import Row, plain
from bench.run import ROOT, Run
from bench.sample import KIND, ORDER, Sample
from docpipe.rules.check import check_order
from docpipe.workspace.audience_view import View
from docpipe.workspace.context import Edition, context
from docpipe.workspace.order import load_order
from docpipe.workspace.workspace import Workspace


def rows(run: Run) -> Iterator[Row]:
    """Contracts of few lines."""
    sample = run.sample(run.effort.lines[0])
    single = _single(run, sample)
    yield plain("many.single", single)
    peaks = []
    for count in run.effort.orders:
        made, wall, peak = _made(run, sample, count)
        peaks.append(peak)
        name = f"many.{count}"
        yield Row(f"{name}.rate-per-core", count / made, "1/s", 1 / single.median, "single")
        yield Row(f"{name}.rate-of-all-cores", count / wall, "1/s")
        floor = peaks[0] if len(peaks) > 1 else None
        yield Row(f"{name}.memory", peak, "MiB", floor, "fewer" if floor else "")
    yield from _before(run)


def _single(run: Run, sample: Sample) -> Times:
    """One document alone, of the same facts that the many are made of."""
    facts = loaded(str(sample.folder / "facts.code"))
    work = partial(sample.engine, facts, None)
    return alternately([(work, run.effort.batch)], run.effort.rounds)[0]


def _made(run: Run, sample: Sample, count: int) -> tuple[float, float, float]:
    """CPU seconds of making, seconds by the clock, and MiB of the process that held most."""
    cores = min(os.cpu_count() or 1, count)
    firsts = [count * core // cores for core in range(cores + 1)]
    commands = [
        [sys.executable, str(ROOT / "bench" / "child.py"), "many", str(sample.folder), str(first),
         str(after - first)]
        for first, after in pairwise(firsts)
    ]  # fmt: skip
    spent, wall = processes(commands, run.environment, ROOT)
    made = sum(json.loads(each.output)["made"] for each in spent)
    return made, wall, max(each.peak for each in spent)


def _before(run: Run) -> Iterator[Row]:
    """What comes before a contract is made: the whole sample order, with all of its files."""
    workspace = Workspace(ROOT)
    kind, now = workspace.documents[KIND], datetime.now(UTC)
    order = workspace.order(ORDER)
    check_order(workspace, ORDER, now)  # reads the shared files
    taken = alternately(
        [
            (lambda: load_order(workspace.source, ORDER, workspace.schemas), 1),
            (lambda: check_order(workspace, ORDER, now), 1),
            (lambda: context(View(workspace, order, kind.audience), Edition(kind)), 1),
        ],
        run.effort.rounds,
    )
    for name, times in zip(("reading", "checking", "facts"), taken, strict=True):
        yield plain(f"many.{name}-one-order", times)
