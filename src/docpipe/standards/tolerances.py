"""Tolerances of quantity and amount: contracts (溢短装), MT700 field 39A, UCP 600 article 30.

Percentages are figures of a hundred (5 means 5 %). Bounds are exact and inclusive, not rounded.
"""

from decimal import Decimal

from docpipe.diagnostics import Value

ABOUT_PERCENT = Decimal(10)  # art. 30 a
BULK_PERCENT = Decimal(5)  # art. 30 b
SHORT_DRAWING_PERCENT = Decimal(5)  # art. 30 c


class Range(Value):
    """Inclusive bounds of a quantity or an amount."""

    least: Decimal
    most: Decimal

    def holds(self, value: Decimal) -> bool:
        """Whether ``value`` lies within the bounds."""
        return self.least <= value <= self.most


class Tolerance(Value):
    """Per cent more and per cent less, as "more or less" clauses and field 39A state them."""

    more: Decimal
    less: Decimal


NO_TOLERANCE = Tolerance(Decimal(0), Decimal(0))


def within(value: Decimal, tolerance: Tolerance) -> Range:
    """The bounds around ``value``. ``ValueError`` unless 0 <= more, and 0 <= less <= 100."""
    if tolerance.more < 0 or not 0 <= tolerance.less <= 100:
        raise ValueError(f"+{tolerance.more} % / -{tolerance.less} % is no tolerance")
    return Range(
        value * (100 - tolerance.less) / 100,
        value * (100 + tolerance.more) / 100,
    )


def quantity_range(quantity: Decimal, more_pct: Decimal, less_pct: Decimal) -> Range:
    """The quantity a contract's more or less clause allows. Errors as ``within``."""
    return within(quantity, Tolerance(more_pct, less_pct))


def credit_quantity_range(
    quantity: Decimal, *, about: bool = False, counted: bool = False
) -> Range:
    """The quantity that may be shipped under a credit.

    ``about``: "about" or "approximately" qualifies the quantity (30 a, 10 %); ``counted``: it is
    stated in packing units or individual items, which shuts out the 5 % of 30 b. Drawings stay
    within ``drawing_limit``.
    """
    otherwise = NO_TOLERANCE if counted else Tolerance(BULK_PERCENT, BULK_PERCENT)
    return within(quantity, _applicable(None, about, otherwise))


def drawing_limit(
    credit_amount: Decimal, *, stated: Tolerance | None = None, about: bool = False
) -> Decimal:
    """The most that may be drawn: field 32B plus 39A, or plus 10 % where "about" qualifies it."""
    return within(credit_amount, _applicable(stated, about, NO_TOLERANCE)).most


def least_drawing(
    credit_amount: Decimal, *, stated: Tolerance | None = None, about: bool = False
) -> Decimal:
    """The least that the drawing for the full quantity, at unreduced prices, may come to.

    A stated tolerance (39A) or "about" sets it; otherwise 30 c lets it fall 5 % short.
    """
    short = Tolerance(Decimal(0), SHORT_DRAWING_PERCENT)
    return within(credit_amount, _applicable(stated, about, short)).least


def _applicable(stated: Tolerance | None, about: bool, otherwise: Tolerance) -> Tolerance:
    if stated is not None:
        return stated
    return Tolerance(ABOUT_PERCENT, ABOUT_PERCENT) if about else otherwise
