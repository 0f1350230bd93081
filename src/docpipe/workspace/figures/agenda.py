"""What comes next: the dates of an order that are still ahead."""

from collections.abc import Iterator
from typing import NamedTuple

from docpipe.adapters.schemas import fields
from docpipe.adapters.yamlfile import Node
from docpipe.diagnostics import Text
from docpipe.workspace.agreed import agreed
from docpipe.workspace.audience_view import View

# kind, the date, the field of the same file that settles it
_DATES = (
    ("inquiry", "answer_wanted", "replies"),
    ("quotation", "valid_until", "answer"),
    ("review", "due", "answered"),
    ("shipment", "etd", "atd"),
    ("shipment", "eta", "ata"),
    ("feedback", "due", "closure"),
)


class Appointment(NamedTuple):
    """A date that somebody waits for, and its name."""

    date: str
    what: Text


def next_date(view: View, today: str) -> Appointment | None:
    """The nearest date from `today` on that nothing has settled; None where there is none."""
    return min((each for each in _open(view) if each.date >= today), default=None)


def _open(view: View) -> Iterator[Appointment]:
    for kind, field, settled in _DATES:
        for root in view.every(kind).values():
            if settled not in root:
                yield from _appointment(view, kind, root, field)
    contract = agreed(view)
    if contract is not None and not view.every("shipment"):
        yield from _appointment(view, "contract", contract, "delivery.latest_shipment")


def _appointment(view: View, kind: str, root: Node, field: str) -> Iterator[Appointment]:
    node = root.find(field)
    if node is not None:
        schema = fields.at(view.schema(kind), field.split("."))
        yield Appointment(str(node.value)[:10], fields.title(schema))
