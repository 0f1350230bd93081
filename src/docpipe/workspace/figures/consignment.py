"""What a carrier is asked to take: packages as packed or, before, as the products pack them."""

from collections.abc import Mapping
from decimal import ROUND_CEILING, Decimal

from docpipe.adapters.yamlfile import Node
from docpipe.diagnostics import Value
from docpipe.standards import units, weights
from docpipe.workspace.agreed import agreed
from docpipe.workspace.audience_view import View
from docpipe.workspace.figures.bilingual import Both
from docpipe.workspace.figures.cargo import Cargo, cargo, mode_of
from docpipe.workspace.figures.goods import Goods, goods


class Size(Value):
    """Outer sizes of a package, cm."""

    length: Decimal
    width: Decimal
    height: Decimal


class Parcel(Value):
    """The packages of one order line. Weights in kg, volume in m3; each size once."""

    line: int
    name: Both
    hs: str
    cartons: int
    net: Decimal
    gross: Decimal
    volume: Decimal
    sizes: tuple[Size, ...]


class Consignment(Value):
    """All packages to be carried; `planned` before they are packed, `chargeable` only by air."""

    parcels: tuple[Parcel, ...]
    package: str
    cartons: int
    pallets: int | None
    net: Decimal
    gross: Decimal
    volume: Decimal
    chargeable: Decimal | None
    planned: bool


def consignment(view: View, shipment: str) -> Consignment | None:
    """The packages of a shipment; None where neither packing nor products tell them."""
    packed = cargo(view, shipment)
    mode = mode_of(view, shipment)
    by_air = mode is not None and mode.value == "air"
    return _packed(view, packed, by_air) if packed else _planned(view, shipment, by_air)


def _packed(view: View, packed: Cargo, by_air: bool) -> Consignment:
    known = goods(view)
    parcels: dict[int, Parcel] = {}
    for row in packed.lines:
        size = Size(row.length, row.width, row.height)
        more = Parcel(row.line, row.name, "", row.cartons, row.net, row.gross, row.volume, (size,))
        parcels[row.line] = _sum(known[row.line], parcels.get(row.line), more)
    return Consignment(
        parcels=tuple(parcels.values()),
        package=packed.package,
        cartons=packed.cartons,
        pallets=packed.pallets,
        net=packed.net,
        gross=packed.gross,
        volume=packed.volume,
        chargeable=weights.chargeable_weight(packed.gross, packed.volume) if by_air else None,
        planned=False,
    )


def _sum(line: Goods, so_far: Parcel | None, more: Parcel) -> Parcel:
    cartons, net, gross, volume = more.cartons, more.net, more.gross, more.volume
    sizes = more.sizes
    if so_far is not None:
        cartons, net = cartons + so_far.cartons, net + so_far.net
        gross, volume = gross + so_far.gross, volume + so_far.volume
        sizes = tuple(dict.fromkeys(so_far.sizes + sizes))
    return Parcel(line.id, line.name, line.hs, cartons, net, gross, volume, sizes)


def _planned(view: View, shipment: str, by_air: bool) -> Consignment | None:
    known = goods(view)
    found = [
        (view.master("product", known[line].product), known[line], quantity)
        for line, quantity in _quantities(view, shipment).items()
        if line in known
    ]
    packs = [(node["packing"], line, quantity) for node, line, quantity in found
             if node is not None and "packing" in node]  # fmt: skip
    if not packs or len(packs) < len(found):
        return None
    parcels = tuple(_parcel(pack, line, quantity) for pack, line, quantity in packs)
    return _total(parcels, packs[0][0].text("package"), by_air)


def _total(parcels: tuple[Parcel, ...], package: str, by_air: bool) -> Consignment:
    gross = sum((parcel.gross for parcel in parcels), Decimal(0))
    volume = sum((parcel.volume for parcel in parcels), Decimal(0))
    return Consignment(
        parcels=parcels,
        package=units.package(package).printed,
        cartons=sum(parcel.cartons for parcel in parcels),
        pallets=None,
        net=sum((parcel.net for parcel in parcels), Decimal(0)),
        gross=gross,
        volume=volume,
        chargeable=weights.chargeable_weight(gross, volume) if by_air else None,
        planned=True,
    )


def _parcel(pack: Node, line: Goods, quantity: Decimal) -> Parcel:
    cartons = int((quantity / pack.number("per_carton")).to_integral_value(ROUND_CEILING))
    length, width, height = (pack.number(f"{side}_cm") for side in ("length", "width", "height"))
    return Parcel(
        line=line.id,
        name=line.name,
        hs=line.hs,
        cartons=cartons,
        net=cartons * pack.number("net_kg"),
        gross=cartons * pack.number("gross_kg"),
        volume=weights.volume(length, width, height, cartons),
        sizes=(Size(length, width, height),),
    )


def _quantities(view: View, shipment: str) -> Mapping[int, Decimal]:
    """What the contract ships with this shipment: by its schedule, or all of it with the first."""
    contract = agreed(view)
    if contract is None:
        return {}
    part = contract.rows("delivery.schedule")
    rows = [row for row in part if row.text("shipment", "") == shipment]
    if part:
        return _by_line(rows[0].rows("lines")) if rows else {}
    return _by_line(contract.rows("lines")) if shipment == "1" else {}


def _by_line(rows: list[Node]) -> Mapping[int, Decimal]:
    return {row.count("line"): row.number("quantity") for row in rows}
