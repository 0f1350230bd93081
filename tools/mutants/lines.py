"""Which tests run which lines: recorded once, and kept while code and tests stay as they are."""

import pickle
from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import groupby
from pathlib import Path, PurePath

import pytest

from . import child, copies, forks
from .tracer import Traced, Tracer

SLICE = 80
"""Tests that one child records: few enough to spread, enough to share what they load."""


class Map:
    """The lines and seconds of every test."""

    def __init__(self, tests: dict[str, Traced]) -> None:
        self.tests = tests
        self._on: dict[tuple[str, int], list[str]] = defaultdict(list)
        self._in: dict[str, list[str]] = defaultdict(list)
        for name, traced in tests.items():
            for file, lines in traced.lines.items():
                self._in[file].append(name)
                for line in lines:
                    self._on[file, line].append(name)

    def on(self, file: str, lines: tuple[int, int]) -> set[str]:
        """The tests that run one of the lines, the first to the last."""
        found = [self._on.get((file, line), ()) for line in range(lines[0], lines[1] + 1)]
        return {name for names in found for name in names}

    def within(self, file: str) -> set[str]:
        """The tests that run anything of the file."""
        return set(self._in.get(file, ()))

    def told_by(self, test: str, file: str, lines: tuple[int, int]) -> float:
        """How special the test is to these lines, and to the file: what all run tells nothing.

        A test that is called like the file is about it, and what is just right is soon found wrong.
        """
        about = PurePath(file).stem.partition("_")[0].rstrip("s") in test
        right = "[right-" in test or "an_unchanged_sample" in test
        return (
            2 * about
            + right
            + sum(
                (9 if lines[0] <= line <= lines[1] else 1) / len(self._on[file, line])
                for line in self.tests[test].lines.get(file, ())
            )
        )


class Recording:
    """The map of a tree's tests for a folder, in a file."""

    def __init__(self, path: Path, tree: Path, folder: str, tests: Sequence[str]) -> None:
        self._path = path
        self._tree = tree
        self._folder = folder
        self._files = [*tests]

    def map(self, state: str, jobs: int, say: Callable[[str], None]) -> Map:
        """The map for a `state` of the code; tests that it does not know yet are recorded."""
        known = self._kept(state)
        every = self._collected()
        new = [name for name in every if name not in known]
        if new:
            say(f"Recording which lines of {self._folder} {len(new)} tests run ...")
        for names, found in forks.each(_slices(new), self._record, jobs):
            known |= {name: (found or {}).get(name, Traced()) for name in names}
            self._path.write_bytes(pickle.dumps((state, known)))
        good = {name: known[name] for name in every if known[name].seconds}
        if len(good) < len(every):
            say(f"{len(every) - len(good)} tests fail or are skipped as it is: they do not count")
        return Map(good)

    def _kept(self, state: str) -> dict[str, Traced]:
        try:
            kept, known = pickle.loads(self._path.read_bytes())
        except (OSError, ValueError, EOFError, AttributeError):
            return {}
        return dict(known) if kept == state else {}

    def _collected(self) -> list[str]:
        ((_, names),) = forks.each([self._files], self._collect, 1)
        return names or []

    def _collect(self, files: list[str], scratch: Path) -> list[str]:
        names: list[str] = []

        class Names(child.Chosen):
            def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
                names.extend(item.nodeid for item in items if not item.get_closest_marker("soak"))
                items.clear()

        child.run(self._tree, scratch, files, [Names([], scratch)])
        return names

    def _record(self, names: list[str], scratch: Path) -> dict[str, Traced]:
        tracer = Tracer(self._tree, self._folder, scratch.with_name("lines"))
        chosen = child.Chosen(names, copies.warm(self._tree))
        child.run(self._tree, scratch, names, [chosen, tracer])
        copies.keep_warm(self._tree, scratch / "cache")
        return tracer.tests


def _slices(names: list[str]) -> list[list[str]]:
    """Of one file each, as it makes what its tests share."""
    files = [[*group] for _, group in groupby(names, lambda name: name.partition("::")[0])]
    return [one[at : at + SLICE] for one in files for at in range(0, len(one), SLICE)]
