"""Rules over purchases: payment, what they refer to, quantity and time."""

from collections.abc import Iterator
from decimal import Decimal

from docpipe.adapters.yamlfile import Node
from docpipe.diagnostics import Finding, Severity, found
from docpipe.rules import moments
from docpipe.rules.case import Case
from docpipe.rules.engine import order_rule
from docpipe.rules.quotation import PARTS_OF_100, not_100


def _live(case: Case) -> Iterator[tuple[str, Node]]:
    """Number and file of the purchases that were not called off."""
    for (name,), root in case.view.every("purchase").items():
        if "cancelled" not in root:
            yield name, root


@order_rule("PUR01", Severity.ERROR, *PARTS_OF_100, needs=["purchase"], gate="production")
def purchase_instalments_make_100(case: Case) -> Iterator[Finding]:
    """All instalments together pay the whole purchase.

    ---
    各期付款加起来正好是全部采购款。
    """
    for _, root in _live(case):
        yield from not_100(root)


@order_rule(
    "PUR02",
    Severity.ERROR,
    "This purchase has no line {line} (it has {known})",
    "本采购没有第 {line} 行（现有 {known}）",
    "Correct the line",
    "请改正行号",
    needs=["purchase"],
)
def part_deliveries_name_a_line(case: Case) -> Iterator[Finding]:
    """The schedule of deliveries names lines of the purchase, not of the order.

    ---
    分批交货引用的是本采购的行号，不是订单行号。
    """
    for _, root in _live(case):
        known = [row.count("id") for row in root.rows("lines")]
        for row in root.rows("delivery.schedule"):
            if row.count("line") not in known:
                yield found(row.at("line"), line=row.text("line"), known=known)


@order_rule(
    "PUR03",
    Severity.WARNING,
    "Part deliveries make {planned}, but {bought} are bought ({other})",
    "分批交货合计 {planned}，而采购 {bought}（{other}）",
    "Correct one of them",
    "请改正其一",
    needs=["purchase"],
)
def part_deliveries_make_the_whole(case: Case) -> Iterator[Finding]:
    """All deliveries of a line together bring what was bought.

    ---
    一行的各批交货加起来等于采购数量。
    """
    for _, root in _live(case):
        planned: dict[int, Decimal] = {}
        rows = root.rows("delivery.schedule")
        for row in rows:
            line = row.count("line")
            planned[line] = planned.get(line, Decimal(0)) + row.number("quantity")
        for row in root.rows("lines"):
            made = planned.get(row.count("id"))
            if made is not None and made != row.number("quantity"):
                last = [each for each in rows if each.count("line") == row.count("id")][-1]
                figures = {"planned": made, "bought": row.number("quantity")}
                yield found(last.at("quantity"), other=row.at("quantity"), **figures)


@order_rule(
    "PUR04",
    Severity.WARNING,
    "Line {line}: {bought} bought in all, but {sold} are sold ({other})",
    "第 {line} 行：共采购 {bought}，而销售 {sold}（{other}）",
    "Buy the rest, or say where it comes from",
    "请补足采购，或说明其余来源",
    needs=["order", "contract", "purchase"],
    reads=["amendment"],
    whole=True,
)
def purchases_cover_what_is_sold(case: Case) -> Iterator[Finding]:
    """Finished goods bought for a line cover the contract's quantity as amended.

    Lines that are made and not bought, and purchases in another unit, are left alone.
    ---
    为某行采购的成品应不少于（变更后）合同数量。自产的行、单位不同的采购不比较。
    """
    for row in case.contract.rows("lines"):
        bought = [each for each in _finished(case) if _is_for(case, each, row.count("line"))]
        total = sum((each.number("quantity") for each in bought), Decimal(0))
        if bought and total < row.number("quantity"):
            figures = {"bought": total, "sold": row.number("quantity")}
            other = row.at("quantity")
            yield found(bought[-1].at("quantity"), line=row.text("line"), other=other, **figures)


def _finished(case: Case) -> Iterator[Node]:
    for _, root in _live(case):
        if root.text("kind") == "finished":
            yield from root.rows("lines")


def _is_for(case: Case, bought: Node, line: int) -> bool:
    """Whether a purchase line is for this order line alone, and in its unit."""
    alone = [node.value for node in bought.rows("for_lines")] == [line]
    return alone and line in case.lines and case.unit(line) in ("", bought.text("unit"))


@order_rule(
    "PUR05",
    Severity.WARNING,
    "Delivery is agreed for {date}, but the goods are needed by {needed} ({other})",
    "约定 {date} 交货，而最迟 {needed} 就要用（{other}）",
    "Agree on an earlier day, or move the plan",
    "请提前交期，或调整计划",
    needs=["purchase"],
    reads=["production", "contract", "amendment"],
)
def purchases_come_in_time(case: Case) -> Iterator[Finding]:
    """Material is there when the plan's milestone needs it, finished goods before shipment.

    ---
    物料在计划节点需要之前到，成品在装运之前到。
    """
    for name, root in _live(case):
        needed = _needed(case, name, root)
        for row in [root.find("delivery.date"), *(r.find("delivery") for r in root.rows("lines"))]:
            if needed is not None and row is not None and moments.precedes(needed, row):
                dates = {"date": str(row.value), "needed": str(needed.value)}
                yield found(row.place, other=needed.place, **dates)


def _needed(case: Case, name: str, root: Node) -> Node | None:
    """The last day on which the purchase is still of use."""
    plan = case.view.get("production")
    if root.text("kind") == "finished":
        return case.agreed.find("delivery.latest_shipment") if case.agreed is not None else None
    for step in plan.rows("milestones") if plan is not None else ():
        for material in step.rows("materials"):
            if material.text("purchase", "") == name:
                return material.find("by") or step["finish"]
    return None


@order_rule(
    "PUR06",
    Severity.WARNING,
    "The supplier promised {date}, later than ordered ({other})",
    "供应商承诺 {date} 交货，晚于采购单（{other}）",
    "Agree on the date, and see whether the plan still holds",
    "请与供应商确认交期，并核对生产计划",
    needs=["purchase"],
)
def suppliers_confirm_the_date(case: Case) -> Iterator[Finding]:
    """The answer to a purchase order is where a late delivery first shows.

    ---
    交期要出问题，最早从供应商的回复里就能看出来。
    """
    for _, root in _live(case):
        promised = root.find("confirmation.promised")
        if promised is not None and moments.precedes(root["delivery"]["date"], promised):
            other = root.at("delivery.date")
            yield found(promised.place, date=str(promised.value), other=other)
