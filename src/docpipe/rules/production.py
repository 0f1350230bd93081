"""Gates before production: every opinion in, conditions met, customer told, contract signed."""

from collections.abc import Iterator

from docpipe.diagnostics import Finding, Place, Severity, found
from docpipe.rules.case import Case
from docpipe.rules.engine import order_rule
from docpipe.rules.review import given
from docpipe.workspace.figures.opinions import required


@order_rule(
    "REV05",
    Severity.ERROR,
    "Production has begun without the opinion of: {departments}",
    "已投产，但以下部门尚无评审意见：{departments}",
    "Ask them now, and stop what can be stopped",
    "请立即请其评审，能停的先停",
    needs=["order", "company"],
    reads=["review"],
    gate="production",
)
def production_waits_for_every_opinion(case: Case) -> Iterator[Finding]:
    """No production before every required department has said what it thinks.

    Which departments are required stands in company.yaml (policy: review_departments).
    ---
    规定的部门没有全部给出意见，不得投产。须评审的部门见 company.yaml 的 review_departments。
    """
    said = {department for department, _ in given(case)}
    missing = [name for name in required(case.view) if name not in said]
    if missing and case.begun("production"):
        yield found(Place(f"{case.order.folder}/order.yaml"), departments=missing)


@order_rule(
    "REV06",
    Severity.ERROR,
    "Production has begun although this department rejected the order",
    "本部门评审不同意，却已投产",
    "Stop, and settle with the department or the customer what can be done",
    "请停止生产，与该部门或客户商定办法",
    needs=["review"],
    gate="production",
)
def production_waits_for_rejections(case: Case) -> Iterator[Finding]:
    """One rejection stops the order until the opinion changes.

    ---
    一个部门不同意，订单就不能往下走，直到意见改变。
    """
    for _, root in given(case):
        if root.text("opinion") == "reject" and case.begun("production"):
            yield found(root.at("opinion"))


@order_rule(
    "REV07",
    Severity.ERROR,
    "Production has begun, and this condition has not been met",
    "已投产，而此条件尚未落实",
    "Meet it and write when, or ask the department to drop it",
    "请落实并填写日期，或请该部门撤销条件",
    needs=["review"],
    gate="production",
)
def production_waits_for_conditions(case: Case) -> Iterator[Finding]:
    """A conditional approval approves nothing until its conditions are met.

    ---
    条件没有落实，有条件同意就不算同意。
    """
    for _, root in given(case):
        for row in root.rows("conditions") if case.begun("production") else ():
            if "met" not in row:
                yield found(row.at("id"))


@order_rule(
    "REV12",
    Severity.ERROR,
    "Production has begun, and the customer has not been told the result of the review",
    "已投产，而评审结果尚未告知客户",
    "Tell the customer, and write when in review/outcome.yaml",
    "请告知客户，并在 review/outcome.yaml 填写时间",
    needs=["order"],
    reads=["outcome"],
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
    "Production has begun although the order was declined or the customer does not agree",
    "订单已谢绝，或客户不同意评审结果，却已投产",
    "Stop, and settle with the customer what is ordered",
    "请停止生产，与客户商定后再做",
    needs=["outcome"],
    gate="production",
)
def production_waits_for_agreement(case: Case) -> Iterator[Finding]:
    """A declined order, or one whose conditions the customer refused, is not made.

    ---
    已谢绝的订单，或客户不接受条件的订单，不能生产。
    """
    outcome = case.file("outcome")
    if not case.begun("production"):
        return
    if outcome.text("result") == "declined":
        yield found(outcome.at("result"))
    elif outcome.text("customer_answer.verdict", "agreed") != "agreed":
        yield found(outcome.at("customer_answer"))


@order_rule(
    "CON11",
    Severity.ERROR,
    "Production has begun, and the contract has not come back countersigned",
    "已投产，而合同尚未签回",
    "Get the countersigned copy, and write when it came in contract.yaml",
    "请取得双方签字的合同，并在 contract.yaml 填写签回时间",
    needs=["contract"],
    gate="production",
)
def production_waits_for_the_signature(case: Case) -> Iterator[Finding]:
    """Goods made to order without a contract signed by the buyer are the seller's risk.

    ---
    买方没有签回合同就投产，货做好了卖不掉，损失全是自己的。
    """
    contract = case.file("contract")
    if "countersigned_at" not in contract and case.begun("production"):
        yield found(contract.at("date"))
