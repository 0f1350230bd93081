"""Rules over the opinions of the departments. Internal: findings name places, not opinions."""

from collections.abc import Iterator

from docpipe.adapters.yamlfile import Node
from docpipe.diagnostics import Finding, Severity, found
from docpipe.rules import moments
from docpipe.rules.case import Case
from docpipe.rules.engine import order_rule
from docpipe.workspace import people

# What each department is asked, as the order review form prints it.
_CHECKS = {
    "production": ("feasible", "delivery_reasonable"),
    "technical": ("technically_met",),
    "quality": ("quality_standard_clear",),
    "logistics": ("logistics_feasible",),
}


def given(case: Case) -> Iterator[tuple[str, Node]]:
    """Department and file of the opinions that were given."""
    for (department,), root in case.view.every("review").items():
        if "opinion" in root:
            yield department, root


@order_rule(
    "REV01",
    Severity.WARNING,
    "This opinion came, or is still to come, after its day ({other})",
    "评审意见逾期，或仍未给出（期限见 {other}）",
    "Give it now if it is still open; lateness is counted",
    "仍未评审的请立即评审；是否及时计入考核",
    needs=["review", "company"],
)
def opinions_come_in_time(case: Case) -> Iterator[Finding]:
    """Each department has until `due`; the customer waits for the slowest.

    ---
    各部门应在 due 之前给出意见，最慢的部门决定客户等多久。
    """
    for root in case.view.every("review").values():
        due = moments.day(root.find("due"))
        answered = moments.day(root.find("answered"))
        on = answered if answered is not None else case.now.date()
        if due is not None and on > due:
            yield found(root.at("answered"), other=root.at("due"))


@order_rule(
    "REV02",
    Severity.ERROR,
    "The opinion is conditional, and no condition is given",
    "评审意见为有条件同意，却没有写条件",
    "Write what must be met, by whom and by when, or approve",
    "请写明须满足什么、由谁、何时完成，或改为同意",
    needs=["review"],
)
def conditional_opinions_have_conditions(case: Case) -> Iterator[Finding]:
    """Nobody can meet a condition that nobody wrote down.

    ---
    没写出来的条件，谁也落实不了。
    """
    for _, root in given(case):
        if root.text("opinion") == "conditional" and "conditions" not in root:
            yield found(root.at("opinion"))


@order_rule(
    "REV03",
    Severity.ERROR,
    "The department's question is not answered: {fields}",
    "本部门的评审项没有回答：{fields}",
    "Write true or false for it",
    "请填 true 或 false",
    needs=["review"],
)
def departments_answer_their_questions(case: Case) -> Iterator[Finding]:
    """Production says whether it can be made and the date is reasonable, technical whether the
    specification can be met, quality whether the standard is clear, logistics whether it can go.

    ---
    生产答可否生产、交期是否合理；技术答能否满足要求；质量答标准是否明确；物流答运输是否可行。
    """
    for department, root in given(case):
        missing = [name for name in _CHECKS.get(department, ()) if name not in root]
        if missing:
            yield found(root.at("opinion"), fields=missing)


@order_rule(
    "REV04",
    Severity.ERROR,
    "The opinion approves, though a question is answered no ({other})",
    "意见为同意，而有一项评审为否（{other}）",
    "Reject, set a condition, or correct the answer",
    "请改为不同意或有条件同意，或改正该项",
    needs=["review"],
)
def approvals_have_no_objection(case: Case) -> Iterator[Finding]:
    """A plain approval and a plain no cannot both be meant.

    ---
    既答“否”又无条件同意，总有一个不是本意。
    """
    for _, root in given(case):
        no = [root[name] for names in _CHECKS.values() for name in names
              if name in root and root[name].value is False]  # fmt: skip
        if root.text("opinion") == "approve" and no:
            yield found(root.at("opinion"), other=no[0].place)


@order_rule(
    "REV08",
    Severity.ERROR,
    "This colleague may not give the department's opinion",
    "此人不能代表该部门评审",
    "A reviewer of that department gives it",
    "应由该部门有评审人角色的同事评审",
    needs=["review", "people"],
)
def reviewers_are_of_the_department(case: Case) -> Iterator[Finding]:
    """An opinion counts only from a reviewer of the department whose opinion it is.

    ---
    评审意见须由本部门有评审人角色的同事给出才算数。
    """
    for (department,), root in case.view.every("review").items():
        by = root.find("by")
        if by is None or str(by.value) not in case.view.people:
            continue
        email = str(by.value)
        mine = people.department(case.view, email) == department
        if not mine or not people.may(case.view, email, "reviewer"):
            yield found(by.place)


@order_rule(
    "REV09",
    Severity.ERROR,
    "The opinion was given before it was asked for ({other})",
    "评审意见早于发起评审的时间（{other}）",
    "Correct one of the times",
    "请改正其一",
    needs=["review"],
)
def opinions_follow_the_question(case: Case) -> Iterator[Finding]:
    """One of the two times is a slip.

    ---
    两个时间必有一个写错。
    """
    for root in case.view.every("review").values():
        answered = root.find("answered")
        if answered is not None and moments.precedes(answered, root["asked"]):
            yield found(answered.place, other=root.at("asked"))
