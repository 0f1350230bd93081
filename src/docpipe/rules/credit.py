"""Rules over a letter of credit (lc.yaml): what it allows, against contract and shipment."""

from collections.abc import Iterator
from datetime import timedelta

from docpipe.adapters.yamlfile import Node
from docpipe.diagnostics import Finding, Severity, found
from docpipe.rules import moments
from docpipe.rules.engine import Case, Words, order_rule
from docpipe.rules.shipment import shipped_on
from docpipe.workspace.figures.agreement import deal
from docpipe.workspace.figures.bill import bill
from docpipe.workspace.figures.credit import Credit, credit_of


def _credit(case: Case) -> tuple[Node, Credit] | None:
    node, credit = case.view.get("lc"), credit_of(case.view)
    return (node, credit) if node is not None and credit is not None else None


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
    known = _credit(case)
    if known is None:
        return
    node, credit = known
    bills = {names: bill(case.view, *names) for names in case.view.every("packing")}
    drawn = sum(each.total for each in bills.values() if each is not None)
    if drawn > credit.limit:
        last = case.view.get("packing", *max(bills))
        place = last.at("lines") if last is not None else node.place
        yield found(place, total=drawn, limit=credit.limit, other=node.at("amount.amount"))


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
def shipment_meets_the_credit(case: Case) -> Iterator[Finding]:
    """The date on board is not after field 44C, as amended; article 29 never extends it.

    Source: UCP 600, articles 20 and 29 (c).
    ---
    装船日不得晚于 44C（含修改）；第29条的顺延不适用于装运期。依据：UCP 600 第20条、第29条 c 款。
    """
    known = _credit(case)
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
    known = _credit(case)
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
    "LCR04",
    Severity.ERROR,
    Words(
        "The credit is in {here}, the order in {there} ({other})",
        "信用证币种为 {here}，订单为 {there}（{other}）",
        "Have the credit amended",
        "请改证",
    ),
    needs=["order", "lc"],
)
def credit_is_in_the_orders_currency(case: Case) -> Iterator[Finding]:
    """The invoice must be in the currency of the credit. Source: UCP 600, article 18 (a)(iii).

    ---
    发票币种须与信用证相同。依据：UCP 600 第18条 a 款 iii 项。
    """
    order, node = case.view.get("order"), case.view.get("lc")
    if order is not None and node is not None:
        here, there = node.text("amount.currency"), order.text("currency")
        if here != there:
            place, other = node.at("amount.currency"), order.at("currency")
            yield found(place, here=here, there=there, other=other)


@order_rule(
    "LCR05",
    Severity.ERROR,
    Words(
        "The credit allows {limit}, less than the contract's total {total} ({other})",
        "信用证最多可支取 {limit}，少于合同总额 {total}（{other}）",
        "Have the amount amended before production",
        "请在投产前要求改证增额",
    ),
    needs=["order", "contract", "lc"],
)
def credit_covers_its_share(case: Case) -> Iterator[Finding]:
    """The credit covers at least the part of the price that the contract pays by L/C.

    ---
    信用证金额不得少于合同约定以信用证支付的部分。
    """
    known, agreed, contract = _credit(case), deal(case.view), case.view.get("contract")
    if known is None or agreed is None or contract is None:
        return
    due = sum(part.amount for part in agreed.instalments if part.method == "L/C")
    if known[1].limit < due:
        place, other = known[0].at("amount.amount"), contract.at("payment")
        yield found(place, limit=known[1].limit, total=due, other=other)


@order_rule(
    "LCR06",
    Severity.WARNING,
    Words(
        "{field}: {here} in the credit, {there} in the contract ({other})",
        "{field}：信用证为 {here}，合同为 {there}（{other}）",
        "Have the credit amended, or ship by the stricter of the two",
        "请改证，或按两者中较严的执行",
    ),
    needs=["contract", "lc"],
)
def credit_says_what_was_agreed(case: Case) -> Iterator[Finding]:
    """A credit stricter than the contract is a trap; checking it on arrival leaves time to amend.

    Latest shipment, partial shipments, transhipment and days to present are compared.
    ---
    信用证比合同严就是陷阱，收证时就要审，还来得及改。比较最迟装运期、分批、转运、交单期。
    """
    node, contract = case.view.get("lc"), case.view.get("contract")
    for field, theirs in _COMPARED if node is not None and contract is not None else ():
        here = node.find(field) if node is not None else None
        there = contract.find(theirs) if contract is not None else None
        if here is not None and there is not None and here.value != there.value:
            values = {"here": case.label(here), "there": case.label(there)}
            title = moments.title(case, here)
            yield found(here.place, field=title, other=there.place, **values)


_COMPARED = (
    ("latest_shipment", "delivery.latest_shipment"),
    ("partial_shipment", "delivery.partial_shipment"),
    ("transhipment", "delivery.transhipment"),
    ("presentation_days", "credit.presentation_days"),
)


@order_rule(
    "LCR07",
    Severity.WARNING,
    Words(
        "The credit reached us after the day agreed ({other})",
        "信用证晚于合同约定的日期（{other}）到达",
        "Ask for a later shipment date; the contract extends it by as many days",
        "请要求展装运期；合同约定装运期相应顺延",
    ),
    needs=["contract", "lc"],
)
def credit_arrives_in_time(case: Case) -> Iterator[Finding]:
    """A late credit takes its days from production.

    ---
    信用证迟到几天，生产就少几天。
    """
    node, contract = case.view.get("lc"), case.view.get("contract")
    received = node.find("received") if node is not None else None
    by = contract.find("credit.open_by") if contract is not None else None
    if received is not None and by is not None and moments.precedes(by, received):
        yield found(received.place, other=by.place)


@order_rule(
    "LCR08",
    Severity.ERROR,
    Words(
        "The credit says {here}, the order {there} ({other})",
        "信用证为 {here}，订单为 {there}（{other}）",
        "Have the credit amended, or correct the order",
        "请改证，或改正订单",
    ),
    needs=["order", "lc"],
)
def ports_are_the_credits(case: Case) -> Iterator[Finding]:
    """The bill of lading shows loading and discharge within the ports of fields 44E and 44F.

    A credit that names a range ("ANY CHINESE PORT") is not compared.
    Source: UCP 600, article 20 (a)(iii).
    ---
    提单装货港、卸货港须符合 44E、44F。信用证写的是范围（如 ANY CHINESE PORT）的不比较。
    依据：UCP 600 第20条 a 款 iii 项。
    """
    order, node = case.view.get("order"), case.view.get("lc")
    for field in ("loading", "discharge"):
        here = node.find(field) if node is not None else None
        there = order.find(f"transport.{field}.name.en") if order is not None else None
        if here is None or there is None or str(here.value).upper().startswith("ANY"):
            continue
        port = str(there.value).partition(",")[0].upper()
        if port not in str(here.value).upper():
            yield found(here.place, here=here.value, there=there.value, other=there.place)
