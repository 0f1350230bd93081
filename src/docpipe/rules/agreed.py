"""Rules over what changed between quotation and contract, and what the Incoterm asks of both."""

from collections.abc import Iterator
from decimal import Decimal

from docpipe.adapters.yamlfile import Node
from docpipe.diagnostics import Finding, Severity, Text, found
from docpipe.rules.case import Case
from docpipe.rules.engine import order_rule
from docpipe.standards import cover, incoterms

_BOTH = ("quotation", "contract")
_SAME = ("insurance.cover", "insurance.clauses", "transhipment", "partial_shipment")
_ONE_PERCENT = Decimal("0.01")
_SELLER, _BUYER = Text("seller", "卖方"), Text("buyer", "买方")


@order_rule(
    "CON02",
    Severity.NOTE,
    "Line {line}: agreed {agreed}, quoted {quoted} ({other})",
    "第 {line} 行：合同 {agreed}，报价 {quoted}（{other}）",
    "If the change is intended, nothing needs to be done",
    "如确系改动，无须处理",
    needs=_BOTH,
)
def changes_since_the_quotation(case: Case) -> Iterator[Finding]:
    """Price and quantity may change between quotation and contract; every change is listed.

    ---
    报价到合同之间价格、数量可以变动，变动逐项列出供核对。
    """
    quoted = {row.count("line"): row for row in case.file("quotation").rows("lines")}
    for row in case.file("contract").rows("lines"):
        line = row.count("line")
        before = quoted.get(line)
        for field in ("quantity", "price"):
            if before is not None and before.number(field) != row.number(field):
                figures = {"agreed": row.number(field), "quoted": before.number(field)}
                yield found(row.at(field), line=str(line), other=before.at(field), **figures)


@order_rule(
    "CON03",
    Severity.WARNING,
    "Payment differs from what was quoted ({other})",
    "付款方式与报价不同（{other}）",
    "Make sure that the change was agreed",
    "请确认改动经双方同意",
    needs=_BOTH,
)
def payment_is_as_quoted(case: Case) -> Iterator[Finding]:
    """Method, share and time of each instalment. A weaker payment is a price cut in disguise.

    ---
    比较每期付款的方式、比例和时点。付款条件放松，等于变相降价。
    """
    contract, quotation = case.file("contract"), case.file("quotation")
    agreed, quoted = (
        [tuple(row.text(f) for f in ("method", "percent", "when")) for row in root.rows("payment")]
        for root in (contract, quotation)
    )
    if agreed != quoted:
        yield found(contract.at("payment"), other=quotation.at("payment"))


@order_rule(
    "CON04",
    Severity.WARNING,
    "{agreed} here, but {quoted} in the quotation ({other})",
    "此处为{agreed}，而报价为{quoted}（{other}）",
    "Make sure that the change was agreed",
    "请确认改动经双方同意",
    needs=_BOTH,
)
def terms_are_as_quoted(case: Case) -> Iterator[Finding]:
    """Insurance, partial shipment and transhipment are part of the offer, as the price is.

    ---
    保险、分批、转运与价格一样是报价的内容。
    """
    contract, quotation = case.file("contract"), case.file("quotation")
    for field in _SAME:
        agreed = contract.find(field) or contract.find(f"delivery.{field}")
        quoted = quotation.find(field)
        if agreed is not None and quoted is not None and agreed.value != quoted.value:
            words = {"agreed": case.label(agreed), "quoted": case.label(quoted)}
            yield found(agreed.place, other=quoted.place, **words)


@order_rule(
    "CON14",
    Severity.ERROR,
    "Under {rule} ({other}) the {due} insures",
    "{rule}（{other}）下应由{due}投保",
    "Correct the insurance, or the Incoterm",
    "请改正保险条款或贸易术语",
    needs=["order", "contract"],
    gate="contract",
)
def insurer_is_whom_the_incoterm_says(case: Case) -> Iterator[Finding]:
    """CIF and CIP oblige the seller to insure for the buyer; other terms oblige nobody.

    Source: ICC, Incoterms 2020, CIF A5 and CIP A5.
    ---
    CIF、CIP 由卖方为买方投保；其他术语卖方没有投保义务。依据：《2020通则》CIF A5、CIP A5。
    """
    order, contract, term = case.file("order"), case.file("contract"), case.incoterm
    by = contract.text("insurance.by", "")
    wrong = by != "seller" if term.insurance else by == "seller" and term.code[0] != "D"
    if wrong:
        due = _SELLER if term.insurance else _BUYER
        place = contract.at("insurance.by") if by else contract.at("lines")
        yield found(place, rule=term.code, due=due, other=order.at("incoterm.rule"))


@order_rule(
    "CON15",
    Severity.ERROR,
    "{rule} ({other}) asks for at least {percent} % of the price and {clauses}",
    "{rule}（{other}）至少投保价款的 {percent}%，险别不低于 {clauses}",
    "Raise the cover, or agree on another Incoterm",
    "请提高投保加成或险别，或改用其他术语",
    needs=["order"],
    gate="quotation",
)
def cover_reaches_the_minimum(case: Case) -> Iterator[Finding]:
    """CIF: Institute Cargo Clauses (C); CIP: (A); both for the price plus 10 %.

    Source: ICC, Incoterms 2020, CIF A5 and CIP A5; UCP 600, article 28 (f)(ii).
    ---
    CIF 至少投保 ICC (C)，CIP 至少 ICC (A)，保额都不低于价款加成 10%。
    依据：《2020通则》CIF A5、CIP A5；UCP 600 第28条 f 款 ii 项。
    """
    term, least = case.incoterm, case.incoterm.insurance
    if least is None:
        return
    for kind in ("quotation", "contract"):
        terms = case.view.node(f"{kind}.insurance")
        field = _too_weak(terms, least) if terms is not None else ""
        if terms is not None and field:
            words = {"rule": term.code, "percent": least.percent, "clauses": least.clauses}
            yield found(terms.at(field), other=case.file("order").at("incoterm.rule"), **words)


def _too_weak(terms: Node, least: incoterms.MinimumCover) -> str:
    """The field that falls short of the minimum, or ""."""
    if terms.number("cover", 1) < least.percent * _ONE_PERCENT:
        return "cover"
    given = terms.text("clauses", "")
    return "" if given and cover.is_at_least(given, least.clauses) else "clauses"
