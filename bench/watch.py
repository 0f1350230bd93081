"""What a command with processes of its own costs, and how much memory they hold."""

import os
import resource
import subprocess
import threading
import time
from pathlib import Path

Cost = tuple[float, float]
"""Seconds by the clock and of CPU."""


def watched(
    command: list[str], environment: dict[str, str], folder: Path
) -> tuple[Cost, dict[str, tuple[float, float]]]:
    """The cost, and the resident memory in MiB of the first process and of the largest other."""
    seen: dict[str, list[tuple[float, float]]] = {"parent": [], "worker": []}
    over, begun = threading.Event(), time.monotonic()

    def watch() -> None:
        me = f"/proc/{os.getpid()}/task"
        while not over.wait(0.2):
            now = time.monotonic() - begun
            for parent in (pid for task in Path(me).iterdir() for pid in _children(task)):
                seen["parent"].append((now, _resident(parent)))
                task = Path(f"/proc/{parent}/task/{parent}")
                workers = [_resident(pid) for pid in _children(task)]
                seen["worker"].append((now, max(workers, default=0.0)))

    watcher = threading.Thread(target=watch)
    watcher.start()
    cost = _cost(command, environment, folder)
    over.set()
    watcher.join()
    return cost, {who: _peaks(values, cost[0]) for who, values in seen.items()}


def _cost(command: list[str], environment: dict[str, str], folder: Path) -> Cost:
    """Seconds of wall and of CPU, of the command and of all its processes."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    quiet = subprocess.DEVNULL
    subprocess.run(
        command, env=os.environ | environment, cwd=folder, stdout=quiet, stderr=quiet, check=False
    )
    after, wall = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic() - begun
    return wall, after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def _peaks(values: list[tuple[float, float]], wall: float) -> tuple[float, float]:
    early = [size for at, size in values if at < wall / 10]
    return max(early, default=0.0), max((size for _, size in values), default=0.0)


def _children(task: Path) -> list[str]:
    try:
        return (task / "children").read_text(encoding="ascii").split()
    except OSError:
        return []


def _resident(pid: str) -> float:
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    except (OSError, IndexError):
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20
