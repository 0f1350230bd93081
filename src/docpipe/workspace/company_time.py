"""The company's clock: a moment in its time zone."""

from datetime import datetime
from zoneinfo import ZoneInfo

from docpipe.diagnostics import DocpipeError
from docpipe.workspace.workspace import Workspace


def local_time(workspace: Workspace, now: datetime) -> datetime:
    """`now` as the company's clock shows it."""
    return now.astimezone(ZoneInfo(workspace.company.text("time_zone")))


def moment(workspace: Workspace, now: datetime) -> datetime:
    """The same, or `now` as it is where company.yaml is broken: `check` says so."""
    try:
        return local_time(workspace, now)
    except DocpipeError:
        return now
