"""Writers killed at any moment, and many at once: nothing acknowledged is lost, all goes on."""

import random
import threading
import time
from pathlib import Path

import pytest

from docpipe.adapters.git import Records, dirty, unsound
from docpipe.adapters.git.records_check import check
from tests.adapters.git.kit import git, opened, shared_by, with_files
from tests.soak.forks import Forks

WRITER = "tests.soak.writer:run"
KILLS = 100
CLONES = 4
TOLD = 4  # a writer is killed after at most so many writes that it told of, at some moment
ROUNDS = 25

pytestmark = pytest.mark.soak


def _killed_again_and_again(clone: Path, name: str, kills: int, told: list[str], seed: int) -> None:
    """It never ends by itself, so every kill comes in time, on a fast or a busy machine."""
    chance, usual = random.Random(seed), 0.1
    forks = Forks(clone, clone.parent / f"forks-{name}", WRITER)
    for number in range(kills):
        forks.start(str(clone), f"{name}{number}", str(10**9), "save")
        wanted, lines, began = 1 + chance.randrange(TOLD), 0, time.monotonic()
        while (now := forks.said().count("\n")) < wanted:  # the first line: that it is ready
            if now > lines:
                lines, usual, began = now, time.monotonic() - began, time.monotonic()
            time.sleep(0.002)
        time.sleep(chance.uniform(0, 2 * usual))
        forks.kill(with_git=chance.random() < 0.5)
        code, out, err = forks.end()
        assert (code, err) == (-9, "")
        told += out.splitlines()[1:]
    code, out, err = forks.run(str(clone), f"{name}-last", "1", "save")
    assert code == 0, err  # the next command works by itself
    told += out.splitlines()[1:]
    forks.close()


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
    writers = [Forks(clones[n % 4], tmp_path / f"forks{n}", WRITER) for n in range(8)]
    for n, writer in enumerate(writers):
        writer.start(str(writer.folder), f"w{n}", str(ROUNDS), "record")
    told = []
    for writer in writers:
        code, out, err = writer.end()
        assert code == 0, err
        told += [line.split(" ") for line in out.splitlines()[1:]]
        writer.close()
    took = time.monotonic() - began
    print(f"{len(told)} records by 8 writers in {took:.0f} s")
    numbers = _numbers(remote)
    assert {int(number): token for _, number, token in told} == numbers
    assert sorted(numbers) == list(range(1, 8 * ROUNDS + 1))
    assert unsound(opened(remote)) == []
    for clone in clones:
        assert Records(opened(clone)).refresh() == git(remote, "rev-parse", "records")
        assert unsound(opened(clone)) == []
