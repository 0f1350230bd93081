"""What is sold: an order's lines with their products."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from docpipe.adapters.yamlfile import Node
from docpipe.diagnostics import Value
from docpipe.standards import countries, money, units
from docpipe.workspace.audience_view import View, once
from docpipe.workspace.figures.bilingual import Both, both


class Goods(Value):
    """One line of an order: the product, as documents name it."""

    id: int
    product: str
    name: Both
    spec: Both
    detail: Both
    hs: str
    hs_china: str
    hs_destination: str
    origin: Both
    unit: str
    unit_name: Both


@once
def goods(view: View) -> Mapping[int, Goods]:
    """The order's lines by id; lines whose product is not there are left out (rule ORD02 tells)."""
    order = view.get("order")
    lines = [_goods(line, view) for line in order.rows("lines")] if order is not None else []
    return {line.id: line for line in lines if line is not None}


def _goods(line: Node, view: View) -> Goods | None:
    product = view.master("product", line.text("product"))
    if product is None:
        return None
    unit = units.unit(line.text("unit", product.text("unit")))
    country = countries.country(line.text("origin"))
    return Goods(
        id=line.count("id"),
        product=line.text("product"),
        name=both(line.find("name") or product.find("name")),
        spec=both(line.find("spec") or product.find("spec")),
        detail=_detail(line),
        hs=product.text("hs.international", ""),
        hs_china=product.text("hs.china", ""),
        hs_destination=line.text("hs_destination", ""),
        origin=Both(country.name_en, country.name_zh),
        unit=unit.printed,
        unit_name=Both(unit.printed, unit.name_zh),
    )


def _detail(line: Node) -> Both:
    """What tells this line from others of the same product, on one line."""
    words = [both(line.find(field)) for field in ("colour", "size", "detail")]
    codes = [Both(code, code) for field in ("brand", "model", "customer_item")
             if (code := line.text(field, ""))]  # fmt: skip
    parts = [*codes, *(word for word in words if word)]
    return Both(
        ", ".join(part.en for part in parts if part.en),
        "，".join(part.zh for part in parts if part.zh),
    )


def quantities(amounts: Iterable[tuple[Decimal, str]]) -> str:
    """Totals by unit, such as "36,000 PCS" or "1,200 SETS + 24 PCS"."""
    totals: dict[str, Decimal] = {}
    for quantity, unit in amounts:
        totals[unit] = totals.get(unit, Decimal(0)) + quantity
    return " + ".join(f"{money.format_number(total)} {unit}" for unit, total in totals.items())
