"""Order review form 订单评审表: inside the house, Chinese first."""

from .kit import Fact, Form
from .parts import opening, party, title
from .tables import Column, Line, Span, line_table, total_row

_GIVEN = "deal or offer"
_AGREED = "(deal or offer)"
_BLOCK = (
    Fact("订单号 Order No.", "{{ order.number }}"),
    Fact("客户订单 PO No.", "{{ order.customer_po.number }}", "order.customer_po"),
    Fact("编号 No.", "{{ doc.number }}", "doc.number"),
    Fact("日期 Date", "{{ doc.date | date }}", "doc.date"),
)
_LEFT = (
    Fact("业务员 Salesperson", "{{ order.salesperson | person | inline_zh }}", "order.salesperson"),
    Fact("价格条款 Price term", f"{{{{ {_AGREED}.price_term }}}}", _GIVEN),
    Fact("要求交期 Requested", "{{ order.requested_delivery | date }}",
         "order.requested_delivery"),
    Fact("装运期 Latest shipment", "{{ contract.delivery.latest_shipment | date }}",
         "contract.delivery.latest_shipment"),
)  # fmt: skip
_RIGHT = (
    Fact("渠道 Channel", "{{ order.channel | inline_zh }}", "order.channel"),
    Fact(
        "启运地 From", "{{ order.transport.loading.name | inline_zh }}", "order.transport.loading"
    ),
    Fact(
        "目的地 To", "{{ order.transport.discharge.name | inline_zh }}", "order.transport.discharge"
    ),
)
_GOODS = (
    Column(11, "序号\nNo.", "{{ x.id }}"),
    Column(81, "货物与规格\nGoods and specification", (
        Line("{{ x.name | bilingual_zh }}"),
        Line("{{ x.spec | chinese }}", "Table Note", "x.spec"),
        Line("{{ x.detail | inline_zh }}", "Table Note", "x.detail"),
    )),
    Column(21, "数量\nQuantity", "{{ x.quantity | number }}", number=True),
    Column(13, "单位\nUnit", "{{ x.unit }}"),
    Column(21, "单价 {{ order.currency }}\nUnit price",
           "{{ x.price | price(order.currency) }}", number=True),
    Column(27, "金额 {{ order.currency }}\nAmount",
           "{{ x.amount | money(order.currency) }}", number=True),
)  # fmt: skip
_CONDITION = (
    "{{ loop.index }}. {{ c.text | chinese }}（{{ c.owner | chinese }}"
    "{% if c.due %}，期限 {{ c.due | date }}{% endif %}"
    "{% if c.met %}，已落实 {{ c.met | date }}{% else %}，未落实{% endif %}）"
)
_OPINIONS = (
    Column(24, "部门\nDepartment", "{{ x.department | bilingual_zh }}"),
    Column(28, "意见\nOpinion", "{{ x.opinion | bilingual_zh }}"),
    Column(36, "核查\nChecked", (
        Line("{% if k.ok %}√{% else %}×{% endif %} {{ k.zh }}", each="k in x.checks"),
        Line("", "Cell End"),
    )),
    Column(50, "条件与说明\nConditions and remarks", (
        Line(_CONDITION, each="c in x.conditions"),
        Line("{{ x.comment }}", given="x.comment"),
        Line("", "Cell End"),
    )),
    Column(36, "评审人与日期\nBy and dates", (
        Line("{{ x.by | chinese }}", given="x.by"),
        Line("提请 {{ x.asked | date }}", "Table Note", "x.asked"),
        Line("期限 {{ x.due | date }}", "Table Note", "x.due"),
        Line("答复 {{ x.answered | date }}", "Table Note", "x.answered"),
        Line("", "Cell End"),
    )),
)  # fmt: skip
_ALTERNATIVE = (
    "{{ a.id }}. {{ a.text | bilingual_zh }}"
    "{% if a.latest_shipment %}，最迟装运 {{ a.latest_shipment | date }}{% endif %}"
    "{% if a.chosen %}（客户选定 chosen）{% endif %}"
)
_OUTCOME = (
    Fact("告知客户 Told customer", "{{ outcome.sent | time }}", "outcome.sent"),
    Fact("告知人 Told by", "{{ outcome.by | person | chinese }}", "outcome.by"),
    Fact("结果 Result", "{{ outcome.result | inline_zh }}", "outcome.result"),
)  # fmt: skip
_ANSWER = (
    Fact("客户答复 Answer", "{{ outcome.customer_answer.verdict | inline_zh }}",
         "outcome.customer_answer"),
    Fact("答复时间 Answered", "{{ outcome.customer_answer.at | time }}",
         "outcome.customer_answer"),
    Fact("答复人 By", "{{ outcome.customer_answer.by }}", "outcome.customer_answer.by"),
)  # fmt: skip


def _order(form: Form) -> None:
    title(form, "zh", "en")
    party(form, opening(form, _BLOCK), "客户 Customer", "customer", "bilingual_zh")
    form.facts(_LEFT, _RIGHT)
    with form.given(form.document, _GIVEN):
        table = line_table(form, _GOODS, f"x in {_AGREED}.lines", keep="loop.last")
        total_row(
            form,
            table,
            Span(2, f"合计 Total   {{{{ {_AGREED}.price_term }}}}", "Table Total"),
            Span(2, f"{{{{ {_AGREED}.quantities }}}}"),
            Span(2, f"{{{{ order.currency }}}} {{{{ {_AGREED}.total | money(order.currency) }}}}"),
        )
    with form.given(form.document, "order.special_requirements"):
        form.section("特殊要求 Special requirements")
        form.put(form.document, "Body Text", "{{ order.special_requirements | bilingual_zh }}")


def _signed(form: Form) -> None:
    form.gap()
    cells = form.columns(52, 9, 52, 9, 52)
    labels = ("业务 Sales", "批准 Approved by", "日期 Date")
    for cell, label in zip(cells[::2], labels, strict=True):
        form.put(cell, "Signature Line", label)
    form.gap()


def draw() -> Form:
    """The order, every department's opinion and conditions, the conclusion, who was told."""
    form = Form("Order review form 订单评审表")
    _order(form)
    form.section("部门评审 Opinions")
    line_table(form, _OPINIONS, "x in opinions")
    with form.given(form.document, "conclusion"):
        form.section("评审结论 Conclusion")
        form.put(form.document, "Verdict", "{{ conclusion | inline_zh }}")
    with form.given(form.document, "outcome"):
        form.facts(_OUTCOME, _ANSWER)
        with form.given(form.document, "outcome.alternatives"):
            form.section("替代方案 Alternatives")
            with form.each(form.document, "a in outcome.alternatives"):
                form.put(form.document, "Body Text", _ALTERNATIVE)
    _signed(form)
    return form
