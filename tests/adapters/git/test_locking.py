"""One writer at a time; what the dead left goes, what the living hold stays."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from docpipe.adapters.git import Records, Refusal, commit_files
from docpipe.adapters.git.locking import AGED, JOURNAL, LOCK, MARK, SCRATCH, writing
from tests.adapters.git.kit import (
    WANG,
    fake_git,
    git,
    on_record,
    one,
    opened,
    put,
    repository,
    with_files,
)  # fmt: skip

ROOT = Path(__file__).parents[3]


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    return with_files(repository(tmp_path / "shop"), a="1\n")


def _holder(shop: Path, rest: str) -> subprocess.Popen[bytes]:
    """A process of its own that holds the lock and says so."""
    code = (
        "import os, sys, time, subprocess; from pathlib import Path\n"
        "from docpipe.adapters.git import open_repository\n"
        "from docpipe.adapters.git.locking import writing\n"
        f"shop = Path({str(shop)!r}); git_dir = shop / '.git'\n"
        "with writing(open_repository(shop)) as held:\n"
        f"    {rest}\n"
        "    print('held', flush=True)\n"
        "    time.sleep(600)\n"
    )
    process = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"held\n"
    return process


def test_a_second_writer_waits_and_then_says_so(shop: Path) -> None:
    with _holder(shop, "pass") as process:
        with pytest.raises(Refusal, match="has been writing to this repository for 0 seconds"):
            Records(opened(shop), patience=0.2).append(lambda _: one("x"), WANG)
        process.kill()
    assert put(shop, "x")


def test_the_lock_of_a_killed_writer_is_free_at_once(shop: Path) -> None:
    with _holder(shop, "pass") as process:
        process.kill()
    assert (shop / ".git" / LOCK).exists()
    assert Records(opened(shop), patience=60).append(lambda _: one("x"), WANG)


def test_what_a_killed_writers_git_still_writes_is_in_nobodys_way(shop: Path) -> None:
    scratch = shop / ".git" / SCRATCH
    fill = f'while :; do mkdir -p "{scratch}/old/$((i += 1))"; done'
    with subprocess.Popen(["sh", "-c", fill]) as git_left_over:
        try:
            for number in range(20):
                with writing(opened(shop)) as held, held.scratch() as folder:
                    assert [*folder.iterdir()] == [], number
        finally:
            git_left_over.kill()


def test_a_git_that_outlives_its_killed_docpipe_keeps_the_lock(
    shop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(shop, "one")
    wait = f"touch {tmp_path}/moving; while [ -e {tmp_path}/moving ]; do sleep 0.05; done"
    slow = f'case "$*" in *update-ref*) {wait};; esac; exec "$GIT" "$@"'
    path = os.pathsep.join([str(fake_git(tmp_path / "bin", slow)), os.environ["PATH"]])
    code = (
        "from pathlib import Path; from tests.adapters.git.kit import put\n"
        f"put(Path({str(shop)!r}), 'two')"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, env={**os.environ, "PATH": path}
    )
    while not (tmp_path / "moving").exists():
        time.sleep(0.01)
    process.kill()
    process.wait()
    with pytest.raises(Refusal, match="Another docpipe"):
        Records(opened(shop), patience=0.3).append(lambda _: one("x"), WANG)
    (tmp_path / "moving").unlink()
    Records(opened(shop), patience=600).append(lambda _: one("x"), WANG)
    assert on_record(shop) == ["one", "two", "x"]  # it finished what it was told


@pytest.mark.parametrize("name", ["refs/heads/records.lock", "HEAD.lock", "refs/heads/main.lock"])
@pytest.mark.soak
def test_a_git_lock_that_a_killed_docpipe_named_goes_when_it_is_aged(name: str, shop: Path) -> None:
    put(shop, "one")
    with _holder(
        shop, f"l = git_dir / {name!r}; c = held.leaving(l); c.__enter__(); l.touch()"
    ) as p:
        p.kill()
    made = (shop / ".git" / name).stat().st_mtime
    assert put(shop, "two")
    assert time.time() - made >= AGED
    assert not (shop / ".git" / name).exists()
    assert not (shop / ".git" / JOURNAL).exists()
    (shop / "a").write_text("2\n")
    assert commit_files(opened(shop), ["a"], WANG, "Save")


@pytest.mark.parametrize("name", ["refs/heads/records.lock", "index.lock", "refs/heads/main.lock"])
def test_a_git_lock_that_nobody_named_stays_however_old(name: str, shop: Path) -> None:
    put(shop, "one")
    lock = shop / ".git" / name
    lock.touch()
    os.utime(lock, (1, 1))
    (shop / "a").write_text("2\n")
    for _ in range(2):  # the second time, no journal of the first may condemn it
        with pytest.raises(Refusal, match="Another git program is at work") as refusal:
            if "records" in name:
                put(shop, "two")
            else:
                commit_files(opened(shop), ["a"], WANG, "Save")
        assert str(lock.name) in refusal.value.say("zh")
        assert lock.exists()
    lock.unlink()
    assert put(shop, "two")
    assert commit_files(opened(shop), ["a"], WANG, "Save")
    assert git(shop, "status", "--porcelain") == ""


def test_an_index_lock_of_a_killed_docpipe_goes_at_once(shop: Path) -> None:
    rest = "l = git_dir / 'index.lock'; c = held.leaving(l); c.__enter__(); "
    with _holder(shop, rest + f"l.write_bytes({MARK!r})") as process:
        process.kill()
    (shop / "a").write_text("2\n")
    assert commit_files(opened(shop), ["a"], WANG, "Save")


def test_an_index_lock_that_another_git_took_after_it_stays(shop: Path) -> None:
    with _holder(shop, "c = held.leaving(git_dir / 'index.lock'); c.__enter__()") as process:
        process.kill()
    lock = shop / ".git" / "index.lock"
    lock.write_bytes((shop / ".git" / "index").read_bytes())
    os.utime(lock, (1, 1))
    (shop / "a").write_text("2\n")
    with pytest.raises(Refusal, match="Another git program is at work"):
        commit_files(opened(shop), ["a"], WANG, "Save")
    assert lock.exists()
    assert put(shop, "one")


def test_a_journal_names_no_file_outside_the_repository(shop: Path, tmp_path: Path) -> None:
    outside = tmp_path / "precious.lock"
    outside.touch()
    os.utime(outside, (1, 1))
    (shop / ".git" / JOURNAL).write_text(f"{outside}\n{shop}/.git/config\n{shop}/a")
    assert put(shop, "one")
    assert outside.exists()
    assert (shop / ".git" / "config").exists()


def test_a_clock_that_was_set_back_does_not_make_us_wait_for_ever(shop: Path) -> None:
    lock = shop / ".git" / "refs" / "heads" / "records.lock"
    lock.touch()
    os.utime(lock, (time.time() + 90_000,) * 2)
    (shop / ".git" / JOURNAL).write_text(str(lock))
    assert put(shop, "one")


def test_a_ref_that_another_git_moves_meanwhile_is_not_overwritten(shop: Path) -> None:
    tips: list[str] = []

    def make(source: object) -> object:
        if not tips:
            tree = git(shop, "write-tree")
            commit = git(shop, "commit-tree", "-m", "x\n\nDocpipe-Record: 1", tree)
            git(shop, "update-ref", "refs/heads/records", commit)
            tips.append(commit)
        return one("mine")

    Records(opened(shop)).append(make, WANG)  # type: ignore[arg-type]
    assert git(shop, "rev-parse", "records~1") == tips[0]
    assert on_record(shop) == ["a", "mine"]


def test_nothing_of_ours_is_left_lying_about(shop: Path) -> None:
    put(shop, "one")
    (shop / "a").write_text("2\n")
    commit_files(opened(shop), ["a"], WANG, "Save")
    with writing(opened(shop)):
        pass
    ours = [p.name for p in (shop / ".git").iterdir() if "docpipe" in p.name or "lock" in p.name]
    assert ours == [LOCK]
