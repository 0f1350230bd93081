"""Contract amendment 合同变更协议: before and after of every changed term, side by side."""

from docx.table import Table

from .clauses import around, clause, listed, text, two_columns
from .kit import Fact, Form, Label
from .ooxml import keep_next
from .parts import CONTRACT, DOCUMENT, PO, opening, party, sign, title
from .tables import Column, Line, Span, line_table, new_row, total_row
from .theme import TEXT_WIDTH

_HALF = (TEXT_WIDTH - 8) / 2
_NUMBER = Fact("Amendment 变更号", "{{ doc.name }}", "doc.name")
_CONTRACT = Fact("Contract of 合同日期", "{{ contract.date | date }}")
_SIGNED = Fact("Signed at 签订地", "{{ amendment.signed_at | inline }}", "amendment.signed_at")
_ASKED = Fact("Asked for by 提出方", "{{ amendment.asked.by | inline }}")
_ASKED_ON = Fact("Asked on 提出日期", "{{ amendment.asked.at | date }}")
_REFERENCE = Fact("Reference 对方文号", "{{ amendment.asked.reference }}",
                  "amendment.asked.reference")  # fmt: skip
_OPENING = (
    "The Seller and the Buyer agree to change Contract {{ order.number }} of "
    "{{ contract.date | date }} as follows.",
    "买卖双方协商一致，对{{ contract.date | date }}签订的{{ order.number }}号合同作如下变更。",
)
_REST = (
    "All other terms of the Contract stay as they are. This Amendment is part of the Contract and "
    "takes effect when both parties have signed it.",
    "合同其余条款不变。本协议为合同的组成部分，自双方签字之日起生效。",
)
_LANGUAGE = (
    "Where the two languages differ, the "
    '{% if contract.prevailing_language == "zh" %}Chinese{% else %}English{% endif %} text '
    "prevails.",
    "两种文字不一致时，以"
    '{% if contract.prevailing_language == "zh" %}中文{% else %}英文{% endif %}文本为准。',
)
_BUYER = "amendment.signatories.buyer"
_SIGNATORIES = (
    "{% if amendment.signatories.seller %}"
    "{{ amendment.signatories.seller | person | inline }}{% endif %}",
    f"{{% if {_BUYER} %}}{{{{ {_BUYER} }}}}{{% endif %}}"
    f"{{% if {_BUYER}_title %}}, {{{{ {_BUYER}_title }}}}{{% endif %}}",
)


def _was_is(value: str) -> tuple[Line, Line]:
    """The figure before, quietly, and the figure after."""
    return (
        Line(f"{{{{ x.before.{value} }}}}", "Table Note Number", "x.before"),
        Line(f"{{{{ x.after.{value} }}}}", "Table Number", "x.after"),
    )


_LINES = (
    Column(11, "No.\n行号", "{{ x.id }}"),
    Column(57, "Goods\n货物", (
        Line("{{ x.name | bilingual }}"),
        Line("{{ x.what | inline }}", "Table Note"),
    )),
    Column(22, "", (
        Line("before 原", "Table Note", "x.before"),
        Line("after 现", given="x.after"),
    )),
    Column(30, "Quantity\n数量", _was_is("quantity | number }} {{ x.unit"), number=True),
    Column(24, "Unit price\n单价 {{ order.currency }}",
           _was_is("price | price(order.currency)"), number=True),
    Column(30, "Amount\n金额 {{ order.currency }}",
           _was_is("amount | money(order.currency)"), number=True),
)  # fmt: skip


def _opening(form: Form) -> None:
    title(form)
    contract = (_SIGNED, CONTRACT, _CONTRACT, PO)
    left = opening(form, (_NUMBER, *DOCUMENT, *contract, _ASKED, _ASKED_ON, _REFERENCE))
    for words in _OPENING:
        form.put(left, "Body Text", words)
    form.put(left, "Body Text", Label("Reason 原因  "), "{{ amendment.reason | bilingual }}")
    seller, _, buyer = form.columns(_HALF, 8, _HALF, style="Facts Table")
    party(form, seller, "The Seller 卖方", "company")
    party(form, buyer, "The Buyer 买方", "customer")


def _lines(form: Form) -> None:
    with form.given(form.document, "changes.lines"):
        form.section("Goods and price 货物与价格")
        table = line_table(form, _LINES, "x in changes.lines", keep="loop.last")
        changed = ("{%tr if changes.total_changed %}", "{%tr endif %}")
        for label, name, style, keep in (
            ("Total before 原合同总额", "before", "Table Note", True),
            ("New total 变更后总额   {{ changes.after.price_term }}", "after", "Table Total", True),
        ):
            amount = (
                f"{{{{ order.currency }}}} {{{{ changes.{name}.total | money(order.currency) }}}}"
            )
            spans = (Span(3, label, style), Span(3, amount, f"{style} Number"))
            total_row(form, table, *spans, tags=changed, keep=keep)
        total_row(
            form, table,
            Span(3, "Total, unchanged 合同总额（不变）", "Table Total"),
            Span(3, "{{ order.currency }} {{ changes.after.total | money(order.currency) }}"),
            tags=("{%tr if not changes.total_changed %}", "{%tr endif %}"),
        )  # fmt: skip
        with form.given(form.document, "changes.total_changed"):
            words = "\t{{ changes.after.words_en }}\n{{ changes.after.words_zh }}"
            form.put(form.document, "Fact Line", Label("In words 大写"), words)


def _terms(form: Form) -> Table:
    form.section("Terms 条款")
    table = two_columns(form)
    with around(form, table, "{%tr for c in changes.terms %}", "{%tr endfor %}"):
        cells = clause(form, table, ("{{ c.title.en }}", "{{ c.title.zh }}"), split=True)
        for side, cell in enumerate(cells):
            filter_ = ("english", "chinese")[side]
            for words, name in (
                (("Before", "原")[side], "before"),
                (("After", "现")[side], "after"),
            ):
                said = f"{{{{ c.{name} | {filter_} }}}}"
                form.put(cell, "Clause Fact", Label(words), f"\t{said}")
    with around(form, table, "{%tr if amendment.other %}", "{%tr endif %}"):
        cells = clause(form, table, ("Other changes", "其他变更"), split=True)
        number = "{{ loop.index }}. "
        pair = (f"{number}{{{{ d | english }}}}", f"{number}{{{{ d | chinese }}}}")
        listed(form, cells, "d in amendment.other", pair)
    cells = clause(form, table, ("Other terms", "其余条款"))
    for pair in (_REST, _LANGUAGE):
        text(form, cells, pair)
    for cell in cells:
        for paragraph in cell.paragraphs:
            keep_next(paragraph)
    return table


def _signatures(form: Form, table: Table) -> None:
    above, below = new_row(table).cells, new_row(table).cells
    for side, label, name in ((0, "The Seller 卖方", "company"), (2, "The Buyer 买方", "customer")):
        sign(form, (above[side], below[side]), label, name)
        who = Label("Name and title 姓名职务  ")
        form.put(below[side], "Signature", who, _SIGNATORIES[side // 2])
        form.put(below[side], "Signature", Label("Date 日期"))


def draw() -> Form:
    """Which contract, why, what was and what is to be, both signatures."""
    form = Form("Contract amendment 合同变更协议", serif=True)
    _opening(form)
    _lines(form)
    _signatures(form, _terms(form))
    form.put(form.document, "Cell End")
    return form
