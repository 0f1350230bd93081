from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docpipe.standards.weights import AIR_KG_PER_M3, chargeable_weight, volume

D = Decimal


@pytest.mark.parametrize(
    ("dimensions", "packages", "cubic_metres"),
    [
        (("46", "31", "27"), 1000, "38.502"),
        (("44", "35.5", "30"), 600, "28.116"),
        (("42", "32", "30"), 1200, "48.384"),
        (("52", "38", "30"), 20, "1.1856"),
        (("110", "110", "68"), 20, "16.456"),
        (("110", "110", "68"), 1, "0.8228"),
        (("110", "110", "68"), 0, "0"),
    ],
)
def test_volumes_of_the_samples(dimensions, packages, cubic_metres):
    assert volume(*map(D, dimensions), packages) == D(cubic_metres)


def test_the_scanners_by_air_are_charged_by_their_volume():
    assert chargeable_weight(D(168), volume(D(52), D(38), D(30), 20)) == D("198.0")


def test_a_volume_rounded_for_print_would_charge_half_a_kilo_more():
    assert chargeable_weight(D(168), D("1.186")) == D("198.5")


@given(st.decimals(0, 10**5, places=3), st.decimals(0, 10**3, places=6))
def test_chargeable_weight_is_the_next_half_kilo_of_the_greater(gross, cubic_metres):
    charged = Fraction(chargeable_weight(gross, cubic_metres))
    greater = max(Fraction(gross), Fraction(cubic_metres * AIR_KG_PER_M3))
    assert charged % Fraction(1, 2) == 0
    assert greater <= charged < greater + Fraction(1, 2)


@pytest.mark.parametrize("bad", [(0, 1, 1, 1), (1, -1, 1, 1), (1, 1, 1, -1)])
def test_no_volume_without_dimensions(bad):
    *dimensions, packages = bad
    with pytest.raises(ValueError, match="no volume"):
        volume(*map(D, dimensions), packages)


@pytest.mark.parametrize("bad", [(-1, 1), (1, -1)])
def test_no_negative_weight_is_charged(bad):
    with pytest.raises(ValueError, match="negative"):
        chargeable_weight(*map(D, bad))
