"""Syncs killed at any moment: the next sync or save goes on, and nobody's work is touched."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from docpipe.adapters.git import commit_files, resume, unsound
from tests.adapters.git.kit import WANG, git, opened, shared_by, with_files
from tests.adapters.git.test_mainline import synced
from tests.soak.forks import ROOT, Moments, kill

KILLS = 100
FILES = 60

pytestmark = pytest.mark.soak


def _others_publish(theirs: Path, number: int) -> None:
    """Many files changed, some new, some gone, one folder where a file was."""
    git(theirs, "pull", "--quiet", "--rebase")
    for each in range(FILES):
        path = theirs / f"orders/{each % 7}/{each}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"round: {number}\n" * 200)
    (theirs / f"orders/new{number}").mkdir()
    (theirs / f"orders/new{number}/x.yaml").write_text("x: 1\n")
    if number > 1:
        git(theirs, "rm", "-rq", f"orders/new{number - 1}")
    with_files(theirs)
    git(theirs, "push", "--quiet", "origin", "main")


def _killed(mine: Path, chance: random.Random, moments: Moments) -> bool:
    """Whether the sync was killed before it was done; the first one is not."""
    words = [sys.executable, "-m", "tests.soak.syncer", str(mine)]
    process = subprocess.Popen(words, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, text=True)  # fmt: skip
    assert process.stdout is not None
    assert process.stdin is not None
    assert process.stdout.readline() == "ready\n"
    process.stdin.write("\n")
    process.stdin.flush()
    began, usual = time.monotonic(), moments.of("sync")
    if usual:
        time.sleep(chance.uniform(0, usual))
        if process.poll() is None:
            kill(process.pid, with_git=chance.random() < 0.5)
    out, err = process.communicate()
    assert err == "", err
    if out:
        moments.ended("sync", began)
    else:
        moments.killed("sync")
    return out == ""


def test_a_sync_killed_at_any_moment_is_finished_by_the_next_command(tmp_path: Path) -> None:
    remote, (theirs, mine) = shared_by(tmp_path, "theirs", "mine")
    with_files(theirs, mine_yaml="m: 0\n", other_yaml="x: 1\n")
    git(theirs, "push", "--quiet", "origin", "main")
    git(mine, "pull", "--quiet")
    (mine / "other.yaml").write_text("x: 2\n")
    git(mine, "add", "other.yaml")
    (mine / "other.yaml").write_text("x: 3\n")
    (mine / "new.yaml").write_text("x: 1\n")
    chance, moments = random.Random(11), Moments()
    killed = stood = 0
    for number in range(1, KILLS + 1):
        _others_publish(theirs, number)
        (mine / "mine.yaml").write_text(f"m: {number}\n")
        commit_files(opened(mine), ["mine.yaml"], WANG, f"mine {number}")
        killed += _killed(mine, chance, moments)
        stood += (mine / ".git/docpipe.advancing").exists()
        if chance.random() < 0.5:  # the next command is a save
            (mine / "mine.yaml").write_text(f"m: {number}.5\n")
            resume(opened(mine))
            assert commit_files(opened(mine), ["mine.yaml"], WANG, f"half {number}")
        synced(mine)
        assert git(mine, "rev-parse", "main") == git(remote, "rev-parse", "main")
        assert git(mine, "status", "--porcelain") == "MM other.yaml\n?? new.yaml"
    print(f"{killed} of {KILLS} syncs killed before they were done, {stood} between the files")
    assert git(mine, "show", ":other.yaml") == "x: 2"
    assert (mine / "other.yaml").read_text() == "x: 3\n"
    said = git(mine, "log", "--format=%s", "--author=王小明").splitlines()
    assert [one for one in said if one.startswith("mine")] == [
        f"mine {number}" for number in range(KILLS, 0, -1)
    ]
    for commit in git(mine, "log", "--format=%H", "--author=王小明").splitlines():
        names = git(mine, "diff-tree", "--no-commit-id", "--name-only", "-r", commit)
        assert names == "mine.yaml"
    assert unsound(opened(mine)) == []
    left = [p.name for p in (mine / ".git").rglob("*.lock") if p.name != "docpipe.lock"]
    assert left == []
