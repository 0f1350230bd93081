"""Earlier contracts with the same customer."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from docpipe.adapters.yamlfile import Node
from docpipe.diagnostics import Record
from docpipe.workspace.figures.agreement import Agreement, deal
from docpipe.workspace.figures.both import Both
from docpipe.workspace.view import View, once

_BAD = ("complaint", "claim")


class PastOrder(Record):
    """One earlier contract."""

    number: str
    date: str
    currency: str
    total: Decimal
    goods: Both
    complaints: int


class TradeTotal(Record):
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
    found = []
    for folder in view.workspace.order_folders:
        past = _past(view, folder).get(customer)
        if past is not None and past.date < opened:
            found.append(past)
    return tuple(sorted(found, key=lambda past: (past.date, past.number)))


def trade_totals(past: Iterable[PastOrder]) -> tuple[TradeTotal, ...]:
    """What the contracts come to, by currency."""
    found: dict[str, TradeTotal] = {}
    for order in past:
        so_far = found.get(order.currency, TradeTotal(order.currency, 0, Decimal(0)))
        total = so_far.total + order.total
        found[order.currency] = TradeTotal(order.currency, so_far.orders + 1, total)
    return tuple(found.values())


def _past(view: View, folder: str) -> Mapping[str, PastOrder]:
    """The order's contract by its customer; remembered, as the order itself may not be."""
    known = view.workspace.remembered
    key = (_past, folder, view.audience)
    if key not in known:
        known[key] = _contract(View(view.workspace, view.workspace.order(folder), view.audience))
    found: Mapping[str, PastOrder] = known[key]
    return found


def _contract(view: View) -> Mapping[str, PastOrder]:
    order, contract = view.get("order"), view.get("contract")
    agreed = deal(view)
    if order is None or contract is None or agreed is None:
        return {}
    past = PastOrder(
        number=order.text("number"),
        date=contract.text("date"),
        currency=agreed.currency,
        total=agreed.total,
        goods=_named(agreed),
        complaints=sum(node.text("kind", "") in _BAD for node in _received(view)),
    )
    return {order.text("customer", ""): past}


def _received(view: View) -> list[Node]:
    return [node for node in view.every("feedback").values() if "received" in node]


def _named(agreed: Agreement) -> Both:
    """The goods by name, each once."""
    names = dict.fromkeys(line.name for line in agreed.lines)
    return Both(
        ", ".join(name.en for name in names if name.en),
        "、".join(name.zh for name in names if name.zh),
    )
