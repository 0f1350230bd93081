"""What a carrier is asked to take before it is packed: as the products pack it."""

from decimal import Decimal
from pathlib import Path

import pytest

from docpipe.workspace.figures.cargo import cargo, loads
from docpipe.workspace.figures.consignment import consignment
from tests.workspace.figures.kit import CHAIRS, FLASKS, Change, look

UNPACKED: Change = ("shipments/1/packing.yaml", "", "")
QUANTITY = "{line: 2, quantity: 12000, price: 3.53}"


def test_goods_that_are_not_packed_yet_are_planned_by_the_products_cartons(tmp_path: Path) -> None:
    found = consignment(look(tmp_path, FLASKS, UNPACKED), "1")
    assert found is not None and found.planned
    assert [(parcel.line, parcel.cartons) for parcel in found.parcels] == [(1, 1000), (2, 600)]
    assert (found.cartons, found.pallets, found.chargeable) == (1600, None, None)
    assert (found.net, found.gross) == (Decimal("14120.0"), Decimal("16040.0"))
    first, second = found.parcels
    assert found.volume == first.volume + second.volume
    assert abs(found.volume - Decimal("66.618")) < Decimal("0.01")
    (size,) = second.sizes
    assert (size.length, size.width, size.height) == (44, Decimal("35.5"), 30)
    assert first.hs == "961700" and first.name.en == "Vacuum flask 750 ml"


def test_packed_goods_are_no_plan(tmp_path: Path) -> None:
    found = consignment(look(tmp_path, FLASKS), "1")
    assert found is not None and not found.planned


def test_a_last_carton_that_is_not_full_counts_as_one(tmp_path: Path) -> None:
    more = ("contract.yaml", QUANTITY, QUANTITY.replace("12000", "12001"))
    found = consignment(look(tmp_path, FLASKS, UNPACKED, more), "1")
    assert found is not None
    assert [parcel.cartons for parcel in found.parcels] == [1000, 601]


def test_by_air_the_greater_of_weight_and_volume_is_charged(tmp_path: Path) -> None:
    air = ("order.yaml", "  mode: sea", "  mode: air")
    found = consignment(look(tmp_path, FLASKS, UNPACKED, air), "1")
    assert found is not None and found.chargeable is not None
    assert found.chargeable == pytest.approx(Decimal("16040"))


@pytest.mark.parametrize(("shipment", "pieces"), [("1", 800), ("2", 400)])
def test_each_shipment_takes_its_part_of_the_schedule(
    tmp_path: Path, shipment: str, pieces: int
) -> None:
    gone = (f"shipments/{shipment}/packing.yaml", "", "")
    found = consignment(look(tmp_path, CHAIRS, gone), shipment)
    assert found is not None and found.planned
    assert found.cartons == pieces  # a chair to a carton


def test_without_a_schedule_everything_goes_with_the_first_shipment(tmp_path: Path) -> None:
    assert consignment(look(tmp_path, FLASKS, UNPACKED), "2") is None


def test_nothing_is_planned_without_a_contract_or_a_products_packing(tmp_path: Path) -> None:
    assert consignment(look(tmp_path, FLASKS, UNPACKED, ("contract.yaml", "", "")), "1") is None
    packing = (
        "/products/FLASK-1000.yaml",
        "packing: {package: CT, per_carton: 20, length_cm: 44, width_cm: 35.5, height_cm: 30, "
        "net_kg: 9.2, gross_kg: 10.4}",
        "",
    )
    assert consignment(look(tmp_path / "half", FLASKS, UNPACKED, packing), "1") is None


def test_cartons_of_several_lines_fill_one_container_together(tmp_path: Path) -> None:
    packing = "shipments/1/packing.yaml"
    row = "height_cm: 27, container: ZZZU1000020}"
    split = (packing, row, "height_cm: 27, container: ZZZU1000015}")
    third = "\n  - {line: 2, cartons: {from: 1601, to: 1610}, per_carton: 20, net_kg: 9.2, "
    third += "gross_kg: 10.4, length_cm: 44, width_cm: 35.5, height_cm: 30, container: ZZZU1000020}"
    last = (packing, "\npackage: CT", f"{third}\npackage: CT")
    packed = cargo(look(tmp_path, FLASKS, split, last), "1")
    assert packed is not None
    held = loads(packed)
    one, two, three = packed.lines
    assert held["ZZZU1000015"].gross == one.gross == Decimal("9800.0")
    assert held["ZZZU1000020"].gross == two.gross + three.gross
    assert held["ZZZU1000020"].volume == two.volume + three.volume > two.volume


@pytest.mark.parametrize(
    ("first", "numbers"), [(401, "1-800"), (402, "1-400, 402-800"), (400, "1-800")]
)
def test_carton_numbers_that_follow_one_another_are_one_run(
    tmp_path: Path, first: int, numbers: str
) -> None:
    change = ("shipments/1/packing.yaml", "{from: 401, to: 800}", f"{{from: {first}, to: 800}}")
    packed = cargo(look(tmp_path, CHAIRS, change), "1")
    assert packed is not None and packed.carton_numbers == numbers
