"""A render that is killed at any moment leaves whole documents, and the next one completes it."""

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from bench.workspaces import make

KILLS = 60
ORDERS = 6
KINDS = ("order-sheet", "customer-profile", "quotation")


def command(out: Path) -> list[str]:
    kinds = [part for kind in KINDS for part in ("--doc", kind)]
    render = ["render", *kinds, "--jobs", "2", "--out", str(out)]
    return [sys.executable, "-m", "docpipe", *render]


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*.docx"))
    }


def left_beside(folder: Path) -> list[Path]:
    return [path for path in folder.rglob(".docpipe-*") if path.is_file()]


def disturb(process: subprocess.Popen[bytes], chance: random.Random, seconds: float) -> bool:
    """Kill it, or one of its processes, at some moment of its life; False if it was over."""
    time.sleep(chance.uniform(0, seconds))
    if process.poll() is not None:
        return False
    pids = [process.pid]
    if chance.random() < 0.5:
        with contextlib.suppress(OSError):
            path = Path(f"/proc/{process.pid}/task/{process.pid}/children")
            pids = [int(pid) for pid in path.read_text().split()] or pids
    with contextlib.suppress(ProcessLookupError):
        os.kill(chance.choice(pids), signal.SIGKILL)
        return True
    return False


def unmake(out: Path, chance: random.Random) -> None:
    """Take some documents away, so that there is something to be made."""
    there = sorted(out.rglob("*.docx"))
    for path in chance.sample(there, len(there) // 2):
        path.unlink()


@pytest.mark.soak
def test_killed_at_any_moment_it_leaves_whole_documents_and_is_completed(tmp_path: Path) -> None:
    root = tmp_path / "shop"
    make(root, ORDERS)
    begun = time.monotonic()
    subprocess.run(command(tmp_path / "undisturbed"), cwd=root, check=True, capture_output=True)
    seconds = time.monotonic() - begun
    expected = tree(tmp_path / "undisturbed")
    assert len(expected) > 2 * ORDERS
    chance, out, turn, cut = random.Random(4), tmp_path / "build", 0, 0
    while cut < KILLS and (turn := turn + 1) <= 5 * KILLS:
        force = turn % 3 == 0
        if not force:
            unmake(out, chance)
        with subprocess.Popen(
            [*command(out), *(["--force"] if force else [])],
            cwd=root, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        ) as process:  # fmt: skip
            cut += disturb(process, chance, seconds)
            said = process.communicate(timeout=300)[1].decode()
        assert "Traceback" not in said
        for name, data in tree(out).items():
            assert data == expected[name], f"{name} after kill {turn}"
            assert zipfile.ZipFile(out / name).testzip() is None
    subprocess.run(command(out), cwd=root, check=True, capture_output=True)
    assert tree(out) == expected
    assert left_beside(out) == []
    done = subprocess.run(command(out), cwd=root, check=True, capture_output=True, text=True)
    assert done.stderr == f"0 documents made, {len(expected)} unchanged\n"
