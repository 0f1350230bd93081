"""Rules over the result of the review, as the customer is told it."""

from collections.abc import Iterator
from datetime import UTC, datetime

from docpipe.adapters.yamlfile import Node
from docpipe.diagnostics import Finding, Place, Severity, found
from docpipe.rules import moments
from docpipe.rules.engine import Case, Words, order_rule


def _all_in(case: Case) -> datetime | None:
    """When the last required opinion came in; None while one is open."""
    required = case.view.company.rows("policy.review_departments")
    given = [case.view.get("review", str(node.value)) for node in required]
    times = [moments.moment(root.find("answered")) if root is not None else None for root in given]
    known = [time for time in times if time is not None]
    return max(known) if known and len(known) == len(times) else None


@order_rule(
    "REV10",
    Severity.WARNING,
    Words(
        "The customer was due to be told the result of the review by {due}, and was not",
        "评审结果应在 {due} 前告知客户，未按时告知",
        "Tell him now if nobody has; lateness is counted",
        "仍未告知的请立即告知；是否及时计入考核",
    ),
    needs=["review", "company"],
)
def customer_is_told_in_time(case: Case) -> Iterator[Finding]:
    """Counted from the last opinion. How long it may take stands in company.yaml (review_outcome).

    ---
    从最后一个部门给出意见起算，时限见 company.yaml 的 review_outcome。
    """
    start = _all_in(case)
    if start is None or case.deadlines is None:
        return
    due = case.deadlines.due("review_outcome", start)
    outcome = case.view.get("outcome")
    sent = moments.moment(outcome.find("sent")) if outcome is not None else None
    if min(sent or case.now, case.now).astimezone(UTC) > due.astimezone(UTC):
        where = f"{case.order.folder}/review/outcome.yaml"
        place = outcome.at("sent") if outcome is not None else Place(where)
        yield found(place, due=f"{due:%Y-%m-%d %H:%M}")


@order_rule(
    "REV11",
    Severity.ERROR,
    Words(
        "The result told does not follow from the opinions ({other})",
        "告知客户的结果与评审意见不符（{other}）",
        "Tell the customer what the departments said, or ask them again",
        "请按各部门意见告知客户，或重新评审",
    ),
    needs=["outcome", "review"],
)
def result_follows_from_the_opinions(case: Case) -> Iterator[Finding]:
    """What a department rejects is not accepted, and what waits for a condition is not certain.

    A condition that has been met no longer counts.
    ---
    有部门不同意，就不能告诉客户“接受”；条件还没落实，也不能说死。已落实的条件不算。
    """
    outcome = case.view.get("outcome")
    result = outcome.text("result") if outcome is not None else ""
    for root in case.view.every("review").values():
        opinion = root.text("opinion", "")
        rejected = opinion == "reject" and result != "declined"
        if outcome is not None and (rejected or (result == "accepted" and _open(root))):
            yield found(outcome.at("result"), other=root.at("opinion"))


def _open(review: Node) -> bool:
    """Whether a condition is still unmet."""
    return review.text("opinion", "") == "conditional" and any(
        "met" not in row for row in review.rows("conditions")
    )


@order_rule(
    "REV12",
    Severity.ERROR,
    Words(
        "Production has begun, and the customer has not been told the result of the review",
        "已投产，而评审结果尚未告知客户",
        "Tell the customer, and write when in review/outcome.yaml",
        "请告知客户，并在 review/outcome.yaml 填写时间",
    ),
    needs=["order"],
    gate="production",
)
def production_waits_for_the_customer_to_know(case: Case) -> Iterator[Finding]:
    """The customer hears what was decided before material is cut.

    ---
    客户知道评审结果之后，才能投产。
    """
    outcome = case.view.get("outcome")
    if (outcome is None or "sent" not in outcome) and case.begun("production"):
        where = f"{case.order.folder}/review/outcome.yaml"
        yield found(outcome.at("result") if outcome is not None else Place(where))


@order_rule(
    "REV13",
    Severity.ERROR,
    Words(
        "Production has begun although the order was declined or the customer does not agree",
        "订单已谢绝，或客户不同意评审结果，却已投产",
        "Stop, and settle with the customer what is ordered",
        "请停止生产，与客户商定后再做",
    ),
    needs=["outcome"],
    gate="production",
)
def production_waits_for_agreement(case: Case) -> Iterator[Finding]:
    """A declined order, or one whose conditions the customer refused, is not made.

    ---
    已谢绝的订单，或客户不接受条件的订单，不能生产。
    """
    outcome = case.view.get("outcome")
    if outcome is None or not case.begun("production"):
        return
    if outcome.text("result") == "declined":
        yield found(outcome.at("result"))
    elif outcome.text("customer_answer.verdict", "agreed") != "agreed":
        yield found(outcome.at("customer_answer"))
