"""Rules over feedback and complaints: in time, in quantity, carried out."""

from collections.abc import Iterator

from docpipe.adapters.yamlfile import Node
from docpipe.diagnostics import Finding, Severity, found
from docpipe.rules import moments
from docpipe.rules.case import Case
from docpipe.rules.engine import order_rule


@order_rule(
    "FBK01",
    Severity.WARNING,
    "The customer was due to be asked for feedback by {due}, and was not (arrival: {other})",
    "应在 {due} 前征求客户反馈，未按时征求（到货：{other}）",
    "Ask now if nobody has; lateness is counted",
    "仍未征求的请立即征求；是否及时计入考核",
    needs=["shipment", "company"],
    reads=["feedback"],
)
def feedback_is_asked_in_time(case: Case) -> Iterator[Finding]:
    """Counted from delivery, else from arrival; how long stands in company.yaml.

    A customer who came to us need not be asked. Policy: feedback_request.
    ---
    从交付（没有则从到港）起算，时限见 company.yaml 的 feedback_request。客户已主动反馈的不必再问。
    """
    for names, root in case.view.every("shipment").items():
        arrived = root.find("delivered") or root.find("ata")
        mine = [each for each in case.view.every("feedback").values()
                if each.text("shipment", "1") == names[0]]  # fmt: skip
        asked = [each.find("asked.at") or each.find("received") for each in mine]
        known = [node for node in asked if node is not None]
        first = min(known, key=lambda node: moments.moment(node) or case.now, default=None)
        due = case.missed("feedback_request", moments.moment(arrived), moments.moment(first))
        if due and arrived is not None:
            place = first.place if first is not None else root.at("delivered")
            yield found(place, due=due, other=arrived.place)


@order_rule(
    "FBK02",
    Severity.WARNING,
    "The complaint was due to be investigated by {due}, and was not ({other})",
    "投诉应在 {due} 前完成调查，未按时完成（{other}）",
    "Finish the investigation, and write when; tell the customer where it stands",
    "请完成调查并填写时间，同时告知客户进展",
    needs=["feedback", "company"],
)
def complaints_are_investigated_in_time(case: Case) -> Iterator[Finding]:
    """From the day it came; how long stands in company.yaml (complaint_investigation).

    ---
    从收到投诉起算，时限见 company.yaml 的 complaint_investigation。
    """
    for root in case.view.every("feedback").values():
        if root.text("kind", "") not in ("complaint", "claim"):
            continue
        start, end = (moments.moment(root.find(f)) for f in ("received", "investigation.finished"))
        if due := case.missed("complaint_investigation", start, end):
            yield found(root.at("investigation.finished"), due=due, other=root.at("received"))


@order_rule(
    "FBK03",
    Severity.WARNING,
    "The answer promised to the customer for this day was not sent by then",
    "答应客户在此日之前答复，未按时答复",
    "Answer now, or agree on another day with the customer",
    "请立即答复，或与客户另约时间",
    needs=["feedback"],
)
def promised_answers_are_sent(case: Case) -> Iterator[Finding]:
    """`due` is our promise; `solution.sent` is when it was kept.

    ---
    due 是对客户的承诺，solution.sent 是兑现的时间。
    """
    for root in case.view.every("feedback").values():
        due, sent = moments.day(root.find("due")), moments.day(root.find("solution.sent"))
        if due is not None and (sent or case.now.date()) > due:
            yield found(root.at("due"))


@order_rule(
    "FBK04",
    Severity.WARNING,
    "This action was due by {due}, and is not done",
    "此项措施应在 {due} 前完成，尚未完成",
    "Carry it out and write when, or agree on another day",
    "请落实并填写日期，或另定期限",
    needs=["feedback"],
)
def actions_are_done_in_time(case: Case) -> Iterator[Finding]:
    """Containment, corrective and preventive actions have an owner and a day (8D: D3, D6, D7).

    ---
    临时、纠正、预防措施都有责任人和期限（8D 的 D3、D6、D7）。
    """
    for root in case.view.every("feedback").values():
        for row in _actions(root):
            due = moments.day(row["due"])
            if due is not None and "done" not in row and case.now.date() > due:
                yield found(row.at("due"), due=row.text("due"))


def _actions(root: Node) -> list[Node]:
    return [row for name in ("containment", "corrective", "preventive") for row in root.rows(name)]


@order_rule(
    "FBK05",
    Severity.ERROR,
    "Closed, though this is still open ({other})",
    "已关闭，而此项尚未完成（{other}）",
    "Finish it first, or reopen it",
    "请先完成，或重新打开",
    needs=["feedback"],
)
def closed_complaints_have_nothing_open(case: Case) -> Iterator[Finding]:
    """Actions not done, not effective, or a customer who does not agree keep a complaint open.

    ---
    措施没做完、经验证无效，或客户不同意方案的，不能关闭。
    """
    for root in case.view.every("feedback").values():
        closed = root.find("closure.closed")
        if closed is None:
            continue
        for row in _actions(root):
            effective = row.find("verified.effective")
            if "done" not in row or (effective is not None and effective.value is False):
                yield found(row.at("id"), other=closed.place)
        if root.text("customer_answer.verdict", "agreed") != "agreed":
            yield found(root.at("customer_answer.verdict"), other=closed.place)


@order_rule(
    "FBK06",
    Severity.ERROR,
    "The action was verified by the colleague who carried it out ({other})",
    "措施由责任人本人验证（{other}），不能算数",
    "Have somebody else verify it",
    "请由他人验证",
    needs=["feedback"],
)
def actions_are_verified_by_others(case: Case) -> Iterator[Finding]:
    """Whoever carries an action out does not judge whether it works.

    ---
    措施由谁落实，就不能由谁验证效果。
    """
    for root in case.view.every("feedback").values():
        for row in _actions(root):
            by = row.find("verified.by")
            if by is not None and by.value == row["owner"].value:
                yield found(by.place, other=row.at("owner"))
