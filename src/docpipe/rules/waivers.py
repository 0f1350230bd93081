"""Rules over waivers.yaml: an exception that does not count is itself a finding."""

from collections.abc import Iterator

from docpipe.diagnostics import Finding, Severity, found
from docpipe.rules.case import Case
from docpipe.rules.engine import OrderRule, order_rule, registered_order_rules
from docpipe.workspace import waivers

_NEEDS = ("waivers",)


def _rule(code: str) -> OrderRule | None:
    return next((r for r in registered_order_rules() if r.problem.code == code), None)


@order_rule(
    "WVR01",
    Severity.ERROR,
    "There is no rule {code} over orders",
    "没有 {code} 这条订单规则",
    "Copy the code from the finding; see docpipe explain",
    "请照抄检查结果中的代码；可用 docpipe explain 查看",
    needs=_NEEDS,
)
def waived_rules_are_known(case: Case) -> Iterator[Finding]:
    """A waiver of an unknown rule waives nothing. Broken files (YAML, SCH, FILE) have none.

    ---
    豁免不存在的规则等于没有豁免。文件本身的错误（YAML、SCH、FILE）不能豁免。
    """
    for waiver in waivers.listed(case.view):
        if _rule(waiver.text("rule")) is None:
            yield found(waiver.at("rule"), code=waiver.text("rule"))


@order_rule(
    "WVR02",
    Severity.WARNING,
    "This waiver expired on {until}, and no longer counts",
    "此豁免已于 {until} 到期，不再有效",
    "Fix the finding, or have the waiver approved anew",
    "请改正问题，或重新批准豁免",
    needs=_NEEDS,
)
def waivers_are_in_force(case: Case) -> Iterator[Finding]:
    """A waiver counts up to and including its last day.

    ---
    豁免到最后有效日（含当日）为止。
    """
    for waiver in waivers.listed(case.view):
        if waivers.expired(waiver, case.now):
            yield found(waiver.at("until"), until=waiver.text("until"))


@order_rule(
    "WVR03",
    Severity.ERROR,
    "This colleague may not waive a rule",
    "此人无权批准豁免",
    "Ask a manager",
    "请由经理批准",
    needs=(*_NEEDS, "people"),
)
def waivers_are_approved_by_a_manager(case: Case) -> Iterator[Finding]:
    """Only a colleague with the role manager in people.yaml may waive.

    ---
    只有 people.yaml 中有经理角色的同事才能批准豁免。
    """
    for waiver in waivers.listed(case.view):
        if not waivers.authorised(waiver, case.view):
            yield found(waiver.at("approver"))


@order_rule(
    "WVR04",
    Severity.ERROR,
    "{code} cannot be waived",
    "{code} 不能豁免",
    "Fix what it found",
    "请改正问题本身",
    needs=_NEEDS,
)
def gates_are_not_waived(case: Case) -> Iterator[Finding]:
    """Gates hold back what cannot be taken back: a quotation, a contract, production, shipment.

    Nor can findings be waived that keep figures out of documents.
    ---
    关卡拦的是收不回来的事：报价发出、合同订立、投产、发运，不能豁免。会使单证缺数的问题也不能豁免。
    """
    for waiver in waivers.listed(case.view):
        rule = _rule(waiver.text("rule"))
        if rule is not None and not rule.waivable:
            yield found(waiver.at("rule"), code=waiver.text("rule"))


@order_rule(
    "WVR05",
    Severity.ERROR,
    "The order has no {at}",
    "订单中没有 {at}",
    "Copy file and field from the finding",
    "请照抄检查结果中的文件和字段",
    needs=_NEEDS,
)
def waived_places_are_there(case: Case) -> Iterator[Finding]:
    """A waiver names a file of the order and perhaps a field, counted from 1: lines[2].net_kg.

    ---
    豁免须写明订单中的文件，可再写字段，序号从 1 起：lines[2].net_kg。
    """
    for waiver in waivers.listed(case.view):
        target = waivers.target(waiver)
        roots = [f.root for f in case.order.files if f.path == f"{case.order.folder}/{target.file}"]
        fields = {node.field for root in roots if root is not None for node in root.walk()}
        if not roots or (target.field and fields and target.field not in fields):
            yield found(waiver.at("at"), at=waiver.text("at"))
