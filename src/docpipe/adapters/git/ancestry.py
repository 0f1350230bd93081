"""The history of a branch as a whole: who follows whom, and which commits touch some paths."""

from collections.abc import Iterable, Mapping, Sequence

from docpipe.adapters.git.objects import Entry
from docpipe.adapters.git.repository import Repository

Ancestry = Mapping[str, tuple[str, ...]]
"""The commits of a branch with their parents, the oldest first, each after its parents."""


def ancestry(repo: Repository, tip: str) -> Ancestry:
    """All commits that `tip` holds, and itself."""
    words = ("rev-list", "--topo-order", "--reverse", "--parents", tip, "--")
    rows = (line.split() for line in repo.git(*words).decode("ascii").splitlines())
    return {name: tuple(parents) for name, *parents in rows}


def touching(
    repo: Repository, commits: Iterable[str], paths: Sequence[str]
) -> dict[str, dict[str, Entry | None]]:
    """What stands at or below `paths` in those commits that differ there from one of their parents.

    By commit and the workspace's path; None where it is gone. Git is asked once, however many they
    are.
    """
    words = ["diff-tree", "--stdin", "-m", "--root", "-r", "-z", "--raw", "--no-abbrev"]
    words += ["--no-renames", "--no-ext-diff", "--", *map(repo.inside, paths)]
    stdin = "".join(f"{name}\n" for name in commits).encode("ascii")
    parts = iter(repo.git(*words, stdin=stdin, extra=repo.unstaged).split(b"\0"))
    found: dict[str, dict[str, Entry | None]] = {}
    here: dict[str, Entry | None] = {}
    for part in parts:
        row = part.removeprefix(b"\n").decode("ascii")
        if row.startswith(":"):
            _, mode, _, new, status = row.split(" ")
            path = next(parts).decode("utf-8", "surrogateescape")
            here[repo.below(path)] = None if status == "D" else Entry(mode, new)
        elif row:
            here = found.setdefault(row, {})
    return found
