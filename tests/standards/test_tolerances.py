from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docpipe.standards.tolerances import (
    Range,
    Tolerance,
    credit_quantity_range,
    drawing_limit,
    least_drawing,
    quantity_range,
    within,
)

D = Decimal
FIVE = Tolerance(D(5), D(5))


def test_a_more_or_less_clause_bounds_the_quantity():
    assert quantity_range(D(24), D(5), D(3)) == Range(D("23.28"), D("25.2"))


def test_bounds_are_inclusive():
    bounds = quantity_range(D(24), D(5), D(5))
    assert bounds.holds(D("25.2"))
    assert bounds.holds(D("22.8"))
    assert not bounds.holds(D("25.2001"))
    assert not bounds.holds(D("22.7999"))


@pytest.mark.parametrize("bad", [(-1, 0), (0, -1), (0, 101)])
def test_impossible_percentages_are_refused(bad):
    with pytest.raises(ValueError, match="no tolerance"):
        within(D(100), Tolerance(*map(D, bad)))


def test_30_a_about_means_ten_per_cent_of_what_it_qualifies():
    assert credit_quantity_range(D(24), about=True) == Range(D("21.6"), D("26.4"))
    assert drawing_limit(D(27600), about=True) == D(30360)
    assert drawing_limit(D(27600)) == D(27600)


def test_30_b_bulk_may_vary_by_five_per_cent_but_counted_goods_may_not():
    assert credit_quantity_range(D(24)) == Range(D("22.8"), D("25.2"))
    assert credit_quantity_range(D(1200), counted=True) == Range(D(1200), D(1200))


def test_39a_widens_32b():
    assert drawing_limit(D(27600), stated=FIVE) == D(28980)
    assert drawing_limit(D(27600), stated=Tolerance(D(0), D(5)), about=True) == D(27600)


def test_the_nails_may_weigh_more_but_not_draw_more():
    assert credit_quantity_range(D(24)).holds(D("24.6"))
    assert D("24.6") * D("1150.00") > drawing_limit(D("27600.00"))


@pytest.mark.parametrize(
    ("stated", "about", "least"),
    [(None, False, "95"), (Tolerance(D(0), D(2)), False, "98"), (None, True, "90")],
)
def test_30_c_a_full_shipment_at_full_price_may_draw_five_per_cent_less(stated, about, least):
    assert least_drawing(D(100), stated=stated, about=about) == D(least)


@given(st.decimals(0, 10**9, places=3), st.decimals(0, 50, places=1), st.decimals(0, 100, places=1))
def test_a_quantity_is_always_within_its_own_tolerance(quantity, more, less):
    assert quantity_range(quantity, more, less).holds(quantity)
