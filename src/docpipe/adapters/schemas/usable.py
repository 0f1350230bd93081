"""What a schema may not hold: patterns that cannot be judged, and references to elsewhere."""

from collections.abc import Iterator
from typing import Any

from docpipe.adapters.schemas.patterns import PatternError, demand_usable
from docpipe.diagnostics import Text

_DATA = frozenset({"examples", "enum", "const", "default", "required", "dependentRequired"})
_NAMED = frozenset({"properties", "patternProperties", "dependentSchemas"})
_ELSEWHERE = ("$dynamicRef", "$recursiveRef", "unevaluatedProperties")
_WORD = Text("docpipe does not know the keyword {word}", "docpipe 不支持关键字 {word}")


def objection(schema: Any) -> Text | None:
    """Why the schema, its references in place, cannot be used; None where it can."""
    for part in _parts(schema):
        for word in _ELSEWHERE:
            if word in part:
                return _WORD.filled(word=word)
        try:
            for pattern in _patterns(part):
                demand_usable(pattern)
        except PatternError as error:
            return error.text
    return None


def _patterns(part: dict[str, Any]) -> Iterator[str]:
    own, names = part.get("pattern"), part.get("patternProperties")
    yield from [own] if isinstance(own, str) else []
    yield from names if isinstance(names, dict) else ()


def _parts(schema: Any) -> Iterator[dict[str, Any]]:
    """Each schema in the schema; what is data, or names a field, is none."""
    if isinstance(schema, list):
        for each in schema:
            yield from _parts(each)
    elif isinstance(schema, dict):
        yield schema
        for word, value in schema.items():
            if word in _NAMED and isinstance(value, dict):
                yield from _parts(list(value.values()))
            elif word not in _DATA and not word.startswith("x-"):
                yield from _parts(value)
