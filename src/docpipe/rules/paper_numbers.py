"""Rules over numbers and dates on received papers: they are those of the order's files."""

from collections.abc import Iterator

from docpipe.adapters.yamlfile import Node
from docpipe.diagnostics import Finding, Severity, found
from docpipe.rules.case import Case, letters
from docpipe.rules.engine import order_rule

_BILL = ("shipment.transport_document.number", "shipment.transport_document.master_number")
_BILL_DATE = ("shipment.transport_document.date",)

# Kind of paper -> where the same number and the same date are written.
_NUMBERED: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "purchase-order": (("order.customer_po.number",), ("order.customer_po.date",)),
    "signed-contract": (("order.number",), ("contract.date",)),
    "letter-of-credit": (("lc.number",), ("lc.issued",)),
    "booking-confirmation": (("logistics.booking.number",), ()),
    "bill-of-lading": (_BILL, _BILL_DATE),
    "waybill": (_BILL, _BILL_DATE),
    "insurance-policy": (("insurance.policy.number",), ("insurance.policy.date",)),
    "export-declaration": (("customs.declaration.number",), ()),
}


@order_rule(
    "PAP07",
    Severity.WARNING,
    "{paper}, {field}: not the same as {there_field}, {there} ({other})",
    "{paper}，{field}与{there_field}（{there}，{other}）不一致",
    "Look at the paper, and correct the wrong one",
    "请核对原件，改正有误的一个",
    needs=["papers"],
)
def papers_bear_the_numbers_of_the_order(case: Case) -> Iterator[Finding]:
    """Credit, bill of lading, policy and declaration have one number and one date in all files.

    A slip goes onto every document that names the paper; under a credit that is a discrepancy.
    ---
    信用证、提单、保险单、报关单等的号码和日期，在登记册与订单文件中须一致。
    写错一处，所有引用它的单证都错；信用证项下即为不符点。
    """
    for row in case.file("papers").rows("papers"):
        for field, facts in zip(
            ("number", "date"), _NUMBERED.get(row.text("kind"), ()), strict=False
        ):
            here = row.find(field)
            known = [node for fact in facts for node in _written(case, fact, row)]
            if here is None or not known or letters(here) in map(letters, known):
                continue
            there = known[0]
            titles = {"field": case.title(here), "there_field": case.title(there)}
            titles["paper"] = case.label(row["kind"])
            # the register is internal: what it says is not repeated
            yield found(here.place, there=there.value, other=there.place, **titles)


def _written(case: Case, fact: str, row: Node) -> list[Node]:
    """The fact in the order's files: of the paper's shipment, where it names one."""
    kind, _, field = fact.partition(".")
    shipment = row.text("shipment", "")
    files = case.view.every(kind)
    roots = [root for names, root in files.items() if not shipment or names in ((), (shipment,))]
    return [node for root in roots if (node := root.find(field)) is not None]
