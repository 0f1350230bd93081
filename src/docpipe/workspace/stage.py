"""How far an order has come, by the files that it has."""

from collections.abc import Mapping

from docpipe.adapters.schemas import SchemaStore, fields
from docpipe.diagnostics import Text
from docpipe.workspace.order import Order

_NOT_OF_ORDERS = ("master", "customer")


def stages(schemas: SchemaStore) -> Mapping[str, Text]:
    """The stages of an order in the order of the process; the catalogue's schema owns the list."""
    entry = fields.child(fields.child(schemas.schema("catalogue"), "documents"), 0)
    stage = fields.child(entry, "stage")
    return {
        name: fields.labels(stage, name) for name in stage["enum"] if name not in _NOT_OF_ORDERS
    }


def stage_of(order: Order, schemas: SchemaStore) -> str:
    """The latest stage that the order has reached."""
    known = list(stages(schemas))
    return max(reached(order) & set(known), key=known.index, default=known[0])


def reached(order: Order) -> set[str]:
    """The stages of which the order has a file that is more than a plan."""
    return {
        file.kind.stage
        for file in order.files
        if not file.kind.begun_by or (file.root and file.root.find(file.kind.begun_by))
    }
