"""What comes into stock, against what was there before and what is sold."""

from decimal import Decimal
from pathlib import Path

import pytest

from docpipe.workspace.figures.stocked import stocked
from tests import casebook
from tests.workspace.figures.kit import FLASKS, Change, look

FIRST = "stock-in/1.yaml"


def _notes() -> list[Change]:
    """Of the first line 23,000 came, then 500 twice, then 600; of the second all at once."""
    text = (casebook.ROOT / casebook.order_folder(FLASKS) / FIRST).read_text("utf-8")
    one, two = (row for row in text.splitlines(keepends=True) if "- {line:" in row)
    more = one.replace(", cartons: 1000", "")
    later = text.replace(two, "")
    return [
        (FIRST, "quantity: 24000", "quantity: 23000"),
        ("stock-in/2.yaml", "", later.replace(one, more.replace("24000", "500") * 2)),
        ("stock-in/10.yaml", "", later.replace(one, more.replace("24000", "600"))),
    ]


@pytest.mark.parametrize(
    ("note", "first"),
    [
        ("1", (0, 23000, 23000, 1000)),
        ("2", (23000, 1000, 24000, 0)),
        ("10", (24000, 600, 24600, 0)),
    ],
)
def test_what_was_there_before_counts_in_the_order_of_the_notes(
    note: str, first: tuple[int, ...], tmp_path: Path
) -> None:
    found = stocked(look(tmp_path, FLASKS, *_notes()), note)
    assert found is not None
    told = [(each.before, each.now, each.after, each.missing) for each in found.totals]
    assert told[0] == first
    assert [each.id for each in found.totals] == ([1, 2] if note == "1" else [1])
    assert told[1:] == ([(0, 12000, 12000, 0)] if note == "1" else [])
    assert all(each.sold == (24000, 12000)[each.id - 1] for each in found.totals)


def test_packages_are_counted_where_they_are_told(tmp_path: Path) -> None:
    view = look(tmp_path, FLASKS, *_notes())
    first, later = stocked(view, "1"), stocked(view, "2")
    assert first is not None and later is not None
    assert (first.cartons, later.cartons) == (1600, 0)
    assert [line.quantity for line in later.lines] == [Decimal(500)] * 2
    assert first.supplier.zh and first.lines[0].inspected and first.lines[0].verdict.en


def test_without_a_contract_nothing_is_missing(tmp_path: Path) -> None:
    found = stocked(look(tmp_path, FLASKS, ("contract.yaml", "", "")), "1")
    assert found is not None
    assert [(each.sold, each.missing) for each in found.totals] == [(None, None)] * 2
    assert stocked(look(tmp_path / "no", FLASKS), "7") is None
