"""Rules over what a letter of credit asks of the documents: addresses, originals."""

from collections.abc import Iterator

from docpipe.adapters.yamlfile import Node
from docpipe.diagnostics import Finding, Severity, found
from docpipe.rules.case import Case
from docpipe.rules.engine import order_rule

_PARTIES = ("consignee", "notify", "second_notify")
_ISSUED = (
    ("transport-document", "logistics", "shipping_instructions.originals"),
    ("transport-document", "shipment", "transport_document.originals"),
    ("insurance", "insurance", "policy.originals"),
)


@order_rule(
    "LCR14",
    Severity.ERROR,
    "{party}: {here}; but the credit says {there} ({other})",
    "{party}：{here}；而信用证为 {there}（{other}）",
    "Write it exactly as in the credit",
    "请与信用证写法完全一致",
    needs=["lc", "logistics"],
)
def applicant_stands_as_in_the_credit(case: Case) -> Iterator[Finding]:
    """An applicant named as consignee or notify party has the address that the credit gives.

    Elsewhere an address need only be in the same country (rule LCR13); on the transport document
    it must be as stated. Capitals and blanks do not count. Source: UCP 600, article 14 (j).
    ---
    申请人作为收货人或通知人时，运输单据上的地址须与信用证一致（大小写和空格不计）；
    其他单据同一国家即可（LCR13）。依据：UCP 600 第14条 j 款。
    """
    applicant = case.file("lc")["applicant"]
    there = applicant.find("address")
    for root in case.view.every("logistics").values():
        for party in _PARTIES:
            block = root.find(f"shipping_instructions.{party}")
            here = block.find("address") if block is not None else None
            if block is None or here is None or there is None:
                continue
            if _same(block["name"], applicant["name"]) and not _same(here, there):
                words = {"here": here.value, "there": there.value}
                yield found(here.place, party=case.title(block), other=there.place, **words)


def _same(one: Node, two: Node) -> bool:
    first, second = ("".join(str(node.value).split()).casefold() for node in (one, two))
    return first == second


@order_rule(
    "LCR15",
    Severity.WARNING,
    "{field}: {here}; but the credit asks for {there} ({other})",
    "{field}：{here}；而信用证要求 {there} 份（{other}）",
    "Have as many issued as the credit asks for, and present all of them",
    "请按信用证要求的份数出单，并全套提交",
    needs=["lc"],
)
def originals_are_as_many_as_asked(case: Case) -> Iterator[Finding]:
    """The full set of bills of lading, or of the policy, as issued and as the credit asks for it.

    Source: UCP 600, articles 20 (a)(iv) and 28 (b).
    ---
    提单、保险单须按出具的正本份数全套提交，份数须符合信用证要求。
    依据：UCP 600 第20条 a 款 iv 项、第28条 b 款。
    """
    for paper, kind, field in _ISSUED:
        there = next((row["originals"] for row in case.file("lc").rows("documents")
                      if row.text("kind", "") == paper and "originals" in row), None)  # fmt: skip
        for root in case.view.every(kind).values():
            here = root.find(field)
            if here is not None and there is not None and here.value != there.value:
                words = {"here": here.value, "there": there.value}
                yield found(here.place, field=case.title(here), other=there.place, **words)
