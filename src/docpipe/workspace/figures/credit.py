"""What a letter of credit allows, its accepted amendments included."""

from decimal import Decimal

from docpipe.adapters.yamlfile import Node
from docpipe.diagnostics import Value
from docpipe.standards import tolerances

SILENT_PRESENTATION_DAYS = 21  # UCP 600, article 14 (c)


class Credit(Value):
    """The most that may be drawn, and the dates; the nodes tell where each stands."""

    amount: Decimal
    stated: tolerances.Tolerance | None
    about: frozenset[str]
    latest_shipment: Node
    expiry: Node
    presentation_days: int

    @property
    def limit(self) -> Decimal:
        """The most that may be drawn: field 32B with 39A or "about" (UCP 600, article 30 a)."""
        return tolerances.drawing_limit(
            self.amount, stated=self.stated, about="amount" in self.about
        )

    def least(self) -> Decimal:
        """The least that one full shipment may draw (article 30 c)."""
        return tolerances.least_drawing(
            self.amount, stated=self.stated, about="amount" in self.about
        )

    def quantities(self, quantity: Decimal, *, counted: bool) -> tolerances.Range:
        """What may be shipped where the credit asks for `quantity` (article 30 a and b).

        `counted`: in packing units or individual items, not by weight or measure.
        """
        about = "quantity" in self.about
        return tolerances.credit_quantity_range(quantity, about=about, counted=counted)


def credit_of(node: Node) -> Credit:
    """What lc.yaml allows, as amended; refused amendments do not count."""
    days = amended(node, "presentation_days", "presentation_days")
    return Credit(
        amount=Decimal(str(_there(node, "amount.amount", "amount").value)),
        stated=_stated(node),
        about=frozenset(str(each.value) for each in node.rows("about")),
        latest_shipment=_there(node, "latest_shipment", "latest_shipment"),
        expiry=_there(node, "expiry.date", "expiry"),
        presentation_days=int(str(days.value)) if days is not None else SILENT_PRESENTATION_DAYS,
    )


def amended(node: Node, field: str, amendment: str) -> Node | None:
    """The field as the last amendment in force leaves it."""
    last = node.find(field)
    for row in node.rows("amendments"):
        refused = "accepted" in row and row["accepted"].value is False
        if amendment in row and not refused:
            last = row[amendment]
    return last


def _there(node: Node, field: str, amendment: str) -> Node:
    """A field that every credit has."""
    found = amended(node, field, amendment)
    if found is None:
        raise KeyError(f"{node.file}: {field}")
    return found


def _stated(node: Node) -> tolerances.Tolerance | None:
    """The credit's own tolerance on its amount, field 39A."""
    stated = amended(node, "tolerance", "tolerance")
    if stated is None:
        return None
    return tolerances.Tolerance(stated.number("more_percent"), stated.number("less_percent"))
