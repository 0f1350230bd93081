"""Review result letter 评审结果反馈函: what became of the order, what else we offer."""

from .kit import Fact, Form
from .ooxml import keep_next
from .parts import ORDER, PO, SIDE, closing, contact, heading
from .prices import GOODS
from .tables import Column, Line, Span, line_table, total_row
from .theme import TEXT_WIDTH

_AGREED = "(contracted or offer)"
_LATEST = "contract.delivery.latest_shipment"
_VALUE = Fact(
    "Order value 金额",
    f"{{{{ order.currency }}}} {{{{ {_AGREED}.total | money(order.currency) }}}}",
    _AGREED,
)
_WHEN = Fact(  # a date that the letter does not accept is only what was asked for
    '{% if outcome.result == "accepted" %}Latest shipment 装运期'
    "{% else %}As ordered 原定装运期{% endif %}",
    f"{{{{ {_LATEST} | date }}}}",
    _LATEST,
)
_FACTS = (
    Fact("Told on 告知时间", "{{ outcome.sent | time }}", "outcome.sent"),
    ORDER,
    PO,
)
_SAID = {
    "accepted": (
        "We have reviewed your order and accept it: goods, quality and delivery can be met as "
        "agreed.",
        "贵司订单经我司评审通过，货物、质量和交期均可按约定满足。",
    ),
    "conditional": (
        "We have reviewed your order. We can accept it on the conditions below.",
        "贵司订单已经我司评审，在下列条件下可以接受。",
    ),
    "declined": (
        "We have reviewed your order and regret that we cannot accept it as it stands.",
        "贵司订单已经我司评审，很遗憾无法按现有条件接受。",
    ),
}
_COLUMNS = (
    Column(11, "No.\n序号", "{{ x.id }}"),
    Column(125, "Goods and specification\n货物与规格", GOODS),
    Column(38, "Quantity\n数量", (
        Line("{{ x.quantity | number }} {{ x.unit }}", "Table Number"),), number=True),
)  # fmt: skip
_ALTERNATIVES = (
    Column(14, "No.\n序号", "{{ a.id }}"),
    Column(120, "What we offer instead\n替代方案", "{{ a.text | bilingual }}"),
    Column(40, "Latest shipment\n最迟装运", (
        Line("{{ a.latest_shipment | date }}", given="a.latest_shipment"),
        Line("", "Cell End"),
    )),
)  # fmt: skip


def _result(form: Form) -> None:
    form.put(
        form.document, "Verdict", "{{ outcome.result.en | capitalize }} {{ outcome.result.zh }}"
    )
    for result, pair in _SAID.items():
        with form.given(form.document, f'outcome.result == "{result}"'):
            for text in pair:
                form.put(form.document, "Body Text", text)
    with form.given(form.document, "outcome.text"):
        form.put(form.document, "Body Strong", "{{ outcome.text | bilingual }}")


def _goods(form: Form) -> None:
    with form.given(form.document, _AGREED):
        form.section("Your order 所订货物")
        table = line_table(form, _COLUMNS, f"x in {_AGREED}.lines", keep="loop.last")
        total_row(
            form,
            table,
            Span(2, f"Total 合计   {{{{ {_AGREED}.price_term }}}}", "Table Total"),
            Span(1, f"{{{{ {_AGREED}.quantities }}}}"),
        )
    for fact in (_VALUE, _WHEN):
        form.fact(form.document, fact, "Fact Line")


def _answer(form: Form) -> None:
    """A slip for the customer's answer, where one is due."""
    with form.given(form.document, 'outcome.result != "accepted"'):
        form.section("Your answer 贵司答复")
        for words in (
            "☐  We agree. 同意。",
            "☐  We choose alternative No. ____ . 选择第____号方案。",
            "☐  We cannot agree. 不同意。",
        ):
            given = "outcome.alternatives" if "alternative" in words else ""
            with form.given(form.document, given):
                keep_next(form.put(form.document, "Body Text", words))
        left, _, _right = form.columns(SIDE, 4, TEXT_WIDTH - SIDE - 4)
        form.put(left, "Signature Line", "Customer's signature, date 客户签字、日期")


def draw() -> Form:
    """The result in words, the order it is about, alternatives, a slip for the answer."""
    form = Form("Review result letter 评审结果反馈函")
    contact(form, heading(form, "To 致", _FACTS))
    _result(form)
    _goods(form)
    with form.given(form.document, "outcome.alternatives"):
        form.section("Alternatives 替代方案")
        line_table(form, _ALTERNATIVES, "a in outcome.alternatives", keep="loop.last")
    form.put(closing(form), "Cell End")
    _answer(form)
    return form
