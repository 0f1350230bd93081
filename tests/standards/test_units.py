import pytest

from docpipe.standards import customs
from docpipe.standards.units import PACKAGES, UNITS, package, unit


@pytest.mark.parametrize(
    ("code", "printed", "name_zh", "customs_code"),
    [
        ("H87", "PCS", "个", "007"),
        ("SET", "SETS", "套", "006"),
        ("PR", "PRS", "双", "025"),
        ("DZN", "DOZ", "打", "127"),
        ("KGM", "KG", "千克", "035"),
        ("TNE", "MT", "吨", "070"),
        ("XRO", "ROLLS", "卷", "018"),
        ("CMT", "CM", "厘米", ""),
    ],
)
def test_units_are_printed_as_people_write_them(code, printed, name_zh, customs_code):
    it = unit(code)
    assert it is not None
    assert (it.code, it.printed) == (code, printed)
    assert (it.name_zh, it.customs_code) == (name_zh, customs_code)


def test_packages_are_printed_as_people_write_them():
    assert [package(code).printed for code in ("CT", "PX", "BG", "PK", "7B")] == [
        "CTNS",
        "PLTS",
        "BAGS",
        "PKGS",
        "WOODEN CASES",
    ]


def test_what_is_no_code_is_refused():
    for written in ("PCS", "CTN", "kgs", "QQQ"):
        with pytest.raises(ValueError, match="Rec 20"):
            unit(written)
    with pytest.raises(ValueError, match="Rec 21"):
        package("KGM")


def test_codes_that_rec_20_deleted_are_not_units():
    assert not {"CT", "BX", "PK", "BG", "RO", "CTN", "PCE", "PCS"} & UNITS.keys()


def test_every_customs_code_of_a_unit_is_in_customs_own_table():
    for each in UNITS.values():
        assert each.customs_code in customs.UNITS or not each.customs_code


def test_measures_bear_the_very_name_that_customs_gives_them():
    counted = {"H87", "C62", "EA", "SET", "KT", "NMP"}
    for code, each in UNITS.items():
        if each.customs_code and not code.startswith("X") and code not in counted:
            assert customs.customs_unit(each.customs_code) == each.name_zh


def test_the_customs_table_is_whole():
    assert len(customs.UNITS) == 122
    assert customs.customs_unit("035") == "千克"
    assert all(len(code) == 3 and code.isdigit() for code in customs.UNITS)
    with pytest.raises(ValueError, match="China Customs"):
        customs.customs_unit("35")


def test_packings_of_packages_exist():
    assert customs.PACKING_OF_PACKAGE.keys() <= PACKAGES.keys()
    assert set(customs.PACKING_OF_PACKAGE.values()) <= customs.PACKINGS.keys()
