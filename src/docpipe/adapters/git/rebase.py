"""My commits put onto the others': one by one, or, where that does not work, all at once.

What the others have already taken over (a request that was squashed into one commit) is found by
content and left out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from docpipe.adapters.git.committing import committed
from docpipe.adapters.git.objects import (
    Entry,
    Object,
    Sign,
    commit_bytes,
    made,
    signed,
    store,
)
from docpipe.adapters.git.people import Signature
from docpipe.adapters.git.reading import Objects, find
from docpipe.adapters.git.replaying import (
    Change,
    Clash,
    Join,
    Replay,
    changes_of,
    net_changes,
)
from docpipe.adapters.git.timeline import Commit, difference, trailers

_TRAILER = "Co-authored-by"


@dataclass(frozen=True)
class Side:
    """One side since the two parted: its last commit, and its commits, the oldest first."""

    tip: str
    commits: Sequence[Commit]


@dataclass(frozen=True)
class Rebased:
    """What became of my commits: `tip` is the last one, on top of theirs; None with `clashes`.

    `kept` of them were put there (as one commit if `joined`), `taken` had been taken over before.
    `base` is the state from which both sides began, "" for none; `onto` is theirs.
    """

    tip: str | None
    base: str
    kept: int = 0
    taken: int = 0
    joined: bool = False
    clashes: tuple[Clash, ...] = ()
    onto: str = ""


@dataclass(frozen=True)
class _New:
    """A commit to be written."""

    tree: str
    author: Signature
    words: str


class Rebaser:
    """Puts commits onto others. `by` commits them; their authors stay who they are.

    `join` joins the contents of a file that both sides changed; `sign` signs, else git does it
    where `commit.gpgsign` says so.
    """

    def __init__(
        self, reader: Objects, join: Join, by: Signature, sign: Sign | None = None
    ) -> None:
        self._reader, self._join, self._by, self._sign = reader, join, by, sign
        self.repo = reader.repo

    def weave(
        self, base: str, mine: Side, theirs: Side, choices: Mapping[str, str] | None = None
    ) -> Rebased:
        """Put `mine` onto `theirs`; both began at the commit `base` ("": they have none in common).

        Commits are stored, nothing else is written. `choices` say per file whose counts where both
        changed the same. Raises DocpipeError where objects cannot be read, written or signed.
        """
        taken = self._taken(base, mine.commits, theirs.commits)
        rest = mine.commits[taken:]
        base = mine.commits[taken - 1].id if taken else base
        if not choices and all(len(commit.parents) < 2 for commit in rest):
            written = self._one_by_one(rest, theirs.tip)
            if written is not None:
                tip, kept = written
                return Rebased(tip, base, kept, len(mine.commits) - kept)
        return self._at_once(base, mine, rest, theirs, choices or {})

    def _one_by_one(self, commits: Sequence[Commit], onto: str) -> tuple[str, int] | None:
        """The last commit and how many are left; None where one does not fit."""
        replay = Replay(self._reader, self._reader.root(onto), self._join)
        before = replay.tree()[0]
        new, objects = [], list[Object]()
        for commit in commits:
            if replay.put(changes_of(commit)):
                return None
            tree, fresh = replay.tree()
            objects += fresh
            if tree != before:
                new.append(_New(tree, commit.author, commit.message))
            before = tree
        return self._written(new, objects, onto), len(new)

    def _at_once(
        self, base: str, mine: Side, rest: Sequence[Commit], theirs: Side,
        choices: Mapping[str, str],
    ) -> Rebased:  # fmt: skip
        """What all commits together changed, as one commit."""
        replay = Replay(self._reader, self._reader.root(theirs.tip), self._join)
        clashes = replay.put(self._net(base, mine.tip), choices)
        if clashes:
            return Rebased(None, base, clashes=tuple(clashes), onto=theirs.tip)
        tree, objects = replay.tree()
        if tree == self._reader.root(theirs.tip):
            return Rebased(theirs.tip, base, taken=len(mine.commits))
        joined = _New(tree, rest[-1].author, _joined(rest))
        tip = self._written([joined], objects, theirs.tip)
        return Rebased(tip, base, len(rest), len(mine.commits) - len(rest), len(rest) > 1)

    def _net(self, base: str, tip: str) -> list[Change]:
        return net_changes(difference(self.repo, base, tip, renames=False))

    def _taken(self, base: str, mine: Sequence[Commit], theirs: Sequence[Commit]) -> int:
        """How many of my first commits the others once had, in every file that these changed."""
        states = _states(mine)
        if not states:
            return 0
        touched = states[-1].keys()
        root = self._reader.root(base) if base else ""
        there = {path: find(self._reader, root, path) if root else None for path in touched}
        found = 0
        for commit in theirs:
            hit = [change for change in changes_of(commit) if change.path in touched]
            there |= {change.path: change.new for change in hit}
            if hit:
                found = max([found, *_equal(states, there, {change.path for change in hit})])
        return found

    def _written(self, new: Sequence[_New], objects: Sequence[Object], onto: str) -> str:
        """Store the commits, each on the one before; the last."""
        repo, tip = self.repo, onto
        done = repo.run("config", "--type=bool", "--get", "commit.gpgsign").out.strip()
        if self._sign is None and done == b"true":
            store(repo, objects)
            for each in new:
                tip = committed(repo, each.tree, tip, self._by, each.words, each.author)
            return tip
        commits = []
        for each in new:
            content = commit_bytes(each.tree, [tip], each.author, self._by, each.words)
            if self._sign is not None:
                content = signed(content, self._sign(content), repo.digest)
            commits.append(made(repo.digest, "commit", content))
            tip = commits[-1].id
        if commits:
            store(repo, [*objects, *commits])
        return tip


def _states(commits: Sequence[Commit]) -> list[dict[str, Entry | None]]:
    """After each commit: every file that it or one before it changed. None past a merge."""
    states: list[dict[str, Entry | None]] = []
    for commit in commits:
        if len(commit.parents) > 1:
            break
        before = states[-1] if states else {}
        states.append({**before, **{change.path: change.new for change in changes_of(commit)}})
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


def _joined(commits: Sequence[Commit]) -> str:
    """One message of several: the first one's subject, all messages, all trailers, the co-authors.

    Of one commit it is that commit's.
    """
    if len(commits) == 1:
        return commits[0].message
    bodies, lines = [], dict[str, None]()
    for commit in commits:
        tail = trailers(commit.message)
        text = commit.message.rstrip("\n").rpartition("\n\n")[0] if tail else commit.message
        bodies.append(text.strip())
        lines |= {f"{key}: {value}": None for key, values in tail.items() for value in values}
    last = commits[-1].author
    others = {
        (c.author.name, c.author.email): None for c in commits if c.author.email != last.email
    }
    lines |= {f"{_TRAILER}: {name} <{email}>": None for name, email in others}
    subject = bodies[0].partition("\n")[0]
    parts = [subject, "\n\n".join(dict.fromkeys(bodies)), "\n".join(lines)]
    if len(set(bodies)) == 1:
        parts[:2] = bodies[:1]
    return "\n\n".join(part for part in parts if part) + "\n"
