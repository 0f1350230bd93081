"""Writers killed at any moment, and many at once: nothing acknowledged is lost, all goes on."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from docpipe.adapters.repository import Records, dirty, unsound
from docpipe.adapters.repository.lineage import check
from tests.adapters.repository.kit import git, opened, shared_by, with_files

ROOT = Path(__file__).parents[2]
KILLS = 200
CLONES = 4
TOLD = 4  # a writer is killed after at most so many writes that it told of, at some moment
ROUNDS = 25

pytestmark = pytest.mark.soak


def _writer(clone: Path, name: str, rounds: int, what: str) -> subprocess.Popen[str]:
    words = [sys.executable, "-m", "tests.soak.writer", str(clone), name, str(rounds), what]
    return subprocess.Popen(
        words, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def _below(pid: int) -> list[int]:
    """What a process has started, and that in turn; not the server's side of a push or fetch."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
                words = (entry / "cmdline").read_bytes()
            except (OSError, ValueError):
                continue
            if b"receive-pack" not in words and b"upload-pack" not in words:
                children.setdefault(parent, []).append(int(entry.name))
    found, open_ = [], [pid]
    while open_:
        below = children.get(open_.pop(), [])
        found += below
        open_ += below
    return found


def kill(process: subprocess.Popen[str], with_git: bool) -> None:
    """Stop it where it stands, then end it, with or without the gits that it has started."""
    os.kill(process.pid, signal.SIGSTOP)
    victims = _below(process.pid) if with_git else []
    for pid in (*victims, process.pid):
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue


def _killed_again_and_again(clone: Path, name: str, kills: int, told: list[str], seed: int) -> None:
    """It never ends by itself, so every kill comes in time, on a fast or a busy machine."""
    chance, usual = random.Random(seed), 0.1
    for number in range(kills):
        process = _writer(clone, f"{name}{number}", 10**9, "save")
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        for _ in range(chance.randrange(TOLD)):
            began = time.monotonic()
            told.append(process.stdout.readline().rstrip("\n"))
            usual = time.monotonic() - began
        time.sleep(chance.uniform(0, 2 * usual))
        kill(process, with_git=chance.random() < 0.5)
        told += process.stdout.read().splitlines()
        assert process.stderr is not None
        assert process.stderr.read() == ""
        process.wait()


def _numbers(folder: Path) -> dict[int, str]:
    """The numbers on record and who got each, by plain git."""
    names = git(folder, "ls-tree", "-r", "--name-only", "records").splitlines()
    asked = "".join(f"records:{name}\n" for name in names)
    answers = git(folder, "cat-file", "--batch", stdin=asked.encode()).splitlines()[1::2]
    return {int(name[-5:]): token for name, token in zip(names, answers, strict=True)}


def test_writers_killed_at_any_moment_lose_nothing_acknowledged(tmp_path: Path) -> None:
    remote, clones = shared_by(tmp_path, *"abcd"[:CLONES])
    for clone in clones:
        with_files(clone, other_yaml="x: 1\n")
        (clone / "other.yaml").write_text("x: 2\n")
        git(clone, "add", "other.yaml")
        (clone / "other.yaml").write_text("x: 3\n")
    told: list[list[str]] = [[] for _ in clones]
    threads = [
        threading.Thread(
            target=_killed_again_and_again,
            args=(clone, clone.name, KILLS // CLONES, told[number], number),
        )
        for number, clone in enumerate(clones)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for clone in clones:  # the next command works by itself
        last = _writer(clone, f"{clone.name}-last", 1, "save")
        out, err = last.communicate(timeout=120)
        assert last.returncode == 0, err
        told[clones.index(clone)] += out.splitlines()
    lines = [line.split(" ") for lines in told for line in lines]
    records = {int(number): token for kind, number, token in filter(_is("record"), lines)}
    numbers = _numbers(remote)
    print(f"{len(records)} records acknowledged, {len(numbers)} on record")
    assert len(records) > 2 * CLONES
    assert sorted(numbers) == list(range(1, len(numbers) + 1))
    assert {number: numbers[number] for number in records} == records
    check(opened(remote), git(remote, "rev-parse", "records"), None, "remote")
    assert unsound(opened(remote)) == []
    for clone in clones:
        _is_as_its_person_left_it(clone, told[clones.index(clone)])


def _is(kind: str):  # type: ignore[no-untyped-def]
    return lambda words: words[0] == kind


def _is_as_its_person_left_it(clone: Path, told: list[str]) -> None:
    assert unsound(opened(clone)) == []
    assert git(clone, "status", "--porcelain") == "MM other.yaml"
    assert git(clone, "show", ":other.yaml") == "x: 2"
    assert (clone / "other.yaml").read_text() == "x: 3\n"
    assert [row.path for row in dirty(opened(clone))] == ["other.yaml"]
    saved = {line.split(" ")[1] for line in told if line.startswith("save ")}
    assert saved <= set(git(clone, "rev-list", "main").split())
    assert len(git(clone, "rev-list", "--merges", "main").split()) == 0
    left = [p.name for p in (clone / ".git").rglob("*.lock") if p.name != "docpipe.lock"]
    assert left == []


def test_eight_writers_in_four_clones_get_each_number_once(tmp_path: Path) -> None:
    remote, clones = shared_by(tmp_path, *"abcd")
    began = time.monotonic()
    writers = [_writer(clones[n % 4], f"w{n}", ROUNDS, "record") for n in range(8)]
    told = []
    for writer in writers:
        out, err = writer.communicate()
        assert writer.returncode == 0, err
        told += [line.split(" ") for line in out.splitlines()[1:]]
    took = time.monotonic() - began
    print(f"{len(told)} records by 8 writers in {took:.0f} s")
    numbers = _numbers(remote)
    assert {int(number): token for _, number, token in told} == numbers
    assert sorted(numbers) == list(range(1, 8 * ROUNDS + 1))
    assert unsound(opened(remote)) == []
    for clone in clones:
        assert Records(opened(clone)).refresh() == git(remote, "rev-parse", "records")
        assert unsound(opened(clone)) == []
