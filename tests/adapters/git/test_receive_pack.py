"""The lines of a push: whatever comes, they are refs to be moved or a refusal."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from docpipe.adapters.git import Repository, Update, receiving, updates
from docpipe.adapters.git.git_errors import Refusal
from tests.adapters.git.kit import repository

OLD, NEW, NONE = "1" * 40, "2" * 40, "0" * 40

words = some.one_of(
    some.sampled_from([OLD.encode(), NEW.encode(), NONE.encode(), b"0" * 64, b"refs/heads/main"]),
    some.binary(max_size=12),
)
rows = some.lists(words, max_size=5).map(b" ".join)
pushes = some.lists(rows, max_size=4).map(b"\n".join)


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    return receiving(repository(tmp_path_factory.mktemp("bare"), "--bare"), {})


@given(lines=pushes)
def test_rubbish_is_refused_and_never_half_taken(bare: Repository, lines: bytes) -> None:
    try:
        found = updates(lines, bare)
    except Refusal as error:
        assert error.say("zh") != error.say("en")
        return
    again = "".join(f"{u.old or NONE} {u.new or NONE} {u.ref}\n" for u in found)
    assert again.encode("utf-8", "surrogateescape").rstrip(b"\n") == lines.rstrip(b"\n")


def test_creating_moving_and_deleting_are_told_apart(bare: Repository) -> None:
    lines = f"{NONE} {NEW} refs/heads/a\n{OLD} {NEW} refs/heads/b\n{OLD} {NONE} refs/tags/c\n"
    assert updates(lines.encode(), bare) == [
        Update(None, NEW, "refs/heads/a"),
        Update(OLD, NEW, "refs/heads/b"),
        Update(OLD, None, "refs/tags/c"),
    ]
    assert updates(b"", bare) == []


def test_git_finds_what_is_in_quarantine(tmp_path: Path) -> None:
    """The variables by which git tells a hook where the objects lie reach our runs of git."""
    aside = tmp_path / "aside"
    home = repository(tmp_path / "shared.git", "--bare")
    other = repository(aside, "--bare")
    told = {"GIT_OBJECT_DIRECTORY": str(other / "objects"), "GIT_DIR": "/nowhere",
            "GIT_ALTERNATE_OBJECT_DIRECTORIES": str(home / "objects")}  # fmt: skip
    repo = receiving(home, told)
    name = repo.git("hash-object", "-w", "--stdin", stdin=b"pushed").decode().strip()
    assert (other / "objects" / name[:2] / name[2:]).exists()
    assert receiving(home, {}).run("cat-file", "-e", name).code
    assert repo.run("cat-file", "-e", name).code == 0
