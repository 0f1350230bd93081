"""Rules over shipment and presentation under a letter of credit."""

from collections.abc import Iterator
from datetime import timedelta

from docpipe.diagnostics import Finding, Severity, found
from docpipe.rules import moments
from docpipe.rules.case import Case
from docpipe.rules.credit import credit
from docpipe.rules.engine import Words, order_rule
from docpipe.rules.shipment import shipped_on
from docpipe.workspace.figures.bill import bill


@order_rule(
    "LCR01",
    Severity.ERROR,
    Words(
        "The invoice draws {total}, but the credit allows {limit} ({other})",
        "发票金额 {total}，而信用证最多可支取 {limit}（{other}）",
        "Ship less, have the credit amended, or collect the rest by T/T",
        "请少装、改证，或余额另以电汇收取",
    ),
    needs=["order", "lc", "packing"],
    reads=["contract", "amendment"],
    whole=True,
)
def drawing_stays_within_thecredit(case: Case) -> Iterator[Finding]:
    """At most field 32B plus 39A may be drawn; 10 % more where "about" qualifies the amount.

    Article 30 (b) lets the quantity differ by 5 %, never the drawing exceed the credit: 24.6 t may
    be shipped under a credit for 24 t, but not drawn. Source: UCP 600, articles 18 (b), 30.
    ---
    最多支取 32B 金额加 39A 容差；金额前有 about 的可多 10%。30 条 b 款允许数量增减 5%，
    但支款不得超证：
    24 吨的证可以装 24.6 吨，多出的钱支不到。依据：UCP 600 第18条 b 款、第30条。
    """
    known = credit(case)
    if known is None:
        return
    node, allowed = known
    bills = {names: bill(case.view, *names) for names in case.view.every("packing")}
    drawn = sum(each.total for each in bills.values() if each is not None)
    if drawn > allowed.limit:
        last = case.view.get("packing", *max(bills))
        place = last.at("lines") if last is not None else node.place
        yield found(place, total=drawn, limit=allowed.limit, other=node.at("amount.amount"))


@order_rule(
    "LCR02",
    Severity.ERROR,
    Words(
        "Shipped {date}, after the credit's latest date {latest} ({other})",
        "{date} 装运，晚于信用证最迟装运期 {latest}（{other}）",
        "Have the credit amended before presenting, or ask the buyer to waive",
        "请在交单前改证，或请买方接受不符点",
    ),
    needs=["lc", "shipment"],
)
def shipment_meets_thecredit(case: Case) -> Iterator[Finding]:
    """The date on board is not after field 44C, as amended; article 29 never extends it.

    Source: UCP 600, articles 20 and 29 (c).
    ---
    装船日不得晚于 44C（含修改）；第29条的顺延不适用于装运期。依据：UCP 600 第20条、第29条 c 款。
    """
    known = credit(case)
    for root in case.view.every("shipment").values():
        shipped = shipped_on(root)
        if known is not None and moments.precedes(known[1].latest_shipment, shipped):
            latest = known[1].latest_shipment
            dates = {"date": str(shipped.value)[:10], "latest": latest.value}
            yield found(shipped.place, other=latest.place, **dates)


@order_rule(
    "LCR03",
    Severity.ERROR,
    Words(
        "Documents had to be presented by {due}, {days} days after shipment ({other}) or at expiry",
        "应在装运日（{other}）后 {days} 天内且不迟于有效期交单，最迟 {due}",
        "Ask the buyer to accept the late presentation, or collect the documents",
        "请买方接受迟交单，或改作托收",
    ),
    needs=["lc", "shipment"],
)
def documents_are_presented_in_time(case: Case) -> Iterator[Finding]:
    """Within field 48 (21 days if it is silent) and by expiry. Source: UCP 600, art. 14 (c), 6 (d).

    Where the last day is a day on which the bank is closed, article 29 moves it to the next
    banking day; that is not reckoned here, so ask the bank.
    ---
    在 48 场规定的天数内（未规定为21天）且不迟于有效期交单。最后一天银行不营业的，按第29条顺延，
    此处不计算，请向银行确认。依据：UCP 600 第14条 c 款、第6条 d 款。
    """
    known = credit(case)
    for root in case.view.every("shipment").values():
        shipped = moments.day(shipped_on(root))
        expiry = moments.day(known[1].expiry) if known is not None else None
        if known is None or shipped is None or expiry is None:
            continue
        days = known[1].presentation_days
        due = min(shipped + timedelta(days=days), expiry)
        if (moments.day(root.find("documents_sent")) or case.now.date()) > due:
            place, other = root.at("documents_sent"), shipped_on(root).place
            yield found(place, due=f"{due}", days=days, other=other)


@order_rule(
    "LCR09",
    Severity.ERROR,
    Words(
        "{drawn} drawn in all, but the credit allows {limit} ({other})",
        "累计支款 {drawn}，而信用证最多可支取 {limit}（{other}）",
        "Draw no more than the credit; collect the rest by T/T",
        "支款不得超证，余额另以电汇收取",
    ),
    needs=["lc", "receipts"],
)
def drawings_stay_within_the_credit(case: Case) -> Iterator[Finding]:
    """All drawings together, at most field 32B plus 39A, or 10 % more after "about".

    Source: UCP 600, articles 18 (b) and 30.
    ---
    各次支款合计不得超过 32B 加 39A 容差（金额前有 about 的可多10%）。依据：UCP 600 第18条 b 款、
    第30条。
    """
    known, root = credit(case), case.view.get("receipts")
    rows = root.rows("drawings") if root is not None else []
    drawn = sum(row.number("amount") for row in rows)
    if known is not None and drawn > known[1].limit:
        limit, other = known[1].limit, known[0].at("amount.amount")
        yield found(rows[-1].at("amount"), drawn=drawn, limit=limit, other=other)


@order_rule(
    "LCR10",
    Severity.ERROR,
    Words(
        "Presented on {date}; documents had to be there by {due}, {days} days after shipment "
        "({other}) or at expiry",
        "{date} 交单，而最迟应在 {due}（装运日 {other} 后 {days} 天内且不迟于有效期）",
        "Ask the buyer to accept the late presentation, or collect the documents",
        "请买方接受迟交单，或改作托收",
    ),
    needs=["lc", "receipts", "shipment"],
)
def drawings_are_presented_in_time(case: Case) -> Iterator[Finding]:
    """As LCR03, by the day on which the bank had the documents. Source: UCP 600, article 14 (c).

    ---
    同 LCR03，按银行收到单据之日计算。依据：UCP 600 第14条 c 款。
    """
    known, root = credit(case), case.view.get("receipts")
    for row in root.rows("drawings") if root is not None and known is not None else ():
        shipment = case.view.get("shipment", row.text("shipment"))
        shipped = moments.day(shipped_on(shipment)) if shipment is not None else None
        expiry = moments.day(known[1].expiry) if known is not None else None
        given = moments.day(row["presented"])
        if known is None or shipment is None or not (shipped and expiry and given):
            continue
        days = known[1].presentation_days
        due = min(shipped + timedelta(days=days), expiry)
        if given > due:
            words = {"date": f"{given}", "due": f"{due}", "days": days}
            yield found(row.at("presented"), other=shipped_on(shipment).place, **words)
