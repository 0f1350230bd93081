"""Check: everything that is wrong with the workspace or some of its orders. Writes nothing."""

from collections.abc import Iterable
from datetime import datetime

from docpipe.diagnostics import Diagnostic, Severity, Value
from docpipe.rules import Case, Estate, estate_rules, order_rules
from docpipe.rules.engine import judge_order, stamped
from docpipe.workspace import waivers
from docpipe.workspace.audience_view import View
from docpipe.workspace.held import Held
from docpipe.workspace.order import Order
from docpipe.workspace.workspace import MARKER, Workspace


class CheckedOrder(Value):
    """One order and what is wrong with it, sorted by place."""

    order: Order
    diagnostics: tuple[Diagnostic, ...]
    structural: bool
    """Whether documents cannot be made: a file is broken, or something referred to is missing."""


class CheckResult(Value):
    """The result of a check."""

    shared: tuple[Diagnostic, ...]
    of_orders: tuple[Diagnostic, ...]
    orders: int
    """How many orders were checked; what their files hold is not kept."""

    @property
    def diagnostics(self) -> list[Diagnostic]:
        """All findings, sorted by file, position and code."""
        return sorted([*self.shared, *self.of_orders], key=Diagnostic.sort_key)

    def count(self, severity: Severity) -> int:
        """How many findings of this severity."""
        return sum(diagnostic.severity == severity for diagnostic in self.diagnostics)


def check(workspace: Workspace, folders: Iterable[str], now: datetime) -> CheckResult:
    """Check the shared files and the orders in `folders`. `now` is for rules with deadlines."""
    shared, of_orders, orders = check_shared(workspace, now), Held(), 0
    for folder in folders:
        orders += 1
        of_orders.add(check_order(workspace, folder, now).diagnostics)
    return CheckResult(tuple(shared), tuple(of_orders.told()), orders)


def check_shared(workspace: Workspace, now: datetime) -> list[Diagnostic]:
    """Check the files that are no order's: each as a file, then by the rules over all of them."""
    found = Held(workspace.strangers())
    for file in workspace.shared_files():
        found.add(file.diagnostics)
    if not (company := workspace.file(MARKER)) or not company.diagnostics:
        estate = Estate(workspace, now)
        for rule in estate_rules():
            found.add(stamped(rule.problem, finding) for finding in rule.judge(estate))
    return found.told()


def check_order(workspace: Workspace, folder: str, now: datetime) -> CheckedOrder:
    """Check one order: its files, then every rule that applies."""
    order = workspace.order(folder)
    found = Held(order.diagnostics)
    structural = any(d.severity == Severity.ERROR for d in order.diagnostics)
    case = Case(View(workspace, order), now)
    for rule, diagnostic in judge_order(order_rules(), case):
        found.add([waivers.applied(diagnostic, case.view, now) if rule.waivable else diagnostic])
        structural = structural or rule.structural
    return CheckedOrder(order, tuple(found.told()), structural)
