"""Rules over a shipment: before it leaves, when it leaves, what the customer is told."""

from collections.abc import Iterator

from docpipe.adapters.yamlfile import Node
from docpipe.diagnostics import Finding, Place, Severity, found
from docpipe.rules import moments
from docpipe.rules.case import Case
from docpipe.rules.engine import order_rule
from docpipe.workspace.figures.cargo import is_sale, sale_shipments

_PAPERS = ("logistics", "packing", "customs")


def shipped_on(root: Node) -> Node:
    """The field that tells the date of shipment: on board, else the document, else dispatch.

    Source: UCP 600, article 20 (a)(ii): the on-board notation, if any, is the date of shipment.
    """
    for field in ("transport_document.on_board", "transport_document.date", "dispatched"):
        node = root.find(field)
        if node is not None:
            return node
    return root


@order_rule(
    "SHP10",
    Severity.ERROR,
    "Shipped {date}, after the contract's latest date {latest} ({other})",
    "{date} 装运，晚于合同最迟装运期 {latest}（{other}）",
    "Correct the date, or agree on an amendment",
    "请改正日期，或与客户修改合同",
    needs=["contract", "shipment"],
    reads=["amendment", "logistics"],
)
def shipment_is_not_late(case: Case) -> Iterator[Finding]:
    """The date on board, or of the transport document, is not after the latest date agreed.

    A shipment of the contract's schedule has its own date there. Source: UCP 600, article 20.
    ---
    装船日（运输单据日期）不得晚于合同最迟装运期；合同有分批计划的，按该批日期。依据：
    UCP 600 第20条。
    """
    for names, root in case.view.every("shipment").items():
        latest, node = _latest(case.contract, *names), shipped_on(root)
        if is_sale(case.view, *names) and moments.precedes(latest, node):
            dates = {"date": str(node.value)[:10], "latest": latest.value}
            yield found(node.place, other=latest.place, **dates)


def _latest(contract: Node, shipment: str) -> Node:
    for row in contract.rows("delivery.schedule"):
        if str(row["shipment"].value) == shipment:
            return row["latest_shipment"]
    return contract["delivery"]["latest_shipment"]


@order_rule(
    "SHP11",
    Severity.WARNING,
    "The shipping advice was due by {due}, and was not sent by then",
    "发货通知应在 {due} 前发出，未按时发出",
    "Send it now if nobody has; under FOB and CFR the buyer insures by it",
    "仍未发出的请立即发出；FOB、CFR 下买方凭此投保",
    needs=["shipment", "company"],
)
def shipping_advice_is_sent_in_time(case: Case) -> Iterator[Finding]:
    """Counted from dispatch; how long it may take stands in company.yaml (shipping_advice).

    A seller who advises late under FOB or CFR answers for what the buyer could not insure.
    Source: ICC, Incoterms 2020, article A10.
    ---
    从发出货物起算，时限见 company.yaml 的 shipping_advice。FOB、CFR 下通知晚了，
    买方漏保的损失由卖方承担。
    依据：《2020通则》A10。
    """
    for root in case.view.every("shipment").values():
        start, sent = (moments.moment(root.find(f)) for f in ("dispatched", "advice_sent"))
        if due := case.missed("shipping_advice", start, sent):
            yield found(root.at("advice_sent"), due=due)


@order_rule(
    "SHP12",
    Severity.ERROR,
    "Shipped without: {missing}",
    "已发运，但缺少：{missing}",
    "Complete the file; goods leave only with their papers",
    "请补齐；单证不齐，货物不得发运",
    needs=["order"],
    reads=["logistics", "packing", "customs", "shipment"],
    gate="shipment",
)
def shipments_leave_with_their_papers(case: Case) -> Iterator[Finding]:
    """No shipment without logistics, packing list with main and side mark, invoice, customs data.

    ---
    物流安排、装箱单（含主唛、侧唛）、发票和报关数据齐全之前，不得发运。
    """
    for names in _leaving(case):
        missing = [f"{kind}.yaml" for kind in _PAPERS if case.view.get(kind, *names) is None]
        packing = case.view.get("packing", *names)
        if packing is not None and "side" not in packing["marks"]:
            missing += [] if packing["marks"]["main"].plain() == ["N/M"] else ["marks.side"]
        shipment = case.view.get("shipment", *names)
        if missing:
            path = f"{case.order.folder}/shipments/{names[0]}/shipment.yaml"
            place = shipment.at("dispatched") if shipment is not None else Place(path)
            yield found(place, missing=missing)


@order_rule(
    "SHP13",
    Severity.ERROR,
    "Shipped before the customer said what customs at destination needs",
    "客户尚未答复目的地清关要求，就已发运",
    "Ask now; missing certificates hold the goods at the port",
    "请立即询问；缺证书货物会压在港口",
    needs=["logistics"],
    reads=["shipment"],
    gate="shipment",
)
def clearance_is_asked_before_shipment(case: Case) -> Iterator[Finding]:
    """Certificates, registrations and words on the invoice are asked for, and answered, in time.

    ---
    目的地要什么证书、备案、发票上要写什么，发运之前要问清楚、得到答复。
    """
    for names in _leaving(case):
        plan = case.view.get("logistics", *names)
        if plan is not None and plan.find("clearance.answered") is None:
            yield found(plan.at("clearance"))


def _leaving(case: Case) -> list[tuple[str, ...]]:
    """Shipments that have left, and those about to."""
    if not case.begun("shipment"):
        return []
    left = case.view.every("shipment")
    return sorted({*left, *(case.view.every("logistics") if case.entering else ())})


@order_rule(
    "SHP14",
    Severity.ERROR,
    "This is shipment {count} of the sale, but the contract allows one ({other})",
    "这是第 {count} 批，而合同不允许分批装运（{other}）",
    "Amend the contract, or write in logistics.yaml what the shipment is for (purpose)",
    "请修改合同；换货等请在 logistics.yaml 填 purpose",
    needs=["contract", "packing"],
    reads=["amendment", "logistics"],
)
def partial_shipments_are_allowed(case: Case) -> Iterator[Finding]:
    """Where partial shipments are not allowed all goods go at once. Source: UCP 600, article 31.

    ---
    合同不允许分批的，货物须一次装运。依据：UCP 600 第31条。
    """
    rule, packings = case.contract["delivery"]["partial_shipment"], case.view.every("packing")
    if rule.value != "not_allowed":
        return
    for count, names in [*enumerate(sale_shipments(case.view), 1)][1:]:
        yield found(packings[names].at("lines"), count=count, other=rule.place)
