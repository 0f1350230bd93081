"""Rules over what a price is made of, under its Incoterm."""

from collections.abc import Iterator
from decimal import Decimal

from docpipe.adapters.schemas import fields
from docpipe.diagnostics import Finding, Severity, found
from docpipe.rules.case import Case
from docpipe.rules.engine import order_rule
from docpipe.standards import incoterms, money, premium
from docpipe.workspace.figures.agreement import offer

_NEEDS = ("order", "quotation")
_AMOUNTS = (
    ("quotation", "composition.goods"),
    ("quotation", "composition.freight"),
    ("quotation", "composition.insurance"),
    ("quotation", "composition.unloading"),
    ("quotation", "composition.duty"),
    ("quotation", "composition.other"),
    ("insurance", "insured"),
    ("lc", "amount.amount"),
)


@order_rule(
    "QUO10",
    Severity.ERROR,
    "{amount} {currency} cannot be paid: {currency} has {decimals} decimals",
    "{amount} {currency} 无法支付：{currency} 的小数位数为 {decimals}",
    "Round the amount",
    "请按币种取整",
    needs=["order"],
)
def amounts_can_be_paid(case: Case) -> Iterator[Finding]:
    """An amount has no more decimals than its currency: USD 2, JPY none, KWD 3.

    Unit prices may have up to six; only amounts round. Source: ISO 4217, minor units.
    ---
    金额的小数位不得多于币种的最小单位：美元两位，日元没有，科威特第纳尔三位。单价可到六位，
    只有金额取整。
    依据：ISO 4217。
    """
    ours = case.file("order").text("currency")
    for kind, field in _AMOUNTS:
        for root in case.view.every(kind).values():
            currency = root.text("amount.currency") if kind == "lc" else ours
            amount = root.number(field, 0)
            if not money.is_payable(amount, currency):
                decimals = money.minor_units(currency)
                yield found(root.at(field), amount=amount, currency=currency, decimals=decimals)


@order_rule(
    "QUO11",
    Severity.ERROR,
    "The parts of the price make {sum}, but the lines make {total} ({other})",
    "价格构成合计 {sum}，而各行合计 {total}（{other}）",
    "Correct the composition or the prices",
    "请改正价格构成或单价",
    needs=_NEEDS,
    whole=True,
    gate="quotation",
)
def composition_makes_the_total(case: Case) -> Iterator[Finding]:
    """Goods, freight, insurance and the rest add up to the total of the lines, to the last cent.

    The parts go onto the customs declaration, so a gap shows there.
    ---
    货款、运费、保险费等各部分加起来等于总额，一分不差。报关时要分项申报，差额会露出来。
    """
    offered, quotation = offer(case.view), case.file("quotation")
    if offered is not None:
        total = sum((part.amount for part in offered.composition), Decimal(0))
        if total != offered.total:
            other = quotation.at("lines")
            yield found(quotation.at("composition"), sum=total, total=offered.total, other=other)


@order_rule(
    "QUO12",
    Severity.ERROR,
    "{rule} ({other}): {part} belongs in the price, and is not there",
    "{rule}（{other}）价格应含{part}，价格构成中没有",
    "Add the part, or correct the Incoterm",
    "请补上该项，或改正贸易术语",
    needs=_NEEDS,
    gate="quotation",
)
def composition_has_what_the_incoterm_asks(case: Case) -> Iterator[Finding]:
    """C- and D-terms contain the main freight, CIF and CIP insurance, DPU unloading, DDP duty.

    Source: ICC, Incoterms 2020, articles A4, A5, A7 and A9.
    ---
    C 组、D 组价格含主运费，CIF、CIP 含保险费，DPU 含卸货费，DDP 含进口税费。
    依据：《2020通则》A4、A5、A7、A9。
    """
    yield from _misfits(case, "required", there=False)


@order_rule(
    "QUO13",
    Severity.ERROR,
    "{rule} ({other}): {part} does not belong in the price",
    "{rule}（{other}）价格不含{part}",
    "Take the part out, or correct the Incoterm",
    "请去掉该项，或改正贸易术语",
    needs=_NEEDS,
    gate="quotation",
)
def composition_has_nothing_else(case: Case) -> Iterator[Finding]:
    """EXW, FCA, FAS and FOB contain no main freight; CFR and CPT no insurance; only DDP duty.

    Freight charged under FOB would be paid twice: once to us, once to the carrier.
    Source: ICC, Incoterms 2020, articles B4, B5, B7 and B9.
    ---
    EXW、FCA、FAS、FOB 不含主运费，CFR、CPT 不含保险费，只有 DDP 含进口税。FOB 下再收运费，
    客户就付了两次。
    依据：《2020通则》B4、B5、B7、B9。
    """
    yield from _misfits(case, "forbidden", there=True)


def _misfits(case: Case, need: incoterms.Need, *, there: bool) -> Iterator[Finding]:
    order, quotation, term = case.file("order"), case.file("quotation"), case.incoterm
    schema = fields.child(case.view.schema("quotation"), "composition")
    for element in incoterms.ELEMENTS:
        has = quotation.number(f"composition.{element}", 0) > 0
        if term.need(element) == need and has == there:
            place, other = quotation.at(f"composition.{element}"), order.at("incoterm.rule")
            if not there:
                place = quotation.at("composition")
            part = fields.title(fields.child(schema, element))
            yield found(place, rule=term.code, part=part, other=other)


@order_rule(
    "QUO14",
    Severity.ERROR,
    "The premium is {stated}, but {total} x {cover} x {rate} makes {premium} ({other})",
    "保险费写 {stated}，而 {total} × {cover} × {rate} = {premium}（{other}）",
    "Correct the premium; CIF = CFR / (1 - cover x rate)",
    "请改正保险费；CIF = CFR /（1 − 加成 × 费率）",
    needs=_NEEDS,
    whole=True,
    gate="quotation",
)
def premium_follows_from_the_rate(case: Case) -> Iterator[Finding]:
    """Premium = CIF (or CIP) value x cover x rate, to within one unit of the last decimal.

    The premium is charged on a value that contains it, which is why 0.3 % of CFR is too little.
    ---
    保险费 = CIF（CIP）金额 × 投保加成 × 费率，允许差最小货币单位一个。保费是按含保费的价格收的，
    按 CFR 算会少收。
    """
    offered, quotation = offer(case.view), case.file("quotation")
    terms, part = quotation.find("insurance"), quotation.find("composition.insurance")
    if offered is None or terms is None or part is None:
        return
    cover, rate = terms.number("cover"), terms.number("rate")
    due = money.round_money(premium.insured_value(offered.total, cover) * rate, offered.currency)
    smallest = Decimal(1).scaleb(-money.minor_units(offered.currency))
    stated = Decimal(str(part.value))
    if abs(stated - due) > smallest:
        yield found(
            part.place, stated=stated, total=offered.total, cover=cover, rate=rate, premium=due,
            other=terms.at("rate"),
        )  # fmt: skip
