"""Writing what docpipe puts on record: YAML that any reader reads the same way."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

# What YAML 1.2 does not hold as it is, and what readers of other versions take for line breaks.
_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")


Plain = str | int | Sequence["Plain"] | Mapping[str, "Plain"]
"""What a record holds: texts, whole numbers, truth values, lists and mappings of them."""


def written(record: Mapping[str, Any]) -> bytes:
    """A mapping of texts, whole numbers, truth values, lists and mappings, a line for each entry.

    Texts are always quoted, so that no reader takes them for something else.
    """
    lines = [f"{_key(name)}: {_value(value)}\n" for name, value in record.items()]
    return "".join(lines).encode("utf-8")


def _value(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_key(name)}: {_value(v)}" for name, v in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_value, value)) + "]"
    if isinstance(value, bool | int):
        return json.dumps(value)
    return _quoted(str(value))


def _key(name: str) -> str:
    return name if re.fullmatch(r"[a-z][a-z0-9_]*", name) else _quoted(name)


def _quoted(text: str) -> str:
    """Double quotes with JSON's escapes, which are YAML's too."""
    return _ESCAPED.sub(lambda hit: f"\\u{ord(hit[0]):04x}", json.dumps(text, ensure_ascii=False))
