"""Rules over the production plan: its milestones, and the date that it promises."""

from collections.abc import Iterator, Mapping

from docpipe.adapters.yamlfile import Node
from docpipe.diagnostics import Finding, Severity, found
from docpipe.rules import moments
from docpipe.rules.case import Case
from docpipe.rules.engine import order_rule
from docpipe.rules.packing import allowed


def milestones(case: Case) -> Mapping[int, Node]:
    """The plan's milestones by number."""
    return {row.count("id"): row for row in case.file("production").rows("milestones")}


@order_rule(
    "PRO01",
    Severity.ERROR,
    "It is planned to finish before it starts ({other})",
    "计划的完成日早于开始日（{other}）",
    "Correct one of the dates",
    "请改正其一",
    needs=["production"],
)
def steps_finish_after_they_start(case: Case) -> Iterator[Finding]:
    """Lines and milestones start first and finish then.

    ---
    各行、各节点先开始，后完成。
    """
    for name in ("lines", "milestones"):
        for row in case.file("production").rows(name):
            if moments.precedes(row["finish"], row["start"]):
                yield found(row.at("finish"), other=row.at("start"))


@order_rule(
    "PRO02",
    Severity.ERROR,
    "The plan has no milestone {id} (it has {known})",
    "计划中没有节点 {id}（现有 {known}）",
    "Correct the number, or add the milestone to production.yaml",
    "请改正编号，或在 production.yaml 中添加节点",
    needs=["production"],
)
def milestones_are_known(case: Case) -> Iterator[Finding]:
    """Progress, problems, risks and later steps name a milestone by its number in the plan.

    ---
    进度、问题、风险和后续节点都按计划中的编号引用节点。
    """
    known = sorted(milestones(case))
    for kind in ("production", "progress"):
        for root in case.view.every(kind).values():
            for node in root.walk():
                after = node.parent is not None and node.parent.name == "after"
                named = node.name == "milestone" or after
                if named and isinstance(node.value, int) and node.value not in known:
                    yield found(node.place, id=str(node.value), known=known)


@order_rule(
    "PRO03",
    Severity.WARNING,
    "Milestone {id} starts on {start}, before milestone {first} is finished ({other})",
    "节点 {id} 于 {start} 开始，而节点 {first} 尚未完成（{other}）",
    "Move one of them, or take the number out of after",
    "请调整其一，或从 after 中删去",
    needs=["production"],
)
def steps_wait_for_those_before(case: Case) -> Iterator[Finding]:
    """`after` names what must be finished first.

    ---
    after 列出必须先完成的节点。
    """
    known = milestones(case)
    for id_, row in known.items():
        for node in row.rows("after"):
            first = known.get(int(str(node.value)))
            if first is not None and moments.precedes(row["start"], first["finish"]):
                words = {"id": str(id_), "start": row.text("start"), "first": str(node.value)}
                yield found(row.at("start"), other=first.at("finish"), **words)


@order_rule(
    "PRO04",
    Severity.WARNING,
    "Planned to be ready on {finish}, after the latest shipment agreed, {latest} ({other})",
    "计划 {finish} 完成，晚于约定的最迟装运期 {latest}（{other}）",
    "Speed up, or tell the customer now and agree on an amendment",
    "请赶工，或立即告知客户并变更合同",
    needs=["production", "contract"],
    reads=["amendment"],
)
def plan_meets_the_contract(case: Case) -> Iterator[Finding]:
    """The last step ends before the latest shipment of the contract as amended.

    ---
    最后一道工序应在（变更后）合同最迟装运期之前完成。
    """
    plan, latest = case.file("production"), case.contract["delivery"]["latest_shipment"]
    for row in [*plan.rows("lines"), *plan.rows("milestones")]:
        if moments.precedes(latest, row["finish"]):
            dates = {"finish": row.text("finish"), "latest": str(latest.value)}
            yield found(row.at("finish"), other=latest.place, **dates)


@order_rule(
    "PRO05",
    Severity.WARNING,
    "Line {line}: {planned} planned, but {sold} are sold ({other})",
    "第 {line} 行：计划产量 {planned}，而合同为 {sold}（{other}）",
    "Plan the whole quantity; the last output is all of it",
    "请按全部数量排产，最后一项为总数",
    needs=["production", "contract"],
    reads=["amendment"],
    whole=True,
)
def plan_makes_what_is_sold(case: Case) -> Iterator[Finding]:
    """The last of a line's outputs is the contract's quantity, within its tolerance.

    ---
    产出计划的最后一项应为合同数量（溢短装范围内）。
    """
    contract = case.contract
    sold = {row.count("line"): row for row in contract.rows("lines")}
    for row in case.file("production").rows("lines"):
        agreed, outputs = sold.get(row.count("line")), row.rows("outputs")
        if agreed is None or not outputs:
            continue
        last = outputs[-1]
        if not allowed(contract, agreed).holds(last.number("quantity")):
            figures = {"planned": last.number("quantity"), "sold": agreed.number("quantity")}
            other = agreed.at("quantity")
            yield found(last.at("quantity"), line=row.text("line"), other=other, **figures)
