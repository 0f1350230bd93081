"""What a witness remembers: the checkpoints on its own branch, as far as they are its own."""

from collections.abc import Callable, Sequence
from datetime import datetime

from docpipe.adapters import git
from docpipe.adapters.git import Objects, Repository, SignedCommit
from docpipe.diagnostics import Text, Value
from docpipe.trust.accesslog import faults
from docpipe.trust.accesslog.faults import Fault, fault, filled
from docpipe.trust.accesslog.judging import Rules
from docpipe.trust.judging import signatures
from docpipe.trust.witness import series
from docpipe.trust.witness.checkpoint import Checkpoint
from docpipe.trust.witness.series import Asks, Descent, Given

Recall = Callable[[Objects, Rules], "Memory"]
"""What a witness remembers, told when it is known whose keys count."""


class Memory(Value):
    """The checkpoints on a witness's branch that count, `signed` of them had to be and are.

    All are by `person`; `keys` is the commit of main whose keys they were held against, "" where
    that has none. `last` are those to go by, `faults` what is no checkpoint of this witness.
    """

    branch: str
    person: str
    checkpoints: int
    signed: int
    keys: str
    last: tuple[Checkpoint, ...]
    faults: tuple[Fault, ...]


def recalled(
    repo: Repository, reader: Objects, rules: Rules, branch: str, tips: Sequence[str], person: str
) -> Memory:
    """Go along the checkpoints up to `tips`: the last one here, and the shared repository's.

    Each is a checkpoint, by the person (e-mail) that this witness runs as, signed with a key of
    his where that is asked for, goes on from the one before it and leaves nothing out. What
    follows one that does not is not believed either. Raises DocpipeError for missing objects.
    """
    ends, apart = _ends(repo, tips)
    found = [fault(faults.APART, branch, ends[1], known=ends[0][:12])] if apart else []
    good: dict[str, Given] = {}
    signed: set[str] = set()
    last: list[Checkpoint] = []
    for end in ends:
        walk = _Walk(repo, reader, rules, person)
        wrong = walk.along(git.stretch(repo, [end]))
        good |= {each.commit.id: each for each in walk.good}
        signed |= walk.signed & set(good)
        last += [each.checkpoint for each in walk.good[-1:]]
        if wrong:
            found.append(_named(branch, *wrong, walk.good))
    keys = rules.main if rules.keys else ""
    return Memory(branch, person, len(good), len(signed), keys, tuple(last), tuple(found))


def _ends(repo: Repository, tips: Sequence[str]) -> tuple[list[str], bool]:
    """The tips that no other holds, and whether there are two ways."""
    for one, other in (tips, tips[::-1]) if len(tips) == 2 else ():
        if git.holds(repo, one, other):
            return [one], False
    return list(tips), len(tips) == 2


def _named(branch: str, commit: SignedCommit, what: Text, good: Sequence[Given]) -> Fault:
    kept = good[-1].commit.id[:12] if good else ""
    way = filled(faults.FROM_GOOD, good=kept) if kept else faults.ANEW
    who = f"{commit.committer.name} <{commit.committer.email}>" if commit.committer else "?"
    return fault(faults.CHECKPOINT, branch, commit.id, who=who, what=what, way=way)


class _Walk:
    """Goes along one line of checkpoints, as far as they are good."""

    def __init__(self, repo: Repository, reader: Objects, rules: Rules, person: str) -> None:
        self._repo, self._reader, self._rules = repo, reader, rules
        self._person = person.strip().lower()
        self._asks = Asks(reader, rules.main or None)
        self._latest: datetime | None = None
        self.good: list[Given] = []
        self.signed: set[str] = set()

    def along(self, commits: Sequence[str]) -> tuple[SignedCommit, Text] | None:
        """The first that is wrong, and why; what comes before it is good."""
        wrong = self._first_strange(commits)
        return self._fallen() or wrong

    def _first_strange(self, commits: Sequence[str]) -> tuple[SignedCommit, Text] | None:
        for commit, each in series.given(self._reader, commits):
            if isinstance(each, Text):
                return commit, each
            if what := self._strange(each):
                return commit, what
            self.good.append(each)
        return None

    def _strange(self, each: Given) -> Text | None:
        commit = each.commit
        if what := series.foreign(commit, self._person):
            return what
        keys, by = self._rules.keys, commit.committer
        if keys is None or by is None:
            return None
        asked = self._asks(each.checkpoint)
        self._latest = max(self._latest or by.when, by.when)
        flaw = signatures.judged(commit, keys, asked=asked, own=True)
        if asked and not flaw:  # on top of a newer one no older day helps a key that is over
            flaw = signatures.outdated(commit, keys, self._latest)
        if flaw:
            return Text(*(flaw.kind[1].say(lang, **flaw.params) for lang in ("en", "zh")))
        self.signed |= {commit.id} if asked else set()
        return None

    def _fallen(self) -> tuple[SignedCommit, Text] | None:
        """The first that has less than the one before it; the good ones end before it."""
        descent = Descent(self._repo, [each.checkpoint for each in self.good])
        wrong: tuple[int, Text] | None = None
        for place in range(len(self.good) - 1, 0, -1):
            before, after = (self.good[at].checkpoint for at in (place - 1, place))
            if what := descent.fallen(before, after):
                wrong = (place, what)
        if wrong is None:
            return None
        commit = self.good[wrong[0]].commit
        del self.good[wrong[0] :]
        return commit, wrong[1]
