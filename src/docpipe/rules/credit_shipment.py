"""Rules over shipment and presentation under a letter of credit."""

from collections.abc import Iterator
from datetime import date, timedelta

from docpipe.adapters.yamlfile import Node
from docpipe.diagnostics import Finding, Severity, found
from docpipe.rules import moments
from docpipe.rules.case import Case
from docpipe.rules.credit import credit
from docpipe.rules.engine import order_rule
from docpipe.rules.shipment import shipped_on
from docpipe.workspace.figures.bill import bill
from docpipe.workspace.figures.cargo import is_sale, sale_shipments
from docpipe.workspace.figures.credit import Credit
from docpipe.workspace.file_names import natural


@order_rule(
    "LCR01",
    Severity.ERROR,
    "The invoice draws {total}, but the credit allows {limit} ({other})",
    "发票金额 {total}，而信用证最多可支取 {limit}（{other}）",
    "Ship less, have the credit amended, or collect the rest by T/T",
    "请少装、改证，或余额另以电汇收取",
    needs=["order", "lc", "packing"],
    reads=["contract", "amendment"],
    whole=True,
)
def drawing_stays_within_the_credit(case: Case) -> Iterator[Finding]:
    """At most field 32B plus 39A may be drawn; 10 % more where "about" qualifies the amount.

    Article 30 (b) lets the quantity differ by 5 %, never the drawing exceed the credit: 24.6 t may
    be shipped under a credit for 24 t, but not drawn. Source: UCP 600, articles 18 (b), 30.
    ---
    最多支取 32B 金额加 39A 容差；金额前有 about 的可多 10%。30 条 b 款允许数量增减 5%，
    但支款不得超证：
    24 吨的证可以装 24.6 吨，多出的钱支不到。依据：UCP 600 第18条 b 款、第30条。
    """
    node, allowed = credit(case)
    bills = {names: bill(case.view, *names) for names in sale_shipments(case.view)}
    drawn = sum(each.total for each in bills.values() if each is not None)
    if drawn > allowed.limit:
        last = case.view.every("packing")[max(bills, key=natural)].at("lines")
        yield found(last, total=drawn, limit=allowed.limit, other=node.at("amount.amount"))


@order_rule(
    "LCR02",
    Severity.ERROR,
    "Shipped {date}, after the credit's latest date {latest} ({other})",
    "{date} 装运，晚于信用证最迟装运期 {latest}（{other}）",
    "Have the credit amended before presenting, or ask the buyer to waive",
    "请在交单前改证，或请买方接受不符点",
    needs=["lc", "shipment"],
    reads=["logistics"],
)
def shipment_meets_the_credit(case: Case) -> Iterator[Finding]:
    """The date on board is not after field 44C, as amended; article 29 never extends it.

    Source: UCP 600, articles 20 and 29 (c).
    ---
    装船日不得晚于 44C（含修改）；第29条的顺延不适用于装运期。依据：UCP 600 第20条、第29条 c 款。
    """
    latest = credit(case)[1].latest_shipment
    for names, root in case.view.every("shipment").items():
        shipped = shipped_on(root)
        if is_sale(case.view, *names) and moments.precedes(latest, shipped):
            dates = {"date": str(shipped.value)[:10], "latest": latest.value}
            yield found(shipped.place, other=latest.place, **dates)


@order_rule(
    "LCR03",
    Severity.ERROR,
    "Documents had to be presented by {due}, {days} days after shipment ({other}) or at expiry",
    "应在装运日（{other}）后 {days} 天内且不迟于有效期交单，最迟 {due}",
    "Ask the buyer to accept the late presentation, or collect the documents",
    "请买方接受迟交单，或改作托收",
    needs=["lc", "shipment"],
    reads=["logistics"],
)
def documents_are_presented_in_time(case: Case) -> Iterator[Finding]:
    """Within field 48 (21 days if it is silent) and by expiry. Source: UCP 600, art. 14 (c), 6 (d).

    Where the bank is closed on the last day, article 29 (a) moves it to the next banking day.
    Days that are free in company.yaml are taken for days on which it is closed; ask the bank.
    ---
    在 48 场规定的天数内（未规定为21天）且不迟于有效期交单。最后一天银行不营业的，按第29条 a 款
    顺延至下一营业日；此处以 company.yaml 中的休息日为准，请向银行确认。
    依据：UCP 600 第14条 c 款、第6条 d 款、第29条 a 款。
    """
    allowed = credit(case)[1]
    for names, root in case.view.every("shipment").items():
        due = _last_day(case, allowed, root)
        if due is None or not is_sale(case.view, *names):
            continue
        if (moments.day(root.find("documents_sent")) or case.now.date()) > due:
            place, other = root.at("documents_sent"), shipped_on(root).place
            yield found(place, due=f"{due}", days=allowed.presentation_days, other=other)


def _last_day(case: Case, allowed: Credit, shipment: Node) -> date | None:
    """The last day to present documents; None where a date that it rests on is impossible.

    UCP 600, articles 14 (c), 6 (d) and 29 (a).
    """
    shipped, expiry = moments.day(shipped_on(shipment)), moments.day(allowed.expiry)
    if shipped is None or expiry is None:
        return None
    due = min(shipped + timedelta(days=allowed.presentation_days), expiry)
    return case.deadlines.calendar.next_workday(due) if case.deadlines is not None else due


@order_rule(
    "LCR09",
    Severity.ERROR,
    "{drawn} drawn in all, but the credit allows {limit} ({other})",
    "累计支款 {drawn}，而信用证最多可支取 {limit}（{other}）",
    "Draw no more than the credit; collect the rest by T/T",
    "支款不得超证，余额另以电汇收取",
    needs=["lc", "receipts"],
)
def drawings_stay_within_the_credit(case: Case) -> Iterator[Finding]:
    """All drawings together, at most field 32B plus 39A, or 10 % more after "about".

    Source: UCP 600, articles 18 (b) and 30.
    ---
    各次支款合计不得超过 32B 加 39A 容差（金额前有 about 的可多10%）。依据：UCP 600 第18条 b 款、
    第30条。
    """
    (node, allowed), rows = credit(case), case.file("receipts").rows("drawings")
    drawn = sum(row.number("amount") for row in rows)
    if drawn > allowed.limit:
        other = node.at("amount.amount")
        yield found(rows[-1].at("amount"), drawn=drawn, limit=allowed.limit, other=other)


@order_rule(
    "LCR10",
    Severity.ERROR,
    "Presented on {date}; documents had to be there by {due}, {days} days after shipment "
    "({other}) or at expiry",
    "{date} 交单，而最迟应在 {due}（装运日 {other} 后 {days} 天内且不迟于有效期）",
    "Ask the buyer to accept the late presentation, or collect the documents",
    "请买方接受迟交单，或改作托收",
    needs=["lc", "receipts", "shipment"],
)
def drawings_are_presented_in_time(case: Case) -> Iterator[Finding]:
    """As LCR03, by the day on which the bank had the documents. Source: UCP 600, article 14 (c).

    ---
    同 LCR03，按银行收到单据之日计算。依据：UCP 600 第14条 c 款。
    """
    allowed = credit(case)[1]
    for row in case.file("receipts").rows("drawings"):
        shipment = case.view.get("shipment", row.text("shipment"))
        given = moments.day(row["presented"])
        if shipment is None or given is None:
            continue
        due = _last_day(case, allowed, shipment)
        if due is not None and given > due:
            words = {"date": f"{given}", "due": f"{due}", "days": allowed.presentation_days}
            yield found(row.at("presented"), other=shipped_on(shipment).place, **words)


@order_rule(
    "LCR16",
    Severity.ERROR,
    "{drawn} drawn, but the invoice of shipment {shipment} makes {total} ({other})",
    "支款 {drawn}，而第 {shipment} 批发票金额为 {total}（{other}）",
    "Correct the drawing: it cannot be more than the invoice",
    "请改正支款金额，不得超过发票金额",
    needs=["order", "lc", "receipts", "packing"],
    reads=["contract", "amendment"],
    whole=True,
)
def drawing_is_no_more_than_the_invoice(case: Case) -> Iterator[Finding]:
    """Draft and invoice go to the bank together, and must not conflict.

    Less may be drawn, where the rest is paid otherwise. Source: UCP 600, articles 14 (d), 18.
    ---
    汇票与发票同时交单，不得矛盾；余款另付的，支款可以少于发票。依据：UCP 600 第14条 d 款、第18条。
    """
    rows = case.file("receipts").rows("drawings")
    if sum(row.number("amount") for row in rows) > credit(case)[1].limit:
        return  # rule LCR09 tells
    for row in rows:
        shipment = row.text("shipment")
        invoice, packing = bill(case.view, shipment), case.view.get("packing", shipment)
        if invoice is None or packing is None or row.number("amount") <= invoice.total:
            continue
        figures = {"drawn": row.number("amount"), "total": invoice.total}
        yield found(row.at("amount"), shipment=shipment, other=packing.at("lines"), **figures)
