"""All that must hold of `records`, commit by commit: the same for verify and for the hook."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime

from docpipe.adapters import git
from docpipe.adapters.git import Commit, Objects, Repository
from docpipe.diagnostics import DocpipeError, Text
from docpipe.trust.formats.issued import record_at
from docpipe.trust.formats.places import RECORD, place_of
from docpipe.trust.invariants import (
    approvals,
    approvals_named,
    documents,
    lineage,
    numbers,
    record_form,
    remaking,
    vouching,
)
from docpipe.trust.invariants.addition import Addition, Before
from docpipe.trust.invariants.engine import ASK, Broken, Violation, Words, broken, invariant
from docpipe.trust.invariants.signatures import SIGNATURES
from docpipe.trust.judging.policy import Policies
from docpipe.trust.recording import main_of
from docpipe.trust.records_so_far import RecordsSoFar
from docpipe.trust.reprinter import Reprinter

LINE = (
    lineage.GROUPS[0], vouching.GROUPS[0], vouching.GROUPS[1], lineage.GROUPS[1], SIGNATURES,
)  # fmt: skip
"""What is looked at of every commit, the gravest first."""

CONTENTS = (
    (*numbers.TURN, *documents.TURN, *approvals.TURN, *lineage.CONTENTS[0]),
    lineage.CONTENTS[1],
    (
        *vouching.CONTENTS[0],
        *numbers.CONTENTS,
        *documents.CONTENTS,
        *approvals.CONTENTS,
        *remaking.CONTENTS,
    ),
    (*approvals_named.NAMED, *remaking.MADE_AGAIN),
    record_form.FORM,
)
"""What is looked at of what a commit puts on record; after a group where something does not hold
nothing that follows from it is told."""

_LATEST, _AHEAD = 1_000, 200


@invariant(
    "damaged",
    Words(
        Text("It cannot be read whole from this clone: {why}", "无法从本克隆完整读取：{why}"),
        Text(
            "Compare with another clone (git fsck --full); bring the contents back from a sound "
            "one",
            "请与其他克隆核对（git fsck --full），并从完好的克隆取回内容",
        ),
        ASK,
    ),
)
def everything_can_be_read(error: tuple[str, DocpipeError]) -> Iterator[Broken]:
    """Every object on record is there, and its content is the one that its name says.

    ---
    记录中的每个对象都在，且内容与其名称相符。
    """
    path, why = error
    yield broken(path, why=why.text)


class RecordsJudge:
    """Goes along `records`: `begin` tells what was there before the first commit that is judged."""

    def __init__(
        self, repo: Repository, reader: Objects, policies: Policies, now: datetime
    ) -> None:  # fmt: skip
        self._repo, self._reader, self._policies, self._now = repo, reader, policies, now
        self.reprinter = Reprinter(repo, reader)
        self._dates: list[datetime] = []
        self._main, self._engines = "", dict[str, str]()
        self._first = True
        self.source = RecordsSoFar(reader, "")

    def begin(self, tip: str) -> None:
        """Go on from the records up to `tip`, which were judged before."""
        before = git.history(self._repo, tip, renames=False, joined=False, limit=_LATEST)
        self._dates = [commit.committer.when for commit in reversed(before)]
        self._main, self._first = main_of(before[0]), False
        self.source = RecordsSoFar(self._reader, self._reader.root(tip))
        self._engines = self._last_engines(before)
        if not self._engines and len(before) == _LATEST:  # the last document is long ago
            every = git.history(self._repo, tip, "orders", renames=False, joined=False)
            self._engines = self._last_engines(every)

    def _last_engines(self, before: Sequence[Commit]) -> dict[str, str]:
        """Those of the last document that these commits issue, given the newest first."""
        for commit in before:
            for place in (place_of(change.path) for change in commit.changes):
                if place and place.sort == RECORD:
                    try:
                        return dict(record_at(self.source, place).engines)
                    except DocpipeError:  # as `_after`: it tells of none
                        continue
        return {}

    def judge(
        self, commits: Sequence[Commit], wanted: Callable[[Commit], bool] = lambda commit: True,
        *, all_told: bool = False,
    ) -> Iterator[tuple[Addition, list[Violation]]]:  # fmt: skip
        """Each commit, oldest first, with what does not hold of it.

        Of those not `wanted` only how they came. With `all_told` a grave violation does not keep
        others from being told. Raises DocpipeError for objects of commits that are missing.
        """
        for start in range(0, len(commits), _AHEAD):
            some = commits[start : start + _AHEAD]
            signed = list(git.signed_commits(self._reader, [commit.id for commit in some]))
            changes = [c for commit in some if wanted(commit) for c in commit.changes]
            self._reader.forget()
            self.reprinter.spare()
            self._reader.prefetch(change.new.id for change in changes if change.new)
            for commit, seal in zip(some, signed, strict=True):
                addition = self._addition(commit, seal)
                found = self._judged(addition, LINE, all_told=all_told)
                if wanted(commit) and (all_told or not found):
                    found += self._judged(addition, CONTENTS)
                yield addition, found
                self._after(addition)

    def _addition(self, commit: Commit, signed: git.SignedCommit) -> Addition:
        folders = {change.path.rpartition("/")[0] for change in commit.changes}
        last: Mapping[str, int] = {folder: self.source.last(folder) for folder in folders}
        latest = max(self._dates, default=None)
        before = Before(latest, self._main, self._engines, last, self._first)
        self.source.add(change for change in commit.changes if change.status == "A")
        return Addition(
            commit, signed, before, self.source, self._policies, self.reprinter, self._now
        )  # fmt: skip

    def _judged(
        self, addition: Addition, groups: Sequence[Sequence[object]], *, all_told: bool = False
    ) -> list[Violation]:
        found: list[Violation] = []
        for group in groups:
            try:
                for each in group:
                    found += each(addition)  # type: ignore[operator]
            except DocpipeError as error:
                found += everything_can_be_read((_damaged(addition, error), error))
            if found and not all_told:
                break
        return found

    def outcomes(self, addition: Addition) -> Mapping[str, remaking.Outcome]:
        """How the documents of an addition compare, by their records; none that cannot be read."""
        try:
            return {each.record.path: each.outcome for each in remaking.compared(addition)}
        except DocpipeError:  # told already
            return {}

    def _after(self, addition: Addition) -> None:
        commit = addition.commit
        self._dates = [*self._dates[-_LATEST + 1 :], commit.committer.when]
        self._main, self._first = addition.main or self._main, False
        for issued in addition.issued:
            self._engines = dict(issued.engines)


def _damaged(addition: Addition, error: DocpipeError) -> str:
    """The path of the object that an error names; the first of the commit's for another."""
    paths = {change.new.id: change.path for change in addition.commit.changes if change.new}
    return paths.get(str(error.params.get("id")), min(addition.added, default=""))
