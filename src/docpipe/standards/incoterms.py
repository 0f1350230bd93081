"""Incoterms 2020: who carries, insures, clears import and unloads under the eleven terms.

Source: ICC, Incoterms 2020, articles A2-A9 and B2-B9 of each term. The customs codes are China
Customs' table of 成交方式, where terms that Incoterms later added go with their nearest elder.
"""

from typing import Literal

from docpipe.diagnostics import Value
from docpipe.standards.lookup import entry

Place = Literal[
    "place of delivery", "place of destination", "port of shipment", "port of destination"
]
Element = Literal["goods", "freight", "insurance", "unloading", "duty", "other"]
Need = Literal["required", "optional", "forbidden"]

ELEMENTS: tuple[Element, ...] = ("goods", "freight", "insurance", "unloading", "duty", "other")

WATER_MODES = frozenset({"sea", "inland_waterway"})


class MinimumCover(Value):
    """What a seller bound to insure must buy: per cent of the contract price, and the clauses."""

    percent: int
    clauses: str


class Incoterm(Value):
    """One term. ``insurance`` is None where the seller need not insure."""

    code: str
    place: Place
    customs_code: str
    water_only: bool = False
    seller_pays_main_carriage: bool = False
    insurance: MinimumCover | None = None
    seller_clears_import: bool = False
    seller_unloads: bool = False

    @property
    def freight(self) -> Literal["prepaid", "collect"]:
        """How the transport document is expected to state the freight."""
        return "prepaid" if self.seller_pays_main_carriage else "collect"

    @property
    def customs_name(self) -> str:
        """Name of the 成交方式 on the export declaration: CIF, C&F, FOB or EXW."""
        return CUSTOMS_TERMS[self.customs_code]

    def suits(self, mode: str) -> bool:
        """Whether goods may travel by ``mode`` (sea, inland_waterway, air, rail, road ...)."""
        return not self.water_only or mode in WATER_MODES

    def need(self, element: Element) -> Need:
        """Whether the price under this term must, may or must not contain ``element``.

        ``unloading`` is at destination, ``duty`` import duty and taxes. Unloading stays optional
        where the seller's contract of carriage may include it (A9).
        """
        carries, delivered = self.seller_pays_main_carriage, self.code in ("DAP", "DPU", "DDP")
        needs: dict[Element, Need] = {
            "goods": "required",
            "freight": "required" if carries else "forbidden",
            "insurance": "optional" if delivered else "required" if self.insurance else "forbidden",
            "unloading": (
                "required" if self.seller_unloads else "optional" if carries else "forbidden"
            ),
            "duty": "required" if self.seller_clears_import else "forbidden",
            "other": "optional",
        }
        return needs[element]

    @property
    def container_term(self) -> str:
        """The term to use instead for containers, which are handed over before the ship."""
        return {"FAS": "FCA", "FOB": "FCA", "CFR": "CPT", "CIF": "CIP"}.get(self.code, self.code)


CUSTOMS_TERMS: dict[str, str] = {"1": "CIF", "2": "C&F", "3": "FOB", "7": "EXW"}


def incoterm(code: str) -> Incoterm:
    """The term of a three-letter code. ``ValueError`` when there is none."""
    return entry(INCOTERMS, code, "a term of Incoterms 2020")


_TERMS = (
    Incoterm("EXW", "place of delivery", "7"),
    Incoterm("FCA", "place of delivery", "3"),
    Incoterm("CPT", "place of destination", "2", seller_pays_main_carriage=True),
    Incoterm(
        "CIP", "place of destination", "1", seller_pays_main_carriage=True,
        insurance=MinimumCover(110, "ICC (A)"),
    ),
    Incoterm("DAP", "place of destination", "1", seller_pays_main_carriage=True),
    Incoterm(
        "DPU", "place of destination", "1", seller_pays_main_carriage=True, seller_unloads=True
    ),
    Incoterm(
        "DDP", "place of destination", "1", seller_pays_main_carriage=True,
        seller_clears_import=True,
    ),
    Incoterm("FAS", "port of shipment", "3", water_only=True),
    Incoterm("FOB", "port of shipment", "3", water_only=True),
    Incoterm(
        "CFR", "port of destination", "2", water_only=True, seller_pays_main_carriage=True
    ),
    Incoterm(
        "CIF", "port of destination", "1", water_only=True, seller_pays_main_carriage=True,
        insurance=MinimumCover(110, "ICC (C)"),
    ),
)  # fmt: skip

INCOTERMS: dict[str, Incoterm] = {term.code: term for term in _TERMS}
