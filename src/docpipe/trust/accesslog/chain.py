"""One chain of the access log, entry by entry: in line, numbered, one person's, signed."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from docpipe.adapters import git
from docpipe.adapters.git import Objects, SignedCommit
from docpipe.diagnostics import Text, Value
from docpipe.trust.accesslog import entries, faults
from docpipe.trust.accesslog.faults import Fault, fault
from docpipe.trust.judging.signatures import Flaw

BACK = timedelta(minutes=10)
"""What a clock may go back without being told: it is set by the network now and then."""

Judge = Callable[[SignedCommit], Flaw | None]
"""What is wrong with the signature of an entry; asked for one after the other in their order."""


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
    faults: tuple[Fault, ...]


def check_chain(reader: Objects, branch: str, tip: str, mark: Mark | None, judge: Judge) -> Checked:
    """Verify what a chain has beyond `mark`; all of it without one, or if it does not go on there.

    Raises DocpipeError for objects that are missing or damaged.
    """
    whose = git.parted(branch)
    if whose is None:
        return Checked(tip, Mark(tip, tip), 0, 0, (fault(faults.NAME, branch),))
    commits = git.stretch(reader.repo, [tip], [mark.tip] if mark else [])
    if mark and commits and reader.parents(commits[0])[:1] != [mark.tip]:
        mark, commits = None, git.stretch(reader.repo, [tip])
    walk = _Walk(reader, branch, whose[0], judge)
    if mark:
        walk.begin(mark)
    found = tuple(walk.faults(commits))
    return Checked(tip, Mark(tip, walk.late), walk.count, walk.signed, found)


class _Walk:
    """Goes along a chain from its beginning, or from where it was verified before."""

    def __init__(self, reader: Objects, branch: str, person: str, judge: Judge) -> None:
        self._reader, self._branch, self._person, self._judge = reader, branch, person, judge
        self._number = self.count = self.signed = 0
        self._began = False
        self._last: datetime | None = None
        self._latest: datetime | None = None
        self.late = ""

    def begin(self, mark: Mark) -> None:
        """Take up at a mark: the judge is told the latest time, by which it knows what is asked."""
        late = self._sealed(mark.late)
        self._judge(late)
        tip = self._reader.commit(mark.tip)
        self._number, self._began = git.sequence_of(tip) or 0, True
        self._last = _when(self._sealed(mark.tip))
        self._latest, self.late = _when(late), mark.late

    def faults(self, commits: list[str]) -> Iterator[Fault]:
        """What is wrong, in order. What is no entry ends the walk: the rest of it says nothing."""
        for name, content in git.contents(self._reader, commits):
            self.count += 1
            commit = git.signed_commit(name, content, self._reader.repo.digest)
            if what := self._strange(commit, content):
                yield fault(faults.NOT_ENTRY, self._branch, name, what=what)
                return
            yield from self._placed(commit, git.sequence_of(content) or 0)
            yield from self._timed(commit)
            yield from self._personal(commit)
            self.signed += bool(commit.signature)
            if flaw := self._judge(commit):
                what = Text(*(flaw.kind[1].say(lang, **flaw.params) for lang in ("en", "zh")))
                yield fault(faults.SIGNATURE, self._branch, name, what=what)

    def _strange(self, commit: SignedCommit, content: bytes) -> Text | None:
        if len(commit.parents) > 1:
            return faults.MERGE
        if git.sequence_of(content) is None:
            return faults.UNMARKED
        if not entries.is_entry(content, self._reader.repo.digest):
            return faults.FILES
        return faults.NOBODY if commit.committer is None or commit.author is None else None

    def _placed(self, commit: SignedCommit, number: int) -> Iterator[Fault]:
        """The chain is in one line already; its numbers tell what was taken out of it."""
        if not self._began and commit.parents and self._reader.repo.shallow:
            yield fault(faults.NO_BEGINNING, self._branch, commit.id, found=number)
        elif number != self._number + 1:
            yield fault(faults.GAP, self._branch, commit.id, found=number, before=self._number)
        self._began, self._number = True, number

    def _timed(self, commit: SignedCommit) -> Iterator[Fault]:
        when = _when(commit)
        if self._last and when < self._last - BACK:
            minutes = (self._last - when) // timedelta(minutes=1)
            yield fault(faults.CLOCK, self._branch, commit.id, minutes=minutes)
        if self._latest is None or when > self._latest:
            self._latest, self.late = when, commit.id
        self._last = when

    def _personal(self, commit: SignedCommit) -> Iterator[Fault]:
        for by in (commit.author, commit.committer):
            if by is not None and not entries.belongs(by, self._person):
                who = f"{by.name} <{by.email}>"
                yield fault(faults.FOREIGN, self._branch, commit.id, who=who, person=self._person)
                return

    def _sealed(self, name: str) -> SignedCommit:
        content = self._reader.commit(name)
        return git.signed_commit(name, content, self._reader.repo.digest)


def _when(commit: SignedCommit) -> datetime:
    assert commit.committer is not None
    return commit.committer.when
