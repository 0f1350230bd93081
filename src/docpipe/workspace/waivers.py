"""Waivers: an approved exception turns an error into a note that names its reason.

waivers.yaml of an order lists rule code, place (a file, or a file and field), reason, approver and
until when. Gates and broken files cannot be waived: only findings of rules come here.
"""

from collections.abc import Iterable
from datetime import date, datetime

from docpipe.adapters.yamlfile import Node
from docpipe.diagnostics import Diagnostic, Severity, Value, replace
from docpipe.workspace import people
from docpipe.workspace.audience_view import View

APPROVER = "manager"


class Target(Value):
    """What a waiver is about: a file of the order, and a field of it or "" for all of them."""

    file: str
    field: str


def applied(diagnostic: Diagnostic, view: View, now: datetime) -> Diagnostic:
    """The diagnostic, as a note where a waiver in force covers it."""
    if diagnostic.severity == Severity.NOTE:
        return diagnostic
    for waiver in listed(view):
        covered = _covers(waiver, diagnostic, view)
        if covered and not expired(waiver, now) and authorised(waiver, view):
            return replace(diagnostic, waived=waiver.text("reason"))
    return diagnostic


def listed(view: View) -> Iterable[Node]:
    """The waivers of the order."""
    file = view.get("waivers")
    return file.rows("waivers") if file is not None else ()


def target(waiver: Node) -> Target:
    """Where it applies."""
    file, _, field = waiver.text("at").partition("#")
    return Target(file, field)


def expired(waiver: Node, now: datetime) -> bool:
    """Whether its last day is over, wherever on earth the company is; or is no day at all."""
    try:
        return date.fromisoformat(waiver.text("until")) < now.date()
    except ValueError:
        return True


def authorised(waiver: Node, view: View) -> bool:
    """Whether the approver has a role that may waive."""
    return people.may(view, waiver.text("approver"), APPROVER)


def _covers(waiver: Node, diagnostic: Diagnostic, view: View) -> bool:
    file = diagnostic.place.file.removeprefix(view.order.folder + "/")
    at = target(waiver)
    return (
        waiver.text("rule") == diagnostic.code
        and at.file == file
        and at.field in ("", diagnostic.place.field)
    )
