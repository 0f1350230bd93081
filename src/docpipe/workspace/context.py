"""What the template of one document may print: the facts of a view, and what follows from them."""

from dataclasses import dataclass
from typing import Any

from docpipe.adapters.yamlfile import Node
from docpipe.workspace.agreed import agreed
from docpipe.workspace.catalogue import DocumentKind
from docpipe.workspace.facts import Absent, Facts, facts
from docpipe.workspace.figures.agreement import contracted, deal, offer
from docpipe.workspace.figures.answers import answers
from docpipe.workspace.figures.bill import bill
from docpipe.workspace.figures.buying import buying
from docpipe.workspace.figures.cargo import cargo
from docpipe.workspace.figures.changes import changes
from docpipe.workspace.figures.clauses import clauses
from docpipe.workspace.figures.consignment import consignment
from docpipe.workspace.figures.declaration import declaration
from docpipe.workspace.figures.goods import goods
from docpipe.workspace.figures.holdings import holdings
from docpipe.workspace.figures.inspection import sampling_of
from docpipe.workspace.figures.making import making
from docpipe.workspace.figures.marks import marks
from docpipe.workspace.figures.opinions import conclusion, opinions
from docpipe.workspace.figures.past_trade import past_trade, trade_totals
from docpipe.workspace.figures.remedy import remedy
from docpipe.workspace.figures.satisfaction import satisfaction
from docpipe.workspace.figures.stocked import stocked
from docpipe.workspace.view import View

_MASTERS = (
    "company",
    "customer",
    "supplier",
    "forwarder",
    "product",
    "people",
    "catalogue",
    "clause",
)


@dataclass(frozen=True)
class Edition:
    """Which document is printed: its kind, the file or shipment it is about, draft or issued."""

    kind: DocumentKind
    name: str = ""
    number: str | None = None
    date: str | None = None
    revision: int | None = None

    @property
    def draft(self) -> bool:
        """A document without a number has not been issued."""
        return self.number is None


def context(view: View, edition: Edition) -> dict[str, Any]:
    """Everything that the edition's template may name."""
    shipment = edition.name if edition.kind.per == "shipment" else ""
    names: dict[str, Any] = {"doc": _document(view, edition)}
    names |= _files(view, edition)
    names |= _parties(view, shipment)
    names["supplier"] = _of(view, _supplier(view, edition), "supplier")
    names |= _figures(view, edition, shipment)
    names["shipments"] = [number for (number,) in view.every("logistics")]
    names["people"] = {email: _of(view, node, "people") for email, node in view.people.items()}
    return names


def _files(view: View, edition: Edition) -> dict[str, Any]:
    """One name per kind of file; for kinds with several, the one that the edition is about."""
    names: dict[str, Any] = {}
    for kind in view.workspace.schemas.kinds.values():
        if kind.scope == "order" or kind.of:
            key = () if kind.literal else tuple(edition.name.split("/"))
            names[kind.name] = facts(view.get(kind.name, *key), view.schema(kind.name), kind.name)
    names["agreed"] = facts(agreed(view), view.schema("contract"), "contract")
    names["review"] = _several(view, "review")
    names["inspections"] = list(_several(view, "inspection").values())
    return names


def _several(view: View, kind: str) -> dict[str, Any]:
    schema = view.schema(kind)
    return {"/".join(n): facts(node, schema, kind) for n, node in view.every(kind).items()}


def _parties(view: View, shipment: str) -> dict[str, Any]:
    order, logistics = view.get("order"), view.get("logistics", shipment)
    customer = view.master("customer", order.text("customer", "-")) if order else None
    agent = logistics.text("forwarder", "") if logistics else ""
    forwarder = view.master("forwarder", agent) if agent else None
    banks = _of(view, view.company, "company").banks
    currency = order.text("currency", "") if order else ""
    return {
        "company": _of(view, view.company, "company"),
        "customer": _of(view, customer, "customer"),
        "forwarder": _of(view, forwarder, "forwarder"),
        "bank": next((bank for bank in banks if currency in bank.currencies), Absent("bank", {})),
    }


def _supplier(view: View, edition: Edition) -> Node | None:
    """The supplier of the file that the edition is about: its own, or that of its purchase."""
    per = edition.kind.per
    file = view.get(per, *edition.name.split("/")) if per in view.workspace.schemas.kinds else None
    if file is None:
        return None
    bought = view.fact("purchase.supplier", file.text("purchase", ""))
    code = file.text("supplier", bought or "")
    return view.master("supplier", code) if code else None


def _of(view: View, node: Node | None, kind: str) -> Any:
    return facts(node, view.schema(kind), kind)


def _figures(view: View, edition: Edition, shipment: str) -> dict[str, Any]:
    end = conclusion(view)
    figures: dict[str, Any] = {
        "offer": offer(view),
        "contracted": contracted(view),
        "deal": deal(view),
        "bill": bill(view, shipment),
        "cargo": cargo(view, shipment),
        "clauses": clauses(view),
        "opinions": opinions(view),
        "conclusion": end,
        "goods": tuple(goods(view).values()),
        "answers": answers(view),
        "making": making(view, edition.name if edition.kind.per == "progress" else ""),
        **_trade(view, edition),
    }
    figures |= _figures_of_one(view, edition, shipment)
    return {name: Absent(name, {}) if value is None else value for name, value in figures.items()}


def _trade(view: View, edition: Edition) -> dict[str, Any]:
    """Earlier contracts, for documents about the customer that stay in the house."""
    about = edition.kind.stage == "customer" and edition.kind.audience == "internal"
    past = past_trade(view) if about else ()
    return {"past_trade": past, "trade_totals": trade_totals(past)}


def _figures_of_one(view: View, edition: Edition, shipment: str) -> dict[str, Any]:
    """Figures of the one file or shipment that the edition is about."""
    match edition.kind.per:
        case "amendment":
            return {"changes": changes(view, edition.name)}
        case "purchase":
            return {"buying": buying(view, edition.name)}
        case "stock":
            return {"stocked": stocked(view, edition.name)}
        case "inspection":
            return {"sampling": sampling_of(view, edition.name)}
        case "feedback":
            return {"remedy": remedy(view, edition.name)}
        case "survey":
            return {"satisfaction": satisfaction(view, edition.name)}
        case "shipment":
            return {
                "consignment": consignment(view, shipment),
                "declaration": declaration(view, shipment),
                "marks": marks(view, shipment),
            }
    return {"holdings": holdings(view)}


def _document(view: View, edition: Edition) -> Facts:
    date = edition.date or _date(view, edition)
    return Facts(
        {
            "kind": edition.kind.id,
            "title": Facts({"en": edition.kind.title.en, "zh": edition.kind.title.zh}),
            "number": edition.number or Absent("doc.number", {}),
            "name": edition.name or Absent("doc.name", {}),
            "date": date or Absent("doc.date", {}),
            "revision": edition.revision or _revision(view, edition) or Absent("doc.revision", {}),
            "draft": edition.draft,
            "audience": edition.kind.audience,
        }
    )


def _date(view: View, edition: Edition) -> str:
    names = edition.name.split("/")
    return (view.fact(edition.kind.date, *names) if edition.kind.date else None) or ""


def _revision(view: View, edition: Edition) -> int | None:
    stage = edition.kind.stage
    known = stage in view.workspace.schemas.kinds
    revision = view.fact(f"{stage}.revision", edition.name) if known else None
    return int(revision) if revision else None
