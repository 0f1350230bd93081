"""Whatever is written in YAML is read back; whatever is thrown at the loader, it answers."""

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from docpipe.adapters.yamlfile import Node, load

PRINTABLE = st.characters(
    exclude_categories=("Cs", "Cc"), exclude_characters="\u2028\u2029\ufeff\ufffe\uffff"
)
TEXT = st.text(PRINTABLE | st.sampled_from("\n\t"), max_size=20)
NUMBERS = st.integers(-(10**20), 10**20) | st.decimals(
    -(10**9), 10**9, allow_nan=False, places=4
).filter(lambda number: number != 0)
VALUES = st.recursive(
    TEXT | NUMBERS | st.booleans() | st.none(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=20,
)
FILES = st.dictionaries(TEXT, VALUES, min_size=1, max_size=4) | st.lists(
    VALUES, min_size=1, max_size=4
)


class Writer:
    """Block or flow YAML, which notes where it put every key and value."""

    def __init__(self, flow: bool) -> None:
        self.flow = flow
        self.text = ""
        self.places: dict[tuple[str | int, ...], tuple[int, int]] = {}
        self.keys: dict[tuple[str | int, ...], tuple[int, int]] = {}

    def here(self) -> tuple[int, int]:
        return self.text.count("\n") + 1, len(self.text) - self.text.rfind("\n")

    def put(self, value: Any, path: tuple[str | int, ...] = (), indent: int = 0) -> None:
        if isinstance(value, dict | list) and value and not self.flow:
            self.block(value, path, indent)
            return
        self.places[path] = self.here()
        if isinstance(value, dict | list):
            self.text += "{" if isinstance(value, dict) else "["
            for name, part in entries(value):
                self.name(name, path)
                self.put(part, (*path, name))
                self.text += ", "
            self.text += "}" if isinstance(value, dict) else "]"
        else:
            self.text += scalar(value)

    def block(self, value: Any, path: tuple[str | int, ...], indent: int) -> None:
        if path:
            self.text += "\n"
        for count, (name, part) in enumerate(entries(value)):
            self.text += " " * indent
            if count == 0:
                self.places[path] = self.here()
            self.name(name, path, "- ")
            self.put(part, (*path, name), indent + 2)
            if not self.text.endswith("\n"):
                self.text += "\n"

    def name(self, name: str | int, path: tuple[str | int, ...], dash: str = "") -> None:
        self.keys[(*path, name)] = self.here()
        self.text += dash if isinstance(name, int) else json.dumps(name, ensure_ascii=False) + ": "


def entries(value: Any) -> Any:
    return value.items() if isinstance(value, dict) else enumerate(value)


def scalar(value: Any) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}"
    return json.dumps(value, ensure_ascii=False)


@settings(max_examples=150, deadline=None)
@given(FILES, st.booleans())
@example({"名": {"en": "x", "zh": ["😀", Decimal("1.50"), {}]}, "b": []}, False)
def test_what_is_written_is_read_back_where_it_was_written(value: Any, flow: bool) -> None:
    writer = Writer(flow)
    writer.put(value)
    loaded = load(writer.text.encode(), "f.yaml")
    assert loaded.diagnostics == [], writer.text
    assert loaded.root is not None
    assert same(loaded.root.plain(), value)
    for node in loaded.root.walk():
        assert (node.line, node.column) == writer.places[node.path], (node.path, writer.text)
        if isinstance(node.name, str):
            assert (node.key_line, node.key_column) == writer.keys[node.path]


def same(one: Any, other: Any) -> bool:
    """Equal, of the same type, and decimals with the same zeros."""
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same(one[name], other[name]) for name in one)
    if isinstance(one, list):
        return len(one) == len(other) and all(map(same, one, other))
    return type(one) is type(other) and str(one) == str(other)


def answer(data: bytes) -> None:
    """The loader answers, and what it says points into the file."""
    loaded = load(data, "f.yaml")
    assert isinstance(loaded.root, Node | None)
    assert loaded.root is not None or loaded.diagnostics
    lines = data.decode("utf-8", "replace").split("\n")
    for found in loaded.diagnostics:
        assert 1 <= found.place.line <= len(lines) + 1
        assert found.place.column >= 1
        for lang in ("en", "zh"):
            assert found.message(lang)
            assert found.hint(lang)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=60))
def test_arbitrary_bytes_never_raise(data: bytes) -> None:
    answer(data)


@settings(max_examples=500, deadline=None)
@given(st.text(alphabet="ab01:-?!&*%@`|>{}[],#'\"\\ \t\r\n.~<=中：\ufeff\u2028\x07", max_size=40))
@example("a: {b}")
@example("{a: {b")
def test_arbitrary_yaml_signs_never_raise(text: str) -> None:
    answer(text.encode())


@pytest.mark.soak
@settings(max_examples=50_000, deadline=None)
@given(st.text(alphabet="ab01:-?!&*%@`|>{}[],#'\"\\ \t\r\n.~<=中：\ufeff\u2028\x07", max_size=60))
def test_very_many_yaml_signs_never_raise(text: str) -> None:
    answer(text.encode())


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_a_damaged_order_file_never_raises(data: st.DataObject) -> None:
    text = "number: ZF-1\nlines:\n  - {price: 2.30, name: {en: \"Flask\", zh: '杯'}}\n".encode()
    at = data.draw(st.integers(0, len(text)))
    answer(text[:at] + data.draw(st.binary(max_size=4)) + text[at + data.draw(st.integers(0, 4)) :])
