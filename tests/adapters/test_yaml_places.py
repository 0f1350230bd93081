"""Where keys and values stand: 1-based, in code points."""

import pytest

from docpipe.adapters.yamlfile import Node, load


def root(text: str | bytes) -> Node:
    loaded = load(text.encode() if isinstance(text, str) else text, "f.yaml")
    assert loaded.diagnostics == []
    assert loaded.root is not None
    return loaded.root


def places(text: str | bytes) -> dict[str, tuple[int, int, int, int]]:
    return {
        node.field: (node.key_line, node.key_column, node.line, node.column)
        for node in root(text).walk()
        if node.field
    }


def test_block_style() -> None:
    assert places("a: 1\nlines:\n  - price: 2.50\n    unit: PCS\n  - price: 3\n") == {
        "a": (1, 1, 1, 4),
        "lines": (2, 1, 3, 3),
        "lines[1]": (3, 5, 3, 5),
        "lines[1].price": (3, 5, 3, 12),
        "lines[1].unit": (4, 5, 4, 11),
        "lines[2]": (5, 5, 5, 5),
        "lines[2].price": (5, 5, 5, 12),
    }


def test_flow_style() -> None:
    assert places('name: {en: "Flask", zh: 保温杯}\nsizes: [1, {x: 2}]\n') == {
        "name": (1, 1, 1, 7),
        "name.en": (1, 8, 1, 12),
        "name.zh": (1, 21, 1, 25),
        "sizes": (2, 1, 2, 8),
        "sizes[1]": (2, 9, 2, 9),
        "sizes[2]": (2, 12, 2, 12),
        "sizes[2].x": (2, 13, 2, 16),
    }


def test_columns_count_code_points_also_beyond_the_basic_plane() -> None:
    assert places("{名称: 😀杯, 价: 2}")["价"] == (1, 10, 1, 13)


def test_windows_line_ends_and_a_byte_order_mark_move_nothing() -> None:
    plain = b"a: 1\nb:\n  - c: 2\n"
    assert places(b"\xef\xbb\xbf" + plain.replace(b"\n", b"\r\n")) == places(plain)


def test_an_empty_value_stands_behind_its_colon() -> None:
    assert places("a:\nb: 1\n")["a"] == (1, 1, 1, 3)


def test_quoted_and_block_text_stands_where_it_opens() -> None:
    assert places("a: 'x\n  y'\nb: |\n  text\nc: 1\n") == {
        "a": (1, 1, 1, 4),
        "b": (3, 1, 3, 4),
        "c": (5, 1, 5, 4),
    }


def test_a_comment_before_the_first_field_counts() -> None:
    assert places("# one\n---\n# two\na: 1\n")["a"] == (4, 1, 4, 4)


def test_the_field_name_counts_items_from_one() -> None:
    node = root("lines:\n  - {price: 1}\n  - {price: 2}\n")["lines"][1]["price"]
    assert node.field == "lines[2].price"
    assert node.path == ("lines", 1, "price")
    assert str(node.place) == "f.yaml:3:13"


@pytest.mark.parametrize(
    ("text", "place", "field"),
    [
        ("a: 1\nb: 2\na: 3\n", (3, 1), "a"),
        ("x:\n  a: 1\n  中: 2\n  中: 3\n", (4, 3), "x.中"),
        ("[{a: 1, a: 2}]", (1, 9), "[1].a"),
        ('{a: 1, "a": 2}', (1, 8), "a"),
    ],
)
def test_a_repeated_key_is_reported_at_the_second(
    text: str, place: tuple[int, int], field: str
) -> None:
    (found,) = load(text.encode(), "f.yaml").diagnostics
    assert found.code == "YAML04"
    assert (found.place.line, found.place.column, found.place.field) == (*place, field)


def test_a_key_three_times_is_reported_twice_with_its_first_line() -> None:
    found = load(b"a: 1\na: 2\na: 3\n", "f.yaml").diagnostics
    assert [(d.place.line, d.params["first"]) for d in found] == [(2, 1), (3, 1)]


def test_all_bad_values_are_reported_at_once() -> None:
    found = load(b'a: 01\nb: [1_0, {c: 12:30}]\nd: "\\x07"\n', "f.yaml").diagnostics
    assert [(d.code, d.place.line, d.place.column, d.place.field) for d in found] == [
        ("YAML05", 1, 4, "a"),
        ("YAML05", 2, 5, "b[1]"),
        ("YAML05", 2, 14, "b[2].c"),
        ("YAML08", 3, 4, "d"),
    ]
