from decimal import Decimal

import pytest

from docpipe.standards.customs import TRANSPORT_MODES
from docpipe.standards.incoterms import ELEMENTS, INCOTERMS, incoterm
from docpipe.standards.premium import insured_value

D = Decimal

# term: mode, seller carries, cover, clears import, unloads, place (the published rules)
RULES = {
    "EXW": ("any", False, None, False, False, "place of delivery"),
    "FCA": ("any", False, None, False, False, "place of delivery"),
    "CPT": ("any", True, None, False, False, "place of destination"),
    "CIP": ("any", True, (110, "ICC (A)"), False, False, "place of destination"),
    "DAP": ("any", True, None, False, False, "place of destination"),
    "DPU": ("any", True, None, False, True, "place of destination"),
    "DDP": ("any", True, None, True, False, "place of destination"),
    "FAS": ("sea", False, None, False, False, "port of shipment"),
    "FOB": ("sea", False, None, False, False, "port of shipment"),
    "CFR": ("sea", True, None, False, False, "port of destination"),
    "CIF": ("sea", True, (110, "ICC (C)"), False, False, "port of destination"),
}


def test_there_are_eleven_terms():
    assert INCOTERMS.keys() == RULES.keys()


@pytest.mark.parametrize("code", RULES)
def test_each_term_says_what_the_published_rules_say(code):
    term = incoterm(code)
    cover = term.insurance and (term.insurance.percent, term.insurance.clauses)
    assert (
        "sea" if term.water_only else "any",
        term.seller_pays_main_carriage,
        cover,
        term.seller_clears_import,
        term.seller_unloads,
        term.place,
    ) == RULES[code]


# goods, freight, insurance, unloading, duty, other: R required, - forbidden, o optional
COMPOSITION = {
    "EXW": "R----o",
    "FCA": "R----o",
    "FAS": "R----o",
    "FOB": "R----o",
    "CFR": "RR-o-o",
    "CPT": "RR-o-o",
    "CIF": "RRRo-o",
    "CIP": "RRRo-o",
    "DAP": "RRoo-o",
    "DPU": "RRoR-o",
    "DDP": "RRooRo",
}


@pytest.mark.parametrize("code", COMPOSITION)
def test_a_price_is_composed_as_its_term_demands(code):
    signs = {"required": "R", "forbidden": "-", "optional": "o"}
    assert "".join(signs[incoterm(code).need(part)] for part in ELEMENTS) == COMPOSITION[code]


@pytest.mark.parametrize(
    ("codes", "customs"),
    [
        ("CIF CIP DAP DPU DDP", ("1", "CIF")),
        ("CFR CPT", ("2", "C&F")),
        ("FOB FCA FAS", ("3", "FOB")),
        ("EXW", ("7", "EXW")),
    ],
)
def test_customs_knows_four_of_the_terms(codes, customs):
    for code in codes.split():
        assert (incoterm(code).customs_code, incoterm(code).customs_name) == customs


def test_freight_is_prepaid_exactly_where_the_seller_carries():
    prepaid = {code for code, term in INCOTERMS.items() if term.freight == "prepaid"}
    assert prepaid == {"CPT", "CIP", "DAP", "DPU", "DDP", "CFR", "CIF"}


def test_the_four_sea_terms_suit_water_only_and_have_a_term_for_containers():
    for code, term in INCOTERMS.items():
        suited = {mode for mode in TRANSPORT_MODES if term.suits(mode)}
        if code in ("FAS", "FOB", "CFR", "CIF"):
            assert suited == {"sea", "inland_waterway"}
            assert not incoterm(term.container_term).water_only
        else:
            assert suited == set(TRANSPORT_MODES)
            assert term.container_term == code


def test_a_retired_term_is_none_of_today():
    for old in ("DAT", "DAF", "DES", "DEQ", "DDU", "C&F", "fob"):
        with pytest.raises(ValueError, match="Incoterms 2020"):
            incoterm(old)


def test_the_sum_insured_is_the_price_and_a_tenth():
    assert insured_value(D("107160.00")) == D("117876.00")
    assert insured_value(D(100), D("1.2")) == D(120)
