"""What a letter of credit allows, its accepted amendments included."""

from dataclasses import dataclass
from decimal import Decimal

from docpipe.adapters.yamlfile import Node
from docpipe.standards import tolerances
from docpipe.workspace.view import View

SILENT_PRESENTATION_DAYS = 21  # UCP 600, article 14 (c)


@dataclass(frozen=True, slots=True)
class Credit:
    """The most that may be drawn, and the dates; the nodes tell where each stands."""

    limit: Decimal
    latest_shipment: Node
    expiry: Node
    presentation_days: int


def credit_of(view: View) -> Credit | None:
    """The credit as amended, refused amendments apart; None where there is none to be seen."""
    node = view.get("lc")
    if node is None or "amount" not in node:
        return None
    days = _amended(node, "presentation_days", "presentation_days")
    return Credit(
        limit=_limit(node),
        latest_shipment=_there(node, "latest_shipment", "latest_shipment"),
        expiry=_there(node, "expiry.date", "expiry"),
        presentation_days=int(str(days.value)) if days is not None else SILENT_PRESENTATION_DAYS,
    )


def _amended(node: Node, field: str, amendment: str) -> Node | None:
    """The field as the last amendment in force leaves it."""
    last = node.find(field)
    for row in node.rows("amendments"):
        refused = "accepted" in row and row["accepted"].value is False
        if amendment in row and not refused:
            last = row[amendment]
    return last


def _there(node: Node, field: str, amendment: str) -> Node:
    """A field that every credit has."""
    found = _amended(node, field, amendment)
    if found is None:
        raise KeyError(f"{node.file}: {field}")
    return found


def _limit(node: Node) -> Decimal:
    amount = _there(node, "amount.amount", "amount")
    stated = _amended(node, "tolerance", "tolerance")
    tolerance = (
        tolerances.Tolerance(stated.number("more_percent"), stated.number("less_percent"))
        if stated is not None
        else None
    )
    about = any(each.value == "amount" for each in node.rows("about"))
    return tolerances.drawing_limit(Decimal(str(amount.value)), stated=tolerance, about=about)
