"""The history of a branch as a whole: which commits, who follows whom, and what they touch."""

from collections.abc import Iterable, Mapping, Sequence

from docpipe.adapters.git.objects import Entry
from docpipe.adapters.git.repository import Repository

Ancestry = Mapping[str, tuple[str, ...]]
"""The commits of a branch with their parents, the oldest first, each after its parents."""

_OLDEST_FIRST = "--topo-order", "--reverse"


def listed(
    repo: Repository, tips: Iterable[str], *options: str, known: Iterable[str | None] = ()
) -> list[str]:
    """What `git rev-list` says of the commits (whole names) of `tips` that none of `known` holds.

    A line each, newest first unless `options` say otherwise.
    """
    lines = [*(f"{tip}\n" for tip in tips), *(f"^{each}\n" for each in known if each)]
    out = repo.git("rev-list", *options, "--stdin", stdin="".join(lines).encode("ascii"))
    return out.decode("ascii").splitlines()


def ancestry(repo: Repository, tip: str) -> Ancestry:
    """All commits that `tip` holds, and itself."""
    rows = (line.split() for line in listed(repo, [tip], *_OLDEST_FIRST, "--parents"))
    return {name: tuple(parents) for name, *parents in rows}


def reachable(repo: Repository, tip: str, known: Sequence[str] = ()) -> list[str]:
    """The commits up to `tip` that none of `known` holds, the oldest first."""
    return listed(repo, [tip], *_OLDEST_FIRST, known=known)


def first_parents(repo: Repository, tip: str) -> list[str]:
    """The commits on the line of first parents up to `tip`, the newest first."""
    return listed(repo, [tip], "--first-parent")


def latest(repo: Repository, tip: str) -> int:
    """The latest moment of the commits on the line of first parents up to `tip`, in seconds."""
    rows = listed(repo, [tip], "--first-parent", "--timestamp")
    return max(int(row.partition(" ")[0]) for row in rows)


def count(repo: Repository, tip: str, known: str | None) -> int:
    """How many commits `tip` has that `known` does not hold."""
    return int(listed(repo, [tip], "--count", known=[known])[0])


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
