"""The export declaration of one shipment: what customs asks for, line by line."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from docpipe.adapters.schemas import fields
from docpipe.adapters.yamlfile import Node
from docpipe.diagnostics import Value
from docpipe.standards import countries, customs, incoterms, units
from docpipe.workspace.audience_view import View
from docpipe.workspace.figures.agreement import Line
from docpipe.workspace.figures.bilingual import Both, both, of_text
from docpipe.workspace.figures.bill import bill
from docpipe.workspace.figures.cargo import Cargo, cargo

_WEIGHTS = {"035": Decimal(1), "036": Decimal(1000), "070": Decimal("0.001")}  # in a kilogram
_PALLETS = {"wood": "93", "plywood": "92"}
_OTHER = "99"
_BY_WATER = ("sea", "inland_waterway")


class Coded(Value):
    """An entry of a customs table: its code and name."""

    code: str
    name: str


class Charge(Value):
    """Freight, insurance or other charges, as a sum for the whole declaration."""

    currency: str
    amount: Decimal


class Measure(Value):
    """A quantity in a unit of customs."""

    quantity: Decimal
    unit: str


class Producer(Value):
    """Who made the goods."""

    name: Both
    uscc: str


class Declared(Value):
    """One line of the declaration; statutory quantities are None where nothing tells them."""

    number: int
    hs: str
    name: Both
    elements: str
    first: Measure | None
    second: Measure | None
    sold: Measure
    price: Decimal
    amount: Decimal
    origin: Both
    source: Coded
    duty: Coded


class Declaration(Value):
    """What a broker enters; texts are "" and charges None where they do not apply."""

    lines: tuple[Declared, ...]
    total: Decimal
    consignee: Both
    producers: tuple[Producer, ...]
    transport: Coded
    bill: str
    term: Coded
    freight: Charge | None
    insurance: Charge | None
    other: Charge | None
    packages: int
    packing: tuple[Coded, ...]
    trade_country: Both
    destination_country: Both
    destination_port: Both
    exit_port: Both


def declaration(view: View, shipment: str) -> Declaration | None:
    """The declaration's data; None before goods are packed, or where prices are not to be seen."""
    billed, packed = bill(view, shipment), cargo(view, shipment)
    own, order = view.get("customs", shipment), view.get("order")
    if billed is None or packed is None or own is None or order is None:
        return None
    term = incoterms.incoterm(order.text("incoterm.rule"))
    sold = _suppliers(view, order)
    transport = _transport(view, shipment, order)
    return Declaration(
        lines=_lines(view, own, billed.lines, packed, sold),
        total=billed.total,
        consignee=_consignee(view, own, order),
        producers=_producers(own, sold, [line.id for line in billed.lines]),
        transport=Coded(*customs.TRANSPORT_MODES[transport.text("mode", "sea")]),
        bill=_bill(view, shipment, transport.text("mode", "sea")),
        term=Coded(term.customs_code, term.customs_name),
        freight=_charge(own, "freight", order) if term.customs_code in "12" else None,
        insurance=_charge(own, "insurance", order) if term.customs_code == "1" else None,
        other=_charge(own, "other_charges", order),
        packages=packed.pallets or packed.cartons,
        packing=_packing(view, shipment),
        trade_country=_country(own.text("trade_country", "") or _home(view, order)),
        destination_country=_country(own.text("destination_country", "")
                                     or transport.text("discharge.code", "")[:2]
                                     or _home(view, order)),
        destination_port=both(own.find("destination_port.name")
                              or transport.find("discharge.name")),
        exit_port=both(transport.find("loading.name")),
    )  # fmt: skip


def _transport(view: View, shipment: str, order: Node) -> Node:
    plan = view.get("logistics", shipment)
    own = plan.find("transport") if plan is not None else None
    return own or order.find("transport") or Node(order.file, {})


def _bill(view: View, shipment: str, mode: str) -> str:
    """提运单号: the master's number and, behind it, the house bill's where there are both.

    Source: China Customs, 报关单填制规范, item 提运单号: "*" between them by water, "_" by air.
    """
    file = view.get("shipment", shipment)
    paper = file.find("transport_document") if file is not None else None
    if paper is None:
        return ""
    house, master = paper.text("number"), paper.text("master_number", "")
    if mode == "air":
        return "_".join(filter(None, (master.replace("-", ""), house)))
    return f"{master}*{house}" if master and mode in _BY_WATER else house


def _home(view: View, order: Node) -> str:
    customer = view.master("customer", order.text("customer", "-"))
    return customer.text("country", "") if customer is not None else ""


def _country(code: str) -> Both:
    try:
        known = countries.country(code)
    except ValueError:
        return Both()
    return Both(known.name_en, known.name_zh)


def _consignee(view: View, own: Node, order: Node) -> Both:
    if "consignee" in own:
        return Both(own.text("consignee"))
    customer = view.master("customer", order.text("customer", "-"))
    return both(customer.find("name")) if customer is not None else Both()


def _charge(own: Node, name: str, order: Node) -> Charge | None:
    node = own.find(name)
    if node is None:
        return None
    return Charge(node.text("currency", order.text("currency")), node.number("amount"))


def _packing(view: View, shipment: str) -> tuple[Coded, ...]:
    """The outer packing; under goods on pallets, the packing on them too."""
    node = view.get("packing", shipment)
    assert node is not None
    codes = [customs.PACKING_OF_PACKAGE.get(node.text("package"), _OTHER)]
    if "pallets" in node:
        codes.insert(0, _PALLETS.get(node.text("pallets.material", "wood"), _OTHER))
    return tuple(Coded(code, customs.PACKINGS[code]) for code in dict.fromkeys(codes))


def _suppliers(view: View, order: Node) -> Mapping[int, Node]:
    """The supplier of each order line that has one."""
    found = {}
    for row in order.rows("lines"):
        product = view.master("product", row.text("product"))
        usual = product.text("supplier", "") if product is not None else ""
        code = row.text("supplier", usual)
        supplier = view.master("supplier", code) if code else None
        if supplier is not None:
            found[row.count("id")] = supplier
    return found


def _producers(own: Node, sold: Mapping[int, Node], lines: Iterable[int]) -> tuple[Producer, ...]:
    if "producer" in own:
        name = own.text("producer.name")
        return (Producer(Both(zh=name), own.text("producer.uscc", "")),)
    makers = dict.fromkeys(sold[line] for line in lines if line in sold)
    return tuple(Producer(both(node.find("name")), node.text("uscc", "")) for node in makers)


def _lines(
    view: View, own: Node, billed: Iterable[Line], packed: Cargo, sold: Mapping[int, Node]
) -> tuple[Declared, ...]:
    rows = {row.count("line"): row for row in own.rows("lines")}
    duty = own.text("duty", "1")
    names = fields.child(view.schema("customs"), "duty")
    lines = []
    for number, line in enumerate(billed, 1):
        row = rows.get(line.id) or Node(own.file, {})
        code = row.text("duty", duty)
        rate = Coded(code, of_text(fields.labels(names, code)).zh)
        net = sum((each.net for each in packed.lines if each.line == line.id), Decimal(0))
        lines.append(_line(view, number, line, row, net, rate, sold.get(line.id)))
    return tuple(lines)


def _line(
    view: View, number: int, line: Line, row: Node, net: Decimal, duty: Coded, maker: Node | None
) -> Declared:
    product = view.master("product", line.goods.product)
    assert product is not None
    own_unit = units.unit(_unit(view, line, product))
    return Declared(
        number=number,
        hs=row.text("hs", line.goods.hs_china or line.hs),
        name=line.name,
        elements=row.text("elements", product.text("declaration_elements", "")),
        first=_statutory(row, "quantity_1", product.text("customs_unit", ""), line, own_unit, net),
        second=_statutory(row, "quantity_2", product.text("customs_unit_2", ""), line, own_unit,
                          net),
        sold=Measure(line.quantity, own_unit.name_zh),
        price=line.price,
        amount=line.amount,
        origin=line.origin,
        source=_source(row, maker),
        duty=duty,
    )  # fmt: skip


def _unit(view: View, line: Line, product: Node) -> str:
    order = view.get("order")
    rows = order.rows("lines") if order is not None else []
    own = next((row for row in rows if row.count("id") == line.id), None)
    return own.text("unit", product.text("unit")) if own is not None else product.text("unit")


def statutory(code: str, sold: units.Unit, quantity: Decimal, net: Decimal) -> Decimal | None:
    """A quantity in a statutory unit of customs, from what is sold and its net weight in kg.

    The net weight in a unit of weight, the quantity where goods are sold in this unit; None where
    neither tells.
    """
    if code in _WEIGHTS:
        return net * _WEIGHTS[code]
    return quantity if code == sold.customs_code else None


def _statutory(
    row: Node, name: str, code: str, line: Line, sold: units.Unit, net: Decimal
) -> Measure | None:
    """As written; else as it follows from quantity and net weight."""
    if not code:
        return None
    quantity = statutory(code, sold, line.quantity, net)
    if name in row:
        quantity = row.number(name)
    return Measure(quantity, customs.customs_unit(code)) if quantity is not None else None


def _source(row: Node, maker: Node | None) -> Coded:
    usual = maker if maker is not None else row
    place = row.text("source_of_goods", usual.text("source_of_goods", ""))
    return Coded(row.text("district_code", usual.text("district_code", "")), place)
