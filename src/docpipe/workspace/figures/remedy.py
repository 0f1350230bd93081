"""One piece of customer feedback: the goods concerned and their value under the contract."""

from collections.abc import Iterable
from decimal import Decimal

from docpipe.adapters.yamlfile import Node
from docpipe.diagnostics import Value
from docpipe.standards import money
from docpipe.workspace.audience_view import View
from docpipe.workspace.figures.agreement import deal
from docpipe.workspace.figures.bilingual import Both
from docpipe.workspace.figures.cargo import Cargo, cargo
from docpipe.workspace.figures.goods import Goods, goods


class Concerned(Value):
    """A quantity of one order line; `amount` is its value, None where prices are not known."""

    line: int
    name: Both
    quantity: Decimal
    unit: str
    amount: Decimal | None
    lot: str
    cartons: str


class Remedy(Value):
    """Goods complained of, goods that the solution covers, and the shipment that replaces them."""

    affected: tuple[Concerned, ...]
    solved: tuple[Concerned, ...]
    replacement: Cargo | None

    @property
    def affected_value(self) -> Decimal | None:
        """What the goods complained of cost the customer."""
        return _value(self.affected)

    @property
    def solved_value(self) -> Decimal | None:
        """What the goods that the solution covers cost the customer."""
        return _value(self.solved)


def remedy(view: View, name: str) -> Remedy | None:
    """The figures of one feedback such as "1"; None where it is not to be seen."""
    node = view.get("feedback", name)
    if node is None:
        return None
    shipment = node.text("solution.shipment", "")
    return Remedy(
        affected=_concerned(view, node.rows("affected")),
        solved=_concerned(view, node.rows("solution.lines")),
        replacement=cargo(view, shipment) if shipment else None,
    )


def _concerned(view: View, rows: Iterable[Node]) -> tuple[Concerned, ...]:
    known, agreed = goods(view), deal(view)
    prices = {line.id: line.price for line in agreed.lines} if agreed else {}
    currency = agreed.currency if agreed else ""
    return tuple(
        _line(row, known[row.count("line")], prices.get(row.count("line")), currency)
        for row in rows
        if row.count("line") in known
    )


def _line(row: Node, line: Goods, price: Decimal | None, currency: str) -> Concerned:
    quantity = row.number("quantity")
    return Concerned(
        line=line.id,
        name=line.name,
        quantity=quantity,
        unit=line.unit,
        amount=money.amount(quantity, price, currency) if price is not None else None,
        lot=row.text("lot", ""),
        cartons=row.text("cartons", ""),
    )


def _value(lines: tuple[Concerned, ...]) -> Decimal | None:
    amounts = [line.amount for line in lines if line.amount is not None]
    return sum(amounts, Decimal(0)) if amounts and len(amounts) == len(lines) else None
