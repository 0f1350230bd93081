"""Undos killed at any moment: the next one finishes them, takes back no more, and loses nothing."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.adapters.git.kit import git, is_sound, shared_by
from tests.conftest import Run, copy_workspace
from tests.issuing import ORDER, introduced, kept
from tests.soak.forks import kill
from tests.test_undo import disk, head, three

KILLS = 40

pytestmark = pytest.mark.soak


def test_an_undo_killed_at_any_moment_is_finished_by_the_next(tmp_path: Path, inside: Run) -> None:
    remote, _ = shared_by(tmp_path, "first")
    shop = introduced(kept(copy_workspace(tmp_path / "shop")))
    git(shop, "remote", "add", "origin", remote.as_uri())
    git(shop, "push", "--quiet", "--force", "origin", "main")
    git(shop, "fetch", "--quiet")
    three(shop)
    before, files, chance, usual = head(shop), disk(shop), random.Random(7), 0.0
    for _ in range(KILLS):
        began = time.monotonic()
        process = subprocess.Popen(
            [sys.executable, "-m", "docpipe", "undo", "--discard", ORDER], cwd=shop,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        if usual:
            time.sleep(chance.uniform(usual / 3, usual))
            if process.poll() is None:
                kill(process.pid, with_git=chance.random() < 0.5)
        process.wait()
        usual = usual or time.monotonic() - began
        done = inside("undo", "--discard", ORDER, cwd=shop)
        assert done.returncode in (0, 2), done.stderr  # 2: it had been done to its end
        assert git(shop, "status", "--porcelain") == ""
        assert git(shop, "log", "--format=%s", "-2", "main").split("\n") == ["third", "first"]
        assert inside("undo", "--back", cwd=shop).returncode == 0
        assert (head(shop), disk(shop)) == (before, files)
        assert git(shop, "status", "--porcelain") == ""
    assert is_sound(shop)
    left = [p.name for p in (shop / ".git").rglob("*.lock") if p.name != "docpipe.lock"]
    assert left == []
