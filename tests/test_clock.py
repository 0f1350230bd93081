"""A verdict holds until the moment that the clock gives, and not a second longer is promised."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docpipe.rules.check import check_order
from docpipe.workspace.clock import Clock
from docpipe.workspace.workspace import Workspace
from tests.conftest import ROOT

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
EAST = timezone(timedelta(hours=8))


def clock() -> Any:
    return Clock(NOW)


def test_what_was_compared_with_nothing_holds_for_ever() -> None:
    assert clock().until is None


def test_it_holds_until_the_next_moment_that_it_was_compared_with() -> None:
    now = clock()
    past, soon, later = (NOW + timedelta(hours=hours) for hours in (-1, 2, 3))
    assert past < now < later
    assert min(now, soon) is now
    assert now.until == soon


def test_zones_make_no_difference_to_moments_and_all_to_days() -> None:
    now = clock()
    assert now.astimezone(EAST) < (NOW + timedelta(hours=1)).astimezone(EAST)
    assert now.until == NOW + timedelta(hours=1)
    now = clock()
    assert now.astimezone(EAST).date() == date(2026, 3, 10)
    assert now.until == datetime(2026, 3, 10, 16, tzinfo=UTC)


def test_a_day_counts_when_it_begins_and_when_it_is_over() -> None:
    now = clock()
    assert not now.date() > date(2026, 3, 10)
    assert now.until == datetime(2026, 3, 11, tzinfo=UTC)
    now = clock()
    assert date(2026, 3, 12) > now.date()
    assert now.until == datetime(2026, 3, 12, tzinfo=UTC)
    now = clock()
    assert now.date() < date.max
    assert now.until is not None


@pytest.mark.parametrize(
    "use",
    [
        lambda now: now - NOW,
        lambda now: NOW - now,
        lambda now: now + timedelta(days=1),
        lambda now: f"{now:%Y}",
        lambda now: str(now.date()),
        lambda now: now.year,
        lambda now: now.date().isoformat(),
        lambda now: {now: 1},
    ],
)
def test_what_is_no_comparison_makes_it_hold_for_no_time_at_all(use: Any) -> None:
    now = clock()
    use(now)
    assert now.until == NOW


WORKSPACE = Workspace(ROOT)


def findings(folder: str, now: datetime) -> list[tuple[object, str, str]]:
    checked = check_order(WORKSPACE, folder, now)
    return [(d.place, d.code, d.message("en")) for d in checked.diagnostics]


MOMENTS = st.datetimes(datetime(2025, 12, 1), datetime(2027, 1, 1)).map(
    lambda moment: moment.replace(tzinfo=UTC)
)


@settings(max_examples=60)
@given(folder=st.sampled_from(WORKSPACE.order_folders), now=MOMENTS, part=st.floats(0, 1))
def test_no_verdict_on_the_samples_changes_before_its_time(
    folder: str, now: datetime, part: float
) -> None:
    watched = Clock(now)
    found = findings(folder, cast(datetime, watched))
    assert found == findings(folder, now)
    until = watched.until or datetime(2030, 1, 1, tzinfo=UTC)
    assert until > now, "no rule does more with the clock than compare it"
    assert findings(folder, now + (until - now) * part - timedelta(microseconds=1)) == found or (
        part == 0
    )


@pytest.mark.soak
def test_verdicts_on_the_samples_do_change_at_their_time() -> None:
    """The promise is not empty: there are verdicts that change at the very moment."""
    changed, now = 0, datetime(2026, 1, 1, tzinfo=UTC)
    for folder in WORKSPACE.order_folders:
        at = now
        for _ in range(200):
            watched = Clock(at)
            found = findings(folder, cast(datetime, watched))
            if watched.until is None:
                break
            at = max(watched.until, at + timedelta(microseconds=1))
            changed += findings(folder, at + timedelta(minutes=1)) != found
    assert changed > 10
