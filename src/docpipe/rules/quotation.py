"""Rules over a quotation: lines, payment, margin, answer."""

from collections.abc import Iterator
from decimal import Decimal

from docpipe.adapters.yamlfile import Node
from docpipe.diagnostics import Finding, Severity, found
from docpipe.rules import moments
from docpipe.rules.case import Case
from docpipe.rules.engine import order_rule
from docpipe.workspace import people
from docpipe.workspace.figures.margin import below_target

PARTS_OF_100 = (
    "The instalments make {sum} %, not 100 %",
    "各期付款合计 {sum}%，不是 100%",
    "Correct the percentages",
    "请改正比例",
)


def not_100(root: Node) -> Iterator[Finding]:
    """A finding where the instalments do not make 100 per cent."""
    total = sum((row.number("percent") for row in root.rows("payment")), Decimal(0))
    if total != 100:
        yield found(root.at("payment"), sum=total.normalize())


def lines_left_out(case: Case, root: Node) -> Iterator[Finding]:
    """A finding for each line of the order that a quotation or contract does not have."""
    priced = {row.count("line") for row in root.rows("lines")}
    for row in case.file("order").rows("lines"):
        if row.count("id") not in priced:
            yield found(root.at("lines"), line=row.text("id"), other=row.at("id"))


@order_rule("QUO01", Severity.ERROR, *PARTS_OF_100, needs=["quotation"], gate="quotation")
def quoted_instalments_make_100(case: Case) -> Iterator[Finding]:
    """All instalments together pay the whole price, no more and no less.

    ---
    各期付款加起来正好是全部货款。
    """
    yield from not_100(case.file("quotation"))


@order_rule(
    "QUO02",
    Severity.WARNING,
    "Line {line} of the order is not quoted ({other})",
    "订单第 {line} 行没有报价（{other}）",
    "Quote it, or take it off the order",
    "请补上报价，或从订单中删去",
    needs=["order", "quotation"],
)
def every_line_is_quoted(case: Case) -> Iterator[Finding]:
    """What the customer asked for and the quotation passes over in silence.

    ---
    客户要的货，报价单里漏了。
    """
    yield from lines_left_out(case, case.file("quotation"))


@order_rule(
    "QUO03",
    Severity.WARNING,
    "Line {line} quotes {quantity}, less than its own minimum of {moq} ({other})",
    "第 {line} 行报价数量 {quantity}，低于起订量 {moq}（{other}）",
    "Correct one of them",
    "请改正其一",
    needs=["quotation"],
)
def quantities_reach_the_minimum(case: Case) -> Iterator[Finding]:
    """A minimum order quantity above the quantity quoted takes the offer back in the same line.

    ---
    起订量比报价数量还大，等于同一行里自己否定自己。
    """
    for row in case.file("quotation").rows("lines"):
        if "moq" in row and row.number("quantity") < row.number("moq"):
            figures = {"quantity": row.number("quantity"), "moq": row.number("moq")}
            yield found(row.at("quantity"), line=row.text("line"), other=row.at("moq"), **figures)


@order_rule(
    "QUO04",
    Severity.WARNING,
    "The customer accepted after the quotation had expired ({other})",
    "客户接受时报价已过有效期（{other}）",
    "Confirm the prices anew, or issue a revision",
    "请重新确认价格，或出修订报价",
    needs=["quotation"],
)
def acceptance_comes_within_validity(case: Case) -> Iterator[Finding]:
    """An acceptance after the validity is a new offer of the buyer, which the seller may refuse.

    Source: CISG, articles 18 (2) and 21.
    ---
    逾期接受只是买方的新要约，卖方可以不认。依据：
    《联合国国际货物销售合同公约》第18条第2款、第21条。
    """
    quotation = case.file("quotation")
    at = quotation.find("answer.at")
    if at is None or quotation.text("answer.verdict") != "accepted":
        return
    if moments.precedes(quotation["valid_until"], at):
        yield found(at.place, other=quotation.at("valid_until"))


@order_rule(
    "QUO05",
    Severity.ERROR,
    "The offer earns less than the target margin, and no manager has approved it",
    "报价低于目标利润率，且无经理批准",
    "Raise the price, or let a manager approve it in costing.yaml",
    "请提价，或由经理在 costing.yaml 中批准",
    needs=["order", "quotation", "costing", "company"],
    whole=True,
    gate="quotation",
)
def margin_reaches_the_target(case: Case) -> Iterator[Finding]:
    """No quotation below the target margin goes out without a manager's approval.

    Reckoned on the goods' part of the price against cost, expenses and commission; the target is
    the order's own (costing.yaml) but at least the company's. The figures stay internal, so the
    finding names none.
    ---
    低于目标利润率的报价，未经经理批准不得发出。按价格中的货物部分对比成本、费用和佣金计算；
    目标取本单（costing.yaml）与公司规定中较高者。数字仅限内部，此处不列。
    """
    if "approved" not in case.file("costing") and below_target(case.view):
        yield found(case.file("quotation").at("lines"))


@order_rule(
    "QUO06",
    Severity.ERROR,
    "This colleague may not approve the price",
    "此人无权批准该价格",
    "It takes a manager, never the order's own salesperson",
    "须由经理批准，且不得是该订单的业务员本人",
    needs=["order", "costing", "people"],
    gate="quotation",
)
def low_prices_are_approved_by_another(case: Case) -> Iterator[Finding]:
    """An approval counts only from a manager, and nobody approves their own price.

    ---
    低价须由经理批准才有效；谁报的价，谁不能自己批。
    """
    by = case.file("costing").find("approved.by")
    if by is not None:
        own = by.value == case.file("order").text("salesperson")
        if own or not people.may(case.view, str(by.value), "manager"):
            yield found(by.place)


@order_rule(
    "QUO07",
    Severity.ERROR,
    "The price of line {line} is below the lowest that costing.yaml allows ({other})",
    "第 {line} 行单价低于 costing.yaml 规定的最低价（{other}）",
    "Raise the price",
    "请提价",
    needs=["quotation", "costing"],
    gate="quotation",
)
def prices_stay_above_the_lowest(case: Case) -> Iterator[Finding]:
    """costing.yaml may set unit prices below which nobody goes, whoever approves.

    ---
    costing.yaml 可规定最低单价，任何人不得突破。
    """
    least = {row.count("line"): row for row in case.file("costing").rows("lowest")}
    for row in case.file("quotation").rows("lines"):
        limit = least.get(row.count("line"))
        if limit is not None and row.number("price") < limit.number("price"):
            yield found(row.at("price"), line=row.text("line"), other=limit.at("price"))
