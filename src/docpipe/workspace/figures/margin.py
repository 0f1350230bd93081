"""Whether an offer earns what it should. Internal: only answers leave here, never figures."""

from decimal import Decimal

from docpipe.adapters.yamlfile import Node
from docpipe.workspace.audience_view import View
from docpipe.workspace.figures.agreement import Agreement, offer

_PASSED_ON = frozenset({"freight", "insurance", "unloading", "duty"})


def below_target(view: View) -> bool | None:
    """Whether the quotation's margin is below the target; None where it cannot be told.

    Freight, premium and duty pass through and earn nothing. The company's target is the least
    that an order's own target can be.
    """
    offered, costing = offer(view), view.get("costing")
    if offered is None or costing is None:
        return None
    earned = offered.total - sum(p.amount for p in offered.composition if p.element in _PASSED_ON)
    company = view.company.number("policy.target_margin", 0)
    target = max(costing.number("target_margin"), company)
    return earned - _cost(offered, costing) < target * earned


def _cost(offered: Agreement, costing: Node) -> Decimal:
    units = {row.count("line"): row.number("cost") for row in costing.rows("lines")}
    goods = sum(
        (units.get(line.id, Decimal(0)) * line.quantity for line in offered.lines), Decimal(0)
    )
    expenses = sum((row.number("amount") for row in costing.rows("expenses")), Decimal(0))
    return goods + expenses + offered.total * costing.number("commission_percent", 0) / 100
