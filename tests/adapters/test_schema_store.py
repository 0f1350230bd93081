"""Schemas as files: references, kinds, and what is said about broken ones."""

import json
from decimal import Decimal
from typing import Any

import pytest

from docpipe.adapters.schemas import SchemaStore, validate
from docpipe.adapters.yamlfile import load
from docpipe.diagnostics import DocpipeError

FILE = {"path": "f.yaml", "stage": "order", "scope": "order"}


def store(f: Any, common: Any = None) -> SchemaStore:
    files = {"f.schema.json": f if isinstance(f, bytes) else json.dumps(f).encode()}
    if common is not None:
        files["common.schema.json"] = json.dumps(common).encode()
    return SchemaStore(files)


def test_references_are_replaced_and_what_stands_beside_them_wins() -> None:
    common = {"$defs": {"d": {"type": "string", "title": "theirs"}, "e": {"$ref": "#/$defs/d"}}}
    f = {
        "x-file": FILE,
        "properties": {"a": {"$ref": "common.schema.json#/$defs/e", "title": "ours"}},
    }
    assert store(f, common).schema("f")["properties"]["a"] == {"type": "string", "title": "ours"}


def test_equal_references_in_two_files_are_no_circle() -> None:
    common = {"$defs": {"d": {"type": "string"}}}
    f = {
        "x-file": FILE,
        "$defs": {"d": {"$ref": "common.schema.json#/$defs/d"}},
        "$ref": "#/$defs/d",
    }
    assert store(f, common).schema("f")["type"] == "string"


def test_a_reference_to_a_whole_file() -> None:
    f = {"x-file": FILE, "items": {"$ref": "common.schema.json"}}
    assert store(f, {"type": "string"}).schema("f")["items"] == {"type": "string"}


def test_fractions_are_exact() -> None:
    assert store(b'{"x-file": %s, "multipleOf": 0.01}' % json.dumps(FILE).encode()).schema("f")[
        "multipleOf"
    ] == Decimal("0.01")


@pytest.mark.parametrize(
    "f",
    [
        b"",
        b"{",
        b"[1]",
        b"\xff\xfe{",
        b"[" * 100_000,
        b'{"maximum": ' + b"9" * 10_000 + b"}",
        {"x-file": FILE, "$ref": "#/$defs/none"},
        {"x-file": FILE, "$ref": "other.schema.json#/$defs/x"},
        {"x-file": FILE, "$ref": "https://example.com/x.json"},
        {"x-file": FILE, "$ref": "../../etc/passwd"},
        {"x-file": FILE, "$ref": 5},
        {"x-file": FILE, "$ref": "#"},
        {"x-file": FILE, "properties": {"a": {"$ref": "#/properties/a"}}},
        {
            "x-file": FILE,
            "$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"items": {"$ref": "#/$defs/a"}}},
            "$ref": "#/$defs/a",
        },
        {
            "x-file": FILE,
            "$ref": "#/$defs/a0",
            "$defs": {f"a{n}": {"items": [{"$ref": f"#/$defs/a{n + 1}"}] * 10} for n in range(12)}
            | {"a12": {}},
        },
        {"x-file": {}},
        {"x-file": []},
        {"x-file": "f.yaml"},
        {"x-file": {**FILE, "path": 5}},
        {"x-file": {**FILE, "path": "{1a}.yaml"}},
        {"x-file": {**FILE, "path": "{a}/{a}.yaml"}},
        {"x-file": {**FILE, "scope": "world"}},
        {"x-file": {**FILE, "names": {"a": "("}, "path": "{a}.yaml"}},
        {"x-file": {**FILE, "names": {"b": "x"}}},
        {"x-file": FILE, "type": "text"},
        {"x-file": FILE, "type": 5},
        {"x-file": FILE, "properties": ["a"]},
        {"x-file": FILE, "properties": {"a": {"pattern": "("}}},
        {"x-file": FILE, "properties": {"a": {"minLength": "2"}}},
        {"x-file": FILE, "properties": {"a": {"enum": 5}}},
    ],
    ids=lambda f: str(f)[:60],
)
def test_a_broken_schema_gives_one_clear_error(f: Any) -> None:
    loaded = load(b"a: x", "f.yaml")
    assert loaded.root is not None
    with pytest.raises(DocpipeError) as caught:
        validate(loaded.root, store(f).schema("f"))
    assert "f.schema.json" in str(caught.value) or "f.yaml" in str(caught.value)
    assert len(caught.value.say("zh")) < 1000


@pytest.mark.parametrize(
    ("path", "kind", "names"),
    [
        ("review/sales.yaml", "review", {"department": "sales"}),
        ("review/outcome.yaml", "outcome", {}),
        ("shipments/1/packing.yaml", "packing", {"shipment": "1"}),
        ("shipments/1/2/packing.yaml", None, {}),
        ("review/sales.yamlx", None, {}),
        ("xreview/sales.yaml", None, {}),
        ("review/sales.yaml\n", None, {}),
    ],
)
def test_a_file_is_known_by_its_path(path: str, kind: str | None, names: dict[str, str]) -> None:
    paths = {
        "review": "review/{department}.yaml",
        "outcome": "review/outcome.yaml",
        "packing": "shipments/{shipment}/packing.yaml",
    }
    files = {
        f"{name}.schema.json": json.dumps({"x-file": {**FILE, "path": form}}).encode()
        for name, form in paths.items()
    }
    hit = SchemaStore(files).match(path, "order")
    assert (hit and (hit[0].name, hit[1])) == (kind and (kind, names))
    assert SchemaStore(files).match(path, "workspace") is None
