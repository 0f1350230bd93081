"""Run some tests in a forked child, on the copy of the tree, with or without a mutant in it."""

import os
import resource
import shutil
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from .sites import Mutant

JUDGED = ("verdicts", "packs")
"""What docpipe keeps of files found sound: another test's verdict must not stand for this one's."""
PLAIN = ("-q", "-x", "-p", "no:cacheprovider", "-p", "no:xdist", "--no-header", "--tb=no")


class Chosen:
    """A pytest plugin: only these tests, in this order; tells which one failed first."""

    def __init__(self, ids: list[str], warm: Path) -> None:
        self._order = {name: at for at, name in enumerate(ids)}
        self._warm = warm
        self.failed = ""

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Keep the chosen ones; for those that a mutant renames, what they are called now."""
        gone = {*self._order} - {item.nodeid for item in items}
        renamed = {name.partition("[")[0] for name in gone}
        last = len(self._order)
        kept = [
            (self._order.get(item.nodeid, last), at, item)
            for at, item in enumerate(items)
            if item.nodeid in self._order or item.nodeid.partition("[")[0] in renamed
        ]
        items[:] = [item for _, _, item in sorted(kept, key=lambda each: each[:2])]

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Start with compiled templates at hand, and with no verdict of an earlier test.

        What a test starts runs the copy too; earlier, tests/conftest.py would empty the variables.
        """
        factory: Any = getattr(item.config, "_tmp_path_factory")  # noqa: B009
        cache = factory.getbasetemp() / "cache"
        if not cache.exists() and self._warm.exists():
            shutil.copytree(self._warm, cache)
        for name in JUDGED:
            shutil.rmtree(cache / name, ignore_errors=True)
        os.environ |= {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": f"{item.config.rootpath}/src"}
        return (yield)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """The first failure ends the run."""
        if report.failed and not self.failed:
            self.failed = report.nodeid


def run(root: Path, scratch: Path, ids: list[str], plugins: list[object]) -> int:
    """What pytest says of these tests in the copy at `root`; call it in a child."""
    files = list(dict.fromkeys(name.partition("::")[0] for name in ids))
    sys.path[:0] = [str(root / "src"), str(root)]
    os.chdir(root)
    arguments = [*PLAIN, f"--rootdir={root}", f"--basetemp={scratch}", *files]
    return int(pytest.main(arguments, plugins=plugins))


def try_out(root: Path, scratch: Path, ids: list[str], mutant: Mutant | None, warm: Path) -> str:
    """The test that notices the mutant, or "" where none does; call it in a child.

    The mutant stands in a copy of its own, where tests that read the code or start docpipe meet
    it as well. Nothing compiled is written: the copy shares its files with the others.
    """
    tree = scratch.with_name("tree")
    shutil.copytree(root, tree, copy_function=os.link)
    if mutant is not None:
        changed = tree / mutant.file
        source = mutant.source(root)
        changed.unlink()
        changed.write_bytes(source)
        for compiled in (changed.parent / "__pycache__").glob(f"{changed.stem}.*"):
            compiled.unlink()
    sys.dont_write_bytecode = True
    chosen = Chosen(ids, warm)
    code = run(tree, scratch, ids, [chosen])
    if code in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
        return ""
    return chosen.failed or "it cannot be imported"


def limit(seconds: float) -> None:
    """End this process when it has taken so much processor time, or hangs for far longer."""
    whole = int(seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (whole, whole + 5))
    resource.setrlimit(resource.RLIMIT_AS, (6 << 30, 6 << 30))
    signal.signal(signal.SIGXCPU, signal.SIG_DFL)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(whole * 10)
