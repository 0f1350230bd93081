"""The sales contract, warm: docpipe and docxtpl in turns."""

from collections.abc import Iterator
from functools import partial

from bench import naive
from bench.clock import alternately
from bench.rows import Row, quicker
from bench.run import BenchError, Run
from bench.sample import Sample, visible

_LEVEL = 1


def rows(run: Run) -> Iterator[Row]:
    """10 and 200 lines, stored and deflated. docxtpl always deflates."""
    for lines in run.effort.lines:
        sample = run.sample(lines)
        env = naive.environment()
        _hold_equal(sample, naive.make(sample.joined, sample.facts, env))
        stored, deflated, theirs = alternately(
            [
                (partial(sample.engine, sample.facts, None), run.effort.batch),
                (partial(sample.engine, sample.facts, _LEVEL), run.effort.batch),
                (partial(naive.make, sample.joined, sample.facts, env), 1),
            ],
            run.effort.rounds,
        )
        yield quicker(f"contract.{lines}.stored", stored, theirs, "docxtpl")
        yield quicker(f"contract.{lines}.deflated", deflated, theirs, "docxtpl")


def _hold_equal(sample: Sample, theirs: bytes) -> None:
    """Figures of documents that say different things would compare nothing."""
    for level in (None, _LEVEL):
        if visible(sample.engine(sample.facts, level)) != visible(theirs):
            raise BenchError("docpipe's contract and docxtpl's say different things")
