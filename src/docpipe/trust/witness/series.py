"""Checkpoints one after the other: what makes a commit one, and that none leaves anything out."""

from collections.abc import Iterator, Sequence

from docpipe.adapters import git
from docpipe.adapters.git import Objects, Repository, Signature, SignedCommit
from docpipe.diagnostics import DocpipeError, Text, Value
from docpipe.trust.accesslog import faults
from docpipe.trust.accesslog.descent import MAIN, holds
from docpipe.trust.accesslog.faults import filled
from docpipe.trust.judging.company import asks_for_signatures, company_in
from docpipe.trust.witness import checkpoint
from docpipe.trust.witness.checkpoint import Checkpoint
from docpipe.workspace.workspace import MARKER

_FEW = 8  # pairs that git is asked for one by one
_FORM = Text(
    "it is not what docpipe witness writes (checkpoint.txt alone, and Docpipe-Witness: 1)",
    "不是 docpipe witness 写入的内容（仅含 checkpoint.txt，并注明 Docpipe-Witness: 1）",
)
_BROKEN = Text("its checkpoint.txt is not whole", "其 checkpoint.txt 不完整")
_NAMES = Text(
    "its author is {author}, and its committer {who}", "作者写作 {author}，提交者却是 {who}"
)
_PERSON = Text(
    "it is by {who}, and the checkpoints of this witness are by {person}",
    "由 {who} 写入，而此见证的检查点均出自 {person}",
)
_LEFT_OUT = Text(
    "it leaves out {gone}, which the checkpoint before it names",
    "其中没有 {gone}，而前一个检查点列有该分支",
)
_BACK = Text(
    "it has {gone} at {tip}, which does not go on from {known} in the checkpoint before it",
    "其中 {gone} 为 {tip}，并非接在前一个检查点的 {known} 之后",
)


class Given(Value):
    """A checkpoint, and the commit that it is."""

    commit: SignedCommit
    checkpoint: Checkpoint

    @property
    def person(self) -> str:
        """The e-mail of who made it."""
        return email_of(self.commit.committer)


def email_of(by: Signature | None) -> str:
    """Somebody's e-mail as it is compared; "" for nobody."""
    return by.email.strip().lower() if by else ""


def given(reader: Objects, commits: Sequence[str]) -> Iterator[tuple[SignedCommit, Given | Text]]:
    """Each commit with the checkpoint that it is, or why it is none.

    Raises DocpipeError for objects that are missing or damaged.
    """
    for name, content in [*git.contents(reader, list(commits))]:  # one pipe: these first
        commit = git.signed_commit(name, content, reader.repo.digest)
        found = _checkpoint(reader, commit, content)
        yield commit, Given(commit, found) if isinstance(found, Checkpoint) else found


def _checkpoint(reader: Objects, commit: SignedCommit, content: bytes) -> Checkpoint | Text:
    if len(commit.parents) > 1:
        return faults.MERGE
    if commit.author is None or commit.committer is None:
        return faults.NOBODY
    text = git.checkpoint_in(reader, content)
    if text is None:
        return _FORM
    try:
        return checkpoint.read(text, commit.id[:12])
    except DocpipeError:
        return _BROKEN


def foreign(commit: SignedCommit, person: str) -> Text | None:
    """That a checkpoint is not by the person (e-mail) who made the others; None if it is."""
    author, committer = commit.author, commit.committer
    if email_of(author) != email_of(committer):
        return filled(_NAMES, author=_shown(author), who=_shown(committer))
    if email_of(committer) != person:
        return filled(_PERSON, who=_shown(committer), person=person)
    return None


def _shown(by: Signature | None) -> str:
    return f"{by.name} <{by.email}>" if by else "?"


class Asks:
    """Tells whether a checkpoint has to be signed: the main that it names says so, and no clock.

    Main goes on from one checkpoint to the next, so nobody gets around it by naming an older one.
    """

    def __init__(self, reader: Objects, main: str | None) -> None:
        self._reader, self._main = reader, main
        self._tips: dict[str, bool] = {}
        self._files: dict[str, bool] = {}

    def __call__(self, checkpoint: Checkpoint) -> bool:
        """Where its main is not here, `main` tells. Raises DocpipeError for files missing here."""
        named = checkpoint.tips.get(MAIN)
        if named is None:
            return False
        if named not in self._tips:
            here = git.kinds(self._reader.repo, [named])[named] == "commit"
            self._tips[named] = self._at(named if here else self._main)
        return self._tips[named]

    def _at(self, main: str | None) -> bool:
        root = self._reader.root(main) if main else ""
        source = git.CommitSource(self._reader, root, self._reader.repo.prefix)
        entry = source.entry(MARKER)
        name = entry.id if entry else ""
        if name not in self._files:
            self._files[name] = asks_for_signatures(company_in(source))
        return self._files[name]


class Descent:
    """Tells whether a checkpoint goes on from the one before it; the newest are asked for first."""

    def __init__(self, repo: Repository, checkpoints: Sequence[Checkpoint]) -> None:
        self._repo = repo
        names = {tip for each in checkpoints for tip in each.tips.values()}
        self._here = {name for name, kind in git.kinds(repo, names).items() if kind == "commit"}
        self._many = len(checkpoints) > _FEW
        self._places: dict[str, dict[str, int]] = {}

    def fallen(self, before: Checkpoint, after: Checkpoint) -> Text | None:
        """What the later one has less than the earlier one; None where it has all of it."""
        for branch, known in before.tips.items():
            tip = after.tips.get(branch)
            if tip is None:
                return filled(_LEFT_OUT, gone=branch)
            if not self._goes_on(branch, tip, known):
                return filled(_BACK, gone=branch, tip=tip[:12], known=known[:12])
        return None

    def _goes_on(self, branch: str, tip: str, known: str) -> bool:
        """Whether `tip` holds `known`. Of a tip that is not here, the branch as it is will tell."""
        if tip == known or tip not in self._here:
            return True
        if self._many:  # its whole line at once, from the newest that is asked for
            if branch not in self._places:
                line = git.stretch(self._repo, [tip])
                self._places[branch] = {name: place for place, name in enumerate(line)}
            places = self._places[branch]
            if tip in places and known in places:
                return places[known] <= places[tip]
        return holds(self._repo, tip, known)
