"""Where signatures are asked for on `main`: told by what follows what; dates play no part.

A commit of main's line of first parents raises the demand where its company.yaml asks for
signatures. All that descend from it hold it, until a commit of that line *lifts* it: an admin's,
signed. A commit beside the line raises it only where it could have done so on a line of its own,
as an admin's that is signed: so whoever lets the line go past the real main escapes nothing.

What holds the demand has to be signed, and all that comes to main by a commit whose first parent
holds it: also a branch that was begun before.
"""

from collections.abc import Callable, Mapping, Sequence

from docpipe.adapters.git import Ancestry
from docpipe.diagnostics import Value

Commits = frozenset[str]


class Demand(Value):
    """Which commits have to be signed (`asked`), and at which the demand stands (`held`).

    `dropped` are commits of the line that meet the demand of another parent than the first and
    leave it off without lifting it. With `ever` it was raised at some time.
    """

    asked: Commits = frozenset()
    held: Commits = frozenset()
    dropped: Commits = frozenset()

    @property
    def ever(self) -> bool:
        """Whether signatures were asked for at any time."""
        return bool(self.asked)


class Asking(Value):
    """What a commit says of signing: whether its company.yaml asks, whether it may change that.

    `raises` is asked of commits beside the line, `lifts` of those on it, with the parents that
    hold the demand.
    """

    asks: Callable[[str], bool]
    raises: Callable[[str], bool]
    lifts: Callable[[str, Sequence[str]], bool]


def demand(ancestry: Ancestry, line: Sequence[str], asking: Asking) -> Demand:
    """Where signatures are asked for; `line` is the way along first parents, the newest first."""
    held, dropped = _standing(ancestry, frozenset(line), asking)
    asked = set(held)
    seen: set[str] = set()
    for commit in reversed(line):  # the oldest first: what an older one brought, it brought
        came = _came(ancestry, commit, seen)
        if held.intersection(ancestry[commit][:1]):
            asked.update(came)
    return Demand(frozenset(asked), held, dropped)


def _standing(ancestry: Ancestry, line: Commits, asking: Asking) -> tuple[Commits, Commits]:
    """The commits that hold the demand, and those that drop it; each demand raised is a bit."""
    open_at: dict[str, int] = {}
    lifted: dict[str, int] = {}
    raised = 0
    dropped = set()
    for commit, parents in ancestry.items():
        gone = _joined(lifted, parents)
        live = _joined(open_at, parents) & ~gone
        if asking.asks(commit):
            if not live and (commit in line or asking.raises(commit)):
                live = 1 << raised
                raised += 1
        elif live and commit in line:
            holding = [parent for parent in parents if open_at.get(parent, 0) & ~gone]
            if asking.lifts(commit, holding):
                gone, live = gone | live, 0
            elif holding[0] != parents[0]:
                dropped.add(commit)
        open_at[commit], lifted[commit] = live, gone
    return frozenset(name for name, live in open_at.items() if live), frozenset(dropped)


def _joined(bits: Mapping[str, int], parents: Sequence[str]) -> int:
    found = 0
    for parent in parents:
        found |= bits.get(parent, 0)
    return found


def _came(ancestry: Ancestry, commit: str, seen: set[str]) -> list[str]:
    """What came to main by a commit of its line, and itself; `seen` is what came before."""
    found: list[str] = []
    ahead = [commit]
    while ahead:
        name = ahead.pop()
        if name not in seen and name in ancestry:
            seen.add(name)
            found.append(name)
            ahead += ancestry[name]
    return found
