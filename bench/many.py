"""Many orders: rate, memory, and a second render against `git status` on the same tree.

    python -m bench.many DIR ORDERS [JOBS] [KIND ...]

DIR is made if it is not there (see bench.workspaces). Rates count everything: reading, checking,
printing, writing. CPU and wall are medians of RUNS.
"""

import os
import resource
import statistics
import subprocess
import sys
import threading
import time
from pathlib import Path

from bench.workspaces import make

RUNS = 5
Cost = tuple[float, float]


def main(target: Path, orders: int, jobs: int, kinds: list[str]) -> None:
    """Measure and print a line each."""
    if not target.exists():
        make(target, orders)
        _commit(target)
    command = [sys.executable, "-m", "docpipe", "render", "--jobs", str(jobs)]
    command += [part for kind in kinds for part in ("--doc", kind)]
    (wall, cpu), memory = _watched([*command, "--force"], target)
    print(f"first render of {orders:,}: {wall:.1f} s, CPU {cpu:.1f} s, {orders / cpu:.1f} a core s")
    for who, (half, peak) in memory.items():
        print(f"  {who}: {half:.0f} MB at most in the first tenth, {peak:.0f} MB over all")
    time.sleep(3)  # files settle
    _cost(command, target)
    again = _median([_cost(command, target) for _ in range(RUNS)])
    git = _median([_cost(["git", "status"], target) for _ in range(RUNS)])
    print(f"second render: {again[0]:.2f} s, CPU {again[1]:.2f} s")
    print(f"git status: {git[0]:.2f} s, CPU {git[1]:.2f} s")
    print(f"ratio: wall {again[0] / git[0]:.1f}, CPU {again[1] / git[1]:.1f}")


def _commit(target: Path) -> None:
    (target / ".gitignore").write_text("build/\n", encoding="utf-8")
    who = ["-c", "user.name=bench", "-c", "user.email=bench@example.org"]
    for command in (["init", "-q"], ["add", "."], [*who, "commit", "-qm", "Samples"]):
        subprocess.run(["git", *command], cwd=target, check=True)


def _median(costs: list[Cost]) -> Cost:
    return statistics.median(c[0] for c in costs), statistics.median(c[1] for c in costs)


def _cost(command: list[str], folder: Path) -> Cost:
    """Seconds of wall and of CPU, of the command and of all its processes."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    quiet = subprocess.DEVNULL
    subprocess.run(command, cwd=folder, stdout=quiet, stderr=quiet, check=False)
    after, wall = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic() - begun
    return wall, after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def _watched(command: list[str], folder: Path) -> tuple[Cost, dict[str, tuple[float, float]]]:
    """The cost, and the resident memory in MB of the first process and of the largest other."""
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
    cost = _cost(command, folder)
    over.set()
    watcher.join()
    return cost, {who: _peaks(values, cost[0]) for who, values in seen.items()}


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
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


if __name__ == "__main__":
    count = int(sys.argv[3]) if len(sys.argv) > 3 else 2
    main(Path(sys.argv[1]), int(sys.argv[2]), count, sys.argv[4:])
