"""Gates that wait for money: production for the deposit, the goods for the balance."""

from collections.abc import Iterator
from datetime import date

from docpipe.adapters.yamlfile import Node
from docpipe.diagnostics import Finding, Place, Severity, found
from docpipe.rules import moments
from docpipe.rules.case import Case
from docpipe.rules.engine import order_rule
from docpipe.rules.receipts import BEFORE_PRODUCTION, BEFORE_RELEASE, instalments, is_paid
from docpipe.workspace.figures.agreement import Instalment
from docpipe.workspace.figures.cargo import sale_shipments


def _due(case: Case, events: frozenset[str]) -> Iterator[tuple[Instalment, Place]]:
    """Instalments by T/T that fall due on one of the events and are not paid in full."""
    for part, row in instalments(case):
        if row.text("when") in events and part.method == "T/T" and not is_paid(case, part):
            yield part, row.at("when")


@order_rule(
    "REC05",
    Severity.ERROR,
    "Production has begun, and instalment {id} of {due} has not come in full ({other})",
    "已投产，而 {id} {due} 尚未收齐（{other}）",
    "Ask for it, and enter it in receipts.yaml; or set deposit_before_production: false",
    "请催收并记入 receipts.yaml；公司不要求的，请设 deposit_before_production: false",
    needs=["order", "contract", "company"],
    reads=["receipts", "amendment"],
    whole=True,
    gate="production",
)
def production_waits_for_the_deposit(case: Case) -> Iterator[Finding]:
    """Goods made to order before the deposit is in are made at the seller's risk.

    company.yaml's deposit_before_production: false lets production begin without it.
    ---
    定金未到就投产，货做好了客户反悔，损失是自己的。company.yaml 的 deposit_before_production
    填 false 则不作此要求。
    """
    policy = case.view.company.find("policy.deposit_before_production")
    if (policy is not None and policy.value is False) or not case.begun("production"):
        return
    for part, other in _due(case, BEFORE_PRODUCTION):
        there = Place(f"{case.order.folder}/receipts.yaml")
        receipts = case.view.get("receipts")
        place = receipts.at("received") if receipts is not None else there
        yield found(place, id=part.id, due=part.amount, other=other)


def _let_go(case: Case) -> Iterator[Node]:
    """When the goods of each shipment of the sale were let out of our hands."""
    for names in sale_shipments(case.view):
        released = case.view.node("shipment.transport_document.released_at", *names)
        node = released or case.view.node("shipment.documents_sent", *names)
        if node is not None:
            yield node


@order_rule(
    "REC06",
    Severity.ERROR,
    "Documents were let go, and instalment {id} of {due} has not come in full ({other})",
    "单证已放出，而 {id} {due} 尚未收齐（{other}）",
    "Stop the release if it can still be stopped, and ask for the money",
    "能拦截的立即拦截，并催收货款",
    needs=["order", "contract", "shipment", "packing"],
    reads=["receipts", "amendment", "logistics"],
    whole=True,
    gate="shipment",
)
def documents_wait_for_the_balance(case: Case) -> Iterator[Finding]:
    """Whoever holds the bill of lading holds the goods: it goes out against payment, not before.

    Asked for where the contract pays by T/T before shipment or against a copy of the B/L.
    ---
    提单就是货权。合同约定发货前或凭提单副本电汇付清的，款到才放单。
    """
    for node in _let_go(case):
        for part, other in _due(case, BEFORE_RELEASE):
            yield found(node.place, id=part.id, due=part.amount, other=other)


@order_rule(
    "REC07",
    Severity.WARNING,
    "Documents were let go before instalment {id} came ({other})",
    "{id} 到账（{other}）之前就放了单",
    "Next time release against payment; the finding stays on record",
    "今后款到再放单；此项记录在案",
    needs=["order", "contract", "shipment", "packing", "receipts"],
    reads=["amendment", "logistics"],
    whole=True,
)
def documents_followed_the_balance(case: Case) -> Iterator[Finding]:
    """It went well this time: the money came after the goods were out of hand.

    ---
    这次款还是来了，但货权放出在前，属于侥幸。
    """
    due = {part.id for part, row in instalments(case)
           if row.text("when") in BEFORE_RELEASE and part.method == "T/T"}  # fmt: skip
    for node in _let_go(case):
        released = moments.day(node) or date.max
        for row in case.file("receipts").rows("received"):
            came = moments.day(row["date"])
            if row.text("instalment") in due and came is not None and released < came:
                yield found(node.place, id=row.text("instalment"), other=row.at("date"))
