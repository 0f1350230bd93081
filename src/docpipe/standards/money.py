"""Amounts of money: rounding to the minor unit, and figures as they are printed.

Only amounts are rounded, half-up, to the currency's minor unit (ISO 4217); unit prices never are.
"""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Context, Decimal

from docpipe.standards.currencies import MINOR_UNITS
from docpipe.standards.lookup import entry

_SHORT = 40
_DIGITS = frozenset("0123456789")

# Wide enough for the exact product of two figures of 28 digits: nothing is rounded twice.
_EXACT = Context(prec=60, rounding=ROUND_HALF_UP)


def minor_units(currency: str) -> int:
    """Decimals of an ISO 4217 currency: USD 2, JPY 0, KWD 3. ``ValueError`` when unknown."""
    return entry(MINOR_UNITS, currency, "an active ISO 4217 currency code")


def round_money(amount: Decimal, currency: str) -> Decimal:
    """``amount`` half-up to the minor unit, with exactly that many decimals.

    ``ValueError`` for an unknown currency, a NaN or an infinity, or over 50 digits.
    """
    unit = Decimal(1).scaleb(-minor_units(currency))
    _require_figure(amount)
    rounded = amount.quantize(unit, context=_EXACT)
    return rounded if rounded else abs(rounded)  # a rounded-away loss is not "-0.00"


def amount(quantity: Decimal, unit_price: Decimal, currency: str) -> Decimal:
    """The line amount: quantity times unit price, rounded once, to the minor unit."""
    _require_figure(quantity)
    _require_figure(unit_price)
    return round_money(_EXACT.multiply(quantity, unit_price), currency)


def shares(total: Decimal, percents: Sequence[Decimal], currency: str) -> list[Decimal]:
    """What each per cent of the total comes to, rounded; where they make 100, it all adds up."""
    parts = [round_money(total * percent / 100, currency) for percent in percents]
    if sum(percents) == 100:
        parts[-1] = total - sum(parts[:-1])
    return parts


def plain(value: Decimal) -> Decimal:
    """Without zeros that say nothing: 24, not 24.000; 8.6, not 8.60."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def decimals(value: Decimal) -> int:
    """How many decimals carry something: 0 for 1150.00, 3 for 12.345."""
    return len(_figure(value, 0).partition(".")[2])


def is_payable(amount: Decimal, currency: str) -> bool:
    """Whether the amount can be paid as it stands: not finer than the minor unit."""
    return decimals(amount) <= minor_units(currency)


def format_money(amount: Decimal, currency: str) -> str:
    """An amount in figures: ``27,600.00`` (USD), ``6,840,000`` (JPY), ``4,938.000`` (KWD).

    An amount finer than the minor unit is shown as it is: print must not hide what a rule flags.
    """
    return _figure(amount, MINOR_UNITS.get(currency) or minor_units(currency))


def format_price(price: Decimal, currency: str) -> str:
    """A unit price: at least the currency's decimals, more where the price has them."""
    return _figure(price, MINOR_UNITS.get(currency) or minor_units(currency))


def format_number(value: Decimal) -> str:
    """Thousands separated, decimals as given: ``24,936``, ``16.456``, ``8.60``."""
    text = f"{value:,f}"
    if len(text) > _SHORT or text[-1] not in _DIGITS:
        _require_figure(value)
    return text


def _figure(value: Decimal, least_decimals: int) -> str:
    text = f"{value:,f}"
    if text[-1 - least_decimals : -least_decimals] == "." and len(text) <= _SHORT:
        return text  # the usual amount: as many decimals as the currency has
    _require_figure(value)
    whole, _, fraction = text.partition(".")
    fraction = fraction.rstrip("0").ljust(least_decimals, "0")
    return f"{whole}.{fraction}" if fraction else whole


def _require_figure(value: Decimal) -> None:
    if not value.is_finite():
        raise ValueError(f"{value} is not a figure")
    if abs(value.adjusted()) > 50:
        raise ValueError(f"{value} is out of range")
