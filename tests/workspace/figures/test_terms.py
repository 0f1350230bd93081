"""Terms of a contract as sentences."""

from pathlib import Path

from docpipe.workspace.figures.agreement import agreement
from docpipe.workspace.figures.bilingual import Both
from docpipe.workspace.figures.terms import terms
from tests.workspace.figures.kit import FLASKS, NAILS, Change, look


def _said(tmp_path: Path, number: str, *changes: Change) -> dict[str, Both]:
    view = look(tmp_path, number, *changes)
    contract = view.get("contract")
    assert contract is not None
    figures = agreement(view, contract, "contract")
    assert figures is not None
    return {term.path: term.text for term in terms(view, contract, figures)}


def test_a_tolerance_says_how_much_and_at_whose_option(tmp_path: Path) -> None:
    said = _said(tmp_path, NAILS)
    assert said["tolerance"] == Both(
        "+5 % / -5 %, at the option of the Seller", "+5 % / -5 %，由卖方选择"
    )


def test_a_line_has_a_tolerance_of_its_own(tmp_path: Path) -> None:
    own = (
        "{line: 2, quantity: 12000, price: 3.53, tolerance: {more_percent: 2.50, less_percent: 1}}"
    )
    line = "{line: 2, quantity: 12000, price: 3.53}"
    said = _said(tmp_path, FLASKS, ("contract.yaml", line, own))
    assert said["lines.2.tolerance"] == Both("+2.5 % / -1 %", "+2.5 % / -1 %")
    assert said["tolerance"] == Both("+0 % / -0 %", "+0 % / -0 %")
    assert "lines.1.tolerance" not in said


def test_insurance_says_by_whom_for_how_much_and_against_what(tmp_path: Path) -> None:
    wide = (
        'insurance: {by: seller, cover: 1.2, clauses: "ICC (A)", additional_risks: [war, strikes]}'
    )
    plain = 'insurance: {by: seller, cover: 1.1, clauses: "ICC (C)"}'
    said = _said(tmp_path, FLASKS, ("contract.yaml", plain, wide))["insurance"]
    assert said.en.startswith("by the Seller; ") and "for 120 % of the invoice value; " in said.en
    assert said.zh.startswith("由卖方投保；") and "按发票金额的120%投保；" in said.zh
    assert len(said.en.split("; ")) == 5


def test_the_buyers_insurance_says_no_more_than_that(tmp_path: Path) -> None:
    assert _said(tmp_path, NAILS)["insurance"] == Both("by the Buyer", "由买方投保")
