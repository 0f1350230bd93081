"""The tables of ISO 2859-1:1999 (GB/T 2828.1-2012): code letters, sample sizes, Ac numbers.

Table 1 and the master tables 2-A (normal) and 2-B (tightened), AQL 0.065 to 6.5 per cent
nonconforming. `iso2859_1` keeps them as printed, arrows included ("v" down, "^" up); an arrow
is followed here to the first plan in its direction, whose sample size goes with it. Reduced
inspection (table 2-C) is absent because public sources disagree about it.
"""

from decimal import Decimal
from functools import cache
from typing import Literal

from docpipe.diagnostics import Value
from docpipe.standards.iso2859_1 import TABLES

Severity = Literal["normal", "tightened"]

LEVELS = ("S-1", "S-2", "S-3", "S-4", "I", "II", "III")


class Cell(Value):
    """A plan of a master table: code letter, sample size, acceptance number. Re is Ac + 1."""

    code: str
    n: int
    ac: int


def code_letter(lot_size: int, level: str) -> str:
    """Table 1. A lot of one unit, outside the table, takes the first row.

    ``ValueError`` for a lot below 1 or an unknown inspection level.
    """
    if lot_size < 1:
        raise ValueError(f"a lot of {lot_size} cannot be sampled")
    if level not in LEVELS:
        raise ValueError(f"{level!r} is not an inspection level; one of {', '.join(LEVELS)}")
    maxima = TABLES["lot_maxima"]
    row = next(i for i, most in enumerate(maxima) if most is None or lot_size <= most)
    letter: str = TABLES["levels"][level][row]
    return letter


def sample_size(code: str) -> int:
    """Units to draw under a code letter: J 80. ``ValueError`` for an unknown letter."""
    size: int = TABLES["sample_sizes"][_index(code)]
    return size


def cell(code: str, aql: Decimal, severity: Severity) -> Cell:
    """The plan at a code letter and AQL, arrows followed. ``ValueError`` for what is not there."""
    column = _column(aql, severity)
    row = _index(code)
    while column[row] in ("v", "^"):
        row += 1 if column[row] == "v" else -1
    letter = TABLES["letters"][row]
    return Cell(letter, sample_size(letter), int(column[row]))


def has_own_plan(code: str, aql: Decimal, severity: Severity) -> bool:
    """Whether the table has a plan at this very letter, not an arrow."""
    return _column(aql, severity)[_index(code)] not in ("v", "^")


def _column(aql: Decimal, severity: Severity) -> list[str]:
    try:
        return _master(severity)[aql]
    except KeyError:
        known = ", ".join(map(str, _master(severity)))
        raise ValueError(f"AQL {aql} is not in the table; one of {known}") from None


def _index(code: str) -> int:
    letters: str = TABLES["letters"]
    if len(code) != 1 or code not in letters:
        raise ValueError(f"{code!r} is not a sample size code letter")
    return letters.index(code)


@cache
def _master(severity: Severity) -> dict[Decimal, list[str]]:
    if severity not in ("normal", "tightened"):
        raise ValueError(f"{severity!r} is not a severity; normal or tightened")
    return {Decimal(aql): column.split() for aql, column in TABLES[severity].items()}
