import pytest
from hypothesis import given
from hypothesis import strategies as st

from docpipe.standards.containers import CONTAINER_TYPES, check_digit, is_valid

prefixes = st.from_regex(r"[A-Z]{3}[UJZ][0-9]{6}", fullmatch=True)


@pytest.mark.parametrize(
    "number",
    ["CSQU3054383", "BMOU5520012", "MWCU6059784", "ZZZU1000015", "ZZZU1000020", "ZZZU2000010"],
)
def test_real_numbers_pass(number):
    assert is_valid(number)


@pytest.mark.parametrize(
    "number",
    ["COSU7654321", "CSQU305438", "CSQX3054383", "csqu3054383", "CSQU 3054383", "CSQU305438٣", ""],
)
def test_wrong_digits_and_shapes_fail(number):
    assert not is_valid(number)


@given(prefixes)
def test_the_check_digit_agrees_with_the_standards_wording(prefix):
    """Letters from 10 skipping 11, 22, 33; weights doubling; remainder of 11, ten written as 0."""
    values, value = {}, 10
    for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ":
        if value in (11, 22, 33):
            value += 1
        values[letter], value = value, value + 1
    total = sum((values.get(s) or int(s)) * 2**i for i, s in enumerate(prefix))
    expected = total - 11 * (total // 11)
    assert check_digit(prefix) == (0 if expected == 10 else expected)


@given(prefixes, st.integers(4, 9), st.integers(0, 9))
def test_one_wrong_figure_is_noticed(prefix, place, figure):
    number = f"{prefix}{check_digit(prefix)}"
    mistaken = number[:place] + str(figure) + number[place + 1 :]
    # A remainder of ten is written as 0 and so hides behind a remainder of nought.
    if mistaken != number and check_digit(mistaken[:10]) != check_digit(prefix):
        assert not is_valid(mistaken)


@pytest.mark.parametrize("prefix", ["ZZZU10000", "ZZZA100001", "ZZZU1000011", "ZZZU10000١"])
def test_a_check_digit_needs_ten_signs(prefix):
    with pytest.raises(ValueError, match="ISO 6346"):
        check_digit(prefix)


def test_bigger_containers_hold_more():
    volumes = [CONTAINER_TYPES[code].volume for code in ("20GP", "40GP", "40HC", "45HC")]
    assert volumes == sorted(volumes)
    for each in CONTAINER_TYPES.values():
        assert 20 < each.volume < 90
        assert 20_000 < each.payload < 30_000
        assert each.label.replace("'", "") == each.code


def test_the_samples_fit_their_containers():
    for code, volume, weight in (
        ("20GP", "16.456", 24936),
        ("40HC", "66.618", 16040),
        ("40GP", "48.384", 17520),
    ):
        kind = CONTAINER_TYPES[code]
        assert float(volume) < kind.volume
        assert weight < kind.payload
