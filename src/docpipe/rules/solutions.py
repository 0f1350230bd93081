"""Rules over what a complaint is settled with: quantities and money."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from docpipe.adapters.yamlfile import Node
from docpipe.diagnostics import Finding, Severity, Text, found
from docpipe.rules.case import Case
from docpipe.rules.engine import order_rule
from docpipe.workspace.figures.agreement import deal
from docpipe.workspace.figures.cargo import by_line, cargo, packed_quantities

_NO_AMOUNT = Text("a discount has no amount", "折让没有填金额")
_NO_LINES = Text("no line or quantity is named", "没有填行和数量")
_AMOUNT = Text(
    "an exchange is free; money goes under discount or return", "换货不付款；退款请填折让或退货"
)


def _shipped(case: Case, root: Node) -> Mapping[int, Decimal]:
    """What was packed of each line, in the shipment concerned or in all."""
    packages = cargo(case.view, root.text("shipment")) if "shipment" in root else None
    if packages is None:
        return packed_quantities(case.view)
    return by_line(packages)


@order_rule(
    "FBK07",
    Severity.ERROR,
    "Line {line}: {quantity} here, but only {shipped} were shipped",
    "第 {line} 行：此处 {quantity}，而只发运了 {shipped}",
    "Correct the quantity, or the shipment that the feedback names",
    "请改正数量，或改正所指的批次",
    needs=["feedback", "packing"],
    reads=["logistics"],
    whole=True,
)
def complaints_are_of_what_was_shipped(case: Case) -> Iterator[Finding]:
    """Nobody can complain of, or send back, more than they got.

    ---
    投诉、退换的数量不会多于发运的数量。
    """
    for root in case.view.every("feedback").values():
        shipped = _shipped(case, root)
        for row in [*root.rows("affected"), *root.rows("solution.lines")]:
            got = shipped.get(row.count("line"), Decimal(0))
            if row.number("quantity") > got:
                figures = {"quantity": row.number("quantity"), "shipped": got}
                yield found(row.at("quantity"), line=row.text("line"), **figures)


@order_rule(
    "FBK08",
    Severity.ERROR,
    "The solution does not fit its kind: {why}",
    "解决方案与其方式不符：{why}",
    "Complete the solution, or choose another kind",
    "请补全方案，或改选方式",
    needs=["feedback"],
)
def solutions_are_complete(case: Case) -> Iterator[Finding]:
    """Goods are exchanged, returned or repaired by line and quantity; a discount has an amount.

    ---
    换货、退货、返修须写明行和数量；折让须写明金额。
    """
    for root in case.view.every("feedback").values():
        kind = root.text("solution.kind", "none")
        amount, lines = root.number("solution.amount", 0), root.rows("solution.lines")
        if kind in ("exchange", "return", "repair") and not lines:
            yield found(root.at("solution.kind"), why=_NO_LINES)
        if kind == "discount" and amount <= 0:
            yield found(root.at("solution.kind"), why=_NO_AMOUNT)
        if kind == "exchange" and amount > 0:
            yield found(root.at("solution.amount"), why=_AMOUNT)


@order_rule(
    "FBK09",
    Severity.ERROR,
    "{amount} given, but the goods concerned are worth {value}",
    "折让 {amount}，而所涉货物价值 {value}",
    "Correct the amount, or the lines that it is for",
    "请改正金额，或改正所涉的行",
    needs=["order", "contract", "feedback"],
    reads=["amendment"],
    whole=True,
)
def no_more_is_given_than_the_goods_cost(case: Case) -> Iterator[Finding]:
    """A discount or money back is at most the price of the goods that it is for.

    ---
    折让或退款不超过所涉货物的价款。
    """
    agreed = deal(case.view)
    prices = {line.id: line.price for line in agreed.lines} if agreed is not None else {}
    for root in case.view.every("feedback").values():
        rows, amount = root.rows("solution.lines"), root.number("solution.amount", 0)
        worth = [row.number("quantity") * prices.get(row.count("line"), 0) for row in rows]
        value = sum(worth, Decimal(0)) if rows else agreed.total if agreed else amount
        if amount > value:
            figures = {"amount": amount, "value": value.normalize()}
            yield found(root.at("solution.amount"), **figures)


@order_rule(
    "FBK10",
    Severity.ERROR,
    "Line {line}: {packed} packed, but {agreed} are to be exchanged ({other})",
    "第 {line} 行：装箱 {packed}，而换货为 {agreed}（{other}）",
    "Correct one of them; more than agreed would be given away",
    "请改正其一；多发的等于白送",
    needs=["feedback", "packing"],
    whole=True,
)
def replacements_are_what_was_agreed(case: Case) -> Iterator[Finding]:
    """The shipment that brings the replacement holds what the solution says, no more and no less.

    ---
    换货批的装箱数量与解决方案一致，不多不少。
    """
    for root in case.view.every("feedback").values():
        packing = case.view.get("packing", root.text("solution.shipment", ""))
        if packing is None or root.text("solution.kind", "") != "exchange":
            continue
        packages = cargo(case.view, root.text("solution.shipment"))
        quantities = by_line(packages) if packages is not None else {}
        for row in root.rows("solution.lines"):
            packed = quantities.get(row.count("line"), Decimal(0))
            if packed != row.number("quantity"):
                figures = {"packed": packed, "agreed": row.number("quantity")}
                other = row.at("quantity")
                yield found(packing.at("lines"), line=row.text("line"), other=other, **figures)
