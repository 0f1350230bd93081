"""Check: everything that is wrong with the workspace or some of its orders. Writes nothing."""

from collections.abc import Iterable
from datetime import datetime

from docpipe.diagnostics import Diagnostic, Severity, Value
from docpipe.rules import Case, Estate, estate_rules, order_rules
from docpipe.rules.engine import judge_order, stamped
from docpipe.workspace import waivers
from docpipe.workspace.order import Order
from docpipe.workspace.view import View
from docpipe.workspace.workspace import Workspace


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
    shared = workspace.strangers()
    shared += [d for file in workspace.shared_files() for d in file.diagnostics]
    if not any(d.place.file == "company.yaml" for d in shared):
        estate = Estate(workspace, now)
        for rule in estate_rules():
            shared += [stamped(rule.problem, finding) for finding in rule.judge(estate)]
    by_order = [check_order(workspace, folder, now).diagnostics for folder in folders]
    found = tuple(diagnostic for diagnostics in by_order for diagnostic in diagnostics)
    return CheckResult(tuple(sorted(shared, key=Diagnostic.sort_key)), found, len(by_order))


def check_order(workspace: Workspace, folder: str, now: datetime) -> CheckedOrder:
    """Check one order: its files, then every rule that applies."""
    order = workspace.order(folder)
    found = list(order.diagnostics)
    structural = any(d.severity == Severity.ERROR for d in found)
    case = Case(View(workspace, order), now)
    for rule, diagnostic in judge_order(order_rules(), case):
        found.append(waivers.applied(diagnostic, case.view, now) if rule.waivable else diagnostic)
        structural = structural or rule.structural
    return CheckedOrder(order, tuple(sorted(found, key=Diagnostic.sort_key)), structural)
