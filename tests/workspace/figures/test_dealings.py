"""Figures of purchases, of earlier trade, of marks and of the declaration."""

from decimal import Decimal
from pathlib import Path

import pytest

from docpipe.standards import units
from docpipe.workspace.figures.bilingual import Both
from docpipe.workspace.figures.buying import buying
from docpipe.workspace.figures.credit import credit_of
from docpipe.workspace.figures.declaration import Producer, declaration, statutory
from docpipe.workspace.figures.making import making
from docpipe.workspace.figures.marks import marks
from docpipe.workspace.figures.past_trade import TradeTotal, past_trade, trade_totals
from tests import casebook
from tests.workspace.figures.kit import FLASKS, NAILS, look

VAT = "vat: {percent: 13, included: true, invoice: special, days: 10}\n"
LINES = 24000 * Decimal("15.20") + 12000 * Decimal("20.10")


def test_tax_that_prices_include_is_taken_out_of_them(tmp_path: Path) -> None:
    found = buying(look(tmp_path, FLASKS), "1")
    assert found is not None and found.net is not None
    assert found.total == LINES
    assert found.net == Decimal("536283.19")
    assert found.vat == LINES - found.net


def test_tax_that_prices_leave_out_comes_on_top(tmp_path: Path) -> None:
    change = ("purchases/1.yaml", VAT, VAT.replace("true", "false"))
    found = buying(look(tmp_path, FLASKS, change), "1")
    assert found is not None
    assert (found.net, found.vat, found.total) == (LINES, Decimal("78780.00"), Decimal("684780.00"))
    assert [part.amount for part in found.parts] == [Decimal("205434.00"), Decimal("479346.00")]


def test_nothing_is_said_of_tax_where_the_purchase_does_not(tmp_path: Path) -> None:
    found = buying(look(tmp_path, FLASKS, ("purchases/1.yaml", VAT, "")), "1")
    assert found is not None
    assert (found.net, found.vat, found.total) == (None, None, LINES)


def test_a_purchase_that_is_not_there_has_no_figures(tmp_path: Path) -> None:
    assert buying(look(tmp_path, FLASKS), "9") is None


def _earlier(target: Path) -> None:
    """An earlier order of the same customer beside the sample."""
    source = casebook.ROOT / casebook.order_folder(FLASKS)
    folder = target / "orders/2025/05/ZF-2025-0009"
    for name in ("order.yaml", "contract.yaml", "quotation.yaml"):
        text = (source / name).read_text("utf-8").replace("2026", "2025")
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text.replace("ZF-2025-0002", "ZF-2025-0009"), "utf-8")


@pytest.mark.parametrize(("kind", "complaints"), [("complaint", 1), ("claim", 1), ("praise", 0)])
def test_earlier_contracts_of_the_customer_are_told(
    tmp_path: Path, kind: str, complaints: int
) -> None:
    _earlier(tmp_path)
    said = f"kind: {kind}\nreceived: 2025-07-01T09:00+08:00\n"
    path = tmp_path / "orders/2025/05/ZF-2025-0009/feedback/1.yaml"
    path.parent.mkdir()
    path.write_text(f"owner: lin.yang@zefan.example\n{said}", "utf-8")
    (past,) = past_trade(look(tmp_path, FLASKS))
    assert (past.number, past.date, past.currency) == ("ZF-2025-0009", "2025-03-16", "USD")
    assert past.total == Decimal("107160.00")
    assert past.goods == Both(
        "Vacuum flask 750 ml, Vacuum flask 1,000 ml",
        "不锈钢真空保温杯 750毫升、不锈钢真空保温杯 1000毫升",
    )
    assert past.complaints == complaints
    once, twice = trade_totals([past]), trade_totals([past, past])
    assert once == (TradeTotal("USD", 1, past.total),)
    assert twice == (TradeTotal("USD", 2, 2 * past.total),)


def test_side_marks_follow_from_the_cartons_where_none_is_written(tmp_path: Path) -> None:
    text = (casebook.ROOT / casebook.order_folder(FLASKS) / "shipments/1/packing.yaml").read_text(
        "utf-8"
    )
    (side,) = [line for line in text.splitlines(keepends=True) if "side:" in line]
    found = marks(look(tmp_path, FLASKS, ("shipments/1/packing.yaml", side, "")), "1")
    assert found is not None
    assert found.main == ("MFANO", "PO-4471", "MOMBASA", "1/1600")
    first, second = found.sides
    assert first.lines == (
        "VACUUM FLASK 750 ML", "STAINLESS STEEL 304 INSIDE, 201 OUTSIDE", "24 PCS",
        "N.W. 8.6 KG", "G.W. 9.8 KG", "46 X 31 X 27 CM", "(1-1000)", "MOMBASA, KENYA",
        "MADE IN CHINA",
    )  # fmt: skip
    assert second.lines[-3:] == ("(1001-1600)", "MOMBASA, KENYA", "MADE IN CHINA")


def test_a_side_mark_that_is_written_is_parted_by_kinds_of_cartons(tmp_path: Path) -> None:
    found = marks(look(tmp_path, FLASKS), "1")
    assert found is not None
    first, second = found.sides
    assert first.lines[0] == "VACUUM FLASK 750 ML" and second.lines[0] == "VACUUM FLASK 1000 ML"
    assert first.lines[-1] == second.lines[-1] == "MADE IN CHINA"
    assert (len(first.lines), len(second.lines)) == (5, 5)


def test_the_declaration_names_whom_customs_data_name(tmp_path: Path) -> None:
    own = "consignee: MFANO TRADING\nproducer: {name: 永康样例, uscc: 91330784MA00000X0A}\n"
    change = ("shipments/1/customs.yaml", 'regime: "0110"\n', f'regime: "0110"\n{own}')
    found = declaration(look(tmp_path, FLASKS, change), "1")
    assert found is not None
    assert found.consignee == Both("MFANO TRADING")
    assert found.producers == (Producer(Both(zh="永康样例"), "91330784MA00000X0A"),)


def test_the_house_bill_stands_behind_the_masters(tmp_path: Path) -> None:
    number = ("shipments/1/shipment.yaml", "number: SMPL00220571", "number: H1, master_number: M-1")
    by_sea = declaration(look(tmp_path / "sea", FLASKS, number), "1")
    by_air = declaration(
        look(tmp_path / "air", FLASKS, number, ("order.yaml", "mode: sea", "mode: air")), "1"
    )
    by_rail = declaration(
        look(tmp_path / "rail", FLASKS, number, ("order.yaml", "mode: sea", "mode: rail")), "1"
    )
    assert [each and each.bill for each in (by_sea, by_air, by_rail)] == ["M-1*H1", "M1_H1", "H1"]
    unshipped = look(tmp_path / "none", FLASKS, ("shipments/1/shipment.yaml", "", ""))
    planned = declaration(unshipped, "1")
    assert planned is not None and planned.bill == ""


def test_a_shipment_that_goes_another_way_is_declared_by_that_way(tmp_path: Path) -> None:
    plan = "shipments/1/logistics.yaml"
    own = (plan, "forwarder: SHUNLI\n", "forwarder: SHUNLI\ntransport: {mode: air}\n")
    ways = [
        declaration(look(tmp_path / f"{number}", FLASKS, *changes), "1")
        for number, changes in enumerate(([], [own], [(plan, "", "")]))
    ]
    assert [way and way.transport.code for way in ways] == ["2", "5", "2"]


@pytest.mark.parametrize(
    ("code", "measure"), [("035", "8600"), ("036", "8600000"), ("070", "8.6"), ("054", None)]
)
def test_customs_units_of_weight_follow_from_the_net_weight(code: str, measure: str | None) -> None:
    """Kilograms, grams and tonnes; pieces where they are sold so, and nothing elsewhere."""
    sold = units.unit("H87")
    found = statutory(code, sold, Decimal(24000), Decimal("8600"))
    assert found == (measure and Decimal(measure))
    assert statutory(sold.customs_code, sold, Decimal(24000), Decimal(1)) == 24000


def test_each_line_is_declared_by_what_its_own_cartons_weigh(tmp_path: Path) -> None:
    found = declaration(look(tmp_path, FLASKS), "1")
    assert found is not None
    assert [line.number for line in found.lines] == [1, 2]
    assert [line.first and line.first.quantity for line in found.lines] == [8600, 5520]
    assert [line.sold.quantity for line in found.lines] == [24000, 12000]


@pytest.mark.parametrize(
    ("rule", "declared"), [("CIF", (True, True)), ("CFR", (True, False)), ("FOB", (False, False))]
)
def test_charges_are_declared_as_the_price_holds_them(
    rule: str, declared: tuple[bool, bool], tmp_path: Path
) -> None:
    change = ("order.yaml", "rule: CIF", f"rule: {rule}")
    found = declaration(look(tmp_path, FLASKS, change), "1")
    assert found is not None
    assert (found.freight is not None, found.insurance is not None) == declared


def test_a_report_is_held_against_what_was_planned_by_its_day(tmp_path: Path) -> None:
    view = look(tmp_path, FLASKS)
    due = {}
    for day in ("2026-04-14", "2026-04-28", "2026-05-05", "2026-05-12"):
        found = making(view, day)
        assert found is not None and found.reported == day
        due[day] = [line.due for line in found.lines]
    assert due == {
        "2026-04-14": [0, 0],
        "2026-04-28": [12000, 0],
        "2026-05-05": [12000, 6000],
        "2026-05-12": [24000, 12000],
    }
    last = making(view)
    assert last is not None and last.reported == "2026-05-18"
    assert last.spare == 10
    assert [line.share for line in last.lines] == [1, 1]
    assert {each.id: each.slip for each in last.milestones}[5] == 4


def test_a_plan_without_reports_is_due_nothing_yet(tmp_path: Path) -> None:
    reports = sorted((casebook.ROOT / casebook.order_folder(FLASKS) / "progress").glob("*.yaml"))
    gone = [(f"progress/{path.name}", "", "") for path in reports]
    found = making(look(tmp_path, FLASKS, *gone), "")
    assert found is not None
    assert (found.reported, found.ready, found.planned_ready) == (None, None, "2026-05-11")
    assert [(line.due, line.done, line.share) for line in found.lines] == [(None, None, None)] * 2
    assert found.spare == 17


@pytest.mark.parametrize(
    ("accepted", "latest", "days"), [("true", "2026-05-10", 21), ("false", "2026-04-30", 15)]
)
def test_a_credit_counts_as_amended_unless_the_amendment_was_refused(
    tmp_path: Path, accepted: str, latest: str, days: int
) -> None:
    row = "latest_shipment: 2026-05-10, presentation_days: 21, text: LATER"
    change = "amendments:\n  - {number: 1, date: 2026-04-01, received: 2026-04-02, "
    change += f"{row}, accepted: {accepted}}}\nmarks: [MUESTRA,"
    view = look(tmp_path, NAILS, ("lc.yaml", "marks: [MUESTRA,", change))
    node = view.get("lc")
    assert node is not None
    found = credit_of(node)
    assert (str(found.latest_shipment.value), found.presentation_days) == (latest, days)
    assert str(found.expiry.value) == "2026-05-15"


def test_a_kind_of_carton_may_have_two_lines_of_its_own(tmp_path: Path) -> None:
    text = (casebook.ROOT / casebook.order_folder(FLASKS) / "shipments/1/packing.yaml").read_text(
        "utf-8"
    )
    (side,) = [line for line in text.splitlines(keepends=True) if "side:" in line]
    short = '  side: {en: "FLASK 750, 24 PCS; FLASK 1000, 20 PCS; CHINA"}\n'
    found = marks(look(tmp_path, FLASKS, ("shipments/1/packing.yaml", side, short)), "1")
    assert found is not None
    assert [each.lines for each in found.sides] == [
        ("FLASK 750", "24 PCS", "CHINA"),
        ("FLASK 1000", "20 PCS", "CHINA"),
    ]
