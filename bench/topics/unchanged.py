"""Rendering a workspace again in which nothing changed, beside `git status` of the same tree."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from bench.clock import Times, process
from bench.rows import Row, plain
from bench.run import Run
from bench.sample import KIND, ORDER

ON_DEMAND = True  # the first rendering takes its time
_GIT = ("git", "-c", "user.name=Bench", "-c", "user.email=bench@zefan.example")


def rows(run: Run) -> Iterator[Row]:
    """One contract for each order: the first rendering, and the ones after it."""
    folder = _workspace(run, run.scratch / "unchanged")
    render = [str(Path(sys.executable).with_name("docpipe")), "render", "--doc", KIND]
    count = run.effort.workspace
    first = Times((process(render, run.environment, folder).cpu,))
    yield plain(f"unchanged.{count}.first", first)
    again: list[float] = []
    status: list[float] = []
    for _ in range(min(5, run.effort.starts)):
        again.append(process(render, run.environment, folder).cpu)
        status.append(process(["git", "status", "--porcelain"], {}, folder).cpu)
    ours, theirs = Times(tuple(again)), Times(tuple(status))
    yield plain(f"unchanged.{count}.git-status", theirs)
    yield Row(
        f"unchanged.{count}.again", ours.median * 1e3, "ms", theirs.median * 1e3, "git status",
        least=ours.least * 1e3,
    )  # fmt: skip


def _workspace(run: Run, target: Path) -> Path:
    """So many orders, each with its order and contract, committed."""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(run.sample(run.effort.lines[0]).folder / "workspace", target)
    own = target / ORDER
    for number in range(run.effort.workspace):
        name = f"ZF-2027-{number:04}"
        folder = target / "orders" / "2027" / f"{number % 12 + 1:02}" / name
        shutil.copytree(own, folder)
        written = (own / "order.yaml").read_text(encoding="utf-8")
        (folder / "order.yaml").write_text(written.replace(own.name, name), encoding="utf-8")
    shutil.rmtree(own)
    (target / ".gitignore").write_text("/build/\n", encoding="utf-8")
    for command in (("init", "-q"), ("add", "."), ("commit", "-qm", "Orders")):
        subprocess.run([*_GIT, *command], cwd=target, check=True)
    return target
