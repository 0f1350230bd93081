"""Rules over the result of the review, as the customer is told it."""

from collections.abc import Iterator
from datetime import datetime

from docpipe.adapters.yamlfile import Node
from docpipe.diagnostics import Finding, Place, Severity, found
from docpipe.rules import moments
from docpipe.rules.case import Case
from docpipe.rules.engine import order_rule
from docpipe.workspace.figures.opinions import required


def _all_in(case: Case) -> datetime | None:
    """When the last required opinion came in; None while one is open."""
    given = [case.view.node("review.answered", name) for name in required(case.view)]
    times = [moments.moment(node) for node in given]
    known = [time for time in times if time is not None]
    return max(known) if known and len(known) == len(times) else None


@order_rule(
    "REV10",
    Severity.WARNING,
    "The customer was due to be told the result of the review by {due}, and was not",
    "评审结果应在 {due} 前告知客户，未按时告知",
    "Tell them now if nobody has; lateness is counted",
    "仍未告知的请立即告知；是否及时计入考核",
    needs=["review", "company"],
    reads=["outcome"],
)
def customer_is_told_in_time(case: Case) -> Iterator[Finding]:
    """Counted from the last opinion. How long it may take stands in company.yaml (review_outcome).

    ---
    从最后一个部门给出意见起算，时限见 company.yaml 的 review_outcome。
    """
    outcome, sent = case.view.get("outcome"), moments.moment(case.view.node("outcome.sent"))
    if due := case.missed("review_outcome", _all_in(case), sent):
        where = f"{case.order.folder}/review/outcome.yaml"
        yield found(outcome.at("sent") if outcome is not None else Place(where), due=due)


@order_rule(
    "REV11",
    Severity.ERROR,
    "The result told does not follow from the opinions ({other})",
    "告知客户的结果与评审意见不符（{other}）",
    "Tell the customer what the departments said, or ask them again",
    "请按各部门意见告知客户，或重新评审",
    needs=["outcome", "review"],
)
def result_follows_from_the_opinions(case: Case) -> Iterator[Finding]:
    """What a department rejects is not accepted, and what waits for a condition is not certain.

    A condition that has been met no longer counts.
    ---
    有部门不同意，就不能告诉客户“接受”；条件还没落实，也不能说死。已落实的条件不算。
    """
    outcome = case.file("outcome")
    result = outcome.text("result")
    for root in case.view.every("review").values():
        opinion = root.text("opinion", "")
        rejected = opinion == "reject" and result != "declined"
        if rejected or (result == "accepted" and _open(root)):
            yield found(outcome.at("result"), other=root.at("opinion"))


def _open(review: Node) -> bool:
    """Whether a condition is still unmet."""
    return review.text("opinion", "") == "conditional" and any(
        "met" not in row for row in review.rows("conditions")
    )
