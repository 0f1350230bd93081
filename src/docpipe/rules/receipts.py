"""Rules over money: what came in against what was agreed, and what waits for it."""

from collections.abc import Iterator
from decimal import Decimal

from docpipe.adapters.yamlfile import Node
from docpipe.diagnostics import Finding, Place, Severity, found
from docpipe.rules.case import Case
from docpipe.rules.engine import order_rule
from docpipe.standards import money
from docpipe.workspace.figures.agreement import Instalment, deal

_LISTS = ("received", "drawings", "collections", "credits", "reminders")
BEFORE_PRODUCTION = frozenset({"deposit", "before-production"})
BEFORE_RELEASE = frozenset(
    {*BEFORE_PRODUCTION, "inspection", "before-shipment", "copy-of-bl"}
)  # fmt: skip


def instalments(case: Case) -> list[tuple[Instalment, Node]]:
    """The instalments agreed, each with its row of the contract as amended."""
    agreed = deal(case.view)
    parts = {part.id: part for part in agreed.instalments} if agreed is not None else {}
    rows = {row.text("id"): row for row in case.contract.rows("payment")}
    return [(part, rows[name]) for name, part in parts.items()]


def paid(case: Case, instalment: str) -> Decimal:
    """What counts as paid of an instalment: received, charges that we bear, credits given."""
    total = Decimal(0)
    for row in _rows(case, "received"):
        if row.text("instalment") == instalment:
            rate = row.number("rate", 1) if "currency" in row else Decimal(1)
            total += row.number("amount") * rate + row.number("charges", 0)
    credits_ = [row for row in _rows(case, "credits") if row.text("instalment") == instalment]
    return total + sum(row.number("amount") for row in credits_)


def is_paid(case: Case, part: Instalment) -> bool:
    """Whether the instalment is paid in full, to the currency's minor unit."""
    currency = case.file("order").text("currency")
    return money.round_money(paid(case, part.id), currency) >= part.amount


def _rows(case: Case, *lists: str) -> Iterator[Node]:
    root = case.view.get("receipts")
    for name in lists if root is not None else ():
        yield from root.rows(name) if root is not None else ()


@order_rule(
    "REC01",
    Severity.ERROR,
    "The contract has no instalment {id} (it has {known})",
    "合同没有名为 {id} 的付款分期（现有 {known}）",
    "Correct the name, or amend the contract's payment",
    "请改正名称，或变更合同付款条件",
    needs=["contract", "receipts"],
    reads=["amendment"],
)
def receipts_name_an_instalment(case: Case) -> Iterator[Finding]:
    """Each sum pays an instalment of the contract as amended; else it would count for nothing.

    ---
    每笔款都对应（变更后）合同的一个付款分期，否则就不会被计入。
    """
    known = [row.text("id") for row in case.contract.rows("payment")]
    for row in _rows(case, *_LISTS):
        if row.text("instalment") not in known:
            yield found(row.at("instalment"), id=row.text("instalment"), known=known)


def _last_receipts(case: Case) -> Iterator[tuple[Node, Instalment, Decimal, Place]]:
    """The last receipt of each instalment, with the instalment and what it comes to in all."""
    last = {row.text("instalment"): row for row in _rows(case, "received")}
    for part, agreed in instalments(case):
        if part.id in last:
            yield last[part.id], part, paid(case, part.id), agreed.place


_AGAINST = ("order", "contract", "receipts")


@order_rule(
    "REC02",
    Severity.WARNING,
    "{paid} came for instalment {id}, which is {due} ({other})",
    "{id} 已收 {paid}，而应收 {due}（{other}）",
    "Ask for the rest; charges that we bear are entered under charges, discounts under credits",
    "请催收余款；由我方承担的扣费填 charges，同意的扣减填 credits",
    needs=_AGAINST,
    reads=["amendment"],
    whole=True,
)
def instalments_are_paid_in_full(case: Case) -> Iterator[Finding]:
    """Banks on the way take their charges; what is missing is asked for now or never.

    ---
    中间行会扣费，差额不当时催收，以后就收不回来。
    """
    for row, part, total, other in _last_receipts(case):
        if not is_paid(case, part):
            figures = {"paid": total, "due": part.amount}
            yield found(row.at("amount"), id=part.id, other=other, **figures)


@order_rule(
    "REC03",
    Severity.WARNING,
    "{paid} came for instalment {id}, more than its {due} ({other})",
    "{id} 已收 {paid}，多于应收的 {due}（{other}）",
    "Enter the rest under another instalment, or under refunds",
    "多出部分请记入其他分期，或记入 refunds",
    needs=_AGAINST,
    reads=["amendment"],
    whole=True,
)
def instalments_are_not_overpaid(case: Case) -> Iterator[Finding]:
    """A sum in the wrong instalment, or money that belongs to the customer.

    Money from abroad must match the goods. Source: SAFE, rules on foreign exchange of goods trade.
    ---
    要么记错了分期，要么是客户多付。收汇应与货物一致。依据：货物贸易外汇管理指引。
    """
    for row, part, total, other in _last_receipts(case):
        refunded = sum((each.number("amount") for each in _rows(case, "refunds")), Decimal(0))
        if total - refunded > part.amount:
            figures = {"paid": total, "due": part.amount}
            yield found(row.at("amount"), id=part.id, other=other, **figures)


@order_rule(
    "REC04",
    Severity.ERROR,
    "{currency} came, the order is in {agreed} ({other}), and no rate of conversion is given",
    "到账币种 {currency}，订单为 {agreed}（{other}），却没有填折算率",
    "Write rate: how many units of the order's currency one unit counts for",
    "请填 rate：一单位该币种折合多少订单币种",
    needs=["order", "receipts"],
)
def other_currencies_have_a_rate(case: Case) -> Iterator[Finding]:
    """What another currency counts for is agreed, not guessed.

    ---
    其他币种折合多少，以双方约定为准。
    """
    order = case.file("order")
    agreed = order.text("currency")
    for row in _rows(case, "received"):
        currency = row.text("currency", agreed)
        if currency != agreed and "rate" not in row:
            words = {"currency": currency, "agreed": agreed}
            yield found(row.at("currency"), other=order.at("currency"), **words)
