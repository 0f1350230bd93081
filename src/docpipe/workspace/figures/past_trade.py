"""Earlier contracts with the same customer."""

from collections.abc import Iterable
from decimal import Decimal
from functools import partial

from docpipe.diagnostics import Value
from docpipe.workspace.audience_view import View, once
from docpipe.workspace.figures.agreement import Agreement, deal
from docpipe.workspace.figures.bilingual import Both

_BAD = ("complaint", "claim")


class PastOrder(Value):
    """One earlier contract."""

    number: str
    date: str
    currency: str
    total: Decimal
    goods: Both
    complaints: int


class TradeTotal(Value):
    """All earlier contracts in one currency."""

    currency: str
    orders: int
    total: Decimal


@once
def past_trade(view: View) -> tuple[PastOrder, ...]:
    """Contracts of the order's customer dated before this order was opened, oldest first."""
    order = view.get("order")
    if order is None or "customer" not in order:
        return ()
    customer, opened = order.text("customer"), order.text("opened")
    workspace = view.workspace
    found = [
        workspace.once(("past trade", folder, view.audience), partial(_contract, view, folder))
        for folder in workspace.ledger.before(customer, opened)
    ]
    return tuple(sorted(filter(None, found), key=lambda past: (past.date, past.number)))


def trade_totals(past: Iterable[PastOrder]) -> tuple[TradeTotal, ...]:
    """What the contracts come to, by currency."""
    found: dict[str, TradeTotal] = {}
    for order in past:
        so_far = found.get(order.currency, TradeTotal(order.currency, 0, Decimal(0)))
        total = so_far.total + order.total
        found[order.currency] = TradeTotal(order.currency, so_far.orders + 1, total)
    return tuple(found.values())


def _contract(asking: View, folder: str) -> PastOrder | None:
    workspace = asking.workspace
    view = View(workspace, workspace.ledger.order(folder), asking.audience)
    order, contract = view.get("order"), view.get("contract")
    if order is None or contract is None:
        return None
    agreed = deal(view)
    if agreed is None:
        return None
    return PastOrder(
        number=order.text("number"),
        date=contract.text("date"),
        currency=agreed.currency,
        total=agreed.total,
        goods=_named(agreed),
        complaints=sum(
            "received" in node and node.text("kind", "") in _BAD
            for node in view.every("feedback").values()
        ),
    )


def _named(agreed: Agreement) -> Both:
    """The goods by name, each once."""
    names = dict.fromkeys(line.name for line in agreed.lines)
    return Both(
        ", ".join(name.en for name in names if name.en),
        "、".join(name.zh for name in names if name.zh),
    )
