"""How values look on paper: numbers, dates, two languages. Formatting only, no arithmetic."""

from __future__ import annotations

from decimal import Decimal

from docpipe.standards import money as money_

TYPE_CHECKING = False  # typing is dearer to load than all of this
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any


class NothingToPrintError(Exception):
    """A template prints a figure that this order does not have."""


def _decimal(value: Any) -> Decimal:
    """A number; what is absent says so by itself when it is written out."""
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return Decimal(value)
    raise TypeError(f'"{_text(value)}" is no number')


def _text(value: Any) -> str:
    if value is None:
        raise NothingToPrintError
    return str(value)


def money(value: Decimal | int, currency: str) -> str:
    """An amount in the currency's decimals: 27,600.00."""
    return money_.format_money(value if type(value) is Decimal else _decimal(value), currency)


def price(value: Decimal | int, currency: str) -> str:
    """A unit price: at least the currency's decimals, up to six."""
    return money_.format_price(value if type(value) is Decimal else _decimal(value), currency)


def number(value: Decimal | int) -> str:
    """A quantity as written, thousands separated."""
    return money_.format_number(value if type(value) is Decimal else _decimal(value))


def kg(value: Decimal | int) -> str:
    """A weight: up to three decimals, none that say nothing."""
    return _trimmed(_decimal(value), 3)


def m3(value: Decimal | int) -> str:
    """A volume: three decimals."""
    return f"{_decimal(value):,.3f}"


def percent(value: Decimal | int) -> str:
    """A percentage without trailing zeros: "30 %"."""
    return f"{_trimmed(_decimal(value), 6)} %"


def ratio(value: Decimal | int) -> str:
    """A ratio as a percentage: 1.1 -> "110 %"."""
    return percent(_decimal(value) * 100)


def _trimmed(value: Decimal, places: int) -> str:
    text = f"{round(value, places):,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def date(value: str) -> str:
    """The date of a date or a time: 2026-11-23."""
    return _text(value)[:10]


def time(value: str) -> str:
    """A moment with its offset: 2026-03-16 10:00 +08:00."""
    text = _text(value)
    day, clock = text[:10], text[11:16]
    return f"{day} {clock} {'UTC' if text.endswith('Z') else text[-6:]}"


def _languages(value: Any) -> tuple[str, str]:
    try:
        en, zh = value.en, value.zh
    except AttributeError:
        en, zh = getattr(value, "en", ""), getattr(value, "zh", "")
    if type(en) is str and type(zh) is str and (en or zh):
        return en, zh
    if not en and not zh:
        raise TypeError(f'"{_text(value)}" has neither English nor Chinese')
    return str(en) if en else "", str(zh) if zh else ""


def _together(first: str, between: str, second: str) -> str:
    """Both with something between; one where the other is missing or the same."""
    if not second or first == second:
        return first
    return f"{first}{between}{second}" if first else second


def bilingual(value: Any) -> str:
    """English, Chinese below it; whichever there is."""
    en, zh = _languages(value)
    return _together(en, "\n", zh)


def bilingual_zh(value: Any) -> str:
    """Chinese, English below it; whichever there is."""
    en, zh = _languages(value)
    return _together(zh, "\n", en)


def inline(value: Any) -> str:
    """Both languages on one line."""
    en, zh = _languages(value)
    return _together(en, " ", zh)


def inline_zh(value: Any) -> str:
    """Both languages on one line, Chinese first."""
    en, zh = _languages(value)
    return _together(zh, " ", en)


def english(value: Any) -> str:
    """English where there is any, else Chinese."""
    en, zh = _languages(value)
    return en or zh


def chinese(value: Any) -> str:
    """Chinese where there is any, else English."""
    en, zh = _languages(value)
    return zh or en


def unit(code: str) -> str:
    """A unit of measure as printed: H87 -> PCS."""
    from docpipe.standards import units

    return units.unit(code).printed


def package(code: str) -> str:
    """A kind of package as printed: CT -> CTNS."""
    from docpipe.standards import units

    return units.package(code).printed


def person(context: Mapping[str, Any], email: str) -> Any:
    """A person's names by e-mail; somebody who left is named by the e-mail."""
    people: Mapping[str, Any] = context["people"]
    known = people.get(email)
    if known is not None:
        return known.name
    from docpipe.diagnostics import Text

    return Text(email, email)


FILTERS: dict[str, Callable[..., Any]] = {
    function.__name__: function
    for function in (
        money, price, number, kg, m3, percent, ratio, date, time, bilingual, bilingual_zh,
        inline, inline_zh, english, chinese, unit, package, person,
    )
}  # fmt: skip

FIGURES = frozenset("money price number kg m3 percent ratio unit package".split())  # noqa: SIM905
"""Filters whose text prints as it is: nothing in it to escape."""
PAIRS = frozenset("bilingual bilingual_zh inline inline_zh english chinese".split())  # noqa: SIM905
"""Filters of a text in two languages."""
WITH_CONTEXT = frozenset(["person"])
"""Filters that are given the names of the template first."""
