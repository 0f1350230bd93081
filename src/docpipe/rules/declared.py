"""Rules over what is declared: quantities, premium, and what customs cannot do without."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from docpipe.adapters.yamlfile import Node
from docpipe.diagnostics import Finding, Severity, Text, found
from docpipe.rules.case import Case
from docpipe.rules.engine import order_rule
from docpipe.standards import customs, money, units
from docpipe.workspace.figures.cargo import cargo
from docpipe.workspace.figures.declaration import statutory

_STATUTORY = (("quantity_1", "customs_unit"), ("quantity_2", "customs_unit_2"))
_WEIGHTS = {"035": "kg", "036": "g", "070": "t"}
_NEEDED = (
    ("hs", "hs.china", Text("commodity number of ten digits", "十位商品编号")),
    ("elements", "declaration_elements", Text("declaration elements", "申报要素")),
    ("", "customs_unit", Text("first statutory unit", "法定第一计量单位")),
)


def _products(case: Case) -> Mapping[int, tuple[Node, units.Unit]]:
    """The product of each order line, and the unit in which the line is sold."""
    known = ((line, case.product(line)) for line in case.lines)
    return {line: (node, units.unit(case.unit(line))) for line, node in known if node is not None}


@order_rule(
    "CUS05",
    Severity.ERROR,
    "Line {line}, {field}: {here}; but {there_field}, all cartons: {there} {unit} ({other})",
    "第 {line} 行，{field}为 {here}；而{there_field}各箱合计 {there} {unit}（{other}）",
    "Correct one of them, or leave the quantity out: it follows from the packing list",
    "请改正其一；也可不填，由装箱单得出",
    needs=["order", "customs", "packing"],
    whole=True,
)
def statutory_quantities_are_those_packed(case: Case) -> Iterator[Finding]:
    """A statutory quantity by weight is the net weight; in the unit of sale, the quantity packed.

    A difference between declaration and packing list is found at the port, and rebate rests on it.
    Source: China Customs, 报关单填制规范, item 数量及单位.
    ---
    法定计量单位为千克等重量单位的，法定数量即净重；与成交单位相同的，即装箱数量。
    报关单与装箱单不符，查验时必被发现，并影响退税。依据：海关《进出口货物报关单填制规范》“数量及单位”。
    """
    products = _products(case)
    for shipment, root, packing in case.pairs("customs", "packing"):
        packed = {row.count("line"): row for row in reversed(packing.rows("lines"))}
        for row in root.rows("lines"):
            line = row.count("line")
            if line not in packed or line not in products:
                continue
            for field, unit in _STATUTORY:
                here = row.find(field)
                yield from _compared(case, shipment, here, packed[line], products[line], unit)


def _compared(
    case: Case, shipment: str, here: Node | None, packed: Node, sold: tuple[Node, units.Unit],
    field: str,
) -> Iterator[Finding]:  # fmt: skip
    product, unit = sold
    code = product.text(field, "")
    there = _packed(case, shipment, packed.count("line"), code, unit)
    if here is None or there is None or here.value == there:
        return
    other = packed["per_carton" if code == unit.customs_code else "net_kg"]
    named = Text(_WEIGHTS.get(code, unit.printed), customs.customs_unit(code))
    yield found(
        here.place,
        field=case.title(here), here=here.value, line=str(packed.count("line")),
        there_field=case.title(other), there=money.plain(there), unit=named,
        other=other.place,
    )  # fmt: skip


def _packed(case: Case, shipment: str, line: int, code: str, sold: units.Unit) -> Decimal | None:
    """The statutory quantity of a line as it is packed; None where its unit does not tell."""
    packages = cargo(case.view, shipment)
    if packages is None or not code:
        return None
    rows = [row for row in packages.lines if row.line == line]
    quantity = sum((row.quantity for row in rows), Decimal(0))
    return statutory(code, sold, quantity, sum((row.net for row in rows), Decimal(0)))


@order_rule(
    "CUS06",
    Severity.WARNING,
    "Premium declared: {here}; the premium paid is another ({other})",
    "申报保险费 {here}，与实付保险费（{other}）不一致",
    "Declare the premium that the insurer charges, or correct the other figure",
    "请按保险公司实收保费申报，或改正另一数字",
    needs=["order", "customs", "insurance"],
)
def declared_premium_is_the_one_paid(case: Case) -> Iterator[Finding]:
    """The premium on the declaration is what the insurer charged for this shipment.

    Source: China Customs, 报关单填制规范, item 保费.
    ---
    报关单上的保费即本批货物的实付保费。依据：海关《进出口货物报关单填制规范》“保费”。
    """
    ours = case.file("order").text("currency")
    for _, root, policy in case.pairs("customs", "insurance"):
        here, there = root.find("insurance.amount"), policy.find("premium")
        foreign = root.text("insurance.currency", ours) != ours
        if here is None or there is None or foreign or here.value == there.value:
            continue
        # what is paid is internal, and is not repeated
        yield found(here.place, here=here.value, other=there.place)


@order_rule(
    "CUS07",
    Severity.WARNING,
    "Line {line} has no {what}, neither here nor in the product's file ({other})",
    "第 {line} 行缺{what}，此处和产品档案（{other}）均未填写",
    "Look it up in the tariff, and write it in the product's file",
    "请查税则，补入产品档案",
    needs=["order", "customs", "packing"],
    whole=True,
)
def declaration_is_complete(case: Case) -> Iterator[Finding]:
    """A broker enters ten digits, the declaration elements and statutory units for each line.

    Source: China Customs, 报关单填制规范, items 商品编号, 商品名称及规格型号, 数量及单位.
    ---
    每项商品须填十位商品编号、申报要素和法定计量单位。
    依据：海关《进出口货物报关单填制规范》“商品编号”“商品名称及规格型号”“数量及单位”。
    """
    products = _products(case)
    for names, root in case.view.every("customs").items():
        packages = cargo(case.view, *names)
        own = {row.count("line"): row for row in root.rows("lines")}
        packed = {row.line for row in packages.lines} if packages is not None else set()
        for line in sorted(packed & products.keys()):
            product, here = products[line][0], own.get(line)
            for field, usual, what in _NEEDED:
                given = here is not None and field in here
                if not given and product.find(usual) is None:
                    place = here.place if here is not None else root.at("invoice")
                    yield found(place, line=str(line), what=what, other=product.place)
