"""Deadlines: working time, clock time, and strict reading of dates and times.

A deadline's ``basis`` says which time runs. ``clock`` runs through nights and weekends; ``working``
runs only within the hours of working days. All times carry an offset; there is no local time that
could mean two things.
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import pairwise
from typing import Literal

from docpipe.diagnostics import Value

Basis = Literal["clock", "working"]
TimeUnit = Literal["hours", "days"]

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([0-9]{2}:[0-9]{2}(?::[0-9]{2})?) ?(Z|[+-][0-9]{2}:[0-9]{2})"
)
_SEARCH_DAYS = 400  # a year without one working day is a mistake, not a calendar


class WorkingCalendar(Value):
    """When a company works.

    ``working_days`` are ISO weekdays (Monday 1); ``holidays`` are free although they are working
    days, ``extra_workdays`` are worked although they are not (调休); ``hours`` are spans of the
    day in order.
    ``ValueError`` for weekdays outside 1-7 and for hours that are empty, overlap or run backwards.
    """

    time_zone: tzinfo
    working_days: frozenset[int] = frozenset({1, 2, 3, 4, 5})
    holidays: frozenset[date] = frozenset()
    extra_workdays: frozenset[date] = frozenset()
    hours: tuple[tuple[time, time], ...] = ((time(9), time(12)), (time(13), time(18)))

    def __post_init__(self) -> None:
        if not self.working_days <= set(range(1, 8)):
            raise ValueError(f"working days {sorted(self.working_days)} are not ISO weekdays 1-7")
        edges = [edge for span in self.hours for edge in span]
        if not edges or any(earlier >= later for earlier, later in pairwise(edges)):
            raise ValueError("working hours must be spans of the day, in order, not overlapping")

    def is_workday(self, day: date) -> bool:
        """Whether the company works on ``day``."""
        if day in self.extra_workdays:
            return True
        return day.isoweekday() in self.working_days and day not in self.holidays

    def add_working_hours(self, start: datetime, hours: int) -> datetime:
        """When so many working hours have passed since ``start``."""
        left = timedelta(hours=hours)
        for opens, closes in self._spans(_aware(start)):
            if left <= closes - opens:
                return (opens + left).astimezone(self.time_zone)
            left -= closes - opens
        raise AssertionError("spans do not end")

    def add_working_days(self, start: datetime, days: int) -> datetime:
        """The close of business of the n-th working day after the day of ``start``.

        The day of the event itself does not count; with 0 days it is that day, or the next
        working day if it is free.
        """
        day = _aware(start).astimezone(self.time_zone).date()
        if days == 0:
            day -= timedelta(days=1)
        for _ in range(max(days, 1)):
            day = self.next_workday(day + timedelta(days=1))
        return datetime.combine(day, self.hours[-1][1], self.time_zone)

    def due(self, start: datetime, amount: int, unit: TimeUnit, basis: Basis) -> datetime:
        """When something asked at ``start`` is due, in the calendar's time zone.

        Clock hours are elapsed time; clock days keep the time of day; working time as the methods
        above. ``ValueError`` for a negative amount, an unknown unit or basis, or no offset.
        """
        if amount < 0:
            raise ValueError(f"a deadline of {amount} {unit} lies in the past")
        match basis, unit:
            case "clock", "hours":
                return add_clock_hours(start, amount).astimezone(self.time_zone)
            case "clock", "days":
                return _aware(start).astimezone(self.time_zone) + timedelta(days=amount)
            case "working", "hours":
                return self.add_working_hours(start, amount)
            case "working", "days":
                return self.add_working_days(start, amount)
        raise ValueError(f"{amount} {unit} on basis {basis!r} is not a deadline")

    def _spans(self, start: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Working spans from ``start`` on, in UTC, so that lengths are elapsed time."""
        day = start.astimezone(self.time_zone).date()
        while True:
            day = self.next_workday(day)
            for opens, closes in self.hours:
                first = datetime.combine(day, opens, self.time_zone).astimezone(UTC)
                last = datetime.combine(day, closes, self.time_zone).astimezone(UTC)
                if start < last:
                    yield max(first, start.astimezone(UTC)), last
            day += timedelta(days=1)

    def next_workday(self, day: date) -> date:
        """The day itself where it is worked, else the next that is. ``ValueError``: none."""
        for offset in range(_SEARCH_DAYS):
            if self.is_workday(day + timedelta(days=offset)):
                return day + timedelta(days=offset)
        raise ValueError(f"no working day within {_SEARCH_DAYS} days of {day}")


def add_clock_hours(start: datetime, hours: int) -> datetime:
    """Elapsed time: correct across a change of the clocks, unlike adding to local time."""
    return (_aware(start).astimezone(UTC) + timedelta(hours=hours)).astimezone(start.tzinfo)


def parse_date(text: str) -> date:
    """A date written ``2026-03-06``. ``ValueError`` for any other form or an impossible date."""
    if not _DATE.fullmatch(text):
        raise ValueError(f"{text!r} is not a date; write it as 2026-03-06")
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ValueError(f"{text!r} is not a date: {error}") from None


def parse_time(text: str) -> datetime:
    """A moment written ``2026-03-06T21:40+08:00`` (or a blank for T, seconds, Z).

    The offset is mandatory. ``ValueError`` for any other form or an impossible time.
    """
    match = _TIME.fullmatch(text)
    if not match:
        raise ValueError(f"{text!r} is not a time; write it as 2026-03-06T21:40+08:00")
    try:
        return datetime.fromisoformat(f"{match[1]}T{match[2]}{match[3]}")
    except ValueError as error:
        raise ValueError(f"{text!r} is not a time: {error}") from None


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError(f"{moment} has no offset from UTC")
    return moment
