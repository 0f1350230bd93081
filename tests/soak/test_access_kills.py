"""Readers killed at any moment, and many at once: what showed anything is on the log."""

import os
import random
import time
from datetime import timedelta
from pathlib import Path

import pytest

from docpipe.adapters.git import (
    Repository,
    Signature,
    identity,
    log_entry,
    open_repository,
    push_chains,
    shared,
)
from docpipe.diagnostics import DocpipeError
from tests.adapters.git.kit import git, is_sound
from tests.issuing import ORDER, introduced
from tests.logs import NOON, access_branches, kinds, office, read
from tests.soak.forks import kill
from tests.support import forked

KILLS = 300
CLONES = 4
LINES = (0, 0, 0, 1, 2, 3, 4)  # that a reader tells before it is killed: the fourth is a push
PEOPLE = 8
EACH = 25

pytestmark = pytest.mark.soak


def _push(clone: Path) -> None:
    repo = open_repository(clone)
    remote = shared(repo)
    assert remote is not None
    assert push_chains(repo, remote) == []


def _log(repo: Repository, minute: int) -> str:
    by = Signature(*identity(repo), NOON + timedelta(minutes=minute))
    told = [("Command", "open"), ("Order", ORDER)]
    return log_entry(repo, by, repo.resolve("main"), f"Open {ORDER}", told).commit


def _reads(clone: Path, out: int, *, until: int = 10_000) -> None:
    """Log, tell (that is when a document shows), push now and then, tell; and again."""
    repo = open_repository(clone)
    for minute in range(until):
        commit = _log(repo, minute % 60)
        os.write(out, f"shown {commit}\n".encode())
        if minute % 3 == 2:
            _push(clone)
            os.write(out, f"pushed {commit}\n".encode())


def _killed(clone: Path, kills: int, seed: int) -> None:
    """Readers one after the other, each killed; what they told goes to a file.

    Each is killed a moment after so many lines, however fast the machine is.
    """
    chance, usual = random.Random(seed), 0.0
    with Path(f"{clone}.told").open("a") as told:
        for _ in range(kills):
            began, lines = time.monotonic(), chance.choice(LINES)
            reading, writing = os.pipe()
            child = forked(lambda w=writing: _reads(clone, w))  # type: ignore[misc]
            os.close(writing)
            with os.fdopen(reading) as said:
                for _ in range(lines):
                    told.write(said.readline())
                usual = (time.monotonic() - began) / lines if lines else usual
                time.sleep(chance.uniform(0, usual))
                kill(child, with_git=chance.random() < 0.5)
                _, status = os.waitpid(child, 0)
                told.write(said.read())
            assert os.WIFSIGNALED(status), "a reader failed before it was killed"


def _told(clone: Path, word: str) -> set[str]:
    lines = Path(f"{clone}.told").read_text().splitlines()
    return {commit for each in lines for kind, _, commit in [each.partition(" ")] if kind == word}


def _held(folder: Path) -> set[str]:
    tips = access_branches(folder).values()
    return set(git(folder, "rev-list", *tips).splitlines()) if tips else set()


def test_readers_killed_at_any_moment_lose_no_entry_that_was_shown(tmp_path: Path) -> None:
    remote, clones = office(tmp_path, *"abcd"[:CLONES])
    for number, clone in enumerate(clones):
        introduced(clone, (f"P{number}", f"p{number}@zefan.example"))
        read(clone)
        _push(clone)
    managers = [
        forked(lambda c=clone, n=number: _killed(c, KILLS // CLONES, n))  # type: ignore[misc]
        for number, clone in enumerate(clones)
    ]
    assert [os.waitpid(each, 0)[1] for each in managers] == [0] * CLONES
    shown = [_told(clone, "shown") for clone in clones]
    pushed = [_told(clone, "pushed") for clone in clones]
    print(f"{KILLS} killed: {sum(map(len, shown))} shown, {sum(map(len, pushed))} pushed")
    assert sum(map(len, shown)) > KILLS
    assert sum(map(len, pushed)) > KILLS // 10
    for clone, entries in zip(clones, shown, strict=True):
        assert entries <= _held(clone)
        assert kinds(clone) == []
        assert len(access_branches(clone)) == 1
    assert set().union(*pushed) <= _held(remote)
    for clone in clones:  # the next command works by itself
        last = read(clone, 59)
        _push(clone)
        assert access_branches(remote)[last.branch] == last.commit
        assert git(clone, "status", "--porcelain") == ""
        assert is_sound(clone)
    assert is_sound(remote)
    assert kinds(clones[0]) == []


def test_eight_people_log_and_push_to_one_remote_and_nothing_is_lost(tmp_path: Path) -> None:
    remote, clones = office(tmp_path, *(f"c{n}" for n in range(PEOPLE)), signed=True)

    def work(clone: Path) -> None:
        for minute in range(EACH):
            read(clone, minute)
            try:
                _push(clone)
            except DocpipeError:  # pushed with the next one
                continue

    children = [forked(lambda c=clone: work(c)) for clone in clones]  # type: ignore[misc]
    assert [os.waitpid(each, 0)[1] for each in children] == [0] * PEOPLE
    for clone in clones:
        _push(clone)
    held = access_branches(remote)
    assert len(held) == PEOPLE
    assert all(git(remote, "rev-list", "--count", tip) == str(EACH) for tip in held.values())
    assert kinds(clones[0]) == []
    assert is_sound(remote)
