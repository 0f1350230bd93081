from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docpipe.standards.currencies import CURRENCY_NAMES_ZH, MINOR_UNITS
from docpipe.standards.money import (
    amount,
    decimals,
    format_money,
    format_number,
    format_price,
    is_payable,
    minor_units,
    round_money,
)

D = Decimal
figures = st.decimals(-(10**15), 10**15, places=6)
currencies = st.sampled_from(sorted(MINOR_UNITS))


def test_minor_units_agree_with_the_iso4217_package():
    import iso4217

    published = {each.code: each.exponent for each in iso4217.Currency if each.exponent is not None}
    assert published == MINOR_UNITS


@pytest.mark.parametrize("code", ["XAU", "XXX", "usd", "", "DEM", "BGN"])
def test_a_code_that_nobody_can_pay_in_is_refused(code):
    with pytest.raises(ValueError, match="ISO 4217"):
        minor_units(code)


def test_every_currency_has_a_chinese_name_of_its_own():
    assert len(set(CURRENCY_NAMES_ZH.values())) == len(CURRENCY_NAMES_ZH) == len(MINOR_UNITS)


@pytest.mark.parametrize(
    ("raw", "currency", "rounded"),
    [
        ("2.345", "USD", "2.35"),
        ("2.344999", "USD", "2.34"),
        ("-2.345", "USD", "-2.35"),
        ("0.5", "JPY", "1"),
        ("4938.0005", "KWD", "4938.001"),
        ("27600", "USD", "27600.00"),
        ("-0.001", "USD", "0.00"),
    ],
)
def test_amounts_round_half_up_to_the_minor_unit(raw, currency, rounded):
    assert str(round_money(D(raw), currency)) == rounded


@pytest.mark.parametrize("bad", ["NaN", "Infinity", "-Infinity", "sNaN", "1e60"])
def test_what_is_no_figure_is_refused(bad):
    with pytest.raises(ValueError, match=r"figure|range"):
        round_money(D(bad), "USD")
    with pytest.raises(ValueError, match=r"figure|range"):
        format_number(D(bad))


@given(figures, currencies)
def test_rounding_moves_an_amount_by_at_most_half_a_minor_unit(raw, currency):
    rounded = round_money(raw, currency)
    unit = Fraction(1, 10 ** minor_units(currency))
    assert abs(Fraction(rounded) - Fraction(raw)) <= unit / 2
    assert Fraction(rounded) % unit == 0
    assert -rounded.as_tuple().exponent == minor_units(currency)


@given(st.decimals(0, 10**20, places=8), st.decimals(0, 10**12, places=6), currencies)
def test_a_line_amount_is_rounded_once_from_the_exact_product(quantity, price, currency):
    scale = 10 ** minor_units(currency)
    exact = Fraction(quantity) * Fraction(price) * scale
    half_up = (2 * exact.numerator + exact.denominator) // (2 * exact.denominator)
    assert Fraction(amount(quantity, price, currency)) == Fraction(half_up, scale)


def test_a_long_product_just_under_half_a_cent_is_not_rounded_up_in_two_steps():
    assert amount(D("5000000000.002499999999999999"), D(2), "USD") == D("10000000000.00")


@pytest.mark.parametrize(
    ("quantity", "price", "currency", "line"),
    [
        ("24", "1150.00", "USD", "27600.00"),
        ("24.6", "1150.00", "USD", "28290.00"),
        ("24000", "2.70", "USD", "64800.00"),
        ("12000", "3.53", "USD", "42360.00"),
        ("400", "12.345", "KWD", "4938.000"),
        ("1200", "48.60", "EUR", "58320.00"),
        ("2400", "2850", "JPY", "6840000"),
        ("3", "0.333333", "USD", "1.00"),
    ],
)
def test_line_amounts_of_the_samples(quantity, price, currency, line):
    assert str(amount(D(quantity), D(price), currency)) == line


@pytest.mark.parametrize(
    ("value", "currency", "printed"),
    [
        ("27600", "USD", "27,600.00"),
        ("6840000", "JPY", "6,840,000"),
        ("4938", "KWD", "4,938.000"),
        ("-136800", "JPY", "-136,800"),
        ("3600.005", "USD", "3,600.005"),
        ("1E+3", "USD", "1,000.00"),
        ("0", "USD", "0.00"),
        ("6840000.00", "JPY", "6,840,000"),
    ],
)
def test_amounts_are_printed_with_the_currencys_decimals(value, currency, printed):
    assert format_money(D(value), currency) == printed


@pytest.mark.parametrize(
    ("value", "currency", "printed"),
    [
        ("2.7", "USD", "2.70"),
        ("1150.000000", "USD", "1,150.00"),
        ("0.012500", "USD", "0.0125"),
        ("0.123456", "USD", "0.123456"),
        ("2850", "JPY", "2,850"),
        ("2850.5", "JPY", "2,850.5"),
    ],
)
def test_prices_keep_their_decimals_and_at_least_the_currencys(value, currency, printed):
    assert format_price(D(value), currency) == printed


def test_numbers_are_printed_as_given():
    assert [format_number(D(n)) for n in ("24936", "16.456", "8.60", "0.50")] == [
        "24,936",
        "16.456",
        "8.60",
        "0.50",
    ]


@given(figures, currencies)
def test_a_printed_amount_reads_back_as_the_same_amount(value, currency):
    assert D(format_money(value, currency).replace(",", "")) == value
    assert D(format_price(value, currency).replace(",", "")) == value
    assert D(format_number(value).replace(",", "")) == value


def test_only_decimals_that_carry_something_count():
    assert [decimals(D(n)) for n in ("1150.00", "12.345", "0", "1E+2", "0.0000010")] == [
        0,
        3,
        0,
        0,
        6,
    ]
    assert is_payable(D("1.500"), "USD")
    assert not is_payable(D("1.505"), "USD")
    assert not is_payable(D("0.5"), "JPY")
