"""Goods taken into stock: by line and lot, what it makes together, and against the contract."""

from collections.abc import Mapping
from decimal import Decimal

from docpipe.adapters.yamlfile import Node
from docpipe.diagnostics import Value
from docpipe.workspace.agreed import agreed
from docpipe.workspace.audience_view import View
from docpipe.workspace.figures.bilingual import Both, both, choice
from docpipe.workspace.figures.goods import Goods, goods, quantities
from docpipe.workspace.file_names import natural


class StockLine(Value):
    """One lot of one order line, and the inspection that it relies on."""

    id: int
    product: str
    name: Both
    spec: Both
    unit: str
    lot: str
    quantity: Decimal
    cartons: int | None
    location: str
    inspection: str
    inspected: str | None
    verdict: Both
    intact: bool | None
    remark: str


class StockTotal(Value):
    """One order line: sold, in stock before this note, and after it."""

    id: int
    name: Both
    unit: str
    sold: Decimal | None
    before: Decimal
    now: Decimal

    @property
    def after(self) -> Decimal:
        """In stock with this note."""
        return self.before + self.now

    @property
    def missing(self) -> Decimal | None:
        """Still to come; nothing where more came than was sold."""
        return max(self.sold - self.after, Decimal(0)) if self.sold is not None else None


class Stocked(Value):
    """A stock-in note's lines with their totals."""

    lines: tuple[StockLine, ...]
    totals: tuple[StockTotal, ...]
    supplier: Both

    @property
    def quantities(self) -> str:
        """Total quantities by unit."""
        return quantities((line.quantity, line.unit) for line in self.lines)

    @property
    def cartons(self) -> int:
        """Packages of the lines that say how many."""
        return sum(line.cartons or 0 for line in self.lines)


def stocked(view: View, name: str) -> Stocked | None:
    """The figures of a stock-in note; None where it is not to be seen."""
    node = view.get("stock", name)
    if node is None:
        return None
    known = goods(view)
    rows = [row for row in node.rows("lines") if row.count("line") in known]
    lines = tuple(_line(view, row, known[row.count("line")]) for row in rows)
    code = node.text("delivered_by.supplier", "")
    supplier = view.master("supplier", code) if code else None
    named = both(supplier.find("name")) if supplier is not None else Both(code, code)
    return Stocked(lines, _totals(view, name, lines), named)


def _line(view: View, row: Node, line: Goods) -> StockLine:
    relied = row.text("inspection")
    inspection = view.get("inspection", relied)
    return StockLine(
        id=line.id,
        product=line.product,
        name=line.name,
        spec=line.spec,
        unit=line.unit,
        lot=row.text("lot"),
        quantity=row.number("quantity"),
        cartons=row.count("cartons") if "cartons" in row else None,
        location=row.text("location", ""),
        inspection=relied,
        inspected=inspection.text("date") if inspection is not None else None,
        verdict=choice(view.schema("inspection"), inspection, "verdict"),
        intact=row["intact"].value is True if "intact" in row else None,
        remark=row.text("remark", ""),
    )


def _totals(view: View, name: str, lines: tuple[StockLine, ...]) -> tuple[StockTotal, ...]:
    before, contract = _before(view, name), agreed(view)
    sold = {} if contract is None else {
        row.count("line"): row.number("quantity") for row in contract.rows("lines")
    }  # fmt: skip
    now: dict[int, Decimal] = {}
    for line in lines:
        now[line.id] = now.get(line.id, Decimal(0)) + line.quantity
    first = {line.id: line for line in reversed(lines)}
    return tuple(
        StockTotal(id_, first[id_].name, first[id_].unit, sold.get(id_),
                   before.get(id_, Decimal(0)), quantity)
        for id_, quantity in now.items()
    )  # fmt: skip


def _before(view: View, name: str) -> Mapping[int, Decimal]:
    """What the notes with smaller numbers took in."""
    found: dict[int, Decimal] = {}
    for names, node in view.every("stock").items():
        if natural(names) < natural([name]):
            for row in node.rows("lines"):
                id_ = row.count("line")
                found[id_] = found.get(id_, Decimal(0)) + row.number("quantity")
    return found
