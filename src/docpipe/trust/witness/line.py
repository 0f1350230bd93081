"""Along one witness's branch, checkpoint by checkpoint: what follows one that fails counts not."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from docpipe.adapters import git
from docpipe.adapters.git import Objects, SignedCommit, Update
from docpipe.diagnostics import DocpipeError, Text
from docpipe.trust.accesslog.branches_seen import MAIN
from docpipe.trust.invariants.basis import Basis
from docpipe.trust.invariants.checkpoint_line import LESS, Step
from docpipe.trust.invariants.checkpoints import CHECKPOINT, NAME, Noted
from docpipe.trust.invariants.engine import Violation, judged
from docpipe.trust.invariants.kept import IS_SHARED, KEPT, PUSHED, SHARED, Kept
from docpipe.trust.invariants.policy_before import PolicyBefore
from docpipe.trust.witness.checkpoint import Checkpoint, lacking, read, written
from docpipe.trust.witness.descent import Descent

_FORM = Text(
    "it is not what docpipe witness writes (checkpoint.txt alone, and Docpipe-Witness: 1)",
    "不是 docpipe witness 写入的内容（仅含 checkpoint.txt，并注明 Docpipe-Witness: 1）",
)
_BROKEN = Text("its checkpoint.txt is not whole", "其 checkpoint.txt 不完整")
_NEVER = datetime.min.replace(tzinfo=UTC)


class Line:
    """The checkpoints on a branch, as far as they are `good`; `signed` had to be signed and are."""

    def __init__(self, reader: Objects, branch: str, basis: Basis, person: str = "") -> None:
        self._reader, self._branch, self._basis = reader, branch, basis
        self._person, self._last, self._latest = person.strip().lower(), "", _NEVER
        self._first: tuple[Checkpoint, ...] = ()
        self.good: list[Noted] = []
        self.signed: set[str] = set()

    def begin(self, tip: str, since: datetime) -> None:
        """Take up behind a checkpoint; `since` is the latest time so far."""
        noted = self._noted(tip, self._reader.commit(tip), "")
        self._last, self._latest = tip, since
        self._first = (noted.checkpoint,) if noted.checkpoint else ()

    def along(self, commits: Sequence[str]) -> list[Violation]:
        """What does not hold of the first that is wrong; those before it are good."""
        wrong = self._first_wrong(commits)
        return self._fallen() or wrong

    def _first_wrong(self, commits: Sequence[str]) -> list[Violation]:
        for name, content in [*git.contents(self._reader, list(commits))]:  # one pipe: these first
            noted = self._noted(name, content, commits[-1])
            if found := [*judged(noted, CHECKPOINT)]:
                return found
            self._last = name
            self.good.append(noted)
            if self._basis.asks(noted.main):
                self.signed.add(name)
        return []

    def _noted(self, name: str, content: bytes, tip: str) -> Noted:
        commit = git.signed_commit(name, content, self._reader.repo.digest)
        said = _checkpoint(self._reader, commit)
        kept = said if isinstance(said, Checkpoint) else None
        if commit.committer:
            self._latest = max(self._latest, commit.committer.when)
            self._person = self._person or commit.committer.email.lower()
        newest = self._basis.push is not None and name == tip
        return Noted(
            self._branch, commit, kept.tips.get(MAIN, "") if kept else "", self._last,
            self._latest, newest, self._basis,
            self._person, kept, None if isinstance(said, Checkpoint) else said,
        )  # fmt: skip

    def _fallen(self) -> list[Violation]:
        """Of the first that has less than the one before it; the good ones end before it."""
        line = [*self._first, *(each.checkpoint for each in self.good if each.checkpoint)]
        descent = Descent(self._reader.repo, line)
        wrong: list[Violation] = []
        keep = len(self.good)
        for back in range(1, len(line)):  # the newest first: their lines hold those of the others
            before, after = line[-back - 1], line[-back]
            step = Step(self._branch, self.good[-back].commit.id, before, after, descent)
            if found := [*judged(step, LESS)]:
                wrong, keep = found, len(self.good) - back
        del self.good[keep:]
        return wrong


def pushed(before: PolicyBefore, update: Update) -> Iterator[Violation]:
    """What does not hold of what a push does to a witness's branch.

    A job with a new clone each time relies on the last checkpoint there. Raises DocpipeError for
    objects that are missing.
    """
    repo, branch, old, new = before.repo, update.branch, update.old, update.new
    kept = Kept(repo, branch, new, old, PUSHED, IS_SHARED)
    found = [*(judged(branch, NAME) if new else ()), *judged(kept, KEPT)]
    if new is not None and not found:
        line = Line(before.reader, branch, Basis.of_push(before))
        if old:
            line.begin(old, datetime.fromtimestamp(git.latest(repo, old), UTC))
        found = line.along(git.stretch(repo, [new], [old] if old else []))
        if not found and line.good and (last := line.good[-1].checkpoint):
            now = {name: tips.head for name, tips in git.known_branches(repo, None).items()}
            there = {name: tip for name, tip in now.items() if tip}
            found = [*lacking(repo, last, there, SHARED)]
    yield from found


def _checkpoint(reader: Objects, commit: SignedCommit) -> Checkpoint | Text:
    text = git.checkpoint_in(reader, commit)
    if text is None:
        return _FORM
    try:
        found = read(text, commit.id[:12])
    except DocpipeError:
        return _BROKEN
    same = commit.committer is not None and found.when == commit.committer.when
    return found if same and written(found.tips, found.when) == text else _BROKEN
