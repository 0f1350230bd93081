from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from num2words import num2words

from docpipe.standards.currencies import MINOR_UNITS
from docpipe.standards.words_en import UNIT_NAMES, say

D = Decimal


@pytest.mark.parametrize(
    ("amount", "currency", "words"),
    [
        ("27600.00", "USD", "SAY US DOLLARS TWENTY-SEVEN THOUSAND SIX HUNDRED ONLY"),
        ("1005.30", "USD", "SAY US DOLLARS ONE THOUSAND FIVE AND CENTS THIRTY ONLY"),
        (
            "107160.00",
            "USD",
            "SAY US DOLLARS ONE HUNDRED SEVEN THOUSAND ONE HUNDRED SIXTY ONLY",
        ),
        (
            "4938.064",
            "KWD",
            "SAY KUWAITI DINARS FOUR THOUSAND NINE HUNDRED THIRTY-EIGHT AND FILS SIXTY-FOUR ONLY",
        ),
        ("6840000", "JPY", "SAY JAPANESE YEN SIX MILLION EIGHT HUNDRED FORTY THOUSAND ONLY"),
        ("58320", "EUR", "SAY EUROS FIFTY-EIGHT THOUSAND THREE HUNDRED TWENTY ONLY"),
        ("0.50", "GBP", "SAY POUNDS STERLING ZERO AND PENCE FIFTY ONLY"),
        ("0", "USD", "SAY US DOLLARS ZERO ONLY"),
        ("1", "NOK", "SAY NORWEGIAN KRONER ONE ONLY"),
        ("2000000001", "CNY", "SAY CHINESE YUAN TWO BILLION ONE ONLY"),
        ("100.50", "XCD", "SAY XCD ONE HUNDRED AND 50/100 ONLY"),
        ("100.05", "XCD", "SAY XCD ONE HUNDRED AND 05/100 ONLY"),
        ("7.0250", "CLF", "SAY CLF SEVEN AND 0250/10000 ONLY"),
    ],
)
def test_amounts_are_spelt_as_trade_spells_them(amount, currency, words):
    assert say(D(amount), currency) == words


@pytest.mark.parametrize(
    ("amount", "currency"),
    [("-0.01", "USD"), ("1.005", "USD"), ("0.1", "JPY"), ("NaN", "USD"), ("1", "ZZZ")],
)
def test_what_cannot_be_paid_cannot_be_said(amount, currency):
    with pytest.raises(ValueError, match=r"words|ISO 4217|figure"):
        say(D(amount), currency)


def test_a_minor_unit_is_named_exactly_where_the_currency_has_one():
    for code, (_, minor) in UNIT_NAMES.items():
        assert bool(minor) == bool(MINOR_UNITS[code]), code


def test_no_two_currencies_are_spelt_alike():
    majors = [major for major, _ in UNIT_NAMES.values()]
    assert len(set(majors)) == len(majors)


@given(st.integers(0, 50).flatmap(lambda digits: st.integers(0, 10**digits)))
def test_cardinals_of_any_size_agree_with_another_speller(whole):
    other = num2words(whole, lang="en").replace(",", "").replace(" and ", " ").upper()
    assert say(D(whole), "JPY") == f"SAY JAPANESE YEN {other} ONLY"


def test_beyond_all_names_there_are_no_words():
    assert "QUINDECILLION" in say(D(10**51 - 1), "JPY")
    with pytest.raises(ValueError, match="out of range"):
        say(D(10**51), "JPY")


@given(st.integers(0, 10**15 - 1), st.sampled_from(["USD", "JPY", "KWD"]))
@example(10**12, "USD")
def test_words_agree_with_a_slow_speller(minor, currency):
    digits = MINOR_UNITS[currency]
    whole, fraction = divmod(minor, 10**digits)
    major_name, minor_name = UNIT_NAMES[currency]
    expected = f"SAY {major_name} {spell(whole)}"
    if fraction:
        expected += f" AND {minor_name} {spell(fraction)}"
    assert say(D(minor).scaleb(-digits), currency) == f"{expected} ONLY"


SMALL = [
    "ZERO",
    "ONE",
    "TWO",
    "THREE",
    "FOUR",
    "FIVE",
    "SIX",
    "SEVEN",
    "EIGHT",
    "NINE",
    "TEN",
    "ELEVEN",
    "TWELVE",
    "THIRTEEN",
    "FOURTEEN",
    "FIFTEEN",
    "SIXTEEN",
    "SEVENTEEN",
    "EIGHTEEN",
    "NINETEEN",
]
TENS = ["?", "?", "TWENTY", "THIRTY", "FORTY", "FIFTY", "SIXTY", "SEVENTY", "EIGHTY", "NINETY"]


def spell(number):
    """Greedy: the largest named number that fits, how often, then the rest."""
    if number < 20:
        return SMALL[number]
    if number < 100:
        tens, ones = divmod(number, 10)
        return TENS[tens] + (f"-{SMALL[ones]}" if ones else "")
    for size, name in (
        (10**12, "TRILLION"),
        (10**9, "BILLION"),
        (10**6, "MILLION"),
        (10**3, "THOUSAND"),
        (100, "HUNDRED"),
    ):
        if number >= size:
            many, rest = divmod(number, size)
            return f"{spell(many)} {name}" + (f" {spell(rest)}" if rest else "")
    raise AssertionError(number)
