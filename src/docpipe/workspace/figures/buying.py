"""A purchase: line amounts, value added tax, instalments and words."""

from collections.abc import Mapping
from decimal import Decimal

from docpipe.adapters.schemas import fields
from docpipe.adapters.yamlfile import Node
from docpipe.diagnostics import Value
from docpipe.standards import money, units
from docpipe.workspace.audience_view import View
from docpipe.workspace.figures.bilingual import Both, both, choice
from docpipe.workspace.figures.totals import Totals


class BoughtLine(Value):
    """One line bought; `amount` is rounded half-up to the currency's minor unit."""

    id: int
    product: str
    name: Both
    spec: Both
    drawing: str
    quantity: Decimal
    unit: str
    price: Decimal
    amount: Decimal
    delivery: str
    quality: Both
    remark: Both


class PaymentPart(Value):
    """A part of the price, due at `when`."""

    percent: Decimal
    amount: Decimal
    method: Both
    when: Both
    days: int | None


class PartDelivery(Value):
    """What is to come on one day."""

    date: str
    line: int
    name: Both
    quantity: Decimal
    unit: str


class Purchase(Totals, Value):
    """What is bought: `net` and `vat` make the `total`; both None where tax is not spoken of."""

    currency: str
    lines: tuple[BoughtLine, ...]
    net: Decimal | None
    vat: Decimal | None
    total: Decimal
    parts: tuple[PaymentPart, ...]
    schedule: tuple[PartDelivery, ...]


def buying(view: View, name: str) -> Purchase | None:
    """The figures of a purchase; None where it is not to be seen."""
    node = view.get("purchase", name)
    if node is None:
        return None
    currency = node.text("currency")
    lines = tuple(_line(view, row, currency) for row in node.rows("lines"))
    net, vat, total = _taxed(sum((line.amount for line in lines), Decimal(0)), node, currency)
    return Purchase(
        currency=currency,
        lines=lines,
        net=net,
        vat=vat,
        total=total,
        parts=_parts(
            node.rows("payment"),
            total,
            currency,
            fields.at(view.schema("purchase"), ("payment", 0)),
        ),
        schedule=_schedule(node, {line.id: line for line in lines}),
    )


def _line(view: View, row: Node, currency: str) -> BoughtLine:
    code = row.text("product", "")
    product = view.master("product", code) if code else None
    quantity, price = row.number("quantity"), row.number("price")
    made = {name: product.find(name) if product else None for name in ("name", "spec")}
    return BoughtLine(
        id=row.count("id"),
        product=code,
        name=both(row.find("item") or made["name"]) or Both(code, code),
        spec=both(row.find("spec") or made["spec"]),
        drawing=row.text("drawing", ""),
        quantity=quantity,
        unit=units.unit(row.text("unit")).printed,
        price=price,
        amount=money.amount(quantity, price, currency),
        delivery=row.text("delivery", ""),
        quality=both(row.find("quality")),
        remark=both(row.find("remark")),
    )


def _taxed(
    charged: Decimal, node: Node, currency: str
) -> tuple[Decimal | None, Decimal | None, Decimal]:
    """Net, tax and total of what the lines charge, tax included in the prices or not."""
    if "vat" not in node:
        return None, None, charged
    rate = node.number("vat.percent") / 100
    if node["vat"]["included"].value is True:
        net = money.round_money(charged / (1 + rate), currency)
        return net, charged - net, charged
    vat = money.round_money(charged * rate, currency)
    return charged, vat, charged + vat


def _parts(
    rows: list[Node], total: Decimal, currency: str, schema: fields.Field
) -> tuple[PaymentPart, ...]:
    percents = [row.number("percent") for row in rows]
    parts: list[PaymentPart] = []
    for row, percent, amount in zip(
        rows, percents, money.shares(total, percents, currency), strict=True
    ):
        method, when = (choice(schema, row, name) for name in ("method", "when"))
        days = row.count("days") if "days" in row else None
        parts.append(PaymentPart(percent, amount, method, when, days))
    return tuple(parts)


def _schedule(node: Node, lines: Mapping[int, BoughtLine]) -> tuple[PartDelivery, ...]:
    return tuple(
        PartDelivery(row.text("date"), line.id, line.name, row.number("quantity"), line.unit)
        for row in node.rows("delivery.schedule")
        if (line := lines.get(row.count("line"))) is not None
    )
