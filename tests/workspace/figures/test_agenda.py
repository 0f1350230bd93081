"""What comes next of an order: the nearest date that nothing has settled."""

from pathlib import Path

import pytest

from docpipe.diagnostics import Text
from docpipe.workspace.figures.agenda import Appointment, next_date
from tests.workspace.figures.kit import CHAIRS, FLASKS, Change, look

ANSWER = "answer: {at: 2026-03-10T16:30+08:00, verdict: accepted, by: Amina Mfano}"


@pytest.mark.parametrize(
    ("change", "date"),
    [
        (("quotation.yaml", ANSWER, ""), "2026-04-05"),
        (("shipments/1/shipment.yaml", "atd: 2026-05-23T06:40+08:00\n", ""), "2026-05-23"),
        (("shipments/1/shipment.yaml", "ata: 2026-06-18T11:00+03:00\n", ""), "2026-06-18"),
        (("feedback/1.yaml", "shipment: 1\n", "shipment: 1\ndue: 2026-07-09\n"), "2026-07-09"),
    ],
)
def test_a_date_that_nothing_settles_comes_next(tmp_path: Path, change: Change, date: str) -> None:
    coming = next_date(look(tmp_path, FLASKS, change), "2026-03-01")
    assert coming is not None and coming.date == date


def test_of_an_order_that_is_done_nothing_comes_next(tmp_path: Path) -> None:
    assert next_date(look(tmp_path, FLASKS), "2026-03-01") is None


def test_before_anything_is_shipped_the_contracts_latest_day_counts_as_amended(
    tmp_path: Path,
) -> None:
    view = look(tmp_path, CHAIRS)
    coming = next_date(view, "2026-11-23")
    assert coming == Appointment("2026-12-04", Text("Latest shipment", "最迟装运日"))
    assert next_date(view, "2026-12-04") == coming
    assert next_date(view, "2026-12-05") is None


def test_the_nearest_of_several_dates_comes_next(tmp_path: Path) -> None:
    unanswered = look(
        tmp_path, FLASKS,
        ("quotation.yaml", ANSWER, ""),
        ("shipments/1/shipment.yaml", "ata: 2026-06-18T11:00+03:00\n", ""),
    )  # fmt: skip
    days = [next_date(unanswered, day) for day in ("2026-04-05", "2026-04-06", "2026-06-19")]
    assert [day and day.date for day in days] == ["2026-04-05", "2026-06-18", None]
