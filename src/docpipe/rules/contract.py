"""Rules over a contract: before it, in it, after it."""

from collections.abc import Iterator
from decimal import Decimal

from docpipe.diagnostics import Finding, Place, Severity, Text, found
from docpipe.rules import moments
from docpipe.rules.case import Case
from docpipe.rules.engine import order_rule
from docpipe.rules.quotation import PARTS_OF_100, lines_left_out, not_100

_MISSING = Text("there is no quotation", "没有报价单")
_UNANSWERED = Text("the customer has not answered the quotation", "客户尚未答复报价")
_REFUSED = Text("the customer did not accept the quotation", "客户没有接受报价")


@order_rule(
    "CON01",
    Severity.ERROR,
    "No contract before an accepted quotation: {why} ({other})",
    "报价未被接受，不得订立合同：{why}（{other}）",
    "Record the customer's acceptance in quotation.yaml, or send a revision",
    "请在 quotation.yaml 中记录客户的接受，或报修订价",
    needs=["contract"],
    reads=["quotation"],
    gate="contract",
)
def contract_follows_an_accepted_quotation(case: Case) -> Iterator[Finding]:
    """A contract rests on an offer that the customer accepted, and says so.

    Otherwise nobody has agreed the prices that the contract repeats.
    ---
    合同以客户接受的报价为基础；报价没有被接受，合同里的价格就没有人同意过。
    """
    quotation = case.view.get("quotation")
    answer = quotation.text("answer.verdict", "") if quotation is not None else ""
    if answer != "accepted":
        why = _MISSING if quotation is None else _REFUSED if answer else _UNANSWERED
        there = f"{case.order.folder}/quotation.yaml"
        other = quotation.at("answer") if quotation is not None else Place(there)
        yield found(case.file("contract").at("date"), why=why, other=other)


@order_rule("CON07", Severity.ERROR, *PARTS_OF_100, needs=["contract"], gate="contract")
def agreed_instalments_make_100(case: Case) -> Iterator[Finding]:
    """All instalments together pay the whole price, no more and no less.

    ---
    各期付款加起来正好是全部货款。
    """
    yield from not_100(case.file("contract"))


@order_rule(
    "CON08",
    Severity.WARNING,
    "Line {line} of the order is not in the contract ({other})",
    "订单第 {line} 行没有写进合同（{other}）",
    "Add it, or take it off the order",
    "请补上，或从订单中删去",
    needs=["order", "contract"],
)
def every_line_is_agreed(case: Case) -> Iterator[Finding]:
    """A line of the order that no contract sells.

    ---
    订单里有、合同里没有的货。
    """
    yield from lines_left_out(case, case.file("contract"))


@order_rule(
    "CON09",
    Severity.ERROR,
    "Line {line}: the schedule ships {sum}, the contract sells {agreed} ({other})",
    "第 {line} 行：分批计划合计 {sum}，合同数量 {agreed}（{other}）",
    "Correct the schedule or the quantity",
    "请改正分批计划或合同数量",
    needs=["contract"],
    reads=["amendment"],
)
def schedule_ships_what_is_sold(case: Case) -> Iterator[Finding]:
    """Partial shipments agreed in the contract add up to its quantities.

    ---
    合同约定分批装运的，各批数量合计应等于合同数量。
    """
    contract = case.contract
    planned: dict[str, Decimal] = {}
    for shipment in contract.rows("delivery.schedule"):
        for row in shipment.rows("lines"):
            line = row.text("line")
            planned[line] = planned.get(line, Decimal(0)) + row.number("quantity")
    for row in contract.rows("lines") if planned else ():
        total = planned.get(row.text("line"), Decimal(0))
        if total != row.number("quantity"):
            figures = {"sum": total, "agreed": row.number("quantity")}
            place = contract.at("delivery.schedule")
            yield found(place, line=row.text("line"), other=row.at("quantity"), **figures)


@order_rule(
    "CON10",
    Severity.ERROR,
    "Partial shipments are not allowed ({other}), but the schedule has {count} of them",
    "合同不允许分批装运（{other}），而计划分 {count} 批",
    "Allow partial shipments, or ship at once",
    "请改为允许分批，或一次装运",
    needs=["contract"],
    reads=["amendment"],
)
def schedule_is_allowed(case: Case) -> Iterator[Finding]:
    """A schedule of several shipments needs partial shipments allowed. Source: UCP 600, art. 31.

    ---
    计划分几批装运，合同须允许分批。依据：UCP 600 第31条。
    """
    delivery = case.contract["delivery"]
    count = len(delivery.rows("schedule"))
    if count > 1 and delivery.text("partial_shipment", "") == "not_allowed":
        yield found(delivery.at("schedule"), other=delivery.at("partial_shipment"), count=count)


@order_rule(
    "CON12",
    Severity.WARNING,
    "The contract is dated after the quotation's last day ({other})",
    "合同日期晚于报价有效期（{other}）",
    "Confirm that the prices still hold",
    "请确认价格仍然有效",
    needs=["contract", "quotation"],
)
def contract_is_made_within_validity(case: Case) -> Iterator[Finding]:
    """After its last day a quotation binds nobody; costs and freight may have moved.

    ---
    报价过了有效期就没有约束力，成本和运费可能已经变动。
    """
    contract, quotation = case.file("contract"), case.file("quotation")
    if moments.precedes(quotation["valid_until"], contract["date"]):
        yield found(contract.at("date"), other=quotation.at("valid_until"))


@order_rule(
    "CON13",
    Severity.ERROR,
    "Payment is by L/C, and the contract does not say by when the credit must be opened",
    "以信用证付款，而合同未写明最迟开证日期",
    "Add `credit` with open_by",
    "请补上 credit 及 open_by",
    needs=["contract"],
)
def credits_have_a_date(case: Case) -> Iterator[Finding]:
    """A buyer who opens the credit late leaves no time to ship; the contract must bind them.

    ---
    买方迟开信用证，卖方就来不及装运，合同必须约定开证期限。
    """
    contract = case.file("contract")
    for row in contract.rows("payment") if "credit" not in contract else ():
        if row.text("method") == "L/C":
            yield found(row.at("method"))
