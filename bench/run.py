"""One run of the benchmarks: how thorough it is, and what its topics share."""

import os
from dataclasses import dataclass, field
from pathlib import Path

from bench.sample import Sample, sample


class BenchError(Exception):
    """Why there are no figures."""


ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Effort:
    """How often things are done, and how large."""

    lines: tuple[int, ...] = (10, 200)
    """Of the sales contract."""
    rounds: int = 15
    """Turns; the baseline renders once a turn."""
    batch: int = 20
    """Documents of ours a turn."""
    starts: int = 11
    """Processes started for each figure of a whole process."""
    orders: tuple[int, int] = (1_000, 10_000)
    paragraphs: int = 3_000
    table_rows: int = 5_000
    workspace: int = 2_000
    """Orders in one workspace."""
    peer_documents: int = 60
    log: tuple[int, int, int] = (200, 10_000, 100_000)
    """Entries of the access log: written one by one; signed; many."""
    pushed: int = 1_000
    """Commits in one push."""
    archive: tuple[int, int] = (1_000, 100_000)
    """Orders in the archives."""
    readings: int = 40
    """Of each of the people who read at once."""


QUICK = Effort((1, 3), 1, 1, 1, (2, 4), 30, 50, 3, 2, (3, 5, 20), 3, (20, 40), 3)
"""Shows that everything works. Its figures say nothing."""


@dataclass
class Run:
    """What the topics are given."""

    effort: Effort
    scratch: Path
    """A folder for whatever is made on the way, kept from run to run."""
    _samples: dict[int, Sample] = field(default_factory=dict)

    def sample(self, lines: int) -> Sample:
        """Our sales contract with so many lines."""
        if lines not in self._samples:
            self._samples[lines] = sample(ROOT, self.scratch / f"contract-{lines}", lines)
        return self._samples[lines]

    @property
    def environment(self) -> dict[str, str]:
        """For processes: a cache of the benchmarks' own, this folder to import from.

        Modules are kept compiled, as on any user's machine.
        """
        path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
        return {"DOCPIPE_CACHE": str(self.scratch / "cache"), "PYTHONPATH": path,
                "PYTHONDONTWRITEBYTECODE": ""}  # fmt: skip
