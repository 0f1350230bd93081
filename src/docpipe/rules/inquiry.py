"""Rules over an inquiry and its replies."""

from collections.abc import Iterator

from docpipe.adapters.yamlfile import Node
from docpipe.diagnostics import Finding, Severity, found
from docpipe.rules import moments
from docpipe.rules.case import Case
from docpipe.rules.engine import order_rule


@order_rule(
    "INQ01",
    Severity.WARNING,
    "The inquiry was due to be answered by {due}, and was not",
    "询盘应在 {due} 前答复，未按时答复",
    "Answer it now if nobody has; lateness is counted",
    "若仍未答复请立即答复；是否及时计入考核",
    needs=["inquiry", "company"],
)
def inquiry_is_answered_in_time(case: Case) -> Iterator[Finding]:
    """The first reply counts, even if it only says when the rest follows.

    How long it may take stands in company.yaml (policy: inquiry_reply), in working or clock time.
    ---
    以第一次答复为准，哪怕只是说明何时给出完整答复。时限见 company.yaml 的 inquiry_reply。
    """
    inquiry = case.file("inquiry")
    if "closed" in inquiry:
        return
    answers = [at for row in inquiry.rows("replies") if (at := moments.moment(row["at"]))]
    received = moments.moment(inquiry["received"])
    if due := case.missed("inquiry_reply", received, min(answers, default=None)):
        yield found(inquiry.at("received"), due=due)


def _points(row: Node, field: str) -> set[object]:
    return {node.value for node in row.rows(field)}


@order_rule(
    "INQ02",
    Severity.WARNING,
    "No reply says anything to point {point}",
    "各次答复都没有提到第 {point} 点",
    "Answer it, or say when the answer follows",
    "请答复，或说明何时答复",
    needs=["inquiry"],
)
def every_point_is_answered(case: Case) -> Iterator[Finding]:
    """Each point that the customer asked is answered, or announced to follow.

    A point passed over in silence comes back as a complaint.
    ---
    客户问的每一点都要答复，或说明稍后答复。漏答的问题，日后多半变成投诉。
    """
    inquiry = case.file("inquiry")
    if "replies" not in inquiry:
        return
    said: set[object] = set()
    for reply in inquiry.rows("replies"):
        said |= _points(reply, "answers") | _points(reply, "follows.points")
    for point in inquiry.rows("points"):
        if point["id"].value not in said:
            yield found(point.at("id"), point=point["id"].value)


@order_rule(
    "INQ03",
    Severity.WARNING,
    "The answer to point {point} was promised by {date}, and has not followed",
    "第 {point} 点答应在 {date} 前答复，至今没有",
    "Answer it, and tell the customer why it took longer",
    "请尽快答复，并向客户说明迟延原因",
    needs=["inquiry"],
)
def promised_answers_follow(case: Case) -> Iterator[Finding]:
    """A reply that says "follows by" is a promise with a date.

    ---
    答复中写明“某日前答复”，就是有日期的承诺。
    """
    replies = case.file("inquiry").rows("replies")
    for reply in (row for row in replies if "follows" in row):
        by = moments.day(reply.find("follows.by"))
        for point in reply.rows("follows.points"):
            kept = any(point.value in _points(r, "answers") and _on_time(r, reply) for r in replies)
            if by is not None and by < case.now.date() and not kept:
                date = reply.text("follows.by")
                yield found(reply.at("follows.by"), point=point.value, date=date)


def _on_time(answer: Node, promise: Node) -> bool:
    """Given by the day promised."""
    return not moments.precedes(promise["follows"]["by"], answer["at"])


@order_rule(
    "INQ04",
    Severity.ERROR,
    "The inquiry has no point {point} (it has {known})",
    "询盘没有第 {point} 点（现有 {known}）",
    "Correct the number",
    "请改正编号",
    needs=["inquiry"],
)
def replies_refer_to_points(case: Case) -> Iterator[Finding]:
    """Replies and consultations name the points they are about by id.

    ---
    答复和内部咨询按编号对应询盘要点。
    """
    inquiry = case.file("inquiry")
    known = [row["id"].value for row in inquiry.rows("points")]
    for row in inquiry.rows("replies") + inquiry.rows("consulted"):
        for field in ("answers", "follows.points", "points"):
            for node in row.rows(field):
                if node.value not in known:
                    yield found(node.place, point=node.value, known=known)


@order_rule(
    "INQ05",
    Severity.ERROR,
    "This reply is dated before the inquiry came in ({other})",
    "这次答复早于收到询盘的时间（{other}）",
    "Correct one of the times; mind the offset from UTC",
    "请改正其一；注意时区",
    needs=["inquiry"],
)
def replies_follow_the_inquiry(case: Case) -> Iterator[Finding]:
    """A time without the right offset moves by hours: 09:40+08:00 is 01:40Z.

    ---
    时区写错，时间就差几个小时：09:40+08:00 等于 01:40Z。
    """
    inquiry = case.file("inquiry")
    for reply in inquiry.rows("replies"):
        if moments.precedes(reply["at"], inquiry["received"]):
            yield found(reply.at("at"), other=inquiry.at("received"))
