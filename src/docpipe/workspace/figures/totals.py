"""What every priced list says of itself at its foot."""

from collections.abc import Sequence
from decimal import Decimal
from functools import cached_property
from typing import Protocol

from docpipe.standards import words_en, words_zh
from docpipe.workspace.figures.goods import quantities


class Counted(Protocol):
    """A line with a quantity."""

    @property
    def quantity(self) -> Decimal:
        """How many."""

    @property
    def unit(self) -> str:
        """Of what, as printed."""


class Totals:
    """Totals of lines in one currency: by unit, and in words."""

    currency: str
    total: Decimal
    lines: Sequence[Counted]

    @cached_property
    def quantities(self) -> str:
        """Total quantities by unit."""
        return quantities((line.quantity, line.unit) for line in self.lines)

    @cached_property
    def words_en(self) -> str:
        """The total in English words: SAY US DOLLARS ... ONLY."""
        return words_en.say(self.total, self.currency)

    @cached_property
    def words_zh(self) -> str:
        """The total in Chinese capitals."""
        return words_zh.say(self.total, self.currency)
