"""Gate: review opinions lapse when the contract is amended in what they judged."""

from collections.abc import Iterator

from docpipe.adapters.yamlfile import Node
from docpipe.diagnostics import Finding, Severity, found
from docpipe.rules import moments
from docpipe.rules.case import Case
from docpipe.rules.engine import order_rule
from docpipe.rules.review import given

_JUDGED = (
    "delivery.latest_shipment", "delivery.earliest_shipment", "delivery.schedule",
    "packing", "quality",
)  # fmt: skip


@order_rule(
    "REV14",
    Severity.ERROR,
    "This opinion has lapsed: the contract was amended afterwards in what it judged ({other})",
    "此意见已失效：此后合同在其评审的内容上作了变更（{other}）",
    "Ask the department again, and replace the opinion; production waits for it",
    "请该部门就变更后的合同重新评审；评审之前不得投产",
    needs=["review"],
    reads=["amendment", "outcome"],
    gate="production",
)
def opinions_lapse_with_an_amendment(case: Case) -> Iterator[Finding]:
    """An amendment of product, quantity, date, packing or quality makes the opinions lapse.

    Who judged 1,200 pieces by November has said nothing of 2,000 by October. An opinion counts
    again once it was given after the amendment was asked for. The amendment that carries out what
    the review itself proposed (the alternative that the customer chose) makes none lapse.
    ---
    产品、数量、日期、包装或质量变更后，原评审意见失效；变更提出之后重新评审的才算数。
    变更只是落实评审提出、客户选定的方案的，意见继续有效。
    """
    for _, amendment in case.view.every("amendment").items():
        what = _judged(amendment)
        if what is None or _is_proposed(case, amendment) or not case.begun("production"):
            continue
        for _, root in given(case):
            answered = root.find("answered")
            if answered is None or moments.precedes(answered, amendment["asked"]["at"]):
                yield found(root.at("answered"), other=what.place)


def _judged(amendment: Node) -> Node | None:
    """The first thing an amendment in force changes that the departments had judged."""
    if "countersigned_at" not in amendment or "withdrawn" in amendment:
        return None
    for row in amendment.rows("lines"):
        if row.text("change") != "changed" or "quantity" in row:
            return row["change"]
    found_ = (amendment.find(field) for field in _JUDGED)
    return next((node for node in found_ if node is not None), None)


def _is_proposed(case: Case, amendment: Node) -> bool:
    """Whether the amendment carries out the alternative that the customer chose."""
    outcome = case.view.get("outcome")
    sent = outcome.find("sent") if outcome is not None else None
    if outcome is None or sent is None or moments.precedes(amendment["asked"]["at"], sent):
        return False
    chosen = [row for row in outcome.rows("alternatives")
              if "chosen" in row and row["chosen"].value is True]  # fmt: skip
    agreed = outcome.text("customer_answer.verdict", "") == "agreed"
    date = amendment.text("delivery.latest_shipment", "")
    ours = amendment.text("asked.by") == "seller"
    return ours and agreed and any(row.text("latest_shipment", date) == date for row in chosen)
