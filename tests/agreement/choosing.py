"""A push chosen by chance: on what, and what is done to it."""

import random
from collections.abc import Callable, Sequence

from tests.agreement.bases import Base
from tests.agreement.case import Case, Unfit

Edits = Sequence[Callable[[Case], object]]
REAL = 33  # one push in so many is git's own


def chosen(base: Base, chance: random.Random, number: int, edits: Edits) -> Case:
    """A push and what was done to it; nothing at all in one of twenty."""
    cut = chance.choice((0, chance.randrange(len(base.acts)), chance.randrange(len(base.acts))))
    main = chance.randrange(base.needed, len(base.line) - 1)
    case = Case(base, chance, list(base.acts), cut, main, main, real=number % REAL == 0)
    wanted = 0 if chance.random() < 0.05 else chance.choice((1, 1, 2, 3))
    if not wanted:  # what was not signed then is not pushed now
        case.cut = max(cut, base.unsigned)
    while wanted:
        edit = chance.choice(edits)
        before = list(case.acts)
        try:
            edit(case)
        except (Unfit, LookupError, ValueError):  # nothing is left of it by the edits before
            case.acts = before
            continue
        case.told.append(edit.__name__)
        wanted -= 1
    return case
