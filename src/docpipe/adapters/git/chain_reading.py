"""Reading chains: where their tips are here, and what a stretch of one holds."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from docpipe.adapters.git.ancestry import listed
from docpipe.adapters.git.chain_names import ACCESS, HEADS
from docpipe.adapters.git.chain_sharing import PUSHED
from docpipe.adapters.git.chains import SEEN
from docpipe.adapters.git.locking import writing
from docpipe.adapters.git.object_reader import Objects
from docpipe.adapters.git.refs import Step, move_all, tips_of
from docpipe.adapters.git.repository import Remote, Repository
from docpipe.diagnostics import replace


class Tips(NamedTuple):
    """What is known here of a branch: our own, the remote's as last fetched, the furthest seen.

    `pushed` is what the remote was seen to have of a chain of this clone's own. None: no such ref.
    """

    head: str | None
    remote: str | None
    seen: str | None
    pushed: str | None


def known_branches(
    repo: Repository, remote: Remote | None, theirs: Mapping[str, str] | None = None
) -> dict[str, Tips]:
    """`main`, `records` and all chains of the access log, by branch, as this clone knows them.

    `theirs` are the remote's tips, where they were asked for just now: what is not among them is
    there no longer, whatever this clone remembers.
    """
    there = f"refs/remotes/{remote.name}/" if remote else ""
    places = (HEADS, there, SEEN, PUSHED)
    found = tips_of(repo, *filter(None, places))
    rows: dict[str, list[str | None]] = {}
    for ref, tip in found.items():
        for number, place in enumerate(places):
            if place and ref.startswith(place) and _guarded(branch := ref.removeprefix(place)):
                rows.setdefault(branch, [None] * len(places))[number] = tip
    known = {branch: Tips(*row) for branch, row in sorted(rows.items())}
    if theirs is None:
        return known
    return {branch: tips._replace(remote=theirs.get(branch)) for branch, tips in known.items()}


def _guarded(branch: str) -> bool:
    return branch in ("main", "records") or branch.startswith(ACCESS)


def stretch(repo: Repository, tips: Iterable[str], known: Iterable[str] = ()) -> list[str]:
    """The commits of these tips that none of `known` holds, the oldest first of each chain.

    Of a merge, which no chain has, only the first parent is followed.
    """
    options = ("--first-parent", "--topo-order", "--reverse")
    return listed(replace(repo, plainly=True), tips, *options, known=known)


def contents(reader: Objects, commits: list[str]) -> Iterator[tuple[str, bytes]]:
    """Each commit with its content, many read at once. Raises DocpipeError for a missing one."""
    return zip(commits, reader.many(commits), strict=True)


def saw(repo: Repository, tips: dict[str, str]) -> None:
    """Remember these tips, by branch, as the furthest seen; the caller has held them against it."""
    with writing(repo) as held:
        found = tips_of(repo, SEEN)
        steps = [Step(SEEN + name, tip, found.get(SEEN + name)) for name, tip in tips.items()]
        move_all(held, steps, "docpipe: seen")
