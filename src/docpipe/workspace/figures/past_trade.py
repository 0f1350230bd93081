"""Earlier contracts with the same customer."""

from dataclasses import dataclass
from decimal import Decimal

from docpipe.workspace.figures.agreement import deal
from docpipe.workspace.view import View


@dataclass(frozen=True, slots=True)
class PastOrder:
    """One earlier contract."""

    number: str
    date: str
    currency: str
    total: Decimal


def past_trade(view: View) -> tuple[PastOrder, ...]:
    """Contracts of the order's customer dated before this order was opened, oldest first."""
    order = view.get("order")
    if order is None or "customer" not in order:
        return ()
    customer, opened = order.text("customer"), order.text("opened")
    found = []
    for folder in view.workspace.order_folders:
        other = View(view.workspace, view.workspace.order(folder), view.audience)
        past = _contract(other, customer)
        if past is not None and past.date < opened:
            found.append(past)
    return tuple(sorted(found, key=lambda past: (past.date, past.number)))


def _contract(view: View, customer: str) -> PastOrder | None:
    order, contract = view.get("order"), view.get("contract")
    if order is None or contract is None or order.text("customer", "") != customer:
        return None
    agreed = deal(view)
    if agreed is None:
        return None
    return PastOrder(order.text("number"), contract.text("date"), agreed.currency, agreed.total)
