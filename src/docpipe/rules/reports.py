"""Rules over an inspection report beside the counts: checks, instruments, signatures."""

from collections.abc import Iterator

from docpipe.diagnostics import Finding, Severity, found
from docpipe.rules import moments
from docpipe.rules.case import Case
from docpipe.rules.engine import order_rule
from docpipe.workspace import people
from docpipe.workspace.figures.inspection import failures


@order_rule(
    "QUA05",
    Severity.ERROR,
    "Accepted, though a check failed or a value is out of limits ({other})",
    "判为合格，但有检查项不通过或实测值超限（{other}）",
    "Reject, grant a concession, or correct the entry",
    "请判不合格、办理让步接收，或改正该项",
    needs=["inspection"],
)
def accepted_lots_pass_their_checks(case: Case) -> Iterator[Finding]:
    """Beside the counted defects, every point checked and every value measured must pass.

    ---
    除缺陷数外，各检查项须通过，实测值须在上下限内。
    """
    for root in case.view.every("inspection").values():
        failed = failures(root)
        if root.text("verdict") == "accepted" and failed:
            yield found(root.at("verdict"), other=failed[0].place)


@order_rule(
    "QUA06",
    Severity.ERROR,
    "The instrument's calibration had expired by the day of the inspection ({other})",
    "检验当天（{other}）仪器校准已过期",
    "Measure again with a calibrated instrument",
    "请用在校准有效期内的仪器重测",
    needs=["inspection"],
)
def instruments_are_calibrated(case: Case) -> Iterator[Finding]:
    """A value read from an instrument out of calibration proves nothing.

    Source: ISO 9001:2015, clause 7.1.5.2.
    ---
    校准过期的仪器，读数不能作为依据。依据：GB/T 19001-2016（ISO 9001:2015）7.1.5.2。
    """
    for root in case.view.every("inspection").values():
        for row in root.rows("measured"):
            until = row.find("calibrated_until")
            if until is not None and moments.precedes(until, root["date"]):
                yield found(until.place, other=root.at("date"))


@order_rule(
    "QUA07",
    Severity.ERROR,
    "This colleague is not an inspector",
    "此人不是检验员",
    "Name who inspected, or give them the role inspector",
    "请填写实际检验人，或在 people.yaml 中为其加上 inspector 角色",
    needs=["inspection", "people"],
)
def inspectors_inspect(case: Case) -> Iterator[Finding]:
    """A report is signed by somebody whose work it is to inspect.

    ---
    检验报告由有检验员角色的同事签署。
    """
    for root in case.view.every("inspection").values():
        by = root["inspector"]
        if not case.may(by, "inspector"):
            yield found(by.place)


@order_rule(
    "QUA08",
    Severity.ERROR,
    "This colleague may not approve the report",
    "此人无权批准该报告",
    "It takes the quality manager, never the inspector",
    "须由质量经理批准，且不得是检验员本人",
    needs=["inspection", "people"],
)
def reports_are_approved_by_another(case: Case) -> Iterator[Finding]:
    """Four eyes: who inspected does not approve, and an approval counts only with the role.

    ---
    检验、批准分开：谁检验谁不能批准，批准人须有质量经理角色。
    """
    for root in case.view.every("inspection").values():
        by = root.find("approved.by")
        if by is None or str(by.value) not in case.view.people:
            continue
        own = by.value == root.text("inspector")
        if own or not people.may(case.view, str(by.value), "quality-manager"):
            yield found(by.place)
