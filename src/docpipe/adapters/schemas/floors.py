"""What stays in the house whatever a schema says: what goods cost, and what is earned with them."""

from collections.abc import Mapping

from docpipe.adapters.schemas import fields
from docpipe.adapters.schemas.fields import INTERNAL, Field

_BOUGHT = frozenset({"internal", "supplier"})
FLOORS: Mapping[str, Mapping[tuple[str, ...], frozenset[str]]] = {
    "costing": {(): INTERNAL},
    "purchase": {(): _BOUGHT},
    "company": {("policy", "target_margin"): INTERNAL},
    "feedback": {("solution", "cost"): INTERNAL},
    "logistics": {("freight_settled",): INTERNAL},
}
"""By kind of file and field: the most who may see it. A schema may only show it to fewer."""


def floored(kind: str, schema: Field) -> Field:
    """The schema, its readers no more than the table lets."""
    for path, most in FLOORS.get(kind, {}).items():
        schema = _closed(schema, path, most)
    return schema


def _closed(schema: Field, path: tuple[str, ...], most: frozenset[str]) -> Field:
    if not path:
        return {**schema, "x-audience": sorted(fields.audience(schema) & most)}
    name, *rest = path
    properties = schema.get("properties", {})
    if name not in properties and schema.get("additionalProperties") is False:
        return schema
    below = _closed(fields.child(schema, name), tuple(rest), most)
    return {**schema, "properties": {**properties, name: below}}
