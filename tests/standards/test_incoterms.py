from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docpipe.standards.customs import TRANSPORT_MODES
from docpipe.standards.incoterms import ELEMENTS, INCOTERMS, PLACES_ZH, SUCCESSORS, incoterm
from docpipe.standards.money import round_money
from docpipe.standards.premium import cif_from_cfr, insurance_premium, insured_value

D = Decimal

# term: mode, seller carries, cover, export, import, unloads, place (the published rules)
RULES = {
    "EXW": ("any", False, None, "buyer", "buyer", False, "place of delivery"),
    "FCA": ("any", False, None, "seller", "buyer", False, "place of delivery"),
    "CPT": ("any", True, None, "seller", "buyer", False, "place of destination"),
    "CIP": ("any", True, (110, "ICC (A)"), "seller", "buyer", False, "place of destination"),
    "DAP": ("any", True, None, "seller", "buyer", False, "place of destination"),
    "DPU": ("any", True, None, "seller", "buyer", True, "place of destination"),
    "DDP": ("any", True, None, "seller", "seller", False, "place of destination"),
    "FAS": ("sea", False, None, "seller", "buyer", False, "port of shipment"),
    "FOB": ("sea", False, None, "seller", "buyer", False, "port of shipment"),
    "CFR": ("sea", True, None, "seller", "buyer", False, "port of destination"),
    "CIF": ("sea", True, (110, "ICC (C)"), "seller", "buyer", False, "port of destination"),
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
        term.export_clearance,
        term.import_clearance,
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


def test_names_and_places_are_there_in_both_languages():
    assert incoterm("CIF").name_zh == "成本、保险费加运费"
    assert len({term.name_zh for term in INCOTERMS.values()}) == 11
    assert {term.place for term in INCOTERMS.values()} == PLACES_ZH.keys()


@pytest.mark.parametrize(("old", "new"), [("DAT", "DPU"), ("DDU", "DAP"), ("C&F", "CFR")])
def test_a_retired_term_is_refused_with_its_successor(old, new):
    with pytest.raises(ValueError, match=f"use {new}"):
        incoterm(old)


def test_every_successor_is_a_term_of_today_and_no_predecessor_is():
    assert set(SUCCESSORS.values()) <= INCOTERMS.keys()
    assert not SUCCESSORS.keys() & INCOTERMS.keys()


def test_an_unknown_term_is_refused_with_the_known_ones():
    with pytest.raises(ValueError, match="EXW, FCA"):
        incoterm("fob")


def test_the_premium_of_a_cif_sale_in_dollars():
    cfr = D("103206.37") + D("3600.00")
    rate = D("0.003")
    cif = round_money(cif_from_cfr(cfr, rate), "USD")
    assert cif == D("107160.00")
    assert round_money(insurance_premium(cfr, rate), "USD") == D("353.63")
    assert round_money(insured_value(cif), "USD") == D("117876.00")


def test_the_premium_of_a_cip_sale_in_dinars():
    cpt = D("4659.836") + D("267.300")
    assert round_money(insurance_premium(cpt, D("0.002")), "KWD") == D("10.864")
    assert round_money(cif_from_cfr(cpt, D("0.002")), "KWD") == D("4938.000")


@given(st.decimals("0.01", 10**9, places=2), st.decimals(0, "0.2", places=4))
def test_the_premium_is_the_rate_on_the_value_insured(cfr, rate):
    cif = cif_from_cfr(cfr, rate)
    assert abs(insured_value(cif) * rate - insurance_premium(cfr, rate)) < D("1e-9")


@pytest.mark.parametrize("rate", ["-0.001", "1"])
def test_an_impossible_rate_is_refused(rate):
    with pytest.raises(ValueError, match="between 0 and 1"):
        cif_from_cfr(D(100), D(rate))
