"""A clock that knows until when what was judged by it holds.

Deadlines make some verdicts change while nobody touches a file. Rules compare the clock with dates
of the order, and nothing else; so the verdict holds until the next of those dates. `Clock` stands
in for the moment and notes what it was compared with. It is no `datetime` on purpose: what it does
not know how to watch fails aloud, or makes the verdict hold for no time at all.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from operator import eq, ge, gt, le, lt, ne
from typing import Any


class _Watch:
    """The earliest moment, from now on, at which a comparison may come out differently."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.until: datetime | None = None

    def note(self, moment: datetime) -> None:
        if moment >= self.now and (self.until is None or moment < self.until):
            self.until = moment

    def spoil(self) -> None:
        """Something else was done with the clock: the verdict holds for this moment alone."""
        self.until = self.now


class _Watched:
    """What moments and days have in common; `plain` is the value watched."""

    def __init__(self, plain: Any, watch: _Watch) -> None:
        self.plain, self.watch = plain, watch

    def _compared(self, other: Any, by: Callable[[Any, Any], bool]) -> bool:
        if isinstance(other, _Watched):
            return by(self.plain, other.plain)
        answer = by(self.plain, other)  # raises what the plain value would
        if isinstance(other, date):
            self._note(other)
        return answer

    def _note(self, other: Any) -> None:
        raise NotImplementedError

    def __lt__(self, other: Any) -> bool:
        return self._compared(other, lt)

    def __le__(self, other: Any) -> bool:
        return self._compared(other, le)

    def __gt__(self, other: Any) -> bool:
        return self._compared(other, gt)

    def __ge__(self, other: Any) -> bool:
        return self._compared(other, ge)

    def __eq__(self, other: object) -> bool:
        return self._compared(other, eq)

    def __ne__(self, other: object) -> bool:
        return self._compared(other, ne)

    def __hash__(self) -> int:
        self.watch.spoil()
        return hash(self.plain)

    def __sub__(self, other: Any) -> Any:
        self.watch.spoil()
        return self.plain - (other.plain if isinstance(other, _Watched) else other)

    def __rsub__(self, other: Any) -> Any:
        self.watch.spoil()
        return other - self.plain

    def __add__(self, other: Any) -> Any:
        self.watch.spoil()
        return self.plain + other

    def __format__(self, form: str) -> str:
        self.watch.spoil()
        return format(self.plain, form)

    def __str__(self) -> str:
        return format(self)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        self.watch.spoil()
        return getattr(self.plain, name)


class _Day(_Watched):
    """Today, in the time zone in which it was asked for."""

    def __init__(self, plain: date, watch: _Watch, zone: tzinfo) -> None:
        super().__init__(plain, watch)
        self.zone = zone

    def _note(self, other: date) -> None:
        """Another day makes a difference when it begins, and when it is over."""
        for days in (0, 1):
            try:
                day = other + timedelta(days=days)
                self.watch.note(datetime.combine(day, time(), self.zone).astimezone(UTC))
            except OverflowError:  # the last day of all
                continue


class Clock(_Watched):
    """`now`, watched. `until` is the moment from which on it must be judged again, if any."""

    def __init__(self, now: datetime, watch: _Watch | None = None) -> None:
        super().__init__(now, watch or _Watch(now))

    @property
    def until(self) -> datetime | None:
        """The first moment at which a comparison made so far may come out differently."""
        return self.watch.until

    def astimezone(self, zone: tzinfo) -> "Clock":
        """The same moment elsewhere."""
        return Clock(self.plain.astimezone(zone), self.watch)

    def date(self) -> _Day:
        """Today."""
        return _Day(self.plain.date(), self.watch, self.plain.tzinfo)

    def _note(self, other: datetime) -> None:
        self.watch.note(other)
