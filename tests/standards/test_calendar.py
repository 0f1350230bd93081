from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docpipe.standards.calendar import (
    WorkingCalendar,
    add_clock_hours,
    parse_date,
    parse_time,
)

CHINA = timezone(timedelta(hours=8))
# 1-7 October 2026 is a holiday; Saturday 10 October is worked instead.
OFFICE = WorkingCalendar(
    CHINA,
    holidays=frozenset(date(2026, 10, day) for day in range(1, 8)),
    extra_workdays=frozenset({date(2026, 10, 10)}),
)


def at(text, calendar=OFFICE):
    return datetime.fromisoformat(text).replace(tzinfo=calendar.time_zone)


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        ("2026-09-30", True),
        ("2026-10-01", False),
        ("2026-10-08", True),
        ("2026-10-10", True),
        ("2026-10-11", False),
        ("2026-10-17", False),
    ],
)
def test_holidays_and_make_up_days_count(day, worked):
    assert OFFICE.is_workday(date.fromisoformat(day)) is worked


@pytest.mark.parametrize(
    ("start", "hours", "due"),
    [
        ("2026-03-02T09:00", 3, "2026-03-02T12:00"),
        ("2026-03-02T09:00", 4, "2026-03-02T14:00"),
        ("2026-03-02T12:30", 1, "2026-03-02T14:00"),
        ("2026-03-02T17:00", 2, "2026-03-03T10:00"),
        ("2026-03-06T21:40", 8, "2026-03-09T18:00"),  # asked on a Friday evening
        ("2026-09-30T17:00", 2, "2026-10-08T10:00"),
        ("2026-10-09T17:00", 2, "2026-10-10T10:00"),
        ("2026-03-02T09:00", 0, "2026-03-02T09:00"),
        ("2026-03-01T15:00", 0, "2026-03-02T09:00"),
    ],
)
def test_working_hours_run_only_while_people_work(start, hours, due):
    assert OFFICE.due(at(start), hours, "hours", "working") == at(due)


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        ("2026-03-02T09:00", 1, "2026-03-03T18:00"),
        ("2026-03-06T21:40", 2, "2026-03-10T18:00"),
        ("2026-03-07T10:00", 1, "2026-03-09T18:00"),
        ("2026-09-30T10:00", 3, "2026-10-10T18:00"),
        ("2026-03-02T09:00", 0, "2026-03-02T18:00"),
        ("2026-03-07T09:00", 0, "2026-03-09T18:00"),
    ],
)
def test_working_days_end_at_the_close_of_the_nth_day_after(start, days, due):
    assert OFFICE.due(at(start), days, "days", "working") == at(due)


def test_the_clock_runs_through_nights_and_weekends():
    start = at("2026-03-06T21:40")
    assert OFFICE.due(start, 24, "hours", "clock") == at("2026-03-07T21:40")
    assert OFFICE.due(start, 14, "days", "clock") == at("2026-03-20T21:40")


def test_a_start_from_another_zone_is_answered_in_the_calendars():
    due = OFFICE.due(datetime(2026, 3, 6, 13, 40, tzinfo=UTC), 1, "hours", "clock")
    assert due.isoformat() == "2026-03-06T22:40:00+08:00"


def test_clock_hours_are_elapsed_hours_when_the_clocks_change():
    berlin = ZoneInfo("Europe/Berlin")
    start = datetime(2026, 3, 28, 12, tzinfo=berlin)
    assert add_clock_hours(start, 24) == datetime(2026, 3, 29, 13, tzinfo=berlin)
    office = WorkingCalendar(berlin)
    assert office.due(start, 1, "days", "clock") == datetime(2026, 3, 29, 12, tzinfo=berlin)


moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)).map(
    lambda moment: moment.replace(second=0, microsecond=0, tzinfo=CHINA)
)


@given(moments, st.integers(0, 60))
def test_working_hours_agree_with_counting_minutes(start, hours):
    """Walk the calendar minute by minute and count the ones that are worked."""
    due = OFFICE.add_working_hours(start, hours)
    worked, moment = 0, start
    while moment < due:
        next_step = min(due, moment + timedelta(minutes=1))
        inside = any(a <= moment.time() < b for a, b in OFFICE.hours)
        if inside and OFFICE.is_workday(moment.date()):
            worked += 1
        moment = next_step
    assert worked == hours * 60


@given(moments, st.integers(1, 30))
def test_between_a_start_and_its_due_day_lie_that_many_working_days(start, days):
    due = OFFICE.add_working_days(start, days)
    span = [
        start.date() + timedelta(days=n) for n in range(1, (due.date() - start.date()).days + 1)
    ]
    assert sum(map(OFFICE.is_workday, span)) == days
    assert OFFICE.is_workday(due.date())
    assert due.time() == time(18)


@pytest.mark.parametrize(
    "wrong",
    [
        {"working_days": frozenset({0, 1})},
        {"hours": ()},
        {"hours": ((time(9), time(9)),)},
        {"hours": ((time(9), time(12)), (time(11), time(18)))},
    ],
)
def test_an_impossible_calendar_is_refused(wrong):
    with pytest.raises(ValueError, match="working"):
        WorkingCalendar(CHINA, **wrong)


def test_a_calendar_without_work_does_not_search_for_ever():
    with pytest.raises(ValueError, match="no working day"):
        WorkingCalendar(CHINA, working_days=frozenset()).due(
            at("2026-03-02T09:00"), 1, "hours", "working"
        )


@pytest.mark.parametrize("basis", ["clock", "working"])
@pytest.mark.parametrize("unit", ["hours", "days"])
def test_a_deadline_needs_an_offset_and_a_sensible_amount(basis, unit):
    with pytest.raises(ValueError, match="offset"):
        OFFICE.due(datetime(2026, 3, 2), 1, unit, basis)
    with pytest.raises(ValueError, match="past"):
        OFFICE.due(at("2026-03-02T09:00"), -1, unit, basis)


def test_an_unknown_unit_or_basis_is_refused():
    with pytest.raises(ValueError, match="not a deadline"):
        OFFICE.due(at("2026-03-02T09:00"), 1, "weeks", "clock")


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-06T21:40+08:00",
        "2026-03-06 21:40 +08:00",
        "2026-03-06T21:40:00+08:00",
        "2026-03-06T13:40Z",
    ],
)
def test_one_moment_may_be_written_in_four_ways(text):
    assert parse_time(text) == datetime(2026, 3, 6, 13, 40, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-06T21:40",
        "2026-03-06",
        "20260306T214000Z",
        "2026-03-06T25:00Z",
        "2026-13-06T12:00Z",
        "2026-03-06T21:40+0800",
        " 2026-03-06T21:40Z",
        "٢٠٢٦-03-06T21:40Z",
        "",
    ],
)
def test_a_time_without_offset_or_in_another_form_is_refused(text):
    with pytest.raises(ValueError, match="is not a time"):
        parse_time(text)


def test_dates_have_one_form():
    assert parse_date("2026-03-06") == date(2026, 3, 6)
    for text in ("20260306", "2026-W10-5", "6/3/2026", "2026-02-30", "2026-03-06T00:00Z", ""):
        with pytest.raises(ValueError, match="is not a date"):
            parse_date(text)
