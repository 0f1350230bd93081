"""Along one chain of the access log, entry by entry: each is held against what came before it."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from docpipe.adapters import git
from docpipe.adapters.git import Objects, SignedCommit, Update
from docpipe.diagnostics import Value
from docpipe.trust.accesslog import entries
from docpipe.trust.accesslog.entries import Entry
from docpipe.trust.invariants.basis import Basis
from docpipe.trust.invariants.engine import Violation, judged
from docpipe.trust.invariants.entries import ENTRY, FORM, NAME
from docpipe.trust.invariants.entry_form import Placed
from docpipe.trust.invariants.kept import IS_SHARED, KEPT, PUSHED, Kept
from docpipe.trust.invariants.policy_before import PolicyBefore

_AHEAD = 1_000  # entries that are in memory at once
_NEVER = datetime.min.replace(tzinfo=UTC)


class Mark(Value):
    """How far a chain was verified before: its tip then, and its entry with the latest time."""

    tip: str
    late: str


class Checked(Value):
    """A chain verified up to a tip. `entries` were looked at now, `signed` of them are signed."""

    tip: str
    mark: Mark
    entries: int
    signed: int
    faults: tuple[Violation, ...]


def check_chain(
    reader: Objects, branch: str, tip: str, mark: Mark | None, basis: Basis
) -> Checked:  # fmt: skip
    """Verify what a chain has beyond `mark`; all of it without one, or if it does not go on there.

    Raises DocpipeError for objects that are missing or damaged.
    """
    if named := tuple(judged(branch, NAME)):
        return Checked(tip, Mark(tip, tip), 0, 0, named)
    repo = git.plainly(reader.repo)
    commits = git.stretch(repo, [tip], [mark.tip] if mark else [])
    if mark and commits and reader.parents(commits[0])[:1] != [mark.tip]:
        mark, commits = None, git.stretch(repo, [tip])
    walk = _Walk(reader, branch, basis)
    if mark:
        walk.begin(mark.tip, mark.late)
    found = tuple(walk.along(commits))
    return Checked(tip, Mark(tip, walk.late), walk.count, walk.signed, found)


def pushed(before: PolicyBefore, update: Update) -> Iterator[Violation]:
    """What does not hold of what a push does to a branch of the access log.

    Raises DocpipeError for objects that are missing.
    """
    branch, old, new = update.branch, update.old, update.new
    kept = Kept(before.repo, branch, new, old, PUSHED, IS_SHARED)
    found = [*(judged(branch, NAME) if new else ()), *judged(kept, KEPT)]
    if found or new is None:
        yield from found
        return
    walk = _Walk(before.reader, branch, Basis.of_push(before))
    if old:
        walk.begin(old, since=datetime.fromtimestamp(git.latest(before.repo, old), UTC))
    new_ones = git.stretch(before.repo, [new], [old] if old else [])
    yield from (each for each in walk.along(new_ones) if not each.remark)


class _Walk:
    """Goes along a chain from its beginning, or from where it was verified before."""

    def __init__(self, reader: Objects, branch: str, basis: Basis) -> None:
        self._reader, self._branch, self._basis = reader, branch, basis
        self._person = (git.parted(branch) or ("", ""))[0]
        self._last = self._under = self.late = ""
        self._number = self.count = self.signed = 0
        self._latest = _NEVER

    def begin(self, tip: str, late: str = "", since: datetime | None = None) -> None:
        """Take up behind an entry, where the latest so far is known, or its moment."""
        content = self._reader.commit(tip)
        self._number, self._under = git.place_of(content) or (0, "")
        self._last, self.late = tip, late or tip
        self._latest = since or self._when(self._reader.commit(self.late))

    def along(self, commits: Sequence[str]) -> Iterator[Violation]:
        """What does not hold, in order. What is no entry ends the walk: the rest says nothing."""
        tip = commits[-1] if commits else ""
        for name, content in _read(self._reader, commits):
            self.count += 1
            placed = self._placed(git.signed_commit(name, content, self._reader.repo.digest), tip)
            if found := [*judged(placed, FORM)]:
                yield from found
                return
            yield from judged(placed, ENTRY)
            self._last, self._under = name, placed.main
            self._number = placed.entry.sequence if placed.entry else 0
            self.signed += bool(placed.commit.signature)

    def _placed(self, commit: SignedCommit, tip: str) -> Placed:
        said = entries.read(commit, self._branch, self._reader.repo.digest)
        entry = said if isinstance(said, Entry) else None
        if entry and entry.when > self._latest:
            self._latest, self.late = entry.when, commit.id
        last, unknown = self._last, False
        if not last and len(commit.parents) == 1 and self._reader.repo.shallow:
            last, unknown = commit.parents[0], True
        return Placed(
            self._branch, commit, entry.main if entry else "", last, self._latest,
            self._basis.push is not None and commit.id == tip, self._basis,
            self._person, entry, None if isinstance(said, Entry) else said,
            self._number, self._under, unknown,
        )  # fmt: skip

    def _when(self, content: bytes) -> datetime:
        by = git.signed_commit("", content, self._reader.repo.digest).committer
        return by.when if by else _NEVER


def _read(reader: Objects, commits: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """Each commit with its content; between two of them other objects can be read, too."""
    for start in range(0, len(commits), _AHEAD):
        names = list(commits[start : start + _AHEAD])
        yield from [*git.contents(reader, names)]
