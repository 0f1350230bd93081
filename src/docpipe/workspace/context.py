"""What the template of one document may print: the facts of a view, and what follows from them."""

from collections.abc import Callable
from functools import partial
from typing import Any

from docpipe.adapters.yamlfile import Node
from docpipe.diagnostics import Value
from docpipe.workspace.agreed import agreed
from docpipe.workspace.audience_view import View
from docpipe.workspace.catalogue import DocumentKind
from docpipe.workspace.figures.agreement import contracted, deal, offer
from docpipe.workspace.figures.answers import answers
from docpipe.workspace.figures.bill import bill
from docpipe.workspace.figures.cargo import cargo
from docpipe.workspace.figures.clauses import clauses
from docpipe.workspace.figures.goods import goods
from docpipe.workspace.figures.making import making
from docpipe.workspace.figures.opinions import conclusion, opinions
from docpipe.workspace.figures.past_trade import PastOrder, past_trade, trade_totals
from docpipe.workspace.lazy import LazyDict, Makers
from docpipe.workspace.template_facts import Absent, TemplateFacts, facts


class Edition(Value):
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


def context(view: View, edition: Edition) -> LazyDict:
    """Everything that the edition's template may name."""
    shipment = edition.name if edition.kind.per == "shipment" else ""
    return LazyDict(
        {
            "doc": lambda: _document(view, edition),
            **_files(view, edition),
            **_parties(view, shipment),
            "supplier": lambda: _party(view, "supplier", _supplier(view, edition)),
            **_figures(view, edition, shipment),
            "shipments": lambda: [number for (number,) in view.every("logistics")],
            "people": lambda: {
                email: _facts(view, node, "people") for email, node in view.people.items()
            },
        }
    )


def _files(view: View, edition: Edition) -> Makers:
    """One name per kind of file; for kinds with several, the one that the edition is about."""
    several = tuple(edition.name.split("/"))
    names: Makers = {
        kind.name: partial(_file, view, kind.name, () if kind.literal else several)
        for kind in view.workspace.schemas.kinds.values()
        if kind.scope == "order" or kind.of
    }
    names["agreed"] = lambda: _facts(view, agreed(view), "contract")
    names["review"] = lambda: _several(view, "review")
    names["inspections"] = lambda: list(_several(view, "inspection").values())
    return names


def _facts(view: View, node: Node | None, kind: str) -> Any:
    return facts(node, view.schema(kind), kind)


def _file(view: View, kind: str, names: tuple[str, ...]) -> Any:
    return _facts(view, view.get(kind, *names), kind)


def _several(view: View, kind: str) -> dict[str, Any]:
    return {"/".join(names): _facts(view, node, kind) for names, node in view.every(kind).items()}


def _parties(view: View, shipment: str) -> Makers:
    return {
        "company": lambda: _facts(view, view.company, "company"),
        "customer": lambda: _party(view, "customer", view.fact("order.customer")),
        "forwarder": lambda: _party(view, "forwarder", view.fact("logistics.forwarder", shipment)),
        "bank": lambda: _bank(view),
    }


def _party(view: View, kind: str, code: str | None) -> Any:
    return _facts(view, view.master(kind, code) if code else None, kind)


def _bank(view: View) -> Any:
    """The company's bank for the order's currency."""
    currency = view.fact("order.currency") or ""
    banks = _facts(view, view.company, "company").banks
    return next((bank for bank in banks if currency in bank.currencies), Absent("bank", {}))


def _supplier(view: View, edition: Edition) -> str | None:
    """The supplier of the file that the edition is about: its own, or that of its purchase."""
    per = edition.kind.per
    file = view.get(per, *edition.name.split("/")) if per in view.workspace.schemas.kinds else None
    if file is None:
        return None
    return file.text("supplier", "") or view.fact("purchase.supplier", file.text("purchase", ""))


def _figures(view: View, edition: Edition, shipment: str) -> Makers:
    report = edition.name if edition.kind.per == "progress" else ""
    figures: Makers = {
        "offer": lambda: offer(view),
        "contracted": lambda: contracted(view),
        "deal": lambda: deal(view),
        "bill": lambda: bill(view, shipment),
        "cargo": lambda: cargo(view, shipment),
        "clauses": lambda: clauses(view),
        "opinions": lambda: opinions(view),
        "conclusion": lambda: conclusion(view),
        "goods": lambda: tuple(goods(view).values()),
        "answers": lambda: answers(view),
        "making": lambda: making(view, report),
        "past_trade": lambda: _past_trade(view, edition),
        "trade_totals": lambda: trade_totals(_past_trade(view, edition)),
        **_figures_of_one(view, edition, shipment),
    }
    return {name: partial(_figure, name, made) for name, made in figures.items()}


def _figure(name: str, made: Callable[[], Any]) -> Any:
    figure = made()
    return Absent(name, {}) if figure is None else figure


def _past_trade(view: View, edition: Edition) -> tuple[PastOrder, ...]:
    """Earlier contracts, for internal documents about the customer."""
    about = edition.kind.stage == "customer" and edition.kind.audience == "internal"
    return past_trade(view) if about else ()


def _figures_of_one(view: View, edition: Edition, shipment: str) -> Makers:
    """Figures of the one file or shipment that the edition is about; only those are imported."""
    match edition.kind.per:
        case "amendment":
            from docpipe.workspace.figures.changes import changes

            return {"changes": lambda: changes(view, edition.name)}
        case "purchase":
            from docpipe.workspace.figures.buying import buying

            return {"buying": lambda: buying(view, edition.name)}
        case "stock":
            from docpipe.workspace.figures.stocked import stocked

            return {"stocked": lambda: stocked(view, edition.name)}
        case "inspection":
            from docpipe.workspace.figures.inspection import sampling_of

            return {"sampling": lambda: sampling_of(view, edition.name)}
        case "feedback":
            from docpipe.workspace.figures.remedy import remedy

            return {"remedy": lambda: remedy(view, edition.name)}
        case "survey":
            from docpipe.workspace.figures.satisfaction import satisfaction

            return {"satisfaction": lambda: satisfaction(view, edition.name)}
        case "shipment":
            from docpipe.workspace.figures.consignment import consignment
            from docpipe.workspace.figures.declaration import declaration
            from docpipe.workspace.figures.marks import marks

            return {
                "consignment": lambda: consignment(view, shipment),
                "declaration": lambda: declaration(view, shipment),
                "marks": lambda: marks(view, shipment),
            }
    from docpipe.workspace.figures.holdings import holdings

    return {"holdings": lambda: holdings(view)}


def _document(view: View, edition: Edition) -> TemplateFacts:
    names = edition.name.split("/")
    dated = view.fact(edition.kind.date, *names) if edition.kind.date else None
    return TemplateFacts(
        {
            "kind": edition.kind.id,
            "title": TemplateFacts({"en": edition.kind.title.en, "zh": edition.kind.title.zh}),
            "number": edition.number or Absent("doc.number", {}),
            "name": edition.name or Absent("doc.name", {}),
            "date": edition.date or dated or Absent("doc.date", {}),
            # facts that count their own revisions (a quotation) know better than the record
            "revision": _revision(view, edition) or edition.revision or Absent("doc.revision", {}),
            "draft": edition.draft,
            "audience": edition.kind.audience,
        }
    )


def _revision(view: View, edition: Edition) -> int | None:
    stage = edition.kind.stage
    known = stage in view.workspace.schemas.kinds
    revision = view.fact(f"{stage}.revision", edition.name) if known else None
    return int(revision) if revision else None
