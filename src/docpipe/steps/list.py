"""List: one row per order."""

from collections.abc import Iterable
from datetime import datetime

from docpipe.diagnostics import Text, Value
from docpipe.standards import money
from docpipe.workspace.audience_view import View
from docpipe.workspace.company_time import local_time
from docpipe.workspace.figures.agenda import Appointment, next_date
from docpipe.workspace.figures.agreement import deal, offer
from docpipe.workspace.order import Order
from docpipe.workspace.stage import stage_of, stages
from docpipe.workspace.workspace import Workspace


class OrderRow(Value):
    """An order at a glance; "" for what is not known yet."""

    number: str
    stage: Text
    customer: str
    price_term: str
    amount: str
    next: Appointment | None = None


def listing(workspace: Workspace, folders: Iterable[str], now: datetime) -> list[OrderRow]:
    """A row for each order in `folders`, with the next date from `now` on."""
    today = local_time(workspace, now).date().isoformat()
    return [_row(workspace, workspace.order(folder), today) for folder in folders]


def _row(workspace: Workspace, order: Order, today: str) -> OrderRow:
    view = View(workspace, order)
    stage = stages(workspace.schemas)[stage_of(order, workspace.schemas)]
    facts = view.get("order")
    if facts is None:
        return OrderRow(order.number, stage, "", "", "")
    customer = view.master("customer", facts.text("customer"))
    name = customer.text("name.en", "") or customer.text("name.zh", "") if customer else ""
    agreed = deal(view) or offer(view)
    return OrderRow(
        number=order.number,
        stage=stage,
        customer=name or facts.text("customer"),
        price_term=f"{facts.text('incoterm.rule')} {facts.text('incoterm.place')}",
        amount=f"{agreed.currency} {money.format_money(agreed.total, agreed.currency)}"
        if agreed
        else "",
        next=next_date(view, today),
    )
