"""A pytest plugin that writes down which lines of which files each test runs.

Those of the processes that it starts, git's hooks among them, are told by `started/sitecustomize`.
"""

import functools
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from .started.sitecustomize import TOLD, Watch

Lines = dict[str, set[int]]
STARTED = Path(__file__).with_name("started")


class Traced:
    """The lines that one test runs, by file, and the seconds of processor time it takes."""

    def __init__(self) -> None:
        self.lines: Lines = {}
        self.seconds = 0.0


class Tracer:
    """Watches the files in a folder of the tree at `root` while tests run."""

    def __init__(self, root: Path, folder: str, told: Path) -> None:
        self._root = root
        self._folder = f"{root}/{folder}/"
        self._told = told
        self.tests: dict[str, Traced] = {}

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Trace one test with its fixtures, as if it were the first to run."""
        forget()
        traced = self.tests.setdefault(item.nodeid, Traced())
        self._told.unlink(missing_ok=True)
        own = os.environ["PYTHONPATH"]
        os.environ |= {TOLD: f"{self._told}\n{self._folder}", "PYTHONPATH": f"{STARTED}:{own}"}
        start = _spent()
        watch = Watch(self._folder, lambda file, line: self._add(traced.lines, file, line))
        sys.settrace(watch.call)
        try:
            return (yield)
        finally:
            sys.settrace(None)
            traced.seconds = _spent() - start
            os.environ["PYTHONPATH"] = own
            del os.environ[TOLD]
            for row in self._told.read_text().splitlines() if self._told.exists() else ():
                file, _, line = row.rpartition(":")
                self._add(traced.lines, file, int(line))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """A test that fails or is skipped anyway says nothing about a mutant."""
        if report.failed or report.skipped:
            self.tests.pop(report.nodeid, None)

    def _add(self, lines: Lines, file: str, line: int) -> None:
        lines.setdefault(file.removeprefix(f"{self._root}/"), set()).add(line)


def _spent() -> float:
    """The processor time of this process and of those that it has started."""
    return time.process_time() + sum(os.times()[2:4])


def forget() -> None:
    """Empty what functions of ours remember: a remembered answer hides the lines that gave it."""
    for name, module in [*sys.modules.items()]:
        if name.startswith("docpipe."):
            for each in [*vars(module).values()]:
                if isinstance(each, functools._lru_cache_wrapper):
                    each.cache_clear()
