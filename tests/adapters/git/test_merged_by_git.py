"""Merges made again: git's own result, and nobody's settings."""

from collections.abc import Callable
from pathlib import Path

import pytest

from docpipe.adapters.git import Merge, by_git_alone
from tests.adapters.git.kit import git, opened, repository

TEXT = "".join(f"{number}\n" for number in range(1, 10))


def commit(shop: Path, branch: str, at: str, **files: str) -> str:
    """A commit on a branch of its own, with these files."""
    git(shop, "switch", "--quiet", *(["--orphan", branch] if not at else ["--create", branch, at]))
    for name, text in files.items():
        (shop / name).write_text(text, encoding="utf-8")
    git(shop, "add", "--all")
    git(shop, "commit", "--quiet", "-m", branch)
    return git(shop, "rev-parse", "HEAD")


@pytest.fixture(params=["sha1", "sha256"])
def shop(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    made = repository(tmp_path / "a shop", f"--object-format={request.param}")
    base = commit(made, "base", "", f=TEXT)
    commit(made, "top", base, f=TEXT.replace("1\n", "one\n"))
    commit(made, "end", base, f=TEXT.replace("9\n", "nine\n"))
    commit(made, "other", base, f=TEXT.replace("9\n", "NEUN\n"))
    commit(made, "alone", "", g="x\n")
    return made


def joined(shop: Path, tree: str, *parents: str) -> Merge:
    names = tuple(git(shop, "rev-parse", parent) for parent in parents)
    return Merge("-".join(parents), names, git(shop, "rev-parse", f"{tree}^{{tree}}"))


def fair(shop: Path, one: str = "top", two: str = "end") -> Merge:
    """As git joins the two."""
    git(shop, "switch", "--quiet", "--detach", one)
    git(shop, "merge", "--quiet", "--no-ff", "--no-edit", two)
    return joined(shop, "HEAD", one, two)


def alone(shop: Path, *merges: Merge) -> list[str]:
    return sorted(by_git_alone(opened(shop), merges))


def test_what_git_makes_itself_counts_and_nothing_else(shop: Path) -> None:
    good = fair(shop)
    git(shop, "rm", "-r", "--quiet", "--cached", ".")
    assert alone(
        shop,
        joined(shop, "other", "end", "other"),  # where both changed the same
        joined(shop, "top", "top", "alone"),  # nothing in common
        joined(shop, "top", "top", "end"),  # the other side left out
        joined(shop, "base", "top", "base"),  # taken back, by its own ancestor
        good._replace(id="good"),
        good._replace(id="octopus", parents=(*good.parents, good.parents[1])),
        joined(shop, "top", "top", "base")._replace(id="nothing new"),
        joined(shop, "top", "base", "top")._replace(id="fast"),
    ) == ["fast", "good", "nothing new"]
    assert alone(shop) == []


def attributes(shop: Path) -> None:
    (shop / ".git/info").mkdir(exist_ok=True)
    (shop / ".git/info/attributes").write_text("* merge=mine\n")
    git(shop, "config", "merge.mine.driver", "true")


def in_the_tree(shop: Path) -> None:
    (shop / ".gitattributes").write_text("* merge=union\n* text eol=crlf\n")


def settings(shop: Path) -> None:
    for name, value in (("merge.default", "union"), ("merge.renames", "false"),
                        ("merge.renormalize", "true"), ("core.autocrlf", "true")):  # fmt: skip
        git(shop, "config", name, value)


@pytest.mark.parametrize("how", [attributes, in_the_tree, settings])
def test_nobodys_settings_take_part(how: Callable[[Path], None], shop: Path) -> None:
    git(shop, "switch", "--quiet", "top")
    git(shop, "mv", "f", "moved")
    git(shop, "commit", "--quiet", "-m", "moved")
    good = fair(shop)
    both = git(shop, "hash-object", "-w", "--stdin", stdin=f"{TEXT[:-2]}nine\nNEUN\n".encode())
    union = git(shop, "mktree", stdin=f"100644 blob {both}\tf\n".encode())
    how(shop)
    here = {*(shop / ".git").rglob("*")}
    assert alone(shop, joined(shop, union, "end", "other"), good) == [good.id]
    assert {*(shop / ".git").rglob("*")} == here


def test_many_at_once(shop: Path) -> None:
    good, bad = fair(shop), joined(shop, "other", "end", "other")
    many = [(good if n % 7 else bad)._replace(id=str(n)) for n in range(450)]
    assert set(alone(shop, *many)) == {str(n) for n in range(450) if n % 7}
