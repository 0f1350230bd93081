import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc

from docpipe.standards.identifiers import (
    MarkFinding,
    is_bic,
    is_hs,
    is_uscc,
    mark_findings,
)


def test_a_credit_code_is_checked_by_its_last_sign():
    assert is_uscc("91330200MA0000000H")
    assert not is_uscc("91330200MA00000000")
    assert not is_uscc("91330200MA000000")


SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@given(st.text("0123456789", min_size=8, max_size=8), st.text(SIGNS, min_size=9, max_size=9))
def test_one_check_sign_alone_makes_a_credit_code_and_it_is_the_standards(region, organisation):
    body = region + organisation
    right = uscc.calc_check_digit(body)
    assert [sign for sign in SIGNS if is_uscc(body + sign)] == [right]


@given(st.text(SIGNS + "aIOSVZ ", max_size=19))
def test_what_is_no_credit_code_elsewhere_is_none_here(text):
    assert not is_uscc(text) or uscc.is_valid(text)


def test_hs_codes_are_text_with_or_without_a_dot():
    assert is_hs("0902.10") and is_hs("090210")


@pytest.mark.parametrize(
    "code",
    [
        "",
        "0902",
        "902.10",
        "0902.1",
        "77.0210",
        "770210",
        "000210",
        "0902-10",
        "٠٩٠٢١٠",
        "0902.10.",
        "12345678901",
        "0902109000",
        "9617.00.19",
    ],
)
def test_what_is_no_hs_code_is_refused(code):
    assert not is_hs(code)


@pytest.mark.parametrize("bic", ["QQQQCNBJ", "QQQQCNBJ92A", "QQQQDEFF", "QQQQDEFF500"])
def test_bics_pass(bic):
    assert is_bic(bic)


@pytest.mark.parametrize("bic", ["QQQQZZBJ", "QQQQCNB", "qqqqcnbj", "QQQQCNBJ9", "B1CHCNBJ", ""])
def test_wrong_bics_fail(bic):
    assert not is_bic(bic)


def test_a_mark_of_four_short_lines_passes():
    assert mark_findings(["MUESTRA", "ZF-2026-0001", "SAN ANTONIO", "C/NO. 1-960"]) == ()
    assert mark_findings(["N/M"]) == ()
    assert mark_findings(["A" * 17]) == ()


def test_a_mark_tells_where_it_leaves_the_recommendation():
    assert mark_findings(["A" * 18, "Muestra", "唛头", "OK", "FIVE"]) == (
        MarkFinding(5, "too_many_lines"),
        MarkFinding(1, "line_too_long"),
        MarkFinding(2, "character"),
        MarkFinding(3, "character"),
    )
