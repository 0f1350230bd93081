import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docpipe.standards.iso2859_1 import TABLES
from docpipe.standards.sampling import NOT_ALLOWED, Plan, combined_plan
from docpipe.standards.sampling_tables import LEVELS, cell, code_letter, sample_size

D = Decimal
REFERENCE = json.loads((Path(__file__).parent / "data" / "iso2859_1_cells.json").read_text())
LETTERS = REFERENCE["letters"]
CELLS = [
    (severity, aql, letter, *row.split("/"))
    for severity, columns in REFERENCE["cells"].items()
    for aql, column in columns.items()
    for letter, row in zip(LETTERS, column.split(), strict=True)
]
AQLS = [D(aql) for aql in REFERENCE["cells"]["normal"]]


def plan(lot, level, limit, severity="normal"):
    """The plan where there is one class of defects only."""
    return combined_plan(lot, level, {"it": limit}, severity).classes["it"]


def test_the_reference_has_both_tables_whole():
    assert len(CELLS) == 2 * 11 * 16
    assert list(TABLES["normal"]) == list(TABLES["tightened"]) == list(map(str, AQLS))


@pytest.mark.parametrize("severity", ["normal", "tightened"])
def test_every_cell_with_its_arrow_followed_equals_the_reference(severity):
    for _, aql, letter, code, n, ac, re in (row for row in CELLS if row[0] == severity):
        found = cell(letter, D(aql), severity)
        told = found.code, found.n, found.ac, found.ac + 1
        assert told == (code, int(n), int(ac), int(re)), (aql, letter)


def test_every_lot_range_and_level_has_the_code_letter_of_table_1():
    assert list(LEVELS) == REFERENCE["levels"]
    for least, most, letters in REFERENCE["lot_ranges"]:
        for level, letter in zip(LEVELS, letters, strict=True):
            for lot in (least, most or 10**7):
                assert code_letter(lot, level) == letter, (lot, level)


@pytest.mark.parametrize(
    ("lot", "level", "aql", "expected"),
    [
        (200, "II", "1.0", Plan("H", 50, 1, 2)),
        (90, "II", "0.65", Plan("F", 20, 0, 1)),
        (24000, "II", "2.5", Plan("M", 315, 14, 15)),
        (1200, "II", "1.0", Plan("J", 80, 2, 3)),
        (1200, "II", "1", Plan("J", 80, 2, 3)),
        (200, "II", "0.065", Plan("L", 200, 0, 1, hundred_percent=True)),
        (201, "II", "0.065", Plan("L", 200, 0, 1)),
        (40, "II", "0.065", Plan("L", 40, 0, 1, hundred_percent=True)),
        (1, "III", "6.5", Plan("A", 1, 0, 1, hundred_percent=True)),
    ],
)
def test_plans_for_lots(lot, level, aql, expected):
    assert plan(lot, level, D(aql)) == expected


def test_tightened_inspection_is_harder_to_pass():
    assert plan(24000, "II", D("2.5"), "tightened") == Plan("M", 315, 12, 13)


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ((0, "II", D("1.0")), "lot of 0"),
        ((200, "2", D("1.0")), "inspection level"),
        ((200, "II", D("0.5")), "AQL 0.5"),
        ((200, "II", D("1.0"), "reduced"), "severity"),
    ],
)
def test_what_the_tables_do_not_have_is_refused(arguments, complaint):
    with pytest.raises(ValueError, match=complaint):
        plan(*arguments)


@pytest.mark.parametrize("letter", ["I", "O", "", "AB", "j"])
def test_there_are_sixteen_code_letters(letter):
    with pytest.raises(ValueError, match="code letter"):
        sample_size(letter)


def test_several_classes_share_the_largest_samples_letter():
    joint = combined_plan(
        200, "II", {"critical": NOT_ALLOWED, "major": D("1.0"), "minor": D("4.0")}
    )
    assert (joint.code, joint.n, joint.hundred_percent) == ("H", 50, False)
    assert joint.classes == {
        "critical": Plan("H", 50, 0, 1),
        "major": Plan("H", 50, 1, 2),
        "minor": Plan("H", 50, 5, 6),  # at G alone it would be 32, 3, 4
    }


def test_a_class_with_an_arrow_at_the_common_letter_keeps_its_own_plan():
    joint = combined_plan(200, "II", {"a": D("0.65"), "b": D("1.5")})
    assert joint.code == "G"
    assert joint.classes == {"a": Plan("F", 20, 0, 1), "b": Plan("G", 32, 1, 2)}


def test_critical_defects_alone_use_the_lots_own_letter():
    joint = combined_plan(200, "II", {"critical": NOT_ALLOWED})
    assert joint.classes["critical"] == Plan("G", 32, 0, 1)
    assert plan(20, "II", NOT_ALLOWED) == Plan("C", 5, 0, 1)


def test_a_combined_sample_as_large_as_the_lot_is_the_lot():
    joint = combined_plan(40, "II", {"major": D("0.065"), "minor": D("6.5")})
    assert (joint.n, joint.hundred_percent) == (40, True)
    assert joint.classes["minor"].n == 40


def test_a_plan_without_classes_is_refused():
    with pytest.raises(ValueError, match="at least one"):
        combined_plan(200, "II", {})


@given(
    st.integers(1, 10**6),
    st.sampled_from(LEVELS),
    st.dictionaries(st.sampled_from("abc"), st.sampled_from(AQLS), min_size=1),
    st.sampled_from(["normal", "tightened"]),
)
def test_a_combined_sample_is_never_larger_than_the_largest_alone(lot, level, limits, severity):
    joint = combined_plan(lot, level, limits, severity)
    alone = [plan(lot, level, aql, severity) for aql in limits.values()]
    assert joint.n == max(each.n for each in alone)
    for each in joint.classes.values():
        assert each.re == each.ac + 1
        assert each.n <= joint.n <= lot
