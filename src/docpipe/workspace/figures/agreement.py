"""Prices as offered and as agreed: line amounts, totals, composition, instalments, words."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from docpipe.adapters.schemas import fields
from docpipe.adapters.yamlfile import Node
from docpipe.diagnostics import Value, replace
from docpipe.standards import incoterms, money
from docpipe.workspace.agreed import agreed
from docpipe.workspace.audience_view import View, once
from docpipe.workspace.figures.bilingual import Both, both, of_text
from docpipe.workspace.figures.goods import Goods, goods
from docpipe.workspace.figures.totals import Totals


class Break(Value):
    """The unit price from a quantity on."""

    quantity: Decimal
    price: Decimal


class Line(Value):
    """One priced line; `amount` is rounded half-up to the currency's minor unit.

    What documents show of the goods stands beside them: it is read in every row. `moq`, `breaks`,
    `lead_days` and `remarks` stand in quotations only.
    """

    id: int
    goods: Goods
    quantity: Decimal
    price: Decimal
    amount: Decimal
    name: Both
    spec: Both
    detail: Both
    hs: str
    origin: Both
    unit: str
    moq: Decimal | None = None
    breaks: tuple[Break, ...] = ()
    lead_days: int | None = None
    remarks: Both = Both()


class PricePart(Value):
    """One part of the price: goods, freight, insurance ..."""

    element: str
    en: str
    zh: str
    amount: Decimal


class Instalment(Value):
    """One payment: the part of the total that is due at `when`."""

    id: str
    method: str
    percent: Decimal
    amount: Decimal
    when: Both
    days: int | None


class Agreement(Totals, Value):
    """What is offered, agreed or charged, in one currency."""

    currency: str
    lines: tuple[Line, ...]
    total: Decimal
    price_term: str
    composition: tuple[PricePart, ...] = ()
    instalments: tuple[Instalment, ...] = ()


@once
def offer(view: View) -> Agreement | None:
    """The quotation's figures; None where there is none to be seen."""
    return agreement(view, view.get("quotation"), "quotation")


@once
def contracted(view: View) -> Agreement | None:
    """The figures of the contract as it was signed; None where there is none to be seen."""
    return agreement(view, view.get("contract"), "contract")


@once
def deal(view: View) -> Agreement | None:
    """The figures of the contract as amended until now; None where there is none to be seen."""
    return agreement(view, agreed(view), "contract")


def agreement(view: View, node: Node | None, kind: str) -> Agreement | None:
    """The figures of prices in the form of a quotation or contract."""
    order = view.get("order")
    if node is None or order is None or "currency" not in order:
        return None
    currency = order.text("currency")
    lines = priced(node.rows("lines"), goods(view), currency)
    if lines is None:
        return None
    total = sum((line.amount for line in lines), Decimal(0))
    parts = fields.child(view.schema(kind), "composition")
    when = fields.at(view.schema(kind), ("payment", 0, "when"))
    return Agreement(
        currency=currency,
        lines=lines,
        total=total,
        price_term=price_term(order),
        composition=_composition(node.find("composition"), parts),
        instalments=_instalments(node.rows("payment"), total, currency, when),
    )  # fmt: skip


def priced(
    rows: Iterable[Node], known: Mapping[int, Goods], currency: str
) -> tuple[Line, ...] | None:
    """Priced lines; those that refer to no line of the order are left out (rules tell).

    None where prices are not to be seen.
    """
    rows = list(rows)
    if any("price" not in row for row in rows):
        return None
    return tuple(_row(row, known, currency) for row in rows if row.count("line") in known)


def _row(row: Node, known: Mapping[int, Goods], currency: str) -> Line:
    quantity, price = row.number("quantity"), row.number("price")
    return replace(
        priced_line(known[row.count("line")], quantity, price, currency),
        moq=row.number("moq") if "moq" in row else None,
        breaks=tuple(Break(b.number("from"), b.number("price")) for b in row.rows("breaks")),
        lead_days=row.count("lead_days") if "lead_days" in row else None,
        remarks=both(row.find("remarks")),
    )


def priced_line(line: Goods, quantity: Decimal, price: Decimal, currency: str) -> Line:
    """One line with its amount."""
    return Line(
        line.id, line, quantity, price, money.amount(quantity, price, currency),
        line.name, line.spec, line.detail, line.hs, line.origin, line.unit,
    )  # fmt: skip


def price_term(order: Node) -> str:
    """The price term, such as "CIF Mombasa, Incoterms® 2020"."""
    return f"{order.text('incoterm.rule')} {order.text('incoterm.place')}, Incoterms® 2020"


def _composition(node: Node | None, schema: fields.Field) -> tuple[PricePart, ...]:
    if node is None:
        return ()
    parts = []
    for element in incoterms.ELEMENTS:
        if element in node:
            title = fields.title(fields.child(schema, element))
            parts.append(PricePart(element, title.en, title.zh, node.number(element)))
    return tuple(parts)


def _due(when: fields.Field, value: str, days: int | None) -> Both:
    """When a payment falls due, in words: "within 7 days after signature"."""
    with_days = when.get("x-labels-with-days", {}).get(value)
    if days is None or with_days is None:
        return of_text(fields.labels(when, value))
    return Both(with_days["en"].format(days=days), with_days["zh"].format(days=days))


def _instalments(
    rows: list[Node], total: Decimal, currency: str, when: fields.Field
) -> tuple[Instalment, ...]:
    percents = [row.number("percent") for row in rows]
    parts: list[Instalment] = []
    for row, percent, amount in zip(
        rows, percents, money.shares(total, percents, currency), strict=True
    ):
        days = row.count("days") if "days" in row else None
        label = _due(when, row.text("when"), days)
        parts.append(Instalment(row.text("id"), row.text("method"), percent, amount, label, days))
    return tuple(parts)
