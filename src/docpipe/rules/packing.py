"""Rules over what is packed: quantities, weights, sizes, wood."""

from collections.abc import Iterator
from decimal import Decimal

from docpipe.adapters.yamlfile import Node
from docpipe.diagnostics import Finding, Severity, found
from docpipe.rules.case import Case
from docpipe.rules.engine import order_rule
from docpipe.standards import tolerances
from docpipe.workspace.figures.cargo import packed_quantities, sale_shipments

_OF_MASTER = ("per_carton", "net_kg", "gross_kg", "length_cm", "width_cm", "height_cm")


@order_rule(
    "PCK03",
    Severity.ERROR,
    "Line {line}: {packed} packed in all shipments, but the contract says {agreed} ({other})",
    "第 {line} 行：各批合计装箱 {packed}，而合同为 {agreed}（{other}）",
    "Correct one of them, or amend the contract",
    "请改正其一，或修改合同",
    needs=["packing", "contract"],
    reads=["amendment", "logistics"],
    whole=True,
)
def packed_quantity_is_the_contracts(case: Case) -> Iterator[Finding]:
    """Cartons times pieces per carton, over all shipments, give the contract's quantity.

    More or less is allowed within the contract's tolerance. Less is no finding while a further
    shipment is still to come; nor is a line of which nothing is packed yet, where goods may go in
    parts that no schedule fixes. Replacements and samples do not count.
    ---
    各批装箱数量（箱数 × 每箱数量）合计应等于合同数量；合同有溢短装的，在其范围内即可。
    后面还有批次时，不足不算错误；允许分批而又没有分批计划的，整行未装也不算。换货和样品不计入。
    """
    contract = case.contract
    packed = packed_quantities(case.view)
    last = {row.count("line"): row for root in _packings(case) for row in root.rows("lines")}
    for row in contract.rows("lines") if packed else ():
        line = row.count("line")
        if line not in packed and not _goes_at_once(case, contract):
            continue
        range_, pieces = allowed(contract, row), packed.get(line, Decimal(0))
        short = pieces < range_.least and not _more_to_come(case, contract)
        if short or pieces > range_.most:
            figures = {"packed": pieces, "agreed": row.number("quantity")}
            place = last[line].at("per_carton") if line in last else _packings(case)[-1].at("lines")
            yield found(place, line=str(line), other=row.at("quantity"), **figures)


def allowed(contract: Node, row: Node) -> tolerances.Range:
    """The quantities that a line's tolerance, or else the contract's, lets be delivered."""
    tolerance = row.find("tolerance") or contract.find("tolerance")
    sides = ("more_percent", "less_percent")
    spread = [tolerance.number(side) if tolerance is not None else Decimal(0) for side in sides]
    return tolerances.quantity_range(row.number("quantity"), *spread)


def _more_to_come(case: Case, contract: Node) -> bool:
    """Whether the contract's schedule has shipments that are not packed yet."""
    return len(contract.rows("delivery.schedule")) > len(sale_shipments(case.view))


def _goes_at_once(case: Case, contract: Node) -> bool:
    """Whether all goods are in the shipments packed: no parts are allowed, or all are packed."""
    forbidden = contract.text("delivery.partial_shipment", "") == "not_allowed"
    parts = contract.rows("delivery.schedule")
    return forbidden or (bool(parts) and not _more_to_come(case, contract))


def _packings(case: Case) -> list[Node]:
    """The packing lists of the sale."""
    every = case.view.every("packing")
    return [every[names] for names in sale_shipments(case.view)]


@order_rule(
    "PCK05",
    Severity.ERROR,
    "Gross {gross} kg a carton is not more than net {net} kg ({other})",
    "每箱毛重 {gross} 千克不大于净重 {net} 千克（{other}）",
    "Weigh a packed carton",
    "请称一个装好的箱子",
    needs=["packing"],
)
def cartons_weigh_something(case: Case) -> Iterator[Finding]:
    """Gross weight is goods and packing; net weight the goods alone.

    ---
    毛重含包装，净重只算货物，毛重必大于净重。
    """
    for root in case.view.every("packing").values():
        for row in root.rows("lines"):
            gross, net = row.number("gross_kg"), row.number("net_kg")
            if gross <= net and row.text("package", root.text("package")) not in ("NE", "VR"):
                yield found(row.at("gross_kg"), gross=gross, net=net, other=row.at("net_kg"))


@order_rule(
    "PCK06",
    Severity.WARNING,
    "{here} here, but {usual} in the product's file ({other})",
    "此处 {here}，而产品档案为 {usual}（{other}）",
    "Measure again; if the packing has changed, correct the product",
    "请重新测量；包装确已改变的，请更新产品档案",
    needs=["order", "packing"],
    whole=True,
)
def cartons_are_the_products(case: Case) -> Iterator[Finding]:
    """Pieces, weights and sizes of a carton are those of the product's standard packing.

    The last carton of a line may hold less, so a range of one carton is not compared.
    ---
    每箱数量、重量、尺寸应与产品标准包装一致。尾箱可以不满，因此只有一箱的区间不比较。
    """
    for root in case.view.every("packing").values():
        for row in root.rows("lines"):
            product = case.product(row.count("line"))
            usual = product.find("packing") if product is not None else None
            if usual is not None and row["cartons"]["from"].value != row["cartons"]["to"].value:
                yield from _unusual(row, usual)


def _unusual(row: Node, usual: Node) -> Iterator[Finding]:
    for field in _OF_MASTER:
        if row.number(field) != usual.number(field):
            figures = {"here": row.number(field), "usual": usual.number(field)}
            yield found(row.at(field), other=usual.at(field), **figures)


@order_rule(
    "PCK07",
    Severity.WARNING,
    "Wooden pallets without an ISPM 15 stamp",
    "木托盘没有 ISPM 15 标识",
    "Have the wood treated and stamped, or use plywood or plastic",
    "请使用经处理并加施标识的木托，或改用胶合板、塑料托盘",
    needs=["packing"],
)
def wood_is_treated(case: Case) -> Iterator[Finding]:
    """Raw wood travels only treated and stamped, or the port of destination turns it back.

    Source: FAO/IPPC, ISPM 15.
    ---
    原木包装须经除害处理并加施 IPPC 标识，否则目的港会退运或销毁。依据：ISPM 15。
    """
    for root in case.view.every("packing").values():
        pallets, wood = root.find("pallets"), root.find("wood")
        raw_pallets = pallets is not None and pallets.text("material", "") == "wood"
        raw_wood = wood is not None and wood["used"].value is True
        for node, raw in ((pallets, raw_pallets), (wood, raw_wood)):
            stamped = node is not None and "ispm15" in node and node["ispm15"].value is True
            if node is not None and raw and not stamped:
                yield found(node.at("ispm15"))
