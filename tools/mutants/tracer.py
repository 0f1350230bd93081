"""A pytest plugin that writes down which lines of which files each test runs."""

import functools
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import pytest

Lines = dict[str, set[int]]


class Traced:
    """The lines that one test runs, by file, and the seconds of processor time it takes."""

    def __init__(self) -> None:
        self.lines: Lines = {}
        self.seconds = 0.0


class Tracer:
    """Watches the files in `folders` of the tree at `root` while tests run."""

    def __init__(self, root: Path, folders: tuple[str, ...]) -> None:
        self._root = f"{root}/"
        self._folders = tuple(f"{root}/{folder.rstrip('/')}" for folder in folders)
        self._names: dict[CodeType, str] = {}
        self._now: Lines = {}
        self.tests: dict[str, Traced] = {}

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Trace one test with its fixtures, as if it were the first to run."""
        forget()
        traced = self.tests.setdefault(item.nodeid, Traced())
        self._now = traced.lines
        start = time.process_time()
        sys.settrace(self._call)
        try:
            return (yield)
        finally:
            sys.settrace(None)
            traced.seconds = time.process_time() - start

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """A test that fails or is skipped anyway says nothing about a mutant."""
        if report.failed or report.skipped:
            self.tests.pop(report.nodeid, None)

    def _call(self, frame: FrameType, event: str, _: Any) -> Any:
        name = self._names.get(frame.f_code)
        if name is None:
            name = self._names[frame.f_code] = self._name(frame.f_code)
        if not name:
            return None
        add = self._now.setdefault(name, set()).add

        def line(inner: FrameType, what: str, _: Any) -> Any:
            if what == "line":
                add(inner.f_lineno)
            return line

        return line

    def _name(self, code: CodeType) -> str:
        """The file of the code in the tree, or "" where it is not watched."""
        wanted = code.co_filename.startswith(self._folders) and code.co_name != "<module>"
        return code.co_filename.removeprefix(self._root) if wanted else ""


def forget() -> None:
    """Empty what functions of ours remember: a remembered answer hides the lines that gave it."""
    for name, module in [*sys.modules.items()]:
        if name.startswith("docpipe."):
            for each in [*vars(module).values()]:
                if isinstance(each, functools._lru_cache_wrapper):
                    each.cache_clear()
