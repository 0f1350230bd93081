"""Goods and prices, payment, bank: what every priced document shares."""

from collections.abc import Sequence

from docx.table import _Cell

from .kit import Fact, Form, Label
from .tables import Column, Line, Span, line_table, some, total_row

CODES = Line(
    "{% if x.hs %}HS 编码 {{ x.hs }}   {% endif %}"
    "{% if x.origin %}Origin 原产地 {{ x.origin | inline }}{% endif %}",
    "Table Note",
    "x.hs or x.origin",
)
DESTINATION = Line(
    "HS at destination 目的国税号 {{ x.goods.hs_destination }}",
    "Table Note",
    "x.goods.hs_destination",
)
QUANTITY = Line("{{ x.quantity | number }}", "Table Number")
MOQ = Line("MOQ {{ x.moq | number }}", "Table Note Number", "x.moq")
BREAKS = Line(
    "From 起订 {{ b.quantity | number }} {{ x.unit }}: "
    "{{ order.currency }} {{ b.price | price(order.currency) }}",
    "Table Note",
    each="b in x.breaks",
)
LEAD = Line("Lead time 交货期 {{ x.lead_days }} days 天", "Table Note", some("x.lead_days"))
REMARKS = Line("{{ x.remarks | inline }}", "Table Note", "x.remarks")


GOODS = (
    Line("{{ x.name | bilingual }}"),
    Line(
        "{% if x.spec %}{{ x.spec | inline }}{% endif %}"
        "{% if x.spec and x.detail %}; {% endif %}"
        "{% if x.detail %}{{ x.detail | inline }}{% endif %}",
        "Table Note",
        "x.spec or x.detail",
    ),
    CODES,
)


def price_columns(offered: bool = False) -> Sequence[Column]:
    """Goods, quantities and prices; the currency stands in the heads.

    What is offered has its conditions with it: least quantity, breaks, lead time, remarks.
    """
    goods = (*GOODS, BREAKS, LEAD, REMARKS) if offered else GOODS
    goods = (*goods, DESTINATION)
    quantity = (QUANTITY, MOQ) if offered else (QUANTITY,)
    return (
        Column(11, "No.\n序号", "{{ x.id }}"),
        Column(81, "Goods and specification\n货物与规格", goods),
        Column(21, "Quantity\n数量", quantity, number=True),
        Column(13, "Unit\n单位", "{{ x.unit }}"),
        Column(21, "Unit price\n单价 {{ order.currency }}",
               "{{ x.price | price(order.currency) }}", number=True),
        Column(27, "Amount\n金额 {{ order.currency }}",
               "{{ x.amount | money(order.currency) }}", number=True),
    )  # fmt: skip


def price_table(form: Form, source: str, offered: bool = False, composition: bool = False) -> None:
    """Lines with their total, its price term, what it is made of, and its words."""
    table = line_table(form, price_columns(offered), f"x in {source}.lines", keep="loop.last")
    total_row(
        form,
        table,
        Span(2, f"Total 合计   {{{{ {source}.price_term }}}}", "Table Total"),
        Span(2, f"{{{{ {source}.quantities }}}}"),
        Span(2, f"{{{{ order.currency }}}} {{{{ {source}.total | money(order.currency) }}}}"),
        keep=True,
    )
    if composition:  # one part only would say the total again
        parts = f"({source}.composition if {source}.composition | length > 1 else ())"
        total_row(
            form,
            table,
            Span(4, "of which 其中: {{ c.en }} {{ c.zh }}", "Table Note"),
            Span(2, "{{ c.amount | money(order.currency) }}", "Table Note Number"),
            tags=(f"{{%tr for c in {parts} %}}", "{%tr endfor %}"),
            keep=True,
        )
    words = f"\t{{{{ {source}.words_en }}}}\n{{{{ {source}.words_zh }}}}"
    form.put(form.document, "Fact Line", Label("In words 大写"), words)


def payment(form: Form, source: str) -> None:
    """How much is paid when, and how."""
    with form.given(form.document, f"{source}.instalments"):
        form.section("Payment 付款")
        columns = (
            Column(22, "Share 比例", "{{ p.percent | percent }}"),
            Column(25, "Method 方式", "{{ p.method }}"),
            Column(86, "When 时间", "{{ p.when | inline }}"),
            Column(41, "Amount 金额 {{ order.currency }}",
                   "{{ p.amount | money(order.currency) }}", number=True),
        )  # fmt: skip
        line_table(form, columns, f"p in {source}.instalments", keep="not loop.last")


def bank(form: Form, cell: _Cell) -> None:
    """Where to pay to."""
    with form.given(cell, "bank"):
        form.put(cell, "Section Head", "Bank 收款银行")
        for fact in (
            Fact("Beneficiary 收款人", "{{ bank.beneficiary | inline }}", "bank.beneficiary"),
            Fact("Bank 银行", "{{ bank.bank | bilingual }}"),
            Fact("Address 地址", "{{ bank.address | bilingual }}", "bank.address"),
            Fact("SWIFT", "{{ bank.swift }}", "bank.swift"),
            Fact("Account No. 账号", "{{ bank.account }}"),
            Fact("Via 中间行", "{{ bank.intermediary }}", "bank.intermediary"),
        ):
            form.fact(cell, fact, "Fact Short")
