"""The company's deadlines: how long each answer may take, in its working calendar."""

from datetime import date, datetime, time
from typing import Literal
from zoneinfo import ZoneInfo

from docpipe.adapters.yamlfile import Node
from docpipe.standards.calendar import TimeUnit, WorkingCalendar

_WEEKDAYS = {"mon": 1, "tue": 2, "wed": 3, "thu": 4, "fri": 5, "sat": 6, "sun": 7}


class Deadlines:
    """company.yaml's `policy`. Raises ValueError where its calendar or time zone is unusable."""

    def __init__(self, company: Node) -> None:
        self.calendar = working_calendar(company)
        self._policy = company["policy"]

    def due(self, policy: str, start: datetime) -> datetime:
        """When something asked at `start` is due, such as due("inquiry_reply", received)."""
        interval = self._policy[policy]
        unit: TimeUnit = "hours" if "hours" in interval else "days"
        basis: Literal["clock", "working"] = (
            "working" if interval.text("basis") == "working" else "clock"
        )
        return self.calendar.due(start, interval.count(unit), unit, basis)


def working_calendar(company: Node) -> WorkingCalendar:
    """When the company works. Raises ValueError for an unknown time zone or impossible hours."""
    written = company["working_calendar"]
    return WorkingCalendar(
        time_zone=_zone(company.text("time_zone")),
        working_days=frozenset(_WEEKDAYS[str(day.value)] for day in written.rows("days")),
        holidays=_days(written, "holidays"),
        extra_workdays=_days(written, "extra_days"),
        hours=((_clock(written, "hours.from"), _clock(written, "hours.to")),),
    )


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, OSError) as error:
        raise ValueError(f"there is no time zone {name}") from error


def is_zone(name: str) -> bool:
    """Whether it is a time zone of the IANA database."""
    try:
        _zone(name)
    except ValueError:
        return False
    return True


def _days(written: Node, name: str) -> frozenset[date]:
    return frozenset(date.fromisoformat(str(day.value)) for day in written.rows(name))


def _clock(written: Node, name: str) -> time:
    return time.fromisoformat(written.text(name))
