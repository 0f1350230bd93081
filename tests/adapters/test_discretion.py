"""What is kept from an audience does not travel in messages either."""

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

from docpipe.adapters.schemas import FileKind, SchemaStore
from docpipe.adapters.schemas.fields import EVERYBODY, audience, has_internal, is_internal
from docpipe.workspace.files import DataFile, load_file
from docpipe.workspace.workspace import Workspace
from tests.conftest import ROOT
from tests.support import soon


class Memory:
    """One file, from memory."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    def read(self, path: str, limit: int) -> bytes:
        return self.data[: limit + 1]

    def files(self, folder: str) -> list[str]:
        return []

    def is_link(self, path: str) -> bool:
        return False


@cache
def schemas() -> SchemaStore:
    return Workspace(ROOT).schemas


def loaded(kind: str, text: str) -> DataFile:
    return load_file(Memory(text.encode()), "f.yaml", schemas().kinds[kind], (), schemas())


def told(file: DataFile) -> str:
    """All that the diagnostics say or carry."""
    parts = []
    for found in file.diagnostics:
        shown = {name: str(value) for name, value in found.params.items()}
        parts += [
            found.message("en"),
            found.hint("en"),
            found.message("zh"),
            found.hint("zh"),
            str(shown),
        ]
    return "\n".join(parts)


def kept_fields(
    schema: Any, path: tuple[str | int, ...] = (), seen_by: frozenset[str] = EVERYBODY
) -> Iterator[tuple[str | int, ...]]:
    """Paths of the single values that nobody outside may see."""
    seen_by &= audience(schema)
    for name, entry in schema.get("properties", {}).items():
        yield from kept_fields(entry, (*path, name), seen_by)
    if "items" in schema:
        yield from kept_fields(schema["items"], (*path, 0), seen_by)
    if seen_by == {"internal"} and path and "properties" not in schema and "items" not in schema:
        yield path


def flow(path: tuple[str | int, ...], value: str) -> str:
    text = value
    for name in reversed(path):
        text = f"[{text}]" if isinstance(name, int) else f"{{{name}: {text}}}"
    return text


KEPT = [
    (kind, path) for kind in sorted(schemas().kinds) for path in kept_fields(schemas().schema(kind))
]


def test_there_are_fields_to_keep() -> None:
    assert len(KEPT) > 100


@pytest.mark.parametrize(
    "value",
    [
        "7319546e3",
        "0x7319546",
        "7319546.12345678",
        "-7319546",
        "7319546abc",
        '"7,319,546"',
        "[7319546]",
        '"7319546\\a"',
    ],
)
def test_no_message_tells_a_kept_value(value: str) -> None:
    for kind, path in KEPT:
        text = told(loaded(kind, flow(path, value)))
        for form in ("7319546", "7,319,546"):
            assert form not in text, (kind, path, text)


def test_no_message_tells_a_kept_value_of_a_file_that_is_broken_further_down() -> None:
    for kind, path in KEPT:
        text = told(loaded(kind, f'- {flow(path, "7319546e3")}\n- "open'))
        assert text
        assert "7319546" not in text, (kind, path, text)


def test_no_message_tells_the_choice_that_a_kept_value_nearly_is() -> None:
    root = {
        "type": "object",
        "properties": {
            "rating": {
                "enum": ["excellent", "poor"],
                "title": "R · 级",
                "x-audience": ["internal"],
            },
            "seen": {"enum": ["excellent", "poor"], "title": "S · 见"},
        },
        "x-file": {"path": "f.yaml", "stage": "order", "scope": "order"},
    }
    store = SchemaStore({"f.schema.json": json.dumps(root).encode()})
    text = b"rating: excelent\nseen: excelent\n"
    kept, seen = load_file(Memory(text), "f.yaml", kind_of(store), (), store).diagnostics
    assert (kept.message("en"), kept.hint("en")) == (
        'R: "the value" is not one of the choices',
        "excellent, poor",
    )
    assert seen.hint("en") == "Did you mean excellent?"


def kind_of(store: SchemaStore) -> FileKind:
    return store.kinds["f"]


def test_values_that_everybody_may_see_are_shown() -> None:
    assert "order.yaml" not in told(loaded("order", "customer: mfano\n"))
    assert '"mfano"' in told(loaded("order", "customer: mfano\n"))


def test_one_trouble_is_told_once() -> None:
    root = {
        "type": "object",
        "properties": {"a": {"type": "number", "title": "A · 甲"}},
        "x-file": {"path": "f.yaml", "stage": "order", "scope": "order"},
    }
    store = SchemaStore({"f.schema.json": json.dumps(root).encode()})
    found = load_file(Memory(b"a: 012\n"), "f.yaml", kind_of(store), (), store).diagnostics
    assert [d.code for d in found] == ["YAML05"]


def test_a_file_full_of_trouble_is_told_in_bounded_time() -> None:
    with soon():
        file = loaded("costing", "\n".join(f"k{n}: 0{n}" for n in range(30_000)))
    assert len(file.diagnostics) == 101  # the gravest hundred, and how many more there are
    assert file.diagnostics[0].params["count"] >= 29_900


def test_what_two_audiences_share_nothing_of_is_for_the_house_only() -> None:
    schema = {
        "properties": {
            "a": {
                "x-audience": ["internal", "customer"],
                "properties": {"b": {"x-audience": ["internal", "supplier"]}, "c": {}},
            }
        }
    }
    assert is_internal(schema, ("a", "b"))
    assert not is_internal(schema, ("a", "c"))
    assert has_internal(schema)
