"""The goods of an order inside the house, Chinese first: with prices where there are any."""

from .kit import Form
from .tables import Column, Line, Span, line_table, total_row

AGREED = "(deal or offer)"
PRICED = "deal or offer"
PAID = (
    f"{{% for p in {AGREED}.instalments %}}{{{{ p.percent | percent }}}} {{{{ p.method }}}}，"
    "{{ p.when | chinese }}"
    "{% if not loop.last %}\n{% endif %}{% endfor %}"
)
_NAME = (
    Line("{{ x.name | bilingual_zh }}"),
    Line("{{ x.spec | chinese }}", "Table Note", "x.spec"),
    Line("{{ x.detail | chinese }}", "Table Note", "x.detail"),
)
_CUSTOMS = "{% if x.hs_china %}{{ x.hs_china }}{% else %}{{ x.hs }}{% endif %}"
_ORDERED = (
    Column(11, "序号\nNo.", "{{ x.id }}"),
    Column(77, "货物与规格\nGoods and specification", _NAME),
    Column(32, "产品编码\nProduct", "{{ x.product }}"),
    Column(24, "税则号列\nHS code", _CUSTOMS),
    Column(13, "单位\nUnit", "{{ x.unit }}"),
    Column(17, "原产地\nOrigin", "{{ x.origin | chinese }}"),
)
_PRICED = (
    Column(11, "序号\nNo.", "{{ x.id }}"),
    Column(81, "货物与规格\nGoods and specification", (
        *_NAME,
        Line("{{ x.goods.product }}   HS {{ x.goods.hs_china or x.hs }}   "
             "原产地 {{ x.origin | chinese }}", "Table Note"),
    )),
    Column(21, "数量\nQuantity", "{{ x.quantity | number }}", number=True),
    Column(13, "单位\nUnit", "{{ x.unit }}"),
    Column(21, "单价 {{ order.currency }}\nUnit price",
           "{{ x.price | price(order.currency) }}", number=True),
    Column(27, "金额 {{ order.currency }}\nAmount",
           "{{ x.amount | money(order.currency) }}", number=True),
)  # fmt: skip


def ordered(form: Form) -> None:
    """What is ordered, before anything is offered."""
    line_table(form, _ORDERED, "x in goods")


def priced(form: Form) -> None:
    """What is agreed or, before, offered."""
    table = line_table(form, _PRICED, f"x in {AGREED}.lines", keep="loop.last")
    total_row(
        form,
        table,
        Span(2, f"合计 Total   {{{{ {AGREED}.price_term }}}}", "Table Total"),
        Span(2, f"{{{{ {AGREED}.quantities }}}}"),
        Span(2, f"{{{{ order.currency }}}} {{{{ {AGREED}.total | money(order.currency) }}}}"),
    )
