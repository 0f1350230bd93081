"""Rules over a letter of credit's ranges: quantity, the least drawing, countries, ports."""

from collections.abc import Iterator

from docpipe.adapters.yamlfile import Node
from docpipe.diagnostics import Finding, Severity, Text, found
from docpipe.rules.case import Case, letters
from docpipe.rules.credit import credit, due_by_credit
from docpipe.rules.engine import order_rule
from docpipe.standards.countries import COUNTRIES
from docpipe.workspace.figures.agreement import deal
from docpipe.workspace.figures.cargo import packed_quantities

_APPLICANT = Text("applicant", "申请人")
_BENEFICIARY = Text("beneficiary", "受益人")
_MEASURES = frozenset(
    {"KGM", "GRM", "TNE", "LBR", "ONZ", "STN", "LTN", "MTR", "KMT", "YRD", "FOT",
     "MTK", "FTK", "YDK", "MTQ", "FTQ", "LTR", "MLT", "GLL", "GLI"}
)  # fmt: skip


@order_rule(
    "LCR11",
    Severity.ERROR,
    "Line {line}: {packed} packed, but the credit allows {least} to {most} ({other})",
    "第 {line} 行：装箱 {packed}，而信用证允许 {least} 至 {most}（{other}）",
    "Pack within the range, or have the credit amended",
    "请在允许范围内装货，或要求改证",
    needs=["order", "contract", "lc", "packing", "shipment"],
    reads=["amendment"],
    whole=True,
)
def shipped_quantity_is_within_the_credits(case: Case) -> Iterator[Finding]:
    """What is shipped under a credit lies within the quantity that it allows.

    "About" allows 10 % (article 30 a). Without it goods by weight or measure may be 5 % more or
    less, drawings staying within the amount; goods counted in packing units or items may not
    (30 b). Judged once something is shipped. Source: UCP 600, article 30 (a) and (b).
    ---
    信用证项下的装运数量须在其允许范围内：有“约”字为正负10%（第30条 a 款）；按重量或度量计的货物，
    未禁止时可增减5%，但支款不得超过信用证金额；按包装单位或个数计的不得增减（b 款）。装运后判断。
    """
    (node, allowed), agreed = credit(case), deal(case.view)
    packed = packed_quantities(case.view)
    other = next(iter(case.view.every("packing").values())).at("lines")
    for line in agreed.lines if agreed is not None else ():
        counted = case.unit(line.id) not in _MEASURES
        range_ = allowed.quantities(line.quantity, counted=counted)
        if line.id in packed and not range_.holds(packed[line.id]):
            figures = {"packed": packed[line.id], "least": range_.least, "most": range_.most}
            yield found(node.at("goods"), line=str(line.id), other=other, **figures)


@order_rule(
    "LCR12",
    Severity.WARNING,
    "The whole order draws {total}, but the credit asks for at least {least} ({other})",
    "全单支款 {total}，而信用证至少应支取 {least}（{other}）",
    "Have the amount amended, or the drawing agreed with the bank",
    "请改证，或先与银行商定",
    needs=["order", "contract", "lc"],
    reads=["amendment"],
    whole=True,
)
def full_shipment_draws_enough(case: Case) -> Iterator[Finding]:
    """Where partial shipments are not allowed, a full shipment may draw up to 5 % less.

    More than that is a discrepancy: the credit was opened for too much. A tolerance in field 39A,
    or "about", goes before. Source: UCP 600, article 30 (c).
    ---
    禁止分批时，数量装足、单价未减的，支款可比信用证金额少5%；再少就是不符点，说明开证金额偏大。
    39A 或“约”另有规定的从其规定。依据：UCP 600 第30条 c 款。
    """
    (node, allowed), agreed = credit(case), deal(case.view)
    if agreed is None or node.text("partial_shipment", "") != "not_allowed":
        return
    due, least = due_by_credit(agreed), allowed.least()
    if due < least:
        other = case.contract.at("payment")
        yield found(node.at("amount.amount"), total=due, least=least, other=other)


@order_rule(
    "LCR13",
    Severity.ERROR,
    "The {party} is in {here} in the credit, but in {there} in our file ({other})",
    "信用证中{party}所在国为 {here}，而我方资料为 {there}（{other}）",
    "Have the credit amended, or correct the file",
    "请改证，或改正资料",
    needs=["order", "lc"],
)
def parties_are_in_the_credits_countries(case: Case) -> Iterator[Finding]:
    """Addresses on documents may differ from the credit's, but must be in the same country.

    Source: UCP 600, article 14 (j).
    ---
    单据上申请人、受益人的地址可与信用证不同，但必须在同一国家。依据：UCP 600 第14条 j 款。
    """
    node = case.file("lc")
    customer = case.view.master("customer", case.file("order").text("customer"))
    for field, party, file in (
        ("applicant", _APPLICANT, customer),
        ("beneficiary", _BENEFICIARY, case.view.company),
    ):
        here = node.find(f"{field}.country")
        there = file.find("country") if file is not None else None
        if here is not None and there is not None and here.value != there.value:
            values = {"here": here.value, "there": there.value}
            yield found(here.place, party=party, other=there.place, **values)


@order_rule(
    "LCR08",
    Severity.ERROR,
    "The credit says {here}, but the goods go by {there} ({other})",
    "信用证为 {here}，而货物经 {there}（{other}）",
    "Have the credit amended, or correct the port",
    "请改证，或改正港口",
    needs=["order", "lc"],
    reads=["logistics"],
)
def ports_are_the_credits(case: Case) -> Iterator[Finding]:
    """The bill of lading shows loading and discharge within the ports of fields 44E and 44F.

    Where a credit names a range ("ANY PORT IN CHINA"), the port lies in one of the countries that
    it names. A shipment's own route counts before the order's.
    Source: UCP 600, article 20 (a)(iii).
    ---
    提单装货港、卸货港须符合 44E、44F。信用证写的是范围（如 ANY PORT IN CHINA）的，
    港口须在所列国家内。某批另定路线的，按该批。依据：UCP 600 第20条 a 款 iii 项。
    """
    routes = [case.file("order"), *(case.view.every("logistics").values())]
    for field in ("loading", "discharge"):
        here = case.file("lc").find(field)
        for route in routes:
            port = route.find(f"transport.{field}")
            if here is not None and port is not None and _outside(str(here.value), port):
                there = port.text("name.en")
                yield found(here.place, here=here.value, there=there, other=port.at("name.en"))


def _outside(allowed: str, port: Node) -> bool:
    """Whether a port is none that the credit's words allow; False where nothing tells."""
    words, name = allowed.casefold(), port.text("name.en", "").partition(",")[0]
    if not words.startswith("any"):
        return bool(name) and name.casefold() not in words
    named = {code for code, each in COUNTRIES.items() if each.name_en.casefold() in words}
    return "code" in port and bool(named) and port.text("code")[:2] not in named


@order_rule(
    "LCR17",
    Severity.WARNING,
    "The credit pays {here}, but our documents say {there} ({other})",
    "信用证受益人为 {here}，而我方单证抬头为 {there}（{other}）",
    "Have the credit amended: the invoice must be the beneficiary's",
    "请改证：发票须由受益人出具",
    needs=["lc", "company"],
)
def beneficiary_bears_our_name(case: Case) -> Iterator[Finding]:
    """The invoice must appear to be issued by the beneficiary; capitals and stops do not count.

    Source: UCP 600, article 18 (a)(i).
    ---
    发票须看似由受益人出具；大小写和标点不计。依据：UCP 600 第18条 a 款 i 项。
    """
    here, there = case.file("lc").find("beneficiary.name"), case.view.company.find("name.en")
    if here is not None and there is not None and letters(here) != letters(there):
        yield found(here.place, here=here.value, there=there.value, other=there.place)
