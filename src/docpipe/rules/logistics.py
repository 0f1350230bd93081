"""Rules over how a shipment is planned: choice, containers, dangerous goods."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from docpipe.adapters.yamlfile import Node
from docpipe.diagnostics import Finding, Severity, found
from docpipe.rules import moments
from docpipe.rules.case import Case
from docpipe.rules.engine import order_rule
from docpipe.standards import weights
from docpipe.workspace.figures.cargo import cargo


@order_rule(
    "LOG02",
    Severity.WARNING,
    "Offers were compared, and not exactly one of them is chosen with a reason",
    "比较了运输方案，但没有选定其中一个并写明理由",
    "Mark one as chosen, and write why",
    "请选定一个方案（chosen: true）并写明理由",
    needs=["logistics"],
)
def one_offer_is_chosen(case: Case) -> Iterator[Finding]:
    """Modes and carriers are compared by cost, days and safety; the choice is explained.

    ---
    按费用、天数、安全比较各方案，选用哪个、为什么，要写下来。
    """
    for root in case.view.every("logistics").values():
        options = root.rows("options")
        chosen = [row for row in options if "chosen" in row and row["chosen"].value is True]
        if options and (len(chosen) != 1 or "why" not in chosen[0]):
            yield found(root.at("options"))


@order_rule(
    "LOG03",
    Severity.ERROR,
    "Product {product} is dangerous goods {un} ({other}), and the shipment does not say so",
    "产品 {product} 属危险品 {un}（{other}），而本批未申报",
    "Declare it (dangerous), with the same UN number",
    "请填写 dangerous，UN 编号须一致",
    needs=["order", "logistics", "packing"],
)
def dangerous_goods_are_declared(case: Case) -> Iterator[Finding]:
    """The carrier must know; undeclared dangerous goods burn ships and cost the licence.

    The shipment declares one UN number, of one of its products; those of further products stand
    in their own files. Source: IMDG Code, chapter 5.4; IATA DGR, section 8.
    ---
    危险品必须向承运人申报，瞒报会引发火灾、吊销资质。本批填其中一种产品的 UN 编号，其余产品的以产品
    资料为准。依据：IMDG 规则 5.4 章；IATA DGR 第8章。
    """
    for names, root in case.view.every("logistics").items():
        numbers = _dangerous(case, *names)
        declared = root.text("dangerous.un", "")
        for code, number in numbers.items():
            if declared not in {str(each.value) for each in numbers.values()}:
                place = root.at("dangerous.un")
                yield found(place, product=code, un=str(number.value), other=number.place)


def _dangerous(case: Case, shipment: str) -> dict[str, Node]:
    """The UN number of each dangerous product in the shipment, by product code."""
    packing = case.view.get("packing", shipment)
    packed = {row.count("line") for row in packing.rows("lines")} if packing is not None else set()
    codes = {row.text("product") for line, row in case.lines.items() if line in packed}
    products = ((code, case.view.master("product", code)) for code in sorted(codes))
    return {
        code: node["dangerous"]["un"]
        for code, node in products
        if node is not None and node.find("dangerous.un") is not None
    }


@order_rule(
    "LOG04",
    Severity.WARNING,
    "Booked {booked}, but {shipped} travelled ({other})",
    "订舱箱型箱量为 {booked}，实际发运 {shipped}（{other}）",
    "Correct one of them",
    "请改正其一",
    needs=["logistics", "shipment"],
)
def booked_containers_travel(case: Case) -> Iterator[Finding]:
    """As many containers of each type go as were booked: empty ones are charged as dead freight.

    ---
    订了几个什么箱型，就走几个；少装的柜子要付亏舱费。
    """
    for _, plan, shipment in case.pairs("logistics", "shipment"):
        if "containers" not in plan or "containers" not in shipment:
            continue
        booked: Counter[str] = Counter()
        for row in plan.rows("containers"):
            booked[row.text("type")] += row.count("count")
        shipped = Counter(row.text("type") for row in shipment.rows("containers"))
        if booked != shipped:
            words = {"booked": _shown(booked), "shipped": _shown(shipped)}
            yield found(plan.at("containers"), other=shipment.at("containers"), **words)


def _shown(count: Counter[str]) -> list[str]:
    return [f"{number}x{kind}" for kind, number in sorted(count.items())]


@order_rule(
    "LOG05",
    Severity.WARNING,
    "The agreement with the forwarder had expired ({other})",
    "与货代的协议已过期（{other}）",
    "Renew the agreement, or choose another forwarder",
    "请续签协议，或改用其他货代",
    needs=["logistics"],
)
def forwarder_has_an_agreement(case: Case) -> Iterator[Finding]:
    """Duties, settlement and tracking rest on the agreement; without one the forwarder owes little.

    ---
    责任、结算、跟踪都以协议为准；协议过期，出了事货代可以不认。
    """
    for root in case.view.every("logistics").values():
        code = root.text("forwarder", "")
        forwarder = case.view.master("forwarder", code) if code else None
        until = forwarder.find("agreement.valid_until") if forwarder is not None else None
        booked = root.find("booking.at")
        if until is not None and booked is not None and moments.precedes(until, booked):
            yield found(root.at("forwarder"), other=until.place)


@order_rule(
    "LOG06",
    Severity.WARNING,
    "Charged for another weight than the {weight} kg that the packing list gives ({other})",
    "计费重量与装箱单不符，按装箱单应为 {weight} 千克（{other}）",
    "Ask the forwarder to correct the invoice, or correct the packing list",
    "请货代更正账单，或改正装箱单",
    needs=["order", "logistics", "packing"],
    whole=True,
)
def air_freight_is_charged_on_the_right_weight(case: Case) -> Iterator[Finding]:
    """The greater of gross weight and volume weight (167 kg a m3), up to the next half kilogram.

    Source: IATA TACT rules, 3.9.
    ---
    取毛重与体积重（每立方米167千克）中较大者，进到半千克。依据：IATA TACT 规则 3.9。
    """
    if case.file("order").text("transport.mode", "") != "air":
        return
    for shipment, root, packing in case.pairs("logistics", "packing"):
        charged, packed = root.find("freight_settled.chargeable_kg"), cargo(case.view, shipment)
        if charged is None or packed is None:
            continue
        weight = weights.chargeable_weight(packed.gross, packed.volume)
        if Decimal(str(charged.value)) != weight:
            yield found(charged.place, weight=weight, other=packing.at("lines"))
