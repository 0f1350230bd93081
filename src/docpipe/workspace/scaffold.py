"""A new file as commented YAML: every field of its schema, with what is known filled in."""

import json
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from docpipe.adapters.schemas import fields
from docpipe.adapters.schemas.fields import Field
from docpipe.adapters.yamlfile.scalars import AmbiguousScalar, resolve

_PLAIN = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`][^#:\[\]{},\"'\n\t]*\Z")
_WIDTH = 100


def scaffold(schema: Field, known: Mapping[str, Any], lang: str, schema_path: str) -> str:
    """The text of a new file.

    `known` holds values by field, nested as in the file; required fields without one are left
    empty for the person to fill in, optional ones are shown as comments with their example.
    """
    head = [f"# yaml-language-server: $schema={schema_path}"]
    purpose = fields.description(schema)
    head += _comment(purpose.zh if lang == "zh" else purpose.en, 0)
    return "\n".join([*head, *_fields(schema, known, lang, 0)]) + "\n"


def _fields(schema: Field, known: Mapping[str, Any], lang: str, depth: int) -> Iterator[str]:
    required = schema.get("required", [])
    for name, entry in schema.get("properties", {}).items():
        value = known.get(name)
        if value is None and name not in required:
            yield from _optional(name, entry, lang, depth)
            continue
        yield from _comment(_told(entry, lang), depth)
        yield from _entry(name, entry, value, lang, depth)


def _told(entry: Field, lang: str) -> str:
    title, text = fields.title(entry), fields.description(entry)
    return f"{title.zh}：{text.zh}" if lang == "zh" else f"{title.en}: {text.en}"


def _optional(name: str, entry: Field, lang: str, depth: int) -> Iterator[str]:
    examples = entry.get("examples")
    title = fields.title(entry)
    shown = _flow(examples[0]) if examples else ""
    yield f"{'  ' * depth}# {name}: {shown}    # {title.zh if lang == 'zh' else title.en}"


def _entry(name: str, entry: Field, value: Any, lang: str, depth: int) -> Iterator[str]:
    pad = "  " * depth
    if isinstance(value, list):
        yield f"{pad}{name}:" if value else f"{pad}{name}: []"
        for item in value:
            yield f"{pad}  - {_flow(item)}"
    elif entry.get("type") == "object" or isinstance(value, dict):
        if _is_small(entry) and value is not None:
            yield f"{pad}{name}: {_flow(value)}"
        else:
            yield f"{pad}{name}:"
            yield from _fields(entry, value or {}, lang, depth + 1)
    elif entry.get("type") == "array":
        yield f"{pad}{name}:"
        yield f"{pad}  - {_blank(fields.child(entry, 0))}"
    else:
        yield f"{pad}{name}: {_flow(value)}".rstrip()


def _is_small(entry: Field) -> bool:
    """Whether the group reads well on one line: a few single values."""
    parts = entry.get("properties", {}).values()
    return len(parts) <= 4 and not any(p.get("type") in ("object", "array") for p in parts)


def _blank(item: Field) -> str:
    """A list item to fill in: its required fields, empty."""
    if item.get("type") != "object":
        return ""
    return "{" + ", ".join(f"{name}: " for name in item.get("required", [])) + "}"


def _flow(value: Any) -> str:
    """A value on one line, in YAML that docpipe itself reads back as the same."""
    if value is None:
        return ""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{name}: {_flow(part)}" for name, part in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_flow(part) for part in value) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | Decimal):
        return f"{value:f}" if isinstance(value, Decimal) else str(value)
    return str(value) if _is_plain(str(value)) else json.dumps(str(value), ensure_ascii=False)


def _is_plain(text: str) -> bool:
    """Whether the text needs no quotes."""
    if not (_PLAIN.match(text) or re.fullmatch(r"[0-9T:+.-]+", text)) or text != text.strip():
        return False
    try:
        return resolve(text) == text
    except AmbiguousScalar:
        return False


def _comment(text: str, depth: int) -> list[str]:
    """Comment lines of at most `_WIDTH` characters."""
    import textwrap

    pad = "  " * depth + "# "
    return [pad + line for line in textwrap.wrap(text, _WIDTH - len(pad))] if text else []


def schema_path(file: str, kind: str) -> str:
    """The way from `file` to its schema, for editors."""
    return "../" * file.count("/") + f"schemas/{kind}.schema.json"
