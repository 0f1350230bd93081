"""File names that work on every computer."""

import os
import unicodedata

import pytest

from docpipe.workspace.file_names import check, faults, folded, natural
from tests.support import soon


def reasons(path: str, *siblings: str) -> list[str]:
    told = [found for found in check([*siblings, path]) if found.place.file == path]
    return [str(found.params["what"].en) for found in told]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "name",
    [
        "order.yaml",
        "合同 2026.pdf",
        "a-b_c(1).docx",
        "console.yaml",
        "com.yaml",
        "lpt.yaml",
        "nul-1.yaml",
        "é.pdf",
        "😀.pdf",
        "x" * 193,
        "装" * 85,
        ".gitkeep",
        "a..b",
        "COM10.yaml",
        "auxiliary",
    ],
    ids=lambda name: name[:20],
)
def test_ordinary_names_work_everywhere(name: str) -> None:
    assert reasons(f"orders/{name}") == []


@pytest.mark.parametrize(
    "name",
    [
        "CON",
        "con.yaml",
        "Aux.txt",
        "NUL",
        "prn.a.b",
        "com1.yaml",
        "LPT9",
        "com0.x",
        "COM¹.yaml",
        "lpt³",
        "conin$",
        "CONOUT$.yaml",
        "con .yaml",
        "a:b",
        "a<b",
        'a"b',
        "a|b",
        "a?b",
        "a*b",
        "a\\b",
        "a.",
        "a ",
        "a\tb",
        "a\x1fb",
    ],
)
def test_windows_refuses_it(name: str) -> None:
    assert "Windows refuses it" in reasons(f"orders/{name}")


def test_a_folder_on_the_way_counts_as_well() -> None:
    assert "Windows refuses it" in reasons("orders/aux/order.yaml")
    assert "Windows refuses it" in reasons("orders/a. /order.yaml")
    assert "Windows refuses it" in reasons("orders/a:b/order.yaml")


def test_names_longer_than_255_bytes_or_units_do_not_work() -> None:
    assert reasons("装" * 86) == ["longer than 255 bytes"]


def test_a_path_has_200_characters_and_is_told_once() -> None:
    assert reasons("装/" * 99 + "ab") == []
    assert reasons("装/" * 99 + "abc") == ["its path is longer than 200 characters"]
    assert reasons("装/" * 999 + "abc") == ["its path is longer than 200 characters"]
    assert "its path is longer than 200 characters" in reasons("x" * 256)


@pytest.mark.parametrize("name", ["é.pdf", "Å.pdf", "が.pdf", "한.pdf"])
def test_decomposed_characters_are_told(name: str) -> None:
    assert reasons(unicodedata.normalize("NFD", name)) == ["its accents are decomposed"]
    assert reasons(unicodedata.normalize("NFC", name)) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a/Order.yaml", "a/order.yaml"),
        ("A/x.yaml", "a/x.yaml"),
        ("a/É.pdf", "a/é.pdf"),
        ("a/STRASSE", "a/straße"),
        ("a/e\u0301.pdf", "a/é.pdf"),
        ("a/ΣΑΣ", "a/σας"),
    ],
)
def test_twins_are_told_once_and_named(one: str, other: str) -> None:
    first, second = sorted((one, other))
    assert not [why for why in reasons(first, second) if "elsewhere" in why]
    (told,) = [why for why in reasons(second, first) if "elsewhere" in why]
    assert told in (
        f"the same as {first} elsewhere",
        f"the same as {first.split('/')[0]} elsewhere",
    )
    assert folded(one) == folded(other)


def test_different_names_are_no_twins() -> None:
    assert reasons("a/b.yaml", "a/c.yaml", "b/b.yaml", "a/b.yml") == []


def test_a_file_with_the_name_of_a_folder_is_a_twin() -> None:
    assert [why for why in reasons("a/Papers", "a/papers/x.pdf") if "elsewhere" in why] or [
        why for why in reasons("a/papers/x.pdf", "a/Papers") if "elsewhere" in why
    ]


def test_numbers_are_sorted_as_people_count() -> None:
    names = ["final-10", "final-2", "final-1", "preshipment-1", "9", "10", "a", ""]
    assert sorted(names, key=lambda name: natural([name])) == [
        "",
        "9",
        "10",
        "a",
        "final-1",
        "final-2",
        "final-10",
        "preshipment-1",
    ]


@pytest.mark.parametrize("text", ["²", "٣", "1²", "x٣", "①", "1" * 5000])
def test_strange_digits_sort_without_failing(text: str) -> None:
    assert sorted([[text], ["1"], ["a"]], key=natural)


def test_many_siblings_are_checked_in_bounded_time() -> None:
    siblings = [f"orders/2026/03/{n}/order.yaml" for n in range(2_000)]
    with soon():
        assert not check(siblings)


def test_a_name_that_is_no_utf8_is_told() -> None:
    assert reasons(os.fsdecode(b"orders/\xff.yaml")) == ["it is not UTF-8"]


def test_a_folder_is_told_once() -> None:
    paths = ["aux/a.yaml", "aux/b.yaml", "x/c.yaml"]
    assert [found.place.file for found in check(paths)] == ["aux/a.yaml"]


def test_only_what_is_asked_for_is_told() -> None:
    """A file that comes beside another one is told, whichever is sorted first; and no other."""
    there = ["a/order.yaml", "a/aux", "B", "b"]
    assert [place for place, _ in faults(["a/Order.yaml"], there)] == ["a/Order.yaml"]
    assert [place for place, _ in faults(["a/order.yaml"], ["a/Order.yaml"])] == ["a/order.yaml"]
    assert [place for place, _ in faults(["A/x/y"], ["a"])] == ["A"]
    assert not list(faults(["a/b.yaml"], there))
