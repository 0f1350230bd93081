"""The conventions that all schema files keep: editors and messages rely on them."""

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from docpipe.adapters.schemas import FileKind, SchemaStore
from docpipe.adapters.schemas.fields import EVERYBODY
from docpipe.adapters.schemas.keywords import Validator
from tests.conftest import ROOT
from tests.support import soon

FILES = sorted((ROOT / "schemas").glob("*.schema.json"))
RAW = {
    path.name: json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal) for path in FILES
}
STORE = SchemaStore({path.name: path.read_bytes() for path in FILES})
KINDS = sorted(STORE.kinds)
CHINESE = re.compile("[\u4e00-\u9fff]")
KEYWORDS = {
    "$schema",
    "$id",
    "$ref",
    "$defs",
    "title",
    "description",
    "examples",
    "type",
    "properties",
    "required",
    "additionalProperties",
    "items",
    "enum",
    "const",
    "pattern",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minProperties",
    "maxProperties",
}

each_file = pytest.mark.parametrize("name", sorted(RAW))
each_kind = pytest.mark.parametrize("kind", KINDS)


def parts(schema: Any, where: str = "") -> Iterator[tuple[str, Any]]:
    """Every subschema with its place in the file."""
    yield where, schema
    for group in ("properties", "$defs"):
        for name, entry in schema.get(group, {}).items():
            yield from parts(entry, f"{where}/{name}")
    if "items" in schema:
        yield from parts(schema["items"], f"{where}/[]")


def fields(schema: Any, where: str = "") -> Iterator[tuple[str, Any]]:
    """Every field and shared definition: what a person gets to see."""
    for place, part in parts(schema, where):
        if not place.endswith("/[]"):
            yield place, part


def resolved(name: str) -> Any:
    kind = name.removesuffix(".schema.json")
    return STORE.schema(kind)


@each_file
def test_no_key_stands_twice(name: str) -> None:
    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        keys = [key for key, _ in pairs]
        assert len(keys) == len(set(keys)), sorted(keys)
        return dict(pairs)

    json.loads((ROOT / "schemas" / name).read_text(encoding="utf-8"), object_pairs_hook=once)


@each_file
def test_it_is_a_schema_of_the_draft_that_docpipe_reads(name: str) -> None:
    schema = json.loads((ROOT / "schemas" / name).read_text(encoding="utf-8"))
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == name
    Draft202012Validator.check_schema(schema)


@each_file
def test_only_keywords_that_docpipe_explains_are_used(name: str) -> None:
    used = {word for _, part in parts(RAW[name]) for word in part if not word.startswith("x-")}
    assert used <= KEYWORDS


@each_file
def test_titles_are_in_both_languages(name: str) -> None:
    for where, part in fields(RAW[name]):
        english, dot, chinese = part.get("title", "").partition(" · ")
        assert dot and english and CHINESE.search(chinese), f"{where}: {part.get('title')}"
        assert not CHINESE.search(english), where


@each_file
def test_descriptions_are_one_line_in_each_language(name: str) -> None:
    for where, part in fields(RAW[name]):
        lines = part.get("description", "").split("\n")
        assert len(lines) == 2, f"{where}: {lines}"
        assert not CHINESE.search(lines[0]) and CHINESE.search(lines[1]), f"{where}: {lines}"
        assert lines[0].endswith((".", "?", ")", '"')) and lines[1].endswith(
            ("。", "？", "）", "”")
        ), where


@each_file
def test_objects_are_closed_and_say_what_is_required(name: str) -> None:
    for where, part in parts(RAW[name]):
        if part.get("type") == "object":
            extra = part.get("additionalProperties")
            assert extra is False or (isinstance(extra, dict) and extra), where
            if "properties" in part:
                missing = set(part.get("required", [])) - set(part["properties"])
                assert not missing, f"{where}: {missing}"
        assert ("properties" in part) <= (part.get("type") == "object"), where


@each_file
def test_lists_and_texts_and_numbers_have_an_end(name: str) -> None:
    for where, part in parts(RAW[name]):
        kind = part.get("type")
        if kind == "array":
            assert "maxItems" in part and "items" in part, where
        if kind == "string" and "enum" not in part and "pattern" not in part:
            assert "maxLength" in part and part.get("minLength", 0) >= 1, where
        if kind in ("number", "integer"):
            assert "maximum" in part or "exclusiveMaximum" in part or "enum" in part, where
            assert "minimum" in part or "exclusiveMinimum" in part or "enum" in part, where
            assert Decimal(str(part.get("maximum", 0))) <= 10**12, where


@each_file
def test_patterns_say_in_plain_words_what_is_expected(name: str) -> None:
    for where, part in parts(RAW[name]):
        if "pattern" in part:
            hint = part.get("x-hint", "").split("\n")
            assert len(hint) == 2 and CHINESE.search(hint[1]) and not CHINESE.search(hint[0]), where


@each_file
def test_patterns_are_anchored_and_finish(name: str) -> None:
    nasty = [
        "a" * 30_000,
        "A-" * 15_000,
        "0" * 30_000,
        "a." * 15_000,
        "papers/" + "a/" * 15_000,
        " " * 30_000,
    ]
    for where, part in parts(RAW[name]):
        if "pattern" not in part:
            continue
        assert part["pattern"].startswith("^") and "$" in part["pattern"], where
        with soon(10):
            for text in nasty:
                list(Validator({"pattern": part["pattern"]}).iter_errors(text + "!\x00"))


@each_file
def test_every_choice_has_a_label_in_both_languages(name: str) -> None:
    for where, part in parts(RAW[name]):
        choices = part.get("enum", [])
        labels = part.get("x-labels", {})
        assert {choice for choice in choices if isinstance(choice, str)} <= set(labels), where
        assert set(labels) <= {str(choice) for choice in choices}, where
        for label in labels.values():
            assert (label["en"] and CHINESE.search(label["zh"])) or label["en"] == label["zh"], (
                where
            )


@each_file
def test_a_note_says_so_with_true(name: str) -> None:
    for where, part in parts(RAW[name]):
        assert part.get("x-note", True) is True, where


@each_file
def test_audiences_are_known_and_always_include_the_house(name: str) -> None:
    for where, part in parts(RAW[name]):
        if "x-audience" in part:
            assert set(part["x-audience"]) <= EVERYBODY, where
            assert "internal" in part["x-audience"], where


@each_kind
def test_every_field_has_examples_that_fit(kind: str) -> None:
    for where, part in fields(STORE.schema(kind)):
        if not where:
            continue
        single = part.get("type") not in ("object", "array")
        assert part.get("examples") or not single, where
        for example in part.get("examples", []):
            found = [error.message for error in Validator(part).iter_errors(example)]
            assert found == [], f"{where}: {example}: {found}"


@each_kind
def test_every_reference_is_resolved(kind: str) -> None:
    assert "$ref" not in json.dumps(STORE.schema(kind), default=str)


def test_every_shared_definition_is_used() -> None:
    used = set(
        re.findall(r"#/\$defs/([\w-]+)", "".join(p.read_text(encoding="utf-8") for p in FILES))
    )
    assert set(RAW["common.schema.json"]["$defs"]) == used


def test_every_schema_but_the_shared_one_governs_files() -> None:
    assert {f"{kind}.schema.json" for kind in KINDS} == set(RAW) - {"common.schema.json"}


def test_no_two_kinds_take_the_same_file() -> None:
    paths = [
        (kind.scope, re.sub(r"\{\w+\}", "{}", kind.path), kind.names)
        for kind in STORE.kinds.values()
    ]
    assert len(set(paths)) == len(paths)


@each_kind
def test_a_kind_knows_its_stage_and_matches_its_own_path(kind: str) -> None:
    entry: FileKind = STORE.kinds[kind]
    assert entry.stage
    assert not entry.path.startswith("/") and ".." not in entry.path


def test_the_conventions_can_be_broken() -> None:
    assert [w for w, _ in parts({"properties": {"a": {"items": {"properties": {"b": {}}}}}})] == [
        "",
        "/a",
        "/a/[]",
        "/a/[]/b",
    ]
