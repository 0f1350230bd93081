"""One shipment's packages: quantities, weights, volume, marks."""

from collections.abc import Mapping
from decimal import Decimal

from docpipe.adapters.yamlfile import Node
from docpipe.diagnostics import Value
from docpipe.standards import money, units, weights
from docpipe.workspace.audience_view import View, once
from docpipe.workspace.figures.bilingual import Both, both
from docpipe.workspace.figures.goods import Goods, goods, quantities


class CargoLine(Value):
    """A run of equal cartons. Weights in kg, sizes in cm, volume in m3."""

    line: int
    name: Both
    carton_from: int
    carton_to: int
    per_carton: Decimal
    unit: str
    net_each: Decimal
    gross_each: Decimal
    length: Decimal
    width: Decimal
    height: Decimal
    container: str

    @property
    def cartons(self) -> int:
        """How many cartons; none where the numbers run backwards (rule PCK01 tells)."""
        return max(0, self.carton_to - self.carton_from + 1)

    @property
    def quantity(self) -> Decimal:
        """Goods in all of them, as written: 960 x 0.025 is 24, not 24.000."""
        return money.plain(self.cartons * self.per_carton)

    @property
    def net(self) -> Decimal:
        """Net weight of all of them."""
        return self.cartons * self.net_each

    @property
    def gross(self) -> Decimal:
        """Gross weight of all of them, pallets apart."""
        return self.cartons * self.gross_each

    @property
    def volume(self) -> Decimal:
        """Volume of all of them, by the carton's sizes."""
        return weights.volume(self.length, self.width, self.height, self.cartons)


class Pallets(Value):
    """The pallets under the cartons; the height includes the cargo."""

    count: int
    volume: Decimal
    weight: Decimal
    ispm15: bool


class Cargo(Value):
    """All packages of a shipment."""

    lines: tuple[CargoLine, ...]
    package: str
    pallets_used: Pallets | None
    marks_main: tuple[str, ...]
    marks_side: Both

    @property
    def cartons(self) -> int:
        """How many packages, pallets not counted."""
        return sum(line.cartons for line in self.lines)

    @property
    def pallets(self) -> int | None:
        """How many pallets, if any."""
        return self.pallets_used.count if self.pallets_used else None

    @property
    def carton_numbers(self) -> str:
        """The numbers on the cartons, runs that follow one another joined: "1-400, 501-600"."""
        runs: list[list[int]] = []
        for line in sorted(self.lines, key=lambda line: line.carton_from):
            if runs and line.carton_from <= runs[-1][1] + 1:
                runs[-1][1] = max(runs[-1][1], line.carton_to)
            else:
                runs.append([line.carton_from, line.carton_to])
        return ", ".join(f"{first}-{last}" for first, last in runs)

    @property
    def quantities(self) -> str:
        """Goods by unit."""
        return quantities((line.quantity, line.unit) for line in self.lines)

    @property
    def net(self) -> Decimal:
        """Net weight, kg."""
        return sum((line.net for line in self.lines), Decimal(0))

    @property
    def gross(self) -> Decimal:
        """Gross weight, kg, pallets included."""
        pallets = self.pallets_used.weight if self.pallets_used else Decimal(0)
        return sum((line.gross for line in self.lines), pallets)

    @property
    def volume(self) -> Decimal:
        """Volume, m3: of the pallets where goods are palletised, else of the cartons."""
        if self.pallets_used:
            return self.pallets_used.volume
        return sum((line.volume for line in self.lines), Decimal(0))


class Load(Value):
    """What is in one container. Weight in kg, volume in m3."""

    gross: Decimal
    volume: Decimal


def loads(packed: Cargo) -> Mapping[str, Load]:
    """The load of each container that the packing list names.

    Pallets are counted where everything goes in one container; which stand in which of several
    is not known.
    """
    numbers = {line.container for line in packed.lines}
    if len(numbers) == 1 and "" not in numbers:
        return {numbers.pop(): Load(packed.gross, packed.volume)}
    table: dict[str, Load] = {}
    for line in packed.lines:
        if line.container:
            so_far = table.get(line.container, Load(Decimal(0), Decimal(0)))
            load = Load(so_far.gross + line.gross, so_far.volume + line.volume)
            table[line.container] = load
    return table


def by_line(packages: Cargo) -> Mapping[int, Decimal]:
    """Goods packed of each order line."""
    packed: dict[int, Decimal] = {}
    for line in packages.lines:
        packed[line.line] = packed.get(line.line, Decimal(0)) + line.quantity
    return packed


def packed_quantities(view: View) -> Mapping[int, Decimal]:
    """Goods packed of each order line, over all shipments that are part of the sale."""
    packed: dict[int, Decimal] = {}
    for (shipment,) in sale_shipments(view):
        packages = cargo(view, shipment)
        for line, quantity in by_line(packages).items() if packages else ():
            packed[line] = packed.get(line, Decimal(0)) + quantity
    return packed


def mode_of(view: View, shipment: str) -> Node | None:
    """How a shipment goes: as its logistics.yaml says, else as the order."""
    own = view.node("logistics.transport.mode", shipment)
    return own or view.node("order.transport.mode")


def sale_shipments(view: View) -> list[tuple[str, ...]]:
    """Shipments with a packing list that are no replacement, return or sample."""
    return [names for names in view.every("packing") if is_sale(view, *names)]


def is_sale(view: View, shipment: str) -> bool:
    """Whether a shipment is part of the sale: no replacement, return or sample."""
    plan = view.get("logistics", shipment)
    return plan is None or plan.text("purpose", "sale") == "sale"


@once
def cargo(view: View, shipment: str) -> Cargo | None:
    """The packages of a shipment; None where it has no packing list."""
    packing = view.get("packing", shipment)
    if packing is None:
        return None
    known = goods(view)
    rows = [row for row in packing.rows("lines") if row.count("line") in known]
    return Cargo(
        lines=tuple(_line(row, known[row.count("line")]) for row in rows),
        package=units.package(packing.text("package", "CT")).printed,
        pallets_used=_pallets(packing.find("pallets")),
        marks_main=tuple(str(mark.value) for mark in packing.rows("marks.main")),
        marks_side=both(packing.find("marks.side")),
    )


def _line(row: Node, line: Goods) -> CargoLine:
    return CargoLine(
        line=line.id,
        name=line.name,
        carton_from=row.count("cartons.from"),
        carton_to=row.count("cartons.to"),
        per_carton=row.number("per_carton"),
        unit=line.unit,
        net_each=row.number("net_kg"),
        gross_each=row.number("gross_kg"),
        length=row.number("length_cm"),
        width=row.number("width_cm"),
        height=row.number("height_cm"),
        container=row.text("container", ""),
    )


def _pallets(node: Node | None) -> Pallets | None:
    if node is None:
        return None
    count = node.count("count")
    length, width, height = (node.number(f"{side}_cm") for side in ("length", "width", "height"))
    return Pallets(
        count=count,
        volume=weights.volume(length, width, height, count),
        weight=count * node.number("weight_kg"),
        ispm15=node.find("ispm15") is not None and node["ispm15"].value is True,
    )
