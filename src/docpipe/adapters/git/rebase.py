"""My commits put onto the others': one by one, or, where that does not work, all at once."""

from collections.abc import Collection, Mapping, Sequence
from itertools import takewhile

from docpipe.adapters.git.already_merged import taken_over
from docpipe.adapters.git.author import Signature
from docpipe.adapters.git.commit import committed
from docpipe.adapters.git.config import is_on
from docpipe.adapters.git.git_errors import Refusal
from docpipe.adapters.git.log import Changed, Commit, difference, history
from docpipe.adapters.git.object_reader import Objects
from docpipe.adapters.git.objects import Object, commit_bytes, made, signed, store
from docpipe.adapters.git.replay import Clash, Join, Replay
from docpipe.adapters.git.signing import PLAIN, Signing
from docpipe.adapters.git.squash import squashed
from docpipe.diagnostics import Text, Value

_TANGLED = Text(
    "A file that is to stay saved stands where one is that is to be taken back",
    "要保留的文件与要撤回的文件位置相互冲突",
)
_ALL = Text(
    "Nothing was changed. Take back both, or everything: docpipe undo --all",
    "没有任何改动。请一并撤回，或全部撤回：docpipe undo --all",
)


class Side(Value):
    """One side since the two parted: its last commit, and its commits, the oldest first."""

    tip: str
    commits: Sequence[Commit]


class Rebased(Value):
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


class _New(Value):
    """A commit to be written."""

    tree: str
    author: Signature
    words: str


class Rebaser:
    """Puts commits onto others. `by` commits them; their authors stay who they are.

    `join` joins the contents of a file that both sides changed.
    """

    def __init__(
        self, reader: Objects, join: Join, by: Signature, signing: Signing = PLAIN
    ) -> None:
        self._reader, self._join, self._by, self._signing = reader, join, by, signing
        self.repo = reader.repo

    def fits(self, onto: str, commits: Sequence[Commit]) -> bool:
        """Whether my commits, which hold `onto`, may be published as they are.

        They are signed as they have to be, and `onto` is on their main line: who merged it into
        their own (`git pull`) has put it aside.
        """
        mine = {commit.id: commit for commit in commits}
        at = commits[-1].id if commits else onto
        while at in mine:
            at = "".join(mine[at].parents[:1])
        return at == onto and self._signing.fits(onto, commits)

    def without(
        self, commits: Sequence[Commit], base: str, paths: Collection[str]
    ) -> tuple[str, int]:
        """My commits on top of `base`, in a line, none of which changes `paths`: the last, and how
        many are left.

        Those before the first that does stay the same. Raises DocpipeError where a file that is to
        stay cannot without one that is not.
        """
        same = [*takewhile(lambda c: not any(each.path in paths for each in c.changes), commits)]
        onto = same[-1].id if same else base
        written = self._one_by_one(commits[len(same) :], onto, without=paths)
        if written is None:
            raise Refusal(_TANGLED, _ALL)
        tip, kept = written
        return tip, len(same) + kept

    def in_a_line(self, base: str, mine: Side) -> Side:
        """The same commits without merges on top of `base`, which they hold; each file stays."""
        if all(len(commit.parents) < 2 for commit in mine.commits):
            return mine
        tip = self.weave(base, mine, Side(base, ())).tip
        assert tip is not None  # nobody else changed anything
        found = history(self.repo, tip, known=base, renames=False)
        return Side(tip, tuple(reversed(found)))

    def weave(
        self, base: str, mine: Side, theirs: Side, choices: Mapping[str, str] | None = None
    ) -> Rebased:
        """Put `mine` onto `theirs`; both began at the commit `base` ("": they have none in common).

        Commits are stored, nothing else is written. `choices` say per file whose counts where both
        changed the same. Raises DocpipeError where objects cannot be read, written or signed.
        """
        taken = taken_over(self._reader, base, mine.commits, theirs.commits)
        rest = mine.commits[taken:]
        base = mine.commits[taken - 1].id if taken else base
        if not choices:
            written = self._one_by_one(rest, theirs.tip)
            if written is not None and self._is_whole(base, mine.tip, rest, theirs.tip, written[0]):
                tip, kept = written
                return Rebased(tip, base, kept, len(mine.commits) - kept)
        return self._at_once(base, mine, rest, theirs, choices or {})

    def _is_whole(
        self, base: str, mine: str, commits: Sequence[Commit], onto: str, tip: str
    ) -> bool:
        """Whether nothing is lost that a merge among the commits decided by itself."""
        if all(len(commit.parents) < 2 for commit in commits):
            return True
        replay = Replay(self._reader, self._reader.root(onto), self._join)
        return not replay.put(self._net(base, mine)) and replay.tree()[0] == self._reader.root(tip)

    def _one_by_one(
        self, commits: Sequence[Commit], onto: str, without: Collection[str] = ()
    ) -> tuple[str, int] | None:
        """The last commit and how many are left; None where one does not fit."""
        replay = Replay(self._reader, self._reader.root(onto), self._join)
        before = replay.tree()[0]
        new, objects = [], list[Object]()
        for commit in commits:
            if replay.put(each for each in commit.changes if each.path not in without):
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
        joined = _New(tree, rest[-1].author, squashed(rest))
        tip = self._written([joined], objects, theirs.tip)
        return Rebased(tip, base, len(rest), len(mine.commits) - len(rest), len(rest) > 1)

    def _net(self, base: str, tip: str) -> list[Changed]:
        return difference(self.repo, base, tip, renames=False)

    def _written(self, new: Sequence[_New], objects: Sequence[Object], onto: str) -> str:
        """Store the commits, each on the one before; the last."""
        repo, tip, sign = self.repo, onto, self._signing.on(onto) if new else None
        if sign is None and is_on(repo, "commit.gpgsign"):
            store(repo, objects)
            for each in new:
                tip = committed(repo, each.tree, tip, self._by, each.words, each.author)
            return tip
        commits = []
        for each in new:
            content = commit_bytes(each.tree, [tip], each.author, self._by, each.words)
            if sign is not None:
                content = signed(content, sign(content), repo.digest)
            commits.append(made(repo.digest, "commit", content))
            tip = commits[-1].id
        if commits:
            store(repo, [*objects, *commits])
        return tip
