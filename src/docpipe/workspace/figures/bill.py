"""One shipment's commercial invoice: what was packed, at the contract's prices."""

from decimal import Decimal

from docpipe.workspace.audience_view import View
from docpipe.workspace.figures.agreement import (
    Agreement,
    Line,
    deal,
    offer,
    price_term,
    priced_line,
)
from docpipe.workspace.figures.cargo import by_line, cargo
from docpipe.workspace.figures.goods import goods


def bill(view: View, shipment: str) -> Agreement | None:
    """The invoice's figures; None before goods are packed, or where prices are not to be seen."""
    agreed, packed, order = deal(view), cargo(view, shipment), view.get("order")
    if agreed is None or packed is None or order is None:
        return None
    prices = {line.id: line.price for line in agreed.lines}
    known = goods(view)
    lines: list[Line] = [
        priced_line(known[line], quantity, prices[line], agreed.currency)
        for line, quantity in by_line(packed).items()
        if line in prices
    ]
    total = sum((line.amount for line in lines), Decimal(0))
    offered = offer(view)
    # the quoted freight and premium are this invoice's only where it charges the whole order
    whole = offered is not None and offered.total == agreed.total == total
    return Agreement(
        currency=agreed.currency,
        lines=tuple(lines),
        total=total,
        price_term=price_term(order),
        composition=offered.composition if whole and offered else (),
        instalments=agreed.instalments if total == agreed.total else (),
    )
