"""A record as YAML that our own strict reader gives back as the same."""

import json
import re
from collections.abc import Mapping, Sequence

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_./@+-]*\Z")
_WORDS = re.compile(r"(?i:y|n|yes|no|on|off|true|false|null|nan|inf|none)\Z")
_UNPRINTABLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]"
)  # fmt: skip

Plain = str | int | Sequence["Plain"] | Mapping[str, "Plain"]
"""What a record holds: texts, whole numbers, lists and mappings of them. Keys are plain words."""


def written(record: Mapping[str, Plain]) -> bytes:
    """One field a line, in the order given; lists and mappings within it in flow style.

    Characters that no reader accepts (line breaks, controls) become spaces.
    """
    lines = [f"{_text(name)}: {_flow(value)}" for name, value in record.items()]
    return ("\n".join(lines) + "\n").encode("utf-8")


def _flow(value: Plain) -> str:
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_text(k)}: {_flow(v)}" for k, v in value.items()) + "}"
    if isinstance(value, Sequence):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return str(value)


def _text(text: str) -> str:
    """Plain where nobody can take it for anything else, in double quotes otherwise."""
    if _PLAIN.match(text) and not _WORDS.match(text):
        return text
    return json.dumps(_UNPRINTABLE.sub(" ", text), ensure_ascii=False)
