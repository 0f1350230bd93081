"""Waivers: an approved exception turns an error into a note that names its reason.

waivers.yaml of an order lists rule code, place (a file, or a file and field), reason, approver and
until when. Gates and broken files cannot be waived: only findings of rules come here.
"""

from dataclasses import replace
from datetime import datetime

from docpipe.adapters.yamlfile import Node
from docpipe.diagnostics import Diagnostic, Severity
from docpipe.workspace.view import View

_APPROVERS = frozenset({"manager"})


def applied(diagnostic: Diagnostic, view: View, now: datetime) -> Diagnostic:
    """The diagnostic, as a note where a waiver in force covers it."""
    if diagnostic.severity == Severity.NOTE:
        return diagnostic
    file = view.get("waivers")
    for waiver in file.rows("waivers") if file is not None else ():
        if _covers(waiver, diagnostic, view, now):
            return replace(diagnostic, waived=waiver.text("reason"))
    return diagnostic


def _covers(waiver: Node, diagnostic: Diagnostic, view: View, now: datetime) -> bool:
    if waiver.text("rule") != diagnostic.code:
        return False
    if waiver.text("until") < now.date().isoformat():
        return False
    file = diagnostic.place.file.removeprefix(view.order.folder + "/")
    at, _, field = waiver.text("at").partition("#")
    if at != file or (field and field != diagnostic.place.field):
        return False
    approver = view.people.get(waiver.text("approver"))
    roles = {str(role.value) for role in approver.rows("roles")} if approver else set()
    return bool(roles & _APPROVERS)
