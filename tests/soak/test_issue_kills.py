"""`docpipe issue` killed at any moment: nothing acknowledged is lost, no gap, all goes on."""

import contextlib
import random
import subprocess
import threading
import time
from pathlib import Path

import pytest

from tests.adapters.repository.kit import git, is_sound
from tests.issuing import given, issued_files, shared, started
from tests.soak.test_git_kills import kill

CLONES = 4
KILLS = 100 // CLONES  # in each clone, of processes that were not through yet
ORDERS = 2 * KILLS  # for each clone: some are through before, on a machine of any speed
COUNT = CLONES * ORDERS

pytestmark = pytest.mark.soak


def _told(process: subprocess.Popen[str]) -> str:
    """The number that a finished or killed issue acknowledged; "" for none."""
    out, err = process.communicate(timeout=300)
    assert err == "" or "on record" in err, err
    return out.strip() if out.endswith("\n") else ""


def _killed(clone: Path, orders: list[str], told: dict[str, str], seed: int) -> None:
    """Ask for each order's sheet; all but the first are killed, with or without their gits.

    Later than one took that was through, no kill comes: so that most come in time.
    """
    chance, began, kills = random.Random(seed), time.monotonic(), 0
    told[orders[0]] = _told(started(clone, "issue", orders[0], "order-sheet"))
    usual = time.monotonic() - began
    for order in orders[1:]:
        began = time.monotonic()
        process = started(clone, "issue", order, "order-sheet")
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(chance.uniform(0, usual) if kills < KILLS else None)
            usual = time.monotonic() - began
        if process.poll() is None:
            kill(process, with_git=chance.random() < 0.5)
            kills += 1
        if number := _told(process):
            told[order] = number


def test_issuing_killed_at_any_moment_loses_nothing_acknowledged(tmp_path: Path) -> None:
    remote, clones = shared(tmp_path, "abcd"[:CLONES], orders=COUNT)
    orders = [f"ZF-2026-{1000 + number}" for number in range(COUNT)]
    told: dict[str, str] = {}
    threads = [
        threading.Thread(target=_killed, args=(clone, orders[n::CLONES], told, n))
        for n, clone in enumerate(clones)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    before = given(remote)
    print(f"{len(told)} acknowledged, {len(before)} on record of {COUNT}")
    assert len(before) >= CLONES
    assert {number: (order, "order-sheet") for order, number in told.items()}.items() <= (
        before.items()
    )
    for n, order in enumerate(orders):  # the next command works by itself
        process = started(clones[n % CLONES], "issue", order, "order-sheet")
        out, err = process.communicate(timeout=300)
        assert process.returncode == 0, err
        assert told.setdefault(order, out.strip()) == out.strip()
    numbers = given(remote)
    assert numbers == {number: (order, "order-sheet") for order, number in told.items()}
    assert sorted(int(n[-4:]) for n in numbers) == list(range(1, COUNT + 1))
    assert issued_files(remote) == set(numbers.values())
    for folder in (remote, *clones):
        assert is_sound(folder)
    for clone in clones:
        assert git(clone, "status", "--porcelain") == ""
