"""Kinds, fields and stages that the code names are there: a misspelt one is read as missing."""

from pathlib import Path

import pytest

from tests import literals
from tests.conftest import ROOT

SOURCE = ROOT / "src" / "docpipe"
FOLDERS = ("rules", "workspace", "steps", "reports")
MODULES = sorted(path for folder in FOLDERS for path in (SOURCE / folder).rglob("*.py"))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_the_code_names_what_the_schemas_know(path: Path) -> None:
    assert literals.misspelt(path.read_text("utf-8")) == []


WORDED = [path for path in MODULES if {"rules", "figures"} & {*path.parts}]
OWN_WORDS = {
    "composition.py": {"forbidden"},
    "containers.py": {"m3"},
    "credit_terms.py": {"any"},
    "declared.py": {"g", "t"},
    "logistics.py": {"x"},
    "marks.py": {"too_many_lines", "line_too_long", "character"},
    "stock.py": {"preshipment"},
    "inspection.py": {"preshipment"},
    "catalogue.py": {"templates"},
}
"""What files mean by words that are in no schema."""


@pytest.mark.parametrize("path", WORDED, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_rules_and_figures_use_no_word_that_nobody_knows(path: Path) -> None:
    known = {*OWN_WORDS.get(path.name, ()), *(each.stem for each in path.parent.glob("*.py"))}
    known |= {"estate_rules", "order_rules"}
    assert literals.unknown_words(path.read_text("utf-8"), known) == []


@pytest.mark.parametrize(
    ("code", "what"),
    [
        ('view.get("oder")', "no kind: oder"),
        ('case.view.every("packings")', "no kind: packings"),
        ('case.has("compnay")', "no kind: compnay"),
        ('estate.roots("customer", "suplier")', "no kind: suplier"),
        ('view.node("contract.pament")', "no field of contract: pament"),
        ('view.fact("contrct.date")', "no kind: contrct"),
        ('case.begun("prodution")', "no stage: prodution"),
        ('rule(needs=["order", "packng"])', "no kind: packng"),
        ('_NEEDS = ("ordr",)\nrule(needs=_NEEDS)', "no kind: ordr"),
        ('rule(gate="contrat")', "no stage: contrat"),
    ],
)
def test_a_misspelt_kind_or_stage_is_found(code: str, what: str) -> None:
    assert [each.partition(": ")[2] for each in literals.misspelt(code)] == [what]


@pytest.mark.parametrize(
    ("code", "what"),
    [
        ('order = case.view.get("order")\norder.text("curency")', "curency"),
        ('for root in case.view.every("packing").values():\n  root.find("mark.main")', "mark.main"),
        (
            'for root in view.every("packing").values():\n  for row in root.rows("lines"):\n'
            '    row.number("weight")',
            "weight",
        ),
        ('terms = case.contract.find("insurance")\nterms.text("premium")', "premium"),
        ('order, packing = view.get("order"), view.get("packing")\norder["cartons"]', "cartons"),
        ('order = view.get("order")\n"percent" in order', "percent"),
    ],
)
def test_a_field_that_stands_elsewhere_is_found(code: str, what: str) -> None:
    indented = code.replace("\n", "\n  ")
    (said,) = literals.misspelt(f"def rule(case):\n  {indented}")
    assert said.endswith(f"no such field there: {what}")


@pytest.mark.parametrize(
    "word", ["quotationX", "lc.issuedX", "orderX.opened", "delivery.payment", "transhiped"]
)
def test_a_word_that_nobody_knows_is_found(word: str) -> None:
    assert literals.unknown_words(f'_TABLE = ("{word}", "quotation")') == [f"1: {word}"]


def test_a_field_of_nothing_is_found() -> None:
    assert literals.unknown_words('row.text("qantity")') == ["1: no field: qantity", "1: qantity"]
