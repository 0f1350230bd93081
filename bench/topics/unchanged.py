"""Thousands of orders rendered, and rendered again beside `git status` of the same tree."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from bench.clock import Times, process
from bench.rows import Row, plain
from bench.run import Run
from bench.sample import KIND
from bench.watch import watched
from bench.workspaces import make

ON_DEMAND = True  # the first rendering takes its time
_GIT = ("git", "-c", "user.name=Bench", "-c", "user.email=bench@zefan.example")


def rows(run: Run) -> Iterator[Row]:
    """One contract for each order: the first rendering, its memory, and the ones after it."""
    folder, name = run.scratch / "unchanged", f"unchanged.{run.effort.workspace}"
    _workspace(folder, run.effort.workspace)
    render = [str(Path(sys.executable).with_name("docpipe")), "render", "--doc", KIND]
    (_, cpu), memory = watched(render, run.environment, folder)
    yield Row(f"{name}.rate-per-core", run.effort.workspace / cpu, "1/s")
    for who, (early, peak) in memory.items():
        if peak:
            yield Row(f"{name}.memory.{who}", peak, "MiB", early or None, "first tenth")
    again: list[float] = []
    status: list[float] = []
    for _ in range(min(5, run.effort.starts)):
        again.append(process(render, run.environment, folder).cpu)
        status.append(process(["git", "status", "--porcelain"], {}, folder).cpu)
    ours, theirs = Times(tuple(again)), Times(tuple(status))
    yield plain(f"{name}.git-status", theirs)
    yield Row(
        f"{name}.again", ours.median * 1e3, "ms", theirs.median * 1e3, "git status",
        least=ours.least * 1e3,
    )  # fmt: skip


def _workspace(target: Path, orders: int) -> None:
    """The sample orders over and over, committed."""
    shutil.rmtree(target, ignore_errors=True)
    make(target, orders)
    (target / ".gitignore").write_text("/build/\n", encoding="utf-8")
    for command in (("init", "-q"), ("add", "."), ("commit", "-qm", "Orders")):
        subprocess.run([*_GIT, *command], cwd=target, check=True)
