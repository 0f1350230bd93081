"""Rules over shared records: surveys, market reports, supervision. They look at the clock too."""

from collections.abc import Iterator

from docpipe.adapters.yamlfile import Node
from docpipe.diagnostics import Finding, Severity, Text, found
from docpipe.rules import moments
from docpipe.rules.case import Estate, repeated
from docpipe.rules.engine import estate_rule
from docpipe.workspace.company_time import local_time

_NAMED = (("survey", ("period", "customer")), ("market", ("country",)))


@estate_rule(
    "MAS11",
    Severity.ERROR,
    "The file says {field} {code}, but its name is {name}",
    "文件中的 {field} 为 {code}，而文件名为 {name}",
    "Correct the field, or rename the file",
    "请改正内容，或改文件名",
)
def records_are_named_by_what_they_hold(estate: Estate) -> Iterator[Finding]:
    """Surveys are found by period and customer, market reports by country: from their names.

    ---
    调查按期间和客户、市场报告按国家，从文件名查找。
    """
    for file in estate.workspace.shared_files():
        values = file.kind.match(file.path) or {}
        for field in dict(_NAMED).get(file.kind.name, ()):
            if file.root is not None and file.root.text(field) != values[field]:
                words = {"field": field, "code": file.root.text(field), "name": file.path}
                yield found(file.root.at(field), **words)


@estate_rule(
    "SUR01",
    Severity.WARNING,
    "The same question appears here twice (first at {other})",
    "同一问题出现两次（第一次在 {other}）",
    "Remove one, or choose other and write the question",
    "请删去其一，或选 other 并写明问题",
)
def questions_are_asked_once(estate: Estate) -> Iterator[Finding]:
    """Each score counts once in the mean.

    ---
    每个分数在平均分中只计一次。
    """
    for _, root in estate.roots("survey"):
        for node, other in repeated(row["about"] for row in root.rows("questions")):
            if node.value != "other":
                yield found(node.place, other=other.place)


_LOW = 2
_STEPS = (("sent", Text("sent", "发出")), ("answered", Text("answered", "回收")))


@estate_rule(
    "SUR02",
    Severity.WARNING,
    "The customer is dissatisfied here ({score} of 5), and no action addresses it",
    "客户此项不满意（{score} 分），却没有改进措施",
    "Write under actions what is done, by whom and by when",
    "请在 actions 写明改进措施、责任人和期限",
)
def low_scores_are_answered(estate: Estate) -> Iterator[Finding]:
    """A survey that changes nothing teaches the customer not to answer the next one.

    Source: ISO 9001:2015, clause 9.1.2.
    ---
    调查之后没有改进，下次客户就不再回答。依据：GB/T 19001-2016 9.1.2。
    """
    for _, root in estate.roots("survey"):
        answered = {row.text("about", "") for row in root.rows("actions")}
        general = "" in answered or "overall" in answered
        for row in root.rows("questions"):
            if row.count("score", 5) <= _LOW and not general and row.text("about") not in answered:
                yield found(row.at("score"), score=row.count("score"))


@estate_rule(
    "SUR03",
    Severity.WARNING,
    "The survey has scores, but no time at which it was {step}",
    "调查已有评分，却没有填{step}时间",
    "Write when",
    "请填写时间",
)
def answered_surveys_were_sent(estate: Estate) -> Iterator[Finding]:
    """Shares asked and answering are counted by these times.

    ---
    发出率、回收率按这些时间统计。
    """
    for _, root in estate.roots("survey"):
        if any("score" in row for row in root.rows("questions")):
            for field, step in _STEPS:
                if field not in root:
                    yield found(root.at("questions"), step=step)


_OVERDUE = (
    "The day by which this was to be done has passed, and it is not done",
    "完成期限已过，尚未完成",
    "Carry it out and write when, or agree on another day",
    "请落实并填写日期，或另定期限",
)


def _is_overdue(estate: Estate, row: Node) -> bool:
    due = moments.day(row["due"])
    today = local_time(estate.workspace, estate.now).date()
    return due is not None and "done" not in row and today > due


@estate_rule("SUR04", Severity.WARNING, *_OVERDUE)
def improvements_are_done_in_time(estate: Estate) -> Iterator[Finding]:
    """What the customer's answers made us promise is done by the day set.

    ---
    根据客户意见定下的改进，应按期完成。
    """
    for _, root in estate.roots("survey"):
        for row in root.rows("actions"):
            if _is_overdue(estate, row):
                yield found(row.at("due"))


@estate_rule(
    "SUP01",
    Severity.WARNING,
    "The day by which this was to be corrected has passed, and it is not done",
    "整改期限已过，尚未完成",
    "Carry it out and write when, or agree on another day",
    "请落实并填写日期，或另定期限",
)
def corrections_are_done_in_time(estate: Estate) -> Iterator[Finding]:
    """Corrective actions of a supervision (整改) are done by the day set.

    ---
    监督检查要求的整改应按期完成。
    """
    for _, root in estate.roots("supervision"):
        for row in root.rows("findings"):
            correction = row.find("correction")
            if correction is not None and _is_overdue(estate, correction):
                yield found(correction.at("due"))


@estate_rule(
    "SUP02",
    Severity.ERROR,
    "There is no order of this number",
    "没有此编号的订单",
    "Correct the number",
    "请改正订单号",
)
def supervised_orders_exist(estate: Estate) -> Iterator[Finding]:
    """Findings, proposals and surveys name orders by their number.

    ---
    检查发现、奖惩建议和调查按订单号引用订单。
    """
    known = {folder.rpartition("/")[2] for folder in estate.workspace.order_folders}
    for _, root in estate.roots("supervision", "survey"):
        for node in root.walk():
            listed = node.parent is not None and node.parent.name == "orders"
            named = isinstance(node.value, str) and (listed or node.name == "order")
            if named and node.value not in known:
                yield found(node.place)
