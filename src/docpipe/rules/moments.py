"""Dates and times of order files; those that no calendar has are left to rule DAT01."""

import re
from datetime import UTC, date, datetime

from docpipe.adapters.yamlfile import Node
from docpipe.standards import calendar

_DAY = 10  # characters of 2026-03-16
_WRITTEN = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}.*)?")


def is_written_as_date(node: Node) -> bool:
    """Whether the value has the form of a date or a time."""
    return isinstance(node.value, str) and _WRITTEN.fullmatch(node.value) is not None


def exists(node: Node) -> bool:
    """Whether a calendar has it."""
    return day(node) is not None if len(str(node.value)) == _DAY else moment(node) is not None


def day(node: Node | None) -> date | None:
    """The day of a date or time, as the place reckons where it was written."""
    try:
        return calendar.parse_date(str(node.value)[:_DAY]) if node is not None else None
    except ValueError:
        return None


def moment(node: Node | None) -> datetime | None:
    """The moment of a time; None for a date, and for what is absent or impossible."""
    try:
        return calendar.parse_time(str(node.value)) if node is not None else None
    except ValueError:
        return None


def precedes(one: Node, two: Node) -> bool:
    """Whether the first lies before the second: to the minute where both are times, else by day."""
    if (first := moment(one)) and (second := moment(two)):
        return first.astimezone(UTC) < second.astimezone(UTC)
    first_day, second_day = day(one), day(two)
    return first_day is not None and second_day is not None and first_day < second_day
