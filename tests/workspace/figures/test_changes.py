"""What an amendment changes, line by line and term by term."""

from decimal import Decimal
from pathlib import Path

from docpipe.workspace.figures.bilingual import Both
from docpipe.workspace.figures.changes import Changes, changes
from tests.workspace.figures.kit import CHAIRS, FLASKS, Change, look

HEAD = "date: 2026-03-20\nasked: {by: buyer, at: 2026-03-19T10:00+08:00, person: Amina Mfano}\n"
HEAD += "reason: {en: Demand, zh: 销量}\n"


def _of(tmp_path: Path, body: str, *more: Change) -> Changes:
    found = changes(look(tmp_path, FLASKS, ("amendments/1.yaml", "", HEAD + body), *more), "1")
    assert found is not None
    return found


def _rows(found: Changes) -> list[tuple[int, str, str]]:
    return [(row.id, row.what.en, row.what.zh) for row in found.lines]


def test_a_line_is_changed_in_quantity_or_price(tmp_path: Path) -> None:
    found = _of(tmp_path, "lines: [{line: 1, change: changed, quantity: 25000}]\n")
    assert _rows(found) == [(1, "changed", "变更")]
    (row,) = found.lines
    assert row.before is not None and row.after is not None
    assert (row.before.quantity, row.after.quantity) == (24000, 25000)
    assert found.total_changed
    assert found.difference == Decimal("2700.00")
    dearer = _of(tmp_path / "price", "lines: [{line: 2, change: changed, price: 3.50}]\n")
    assert _rows(dearer) == [(2, "changed", "变更")]
    assert dearer.difference == Decimal("-360.00")


def test_a_line_is_removed(tmp_path: Path) -> None:
    found = _of(tmp_path, "lines: [{line: 2, change: removed}]\n")
    assert _rows(found) == [(2, "removed", "取消")]
    assert found.lines[0].after is None and found.lines[0].unit
    assert found.difference == -12000 * Decimal("3.53")


def test_a_line_is_added(tmp_path: Path) -> None:
    third = "  - {id: 3, product: FLASK-750, origin: CN}\nspecial_requirements:"
    found = _of(
        tmp_path,
        "lines: [{line: 3, change: added, quantity: 600, price: 2.80}]\n",
        ("order.yaml", "special_requirements:", third),
    )
    assert _rows(found) == [(3, "added", "新增")]
    assert found.lines[0].before is None
    assert found.difference == Decimal("1680.00")


def test_a_term_that_stays_is_not_listed_and_one_that_was_not_there_is(tmp_path: Path) -> None:
    found = _of(
        tmp_path, "delivery: {earliest_shipment: 2026-05-20, latest_shipment: 2026-06-05}\n"
    )
    assert [(each.title.en, each.before.en, each.after.en) for each in found.terms] == [
        ("Latest shipment", "2026-05-28", "2026-06-05"),
        ("Not before", "not stated", "2026-05-20"),
    ]
    assert found.terms[1].before == Both("not stated", "未约定")
    assert found.lines == () and not found.total_changed and found.difference == 0


def test_the_instalments_move_with_the_total(tmp_path: Path) -> None:
    found = _of(tmp_path, "lines: [{line: 1, change: changed, quantity: 25000}]\n")
    (payment,) = found.terms
    first, second = payment.after.en.splitlines()
    assert first.startswith("30 % by T/T, ") and first.endswith(": USD 32,958.00")
    assert second.endswith(": USD 76,902.00")
    assert payment.after.zh.splitlines()[0].startswith("30%，T/T，")


def test_the_first_shipment_moves_with_its_schedule(tmp_path: Path) -> None:
    found = changes(look(tmp_path, CHAIRS), "1")
    assert found is not None
    schedule = found.terms[-1]
    assert schedule.before.en == (
        "Shipment 1 by 2026-11-17: line 1: 800\nShipment 2 by 2026-11-24: line 1: 400"
    )
    assert schedule.after.zh == (
        "第1批，不迟于2026-11-27：第1行 800\n第2批，不迟于2026-12-04：第1行 400"
    )


def test_there_are_no_changes_without_an_amendment(tmp_path: Path) -> None:
    assert changes(look(tmp_path, FLASKS), "1") is None
