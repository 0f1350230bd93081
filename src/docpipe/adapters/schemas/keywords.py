"""JSON Schema keywords that jsonschema judges too loosely, too slowly, or not at all."""

from collections.abc import Iterator
from decimal import Decimal, localcontext
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from jsonschema.validators import extend

from docpipe.adapters.schemas.patterns import fits

_PRECISION = 100  # digits: 28 of the number, and room for what it is divided by
_additional: Any = Draft202012Validator.VALIDATORS["additionalProperties"]


def _multiple_of(_: Any, divisor: Any, value: Any, __: Any) -> Iterator[ValidationError]:
    """Exact for 28 digits; Decimal's usual precision fails with an exception of its own."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return
    with localcontext() as context:
        context.prec = _PRECISION
        if Decimal(value) % Decimal(divisor):
            yield ValidationError(f"{value} is not a multiple of {divisor}")


def _unique_items(_: Any, wanted: Any, value: Any, __: Any) -> Iterator[ValidationError]:
    """In one pass; jsonschema compares every item of a mixed list with every other."""
    if wanted and isinstance(value, list) and first_repeated(value) is not None:
        yield ValidationError("an item is repeated")


def first_repeated(items: list[Any]) -> int | None:
    """The index of the first item that equals an earlier one."""
    seen = set()
    for index, item in enumerate(items):
        frozen = _frozen(item)
        if frozen in seen:
            return index
        seen.add(frozen)
    return None


def _frozen(value: Any) -> Any:
    """A hashable stand-in: equal where the values are; true is not 1."""
    if isinstance(value, dict):
        return "object", frozenset((name, _frozen(part)) for name, part in value.items())
    if isinstance(value, list):
        return "array", tuple(_frozen(item) for item in value)
    return isinstance(value, bool), value


def _pattern(_: Any, pattern: str, value: Any, __: Any) -> Iterator[ValidationError]:
    r"""As editors judge: `$` is the very end (Python's allows a line break), \d is 0 to 9."""
    if isinstance(value, str) and not fits(pattern, value):
        yield ValidationError("the form is wrong")


def _pattern_properties(
    validator: Any, patterns: Any, value: Any, _: Any
) -> Iterator[ValidationError]:
    """jsonschema's own searches with `re`, and so does the next."""
    for pattern, schema in patterns.items() if isinstance(value, dict) else ():
        for name, part in value.items():
            if fits(pattern, name):
                yield from validator.descend(part, schema, path=name, schema_path=pattern)


def _additional_properties(
    validator: Any, wanted: Any, value: Any, schema: Any
) -> Iterator[ValidationError]:
    patterns = schema.get("patternProperties")
    if patterns and isinstance(value, dict):
        named = [name for name in value if any(fits(pattern, name) for pattern in patterns)]
        properties = {**schema.get("properties", {}), **dict.fromkeys(named, True)}
        schema = {"properties": properties}
    yield from _additional(validator, wanted, value, schema)


Validator: Any = extend(  # type: ignore[no-untyped-call]
    Draft202012Validator,
    {
        "multipleOf": _multiple_of,
        "uniqueItems": _unique_items,
        "pattern": _pattern,
        "patternProperties": _pattern_properties,
        "additionalProperties": _additional_properties,
    },
)
"""Draft 2020-12 as docpipe reads it."""
