"""What others have already taken over of mine: a request that was squashed into one commit, say.

It is found by content.
"""

from collections.abc import Mapping, Sequence

from docpipe.adapters.git.log import Commit
from docpipe.adapters.git.object_reader import Objects, find
from docpipe.adapters.git.objects import Entry


def taken_over(reader: Objects, base: str, mine: Sequence[Commit], theirs: Sequence[Commit]) -> int:
    """How many of my first commits the others once had, in every file that these changed."""
    states = _states(mine)
    if not states:
        return 0
    touched = states[-1].keys()
    root = reader.root(base) if base else ""
    there = {path: find(reader, root, path) if root else None for path in touched}
    found = 0
    for commit in theirs:
        hit = [change for change in commit.changes if change.path in touched]
        there |= {change.path: change.new for change in hit}
        if hit:
            found = max([found, *_equal(states, there, {change.path for change in hit})])
    return found


def _states(commits: Sequence[Commit]) -> list[dict[str, Entry | None]]:
    """After each commit: every file that it or one before it changed. None past a merge."""
    states: list[dict[str, Entry | None]] = []
    for commit in commits:
        if len(commit.parents) > 1:
            break
        before = states[-1] if states else {}
        states.append({**before, **{change.path: change.new for change in commit.changes}})
    return states


def _equal(
    states: Sequence[Mapping[str, Entry | None]], there: Mapping[str, Entry | None], hit: set[str]
) -> list[int]:
    """After how many commits all files were as they are there; at least one just came to be so."""
    return [
        number
        for number, state in enumerate(states, 1)
        if hit & state.keys() and all(there[path] == entry for path, entry in state.items())
    ]
