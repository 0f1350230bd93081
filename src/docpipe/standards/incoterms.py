"""Incoterms 2020: who carries, insures, clears and unloads under each of the eleven terms.

Source: ICC, Incoterms 2020, articles A2-A9 and B2-B9 of each term. The customs codes are China
Customs' table of 成交方式, where terms that Incoterms later added go with their nearest elder.
"""

from types import MappingProxyType
from typing import Literal

from docpipe.diagnostics import Value

Party = Literal["seller", "buyer"]
Place = Literal[
    "place of delivery", "place of destination", "port of shipment", "port of destination"
]
Element = Literal["goods", "freight", "insurance", "unloading", "duty", "other"]
Need = Literal["required", "optional", "forbidden"]

ELEMENTS: tuple[Element, ...] = ("goods", "freight", "insurance", "unloading", "duty", "other")

PLACES_ZH: dict[Place, str] = {
    "place of delivery": "交货地点",
    "place of destination": "目的地",
    "port of shipment": "装运港",
    "port of destination": "目的港",
}

WATER_MODES = frozenset({"sea", "inland_waterway"})


class MinimumCover(Value):
    """What a seller bound to insure must buy: per cent of the contract price, and the clauses."""

    percent: int
    clauses: str


class Incoterm(Value):
    """One term. ``insurance`` is None where the seller need not insure."""

    code: str
    name_en: str
    name_zh: str
    place: Place
    risk_passes: str
    customs_code: str
    water_only: bool = False
    seller_pays_main_carriage: bool = False
    insurance: MinimumCover | None = None
    export_clearance: Party = "seller"
    import_clearance: Party = "buyer"
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
        return _NEEDS[self.code][element]

    @property
    def container_term(self) -> str:
        """The term to use instead for containers, which are handed over before the ship."""
        return {"FAS": "FCA", "FOB": "FCA", "CFR": "CPT", "CIF": "CIP"}.get(self.code, self.code)


CUSTOMS_TERMS: dict[str, str] = {"1": "CIF", "2": "C&F", "3": "FOB", "7": "EXW"}

# What is no longer, or never was, a term of Incoterms 2020 -> what to write instead.
SUCCESSORS: dict[str, str] = {
    "DAT": "DPU",
    "DAF": "DAP",
    "DES": "DAP",
    "DEQ": "DPU",
    "DDU": "DAP",
    "FOA": "FCA",
    "FOR": "FCA",
    "FOT": "FCA",
    "C&F": "CFR",
    "CNF": "CFR",
    "C&I": "CIF",
}


def incoterm(code: str) -> Incoterm:
    """The term of a three-letter code. ``ValueError`` names the successor of a retired one."""
    try:
        return INCOTERMS[code]
    except KeyError:
        successor = SUCCESSORS.get(code)
        hint = f"; use {successor}" if successor else f"; one of {', '.join(INCOTERMS)}"
        raise ValueError(f"{code!r} is not a term of Incoterms 2020{hint}") from None


_TERMS = (
    Incoterm(
        code="EXW",
        name_en="Ex Works",
        name_zh="工厂交货",
        place="place of delivery",
        risk_passes="at the seller's place, not loaded",
        customs_code="7",
        export_clearance="buyer",
    ),
    Incoterm(
        code="FCA",
        name_en="Free Carrier",
        name_zh="货交承运人",
        place="place of delivery",
        risk_passes="handed to the carrier (loaded, if at the seller's premises)",
        customs_code="3",
    ),
    Incoterm(
        code="CPT",
        name_en="Carriage Paid To",
        name_zh="运费付至",
        place="place of destination",
        risk_passes="handed to the first carrier",
        customs_code="2",
        seller_pays_main_carriage=True,
    ),
    Incoterm(
        code="CIP",
        name_en="Carriage and Insurance Paid To",
        name_zh="运费和保险费付至",
        place="place of destination",
        risk_passes="handed to the first carrier",
        customs_code="1",
        seller_pays_main_carriage=True,
        insurance=MinimumCover(110, "ICC (A)"),
    ),
    Incoterm(
        code="DAP",
        name_en="Delivered at Place",
        name_zh="目的地交货",
        place="place of destination",
        risk_passes="at destination, ready for unloading",
        customs_code="1",
        seller_pays_main_carriage=True,
    ),
    Incoterm(
        code="DPU",
        name_en="Delivered at Place Unloaded",
        name_zh="目的地卸货后交货",
        place="place of destination",
        risk_passes="at destination, unloaded",
        customs_code="1",
        seller_pays_main_carriage=True,
        seller_unloads=True,
    ),
    Incoterm(
        code="DDP",
        name_en="Delivered Duty Paid",
        name_zh="完税后交货",
        place="place of destination",
        risk_passes="at destination, ready for unloading",
        customs_code="1",
        seller_pays_main_carriage=True,
        import_clearance="seller",
    ),
    Incoterm(
        code="FAS",
        name_en="Free Alongside Ship",
        name_zh="船边交货",
        place="port of shipment",
        risk_passes="alongside the ship at the port of shipment",
        customs_code="3",
        water_only=True,
    ),
    Incoterm(
        code="FOB",
        name_en="Free on Board",
        name_zh="船上交货",
        place="port of shipment",
        risk_passes="on board at the port of shipment",
        customs_code="3",
        water_only=True,
    ),
    Incoterm(
        code="CFR",
        name_en="Cost and Freight",
        name_zh="成本加运费",
        place="port of destination",
        risk_passes="on board at the port of shipment",
        customs_code="2",
        water_only=True,
        seller_pays_main_carriage=True,
    ),
    Incoterm(
        code="CIF",
        name_en="Cost, Insurance and Freight",
        name_zh="成本、保险费加运费",
        place="port of destination",
        risk_passes="on board at the port of shipment",
        customs_code="1",
        water_only=True,
        seller_pays_main_carriage=True,
        insurance=MinimumCover(110, "ICC (C)"),
    ),
)

INCOTERMS: dict[str, Incoterm] = {term.code: term for term in _TERMS}


def _needs(term: Incoterm) -> MappingProxyType[Element, Need]:
    delivered = term.code in ("DAP", "DPU", "DDP")
    may_insure: Need = "optional" if delivered else "forbidden"
    may_unload: Need = "optional" if term.seller_pays_main_carriage else "forbidden"
    return MappingProxyType(
        {
            "goods": "required",
            "freight": "required" if term.seller_pays_main_carriage else "forbidden",
            "insurance": "required" if term.insurance else may_insure,
            "unloading": "required" if term.seller_unloads else may_unload,
            "duty": "required" if term.import_clearance == "seller" else "forbidden",
            "other": "optional",
        }
    )


_NEEDS = {term.code: _needs(term) for term in _TERMS}
