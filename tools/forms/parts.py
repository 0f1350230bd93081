"""What trade documents share: heading, parties, goods and prices, payment, signatures."""

from collections.abc import Sequence

from docx.table import _Cell

from .kit import Fact, Form, Label
from .tables import Column, Line, Span, line_table, total_row
from .theme import TEXT_WIDTH

SEA = 'order.transport.mode == "sea"'
LOADING = Fact(
    f"{{% if {SEA} %}}Port of loading 装运港{{% else %}}Place of departure 启运地{{% endif %}}",
    "{{ order.transport.loading.name | inline }}",
    "order.transport.loading",
)
DISCHARGE = Fact(
    f"{{% if {SEA} %}}Port of discharge 卸货港{{% else %}}Destination 目的地{{% endif %}}",
    "{{ order.transport.discharge.name | inline }}",
    "order.transport.discharge",
)
ORDER = Fact("Order No. 订单号", "{{ order.number }}")
PO = Fact("Your PO 客户订单", "{{ order.customer_po.number }}", "order.customer_po")
SALES = Fact("Contact 联系人", "{{ order.salesperson | person | inline }}", "order.salesperson")
DOCUMENT = (
    Fact("No. 编号", "{{ doc.number }}", "doc.number"),
    Fact("Date 日期", "{{ doc.date }}", "doc.date"),
    Fact("Revision 版次", "{{ doc.revision }}", "doc.revision"),
)


def title(form: Form) -> None:
    """English over Chinese, centred."""
    form.put(form.document, "Doc Title", "{{ doc.title.en }}")
    form.put(form.document, "Doc Title Second", "{{ doc.title.zh }}")


def heading(form: Form, to: str, more: Sequence[Fact]) -> None:
    """Title, the customer on the left, number, date and references on the right."""
    title(form)
    left, _, right = form.columns(104, 4, TEXT_WIDTH - 108)
    party(form, left, to, "customer")
    for fact in (*DOCUMENT, *more):
        form.fact(right, fact, "Fact Short")
    form.gap()


def party(form: Form, cell: _Cell, label: str, name: str) -> None:
    """Name, address and, of a customer, the person to address."""
    form.put(cell, "Party Label", label)
    form.put(cell, "Party Name", f"{{{{ {name}.name | bilingual }}}}")
    with form.given(cell, f"{name}.address"):
        form.put(cell, "Party Text", f"{{{{ {name}.address | bilingual }}}}")
    if name == "customer":
        with form.given(cell, "customer.contacts"):
            form.put(
                cell, "Party Text", Label("Attn 联系人  "), "{{ customer.contacts[0].name }}"
            )
    if name == "company":
        with form.given(cell, "company.phone"):
            form.put(cell, "Party Text", Label("Tel 电话  "), "{{ company.phone }}")


def goods(*more: Line) -> Sequence[Line]:
    """The cell that says what the goods are."""
    return (
        Line("{{ x.name | bilingual }}"),
        Line("{{ x.spec | bilingual }}", "Table Note", "x.spec"),
        Line("{{ x.detail | inline }}", "Table Note", "x.detail"),
        CODES,
        *more,
    )


CODES = Line(
    "{% if x.hs %}HS 编码 {{ x.hs }}   {% endif %}"
    "{% if x.origin %}Origin 原产地 {{ x.origin | inline }}{% endif %}",
    "Table Note",
    "x.hs or x.origin",
)
MOQ = Line("MOQ 最小起订量 {{ x.moq | number }} {{ x.unit }}", "Table Note", "x.moq")


def price_table(form: Form, source: str, *more: Line, composition: bool = False) -> None:
    """Goods, quantities and prices with their total, its price term and its words."""
    columns = (
        Column(11, "No.\n序号", "{{ x.id }}"),
        Column(81, "Goods and specification\n货物与规格", goods(*more)),
        Column(21, "Quantity\n数量", "{{ x.quantity | number }}", number=True),
        Column(13, "Unit\n单位", "{{ x.unit }}"),
        Column(21, "Unit price\n单价 {{ order.currency }}",
               "{{ x.price | price(order.currency) }}", number=True),
        Column(27, "Amount\n金额 {{ order.currency }}",
               "{{ x.amount | money(order.currency) }}", number=True),
    )  # fmt: skip
    table = line_table(form, columns, f"x in {source}.lines", keep="loop.last")
    total_row(
        form,
        table,
        Span(2, f"Total 合计   {{{{ {source}.price_term }}}}", "Table Total"),
        Span(2, f"{{{{ {source}.quantities }}}}"),
        Span(2, f"{{{{ order.currency }}}} {{{{ {source}.total | money(order.currency) }}}}"),
        keep=composition,
    )
    if composition:
        total_row(
            form,
            table,
            Span(4, "of which 其中: {{ c.en }} {{ c.zh }}", "Table Note"),
            Span(2, "{{ c.amount | money(order.currency) }}", "Table Note Number"),
            tags=(f"{{%tr for c in {source}.composition %}}", "{%tr endfor %}"),
        )
    words = f"\t{{{{ {source}.words_en }}}}\n{{{{ {source}.words_zh }}}}"
    form.put(form.document, "Fact Line", Label("In words 大写"), words)


def payment(form: Form, source: str) -> None:
    """How much is paid when, and how."""
    with form.given(form.document, f"{source}.instalments"):
        form.section("Payment 付款")
        columns = (
            Column(22, "Share\n比例", "{{ p.percent | percent }}"),
            Column(25, "Method\n方式", "{{ p.method }}"),
            Column(96, "When\n时间", "{{ p.when | inline }}"),
            Column(31, "Amount\n金额 {{ order.currency }}",
                   "{{ p.amount | money(order.currency) }}", number=True),
        )  # fmt: skip
        line_table(form, columns, f"p in {source}.instalments", keep="not loop.last")
        form.gap()


def remarks(form: Form, fact: str) -> None:
    """A paragraph of remarks, where there is one."""
    with form.given(form.document, fact):
        form.section("Remarks 备注")
        form.put(form.document, "Body Text", f"{{{{ {fact} | bilingual }}}}")


def _sign(form: Form, cells: Sequence[_Cell], label: str, name: str) -> None:
    """Whose name stands above the line, in a row of its own, so that two lines are level."""
    form.put(cells[0], "Signature", Label(label))
    form.put(cells[0], "Signature", f"{{{{ {name}.name | bilingual }}}}")
    form.put(cells[1], "Signature Line", "Authorised signature 授权签字")


def signature(form: Form) -> None:
    """The seller's signature, at the right."""
    rows = form.rows(2, 100, TEXT_WIDTH - 100)
    for spare in (rows[0][0], rows[1][0]):
        form.put(spare, "Signature")
    _sign(form, [row[1] for row in rows], "For and on behalf of 代表", "company")
    form.gap()


def both_sign(form: Form) -> None:
    """Seller and buyer sign, with name, title and date."""
    half = (TEXT_WIDTH - 8) / 2
    rows = form.rows(2, half, 8, half)
    for side, label, name in ((0, "The Seller 卖方", "company"), (2, "The Buyer 买方", "customer")):
        _sign(form, [row[side] for row in rows], label, name)
        form.put(rows[1][side], "Signature", Label("Name and title 姓名职务"))
        form.put(rows[1][side], "Signature", Label("Date 日期"))
    form.gap()
