"""Which commit of main is an earlier one than another, on its line and beside it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from docpipe.adapters.git import Objects, open_repository
from docpipe.trust.invariants.basis import Basis
from tests.adapters.git.kit import git, repository


def _committed(repo: Path, *words: str) -> str:
    git(repo, *words)
    return git(repo, "rev-parse", "HEAD")


@pytest.fixture
def commits(tmp_path: Path) -> dict[str, str]:
    """A line "first", "second", "joined"; "side" comes from the first, and was joined."""
    repo = repository(tmp_path / "r")
    empty = ("commit", "--quiet", "--allow-empty", "-m")
    found = {"first": _committed(repo, *empty, "a")}
    git(repo, "switch", "--quiet", "--create", "work")
    found["side"] = _committed(repo, *empty, "b")
    git(repo, "switch", "--quiet", "main")
    found["second"] = _committed(repo, *empty, "c")
    found["joined"] = _committed(repo, "merge", "--quiet", "--no-ff", "-m", "d", "work")
    git(repo, "switch", "--quiet", "--create", "other")
    found["stray"] = _committed(repo, *empty, "e")
    return found


@pytest.mark.parametrize(
    ("now", "before", "back"),
    [
        ("first", "joined", True), ("joined", "first", False), ("second", "second", False),
        ("first", "side", True), ("joined", "side", False), ("side", "side", False),
        ("side", "first", False), ("side", "second", True), ("first", "stray", False),
    ],
)  # fmt: skip
def test_main_goes_back_from_what_a_commit_does_not_hold(
    now: str, before: str, back: bool, commits: dict[str, str], tmp_path: Path
) -> None:
    repo = open_repository(tmp_path / "r")
    with Objects(repo) as reader:
        basis = Basis.at(repo, reader, commits["joined"], datetime.now(UTC))
        assert basis.goes_back(commits[now], commits[before]) is back
        assert basis.has(commits["side"]) and not basis.has(commits["stray"])
