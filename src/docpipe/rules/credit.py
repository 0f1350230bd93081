"""Rules over a letter of credit (lc.yaml): what it allows, against contract and shipment."""

from collections.abc import Iterator
from decimal import Decimal

from docpipe.adapters.yamlfile import Node
from docpipe.diagnostics import Finding, Severity, found
from docpipe.rules import moments
from docpipe.rules.case import Case
from docpipe.rules.engine import order_rule
from docpipe.workspace.figures.agreement import Agreement, deal
from docpipe.workspace.figures.credit import Credit, amended, credit_of


def credit(case: Case) -> tuple[Node, Credit]:
    """The letter of credit that the rule needs, and what it allows."""
    node = case.file("lc")
    return node, credit_of(node)


def due_by_credit(agreed: Agreement) -> Decimal:
    """The part of the price that the contract pays by letter of credit."""
    parts = [part.amount for part in agreed.instalments if part.method == "L/C"]
    return sum(parts, Decimal(0))


@order_rule(
    "LCR04",
    Severity.ERROR,
    "The credit is in {here}, the order in {there} ({other})",
    "信用证币种为 {here}，订单为 {there}（{other}）",
    "Have the credit amended",
    "请改证",
    needs=["order", "lc"],
)
def credit_is_in_the_orders_currency(case: Case) -> Iterator[Finding]:
    """The invoice must be in the currency of the credit. Source: UCP 600, article 18 (a)(iii).

    ---
    发票币种须与信用证相同。依据：UCP 600 第18条 a 款 iii 项。
    """
    order, node = case.file("order"), case.file("lc")
    here, there = node.text("amount.currency"), order.text("currency")
    if here != there:
        other = order.at("currency")
        yield found(node.at("amount.currency"), here=here, there=there, other=other)


@order_rule(
    "LCR05",
    Severity.ERROR,
    "The credit allows {limit}, less than the contract's total {total} ({other})",
    "信用证最多可支取 {limit}，少于合同总额 {total}（{other}）",
    "Have the amount amended before production",
    "请在投产前要求改证增额",
    needs=["order", "contract", "lc"],
    reads=["amendment"],
    whole=True,
)
def credit_covers_its_share(case: Case) -> Iterator[Finding]:
    """The credit covers at least the part of the price that the contract pays by L/C.

    ---
    信用证金额不得少于合同约定以信用证支付的部分。
    """
    (node, allowed), agreed = credit(case), deal(case.view)
    due = due_by_credit(agreed) if agreed is not None else Decimal(0)
    if allowed.limit < due:
        other = case.contract.at("payment")
        yield found(node.at("amount.amount"), limit=allowed.limit, total=due, other=other)


@order_rule(
    "LCR06",
    Severity.WARNING,
    "{field}: {here} in the credit, {there} in the contract ({other})",
    "{field}：信用证为 {here}，合同为 {there}（{other}）",
    "Have the credit amended, or ship by the stricter of the two",
    "请改证，或按两者中较严的执行",
    needs=["contract", "lc"],
    reads=["amendment"],
)
def credit_says_what_was_agreed(case: Case) -> Iterator[Finding]:
    """A credit stricter than the contract is a trap; checking it on arrival leaves time to amend.

    Latest shipment, partial shipments, transhipment and days to present are compared.
    ---
    信用证比合同严就是陷阱，收证时就要审，还来得及改。比较最迟装运期、分批、转运、交单期。
    """
    node, contract = case.file("lc"), case.contract
    for field, theirs in _COMPARED:
        here, there = amended(node, field, field), contract.find(theirs)
        if here is not None and there is not None and here.value != there.value:
            values = {"here": case.label(here), "there": case.label(there)}
            title = case.title(here)
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
    "The credit reached us after the day agreed ({other})",
    "信用证晚于合同约定的日期（{other}）到达",
    "Ask for a later shipment date; the contract extends it by as many days",
    "请要求展装运期；合同约定装运期相应顺延",
    needs=["contract", "lc"],
    reads=["amendment"],
)
def credit_arrives_in_time(case: Case) -> Iterator[Finding]:
    """A late credit takes its days from production.

    ---
    信用证迟到几天，生产就少几天。
    """
    received, by = case.file("lc").find("received"), case.contract.find("credit.open_by")
    if received is not None and by is not None and moments.precedes(by, received):
        yield found(received.place, other=by.place)
