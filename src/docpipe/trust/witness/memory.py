"""What a witness remembers: the checkpoints on its own branch, as far as they are its own."""

from collections.abc import Callable, Sequence

from docpipe.adapters import git
from docpipe.adapters.git import Objects, Repository
from docpipe.diagnostics import Value
from docpipe.trust.invariants.basis import Basis
from docpipe.trust.invariants.checkpoint_line import Ends, Good, goes_on_from, in_one_way
from docpipe.trust.invariants.engine import Violation
from docpipe.trust.witness.checkpoint import Checkpoint
from docpipe.trust.witness.line import Line

Recall = Callable[[Objects, Basis], "Memory"]
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
    faults: tuple[Violation, ...]


def recalled(
    repo: Repository, reader: Objects, basis: Basis, branch: str, tips: Sequence[str], person: str
) -> Memory:
    """Go along the checkpoints up to `tips`: the last one here, and the shared repository's.

    Each is a checkpoint, by the person (e-mail) that this witness runs as, signed with a key of
    theirs where that is asked for, goes on from the one before it and leaves nothing out. What
    follows one that does not is not believed either. Raises DocpipeError for missing objects.
    """
    ends = _ends(repo, tips)
    found = [*in_one_way(Ends(branch, *ends))] if len(ends) == 2 else []
    good: set[str] = set()
    signed: set[str] = set()
    last: list[Checkpoint] = []
    for end in ends:
        line = Line(reader, branch, basis, person)
        wrong = line.along(git.stretch(repo, [end]))
        names = [each.commit.id for each in line.good]
        good.update(names)
        signed |= line.signed.intersection(names)
        last += [each.checkpoint for each in line.good[-1:] if each.checkpoint]
        if wrong:
            found += [*wrong, *goes_on_from(Good(branch, "".join(names[-1:])))]
    keys = basis.main if basis.keys else ""
    return Memory(branch, person, len(good), len(signed), keys, tuple(last), tuple(found))


def _ends(repo: Repository, tips: Sequence[str]) -> list[str]:
    """The tips that no other holds."""
    for one, other in (tips, tips[::-1]) if len(tips) == 2 else ():
        if git.holds(repo, one, other):
            return [one]
    return list(tips)
