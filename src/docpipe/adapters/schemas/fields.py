"""What a schema says about one field, for people: title, description, labels, audience."""

from collections.abc import Iterable, Mapping
from typing import Any

from docpipe.diagnostics import Text

Field = Mapping[str, Any]
"""A (sub)schema: a JSON object with its `$ref`s resolved."""

EVERYBODY = frozenset({"customer", "supplier", "forwarder", "broker", "internal"})
INTERNAL = frozenset({"internal"})


def title(schema: Field) -> Text:
    """The field's title, from "English · 中文"."""
    en, _, zh = str(schema.get("title", "")).partition(" · ")
    return Text(en, zh or en)


def bilingual_lines(text: str) -> Text:
    """A text from "English.\\n中文。"."""
    en, _, zh = text.partition("\n")
    return Text(en, zh or en)


def description(schema: Field) -> Text:
    """What to write in the field, with an example where the schema has one."""
    text = bilingual_lines(str(schema.get("description", "")))
    examples = schema.get("examples")
    if not examples or isinstance(examples[0], dict | list):
        return text
    return Text(f"{text.en} Example: {examples[0]}", f"{text.zh}例：{examples[0]}")


def labels(schema: Field, value: str) -> Text:
    """How documents print one of the field's choices; the value itself where no label is given."""
    entry = schema.get("x-labels", {}).get(value)
    return Text(entry["en"], entry["zh"]) if entry else Text(value, value)


def audience(schema: Field) -> frozenset[str]:
    """Who may see the field: `x-audience`, or everybody; a broker sees what a forwarder sees."""
    if "x-audience" not in schema:
        return EVERYBODY
    named = frozenset(schema["x-audience"])
    return named | {"broker"} if "forwarder" in named else named


def child(schema: Field, name: str | int) -> Field:
    """The subschema of a named entry or a list item; {} where the schema has none."""
    if isinstance(name, int):
        items: Field = schema.get("items", {})
        return items
    entry = schema.get("properties", {}).get(name)
    if entry is None:
        entry = schema.get("additionalProperties", {})
    return entry if isinstance(entry, Mapping) else {}


def at(schema: Field, path: Iterable[str | int]) -> Field:
    """The subschema at `path`; {} where the schema has none."""
    for name in path:
        schema = child(schema, name)
    return schema


def is_internal(schema: Field, path: Iterable[str | int]) -> bool:
    """Whether the field at `path` is internal: nobody else may see all around it."""
    seen_by = audience(schema)
    for name in path:
        schema = child(schema, name)
        seen_by &= audience(schema)
    return seen_by <= INTERNAL


def has_internal(schema: Field, seen_by: frozenset[str] = EVERYBODY) -> bool:
    """Whether any field below is internal."""
    seen_by &= audience(schema)
    if seen_by <= INTERNAL:
        return True
    below = [*schema.get("properties", {}).values(), schema.get("items", {})]
    return any(isinstance(e, Mapping) and bool(e) and has_internal(e, seen_by) for e in below)
