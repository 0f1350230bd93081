"""Rules over containers: numbers, seals, what they hold."""

from collections.abc import Iterator
from decimal import Decimal

from docpipe.adapters.yamlfile import Node
from docpipe.diagnostics import Finding, Severity, found
from docpipe.rules.case import Case, repeated
from docpipe.rules.engine import order_rule
from docpipe.standards import containers
from docpipe.workspace.figures.cargo import Load, cargo, loads


def _named(root: Node) -> dict[object, Node]:
    """Container numbers of a packing list or a shipment, and where each stands first."""
    table: dict[object, Node] = {}
    for row in [*root.rows("lines"), *root.rows("containers")]:
        node = row.find("container") or row.find("number")
        if node is not None:
            table.setdefault(node.value, node)
    return table


@order_rule(
    "SHP01",
    Severity.ERROR,
    "{number} is not a valid container number: its check digit should be {digit}",
    "{number} 不是有效箱号：校验码应为 {digit}",
    "Read the number on the door again",
    "请对照箱门重新核对",
    needs=["order"],
)
def container_numbers_hold(case: Case) -> Iterator[Finding]:
    """The last digit is computed from the ten signs before it, so a slip shows.

    A wrong number on the bill of lading leaves the container at the port. Source: ISO 6346.
    ---
    箱号末位由前十位算出，抄错一位就能发现。提单箱号写错，柜子就提不出来。依据：ISO 6346。
    """
    for kind in ("packing", "shipment"):
        for root in case.view.every(kind).values():
            for value, node in _named(root).items():
                number = str(value)
                if not containers.is_valid(number):
                    digit = containers.check_digit(number[:10])
                    yield found(node.place, number=number, digit=digit)


@order_rule(
    "SHP02",
    Severity.ERROR,
    "Container {number} is packed, but does not travel with this shipment ({other})",
    "装箱单中的箱号 {number} 不在本批发运的集装箱（{other}）之列",
    "Correct one of them",
    "请改正其一",
    needs=["packing", "shipment"],
)
def packed_containers_travel(case: Case) -> Iterator[Finding]:
    """Packing list, bill of lading and shipping advice name the same containers.

    ---
    装箱单、提单、发货通知上的箱号必须一致。
    """
    for _, packing, shipment in case.pairs("packing", "shipment"):
        travelling = _named(shipment)
        for number, node in _named(packing).items():
            if number not in travelling:
                yield found(node.place, number=number, other=shipment.at("containers"))


@order_rule(
    "SHP03",
    Severity.ERROR,
    "Container {number} travels, but nothing is packed in it ({other})",
    "箱号 {number} 已发运，但装箱单中没有装入货物（{other}）",
    "Correct one of them",
    "请改正其一",
    needs=["packing", "shipment"],
)
def travelling_containers_are_packed(case: Case) -> Iterator[Finding]:
    """Where the packing list says what is in which container, it names all of them.

    ---
    装箱单注明箱号的，每个柜子都要写到。
    """
    for _, shipment, packing in case.pairs("shipment", "packing"):
        packed = _named(packing)
        for number, node in _named(shipment).items() if packed else ():
            if number not in packed:
                yield found(node.place, number=number, other=packing.at("lines"))


@order_rule(
    "SHP04",
    Severity.ERROR,
    "{what} appears twice in this shipment (first at {other})",
    "{what} 在本批中重复（第一次在 {other}）",
    "Read numbers and seals on the doors again",
    "请对照箱门重新核对箱号和封号",
    needs=["shipment"],
)
def containers_and_seals_are_single(case: Case) -> Iterator[Finding]:
    """No two containers have the same number, and no seal closes two doors.

    ---
    箱号、封号都不会重复。
    """
    for root in case.view.every("shipment").values():
        for field in ("number", "seal"):
            for node, other in repeated(row[field] for row in root.rows("containers")):
                yield found(node.place, what=node.value, other=other.place)


@order_rule(
    "SHP05",
    Severity.WARNING,
    "{load} {unit} in {number}; a {type} takes about {limit} {unit}",
    "{number} 装 {load} {unit}，{type} 一般可装 {limit} {unit}",
    "Check the figures, or take another container",
    "请核对数字，或改用其他箱型",
    needs=["order", "packing", "shipment"],
    whole=True,
)
def containers_hold_their_load(case: Case) -> Iterator[Finding]:
    """Volume inside and payload are typical figures; the plate on the container binds.

    Pallets count where everything goes in one container.
    ---
    容积和载重为常见数值，以箱体铭牌为准。全部货物装一个柜时计入托盘。
    """
    for row, load in _loaded(case):
        yield from _overloaded(row, load)


def _loaded(case: Case) -> Iterator[tuple[Node, Load]]:
    """Each container that travels, and its load by the packing list."""
    for names, shipment in case.view.every("shipment").items():
        packed = cargo(case.view, *names)
        held = loads(packed) if packed else {}
        for row in shipment.rows("containers"):
            if row.text("number") in held:
                yield row, held[row.text("number")]


def _overloaded(row: Node, load: Load) -> Iterator[Finding]:
    kind = containers.CONTAINER_TYPES.get(row.text("type"))
    if kind is None:  # a tank has no volume to fill with cartons
        return
    limits = (("m3", load.volume, kind.volume), ("kg", load.gross, kind.payload))
    for unit, value, limit in limits:
        if value > limit:
            figures = {"load": value.normalize(), "limit": limit, "unit": unit}
            yield found(row.at("type"), number=row.text("number"), type=kind.label, **figures)


@order_rule(
    "SHP06",
    Severity.ERROR,
    "The verified gross mass {vgm} kg is less than cargo and container, {sum} kg",
    "VGM {vgm} 千克，小于货物毛重与箱重之和 {sum} 千克",
    "Weigh again; a wrong VGM keeps the container off the ship",
    "请重新称重；VGM 不实会被拒绝装船",
    needs=["order", "packing", "shipment"],
    whole=True,
)
def verified_mass_holds_the_cargo(case: Case) -> Iterator[Finding]:
    """VGM is the packed container on a scale, or cargo, packing and dunnage plus its tare.

    Source: SOLAS, chapter VI, regulation 2; MSC.1/Circ.1475.
    ---
    VGM 为整柜过磅，或货物、包装、衬垫加空箱重之和。依据：SOLAS 第VI章第2条。
    """
    for row, load in _loaded(case):
        total = load.gross + row.number("tare_kg", Decimal(0))
        if row.number("vgm_kg", total) < total:
            yield found(row.at("vgm_kg"), vgm=row.number("vgm_kg"), sum=total.normalize())
