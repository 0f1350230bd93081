"""Approvals count only from a colleague with the role."""

from collections.abc import Iterator

from docpipe.diagnostics import Finding, Severity, found
from docpipe.rules.case import Case
from docpipe.rules.engine import order_rule

_HEADS = ("manager", "quality-manager")
_MAY = {
    ("purchase", "approved.by"): ("manager",),
    ("production", "approved.by"): ("manager",),
    ("inspection", "nonconformity.concession.by"): _HEADS,
    ("feedback", "solution.approved.by"): ("manager",),
    ("feedback", "closure.approved.by"): _HEADS,
}
"""What is approved, and the roles of which one is needed."""


@order_rule(
    "ORD13",
    Severity.ERROR,
    "This colleague may not approve this; it takes one of: {roles}",
    "此人无权批准此项，须由以下角色批准：{roles}",
    "Ask a colleague who has the role; without it nothing is approved",
    "请由有该角色的同事批准，否则不算批准",
    needs=["order", "people"],
)
def approvals_come_from_the_role(case: Case) -> Iterator[Finding]:
    """Purchases, plans, concessions, solutions and closures are approved by the role for it.

    Roles stand in people.yaml.
    ---
    采购、生产计划、让步接收、投诉解决方案和关闭，须由有相应角色的同事批准。角色见 people.yaml。
    """
    for (kind, field), roles in _MAY.items():
        for root in case.view.every(kind).values():
            by = root.find(field)
            if by is not None and not case.may(by, *roles):
                yield found(by.place, roles=list(roles))
