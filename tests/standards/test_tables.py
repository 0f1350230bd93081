"""Tables that are copied from somewhere, held against another copy."""

from itertools import product

import pytest
from iso4217 import Currency

from docpipe.rules.credit_terms import _MEASURES
from docpipe.standards import customs
from docpipe.standards.cover import _WIDTH, is_at_least
from docpipe.standards.incoterms import CUSTOMS_TERMS
from docpipe.standards.units import UNITS
from docpipe.standards.words_en import UNIT_NAMES

# What documents say where the name in ISO 4217 is another, or not in the plural.
OTHERWISE = {
    "BDT": "BANGLADESHI TAKA",
    "BRL": "BRAZILIAN REAIS",
    "CNY": "CHINESE YUAN",
    "DKK": "DANISH KRONER",
    "HUF": "HUNGARIAN FORINTS",
    "IDR": "INDONESIAN RUPIAHS",
    "ILS": "ISRAELI NEW SHEKELS",
    "ISK": "ICELANDIC KRONUR",
    "JPY": "JAPANESE YEN",
    "KRW": "KOREAN WON",
    "MOP": "MACAO PATACAS",
    "NGN": "NIGERIAN NAIRA",
    "NOK": "NORWEGIAN KRONER",
    "PEN": "PERUVIAN SOLES",
    "PKR": "PAKISTANI RUPEES",
    "PLN": "POLISH ZLOTYS",
    "QAR": "QATARI RIYALS",
    "SEK": "SWEDISH KRONOR",
    "THB": "THAI BAHT",
    "VND": "VIETNAMESE DONG",
    "XAF": "CENTRAL AFRICAN CFA FRANCS",
    "XOF": "WEST AFRICAN CFA FRANCS",
    "ZAR": "SOUTH AFRICAN RAND",
}
MINOR = """AGOROT AVOS BAISA CENTAVOS CENTIMES CENTIMOS CENTS DIRHAMS FEN FILLERS FILS GROSZY
    HALALAS HALERS KOBO KOPECKS KURUS MILLIMES ORE PAISA PAISE PENCE PIASTRES POISHA SATANG
    SEN""".split()  # noqa: SIM905
A, B, C = ("ICC (A)", "ICC (Air)", "CIC All Risks"), ("ICC (B)", "CIC W.P.A."), ("ICC (C)",)


@pytest.mark.parametrize("code", UNIT_NAMES)
def test_a_currency_bears_the_name_that_iso_4217_gives_it(code: str) -> None:
    name = UNIT_NAMES[code][0]
    official = Currency[code].currency_name.upper()
    plain = all(word.removesuffix("S") in official for word in name.split())
    assert OTHERWISE.get(code, name) == name
    assert plain != (code in OTHERWISE)


def test_minor_units_have_the_names_they_are_known_by() -> None:
    assert {minor for _, minor in UNIT_NAMES.values()} - {""} == set(MINOR)


def test_clauses_rank_as_the_trade_ranks_them() -> None:
    ranks = [A, B, (*C, "CIC F.P.A.")]
    assert {each for rank in ranks for each in rank} == set(_WIDTH)
    for (high, wide), (low, narrow) in product(enumerate(ranks), repeat=2):
        for given, wanted in product(wide, narrow):
            assert is_at_least(given, wanted) == (high <= low), (given, wanted)


def test_customs_codes_of_the_modes_are_those_of_the_declaration() -> None:
    codes = "sea 2, inland_waterway 2, rail 3, road 4, air 5, post 6"
    told = ", ".join(f"{mode} {code}" for mode, (code, _) in customs.TRANSPORT_MODES.items())
    assert told == codes
    names = [name for _, name in customs.TRANSPORT_MODES.values()]
    assert names[0] == names[1] == "水路运输"
    assert [name[:2] for name in names[2:]] == ["铁路", "公路", "航空", "邮件"]
    assert {name[2:] for name in names} == {"运输"}


def test_customs_codes_of_the_terms_are_those_of_the_declaration() -> None:
    assert CUSTOMS_TERMS == {"1": "CIF", "2": "C&F", "3": "FOB", "7": "EXW"}


def test_goods_by_measure_are_those_of_weight_length_area_and_volume() -> None:
    counted = {
        "H87",
        "C62",
        "EA",
        "SET",
        "KT",
        "PR",
        "DZN",
        "GRO",
        "CEN",
        "MIL",
        "NMP",
        "RM",
        "D63",
    }
    small = {"CTM", "CMT", "MMT", "INH", "KWH"}  # not what bulk goods are sold by
    bare = {code for code in UNITS if not code.startswith("X")}
    assert bare - counted - small == _MEASURES
