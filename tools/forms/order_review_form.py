"""Order review form 订单评审表: inside the house, Chinese first."""

from .goods import AGREED, PAID, PRICED, priced
from .kit import Fact, Form
from .parts import opening, party, signers, title
from .tables import Column, Line, line_table

_BLOCK = (
    Fact("订单号 Order No.", "{{ order.number }}"),
    Fact("客户订单 PO No.", "{{ order.customer_po.number }}", "order.customer_po"),
    Fact("编号 No.", "{{ doc.number }}", "doc.number"),
    Fact("日期 Date", "{{ doc.date | date }}", "doc.date"),
)
_LEFT = (
    Fact("业务员 Salesperson", "{{ order.salesperson | person | inline_zh }}", "order.salesperson"),
    Fact("价格条款 Price term", f"{{{{ {AGREED}.price_term }}}}", PRICED),
    Fact("付款 Payment", PAID, f"({AGREED}).instalments"),
    Fact("要求交期 Requested", "{{ order.requested_delivery | date }}",
         "order.requested_delivery"),
    Fact("装运期 Latest shipment", "{{ agreed.delivery.latest_shipment | date }}",
         "agreed.delivery.latest_shipment"),
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
        Line("承诺完成 {{ x.promised | date }}", given="x.promised"),
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
    with form.given(form.document, PRICED):
        priced(form)
    with form.given(form.document, "order.special_requirements"):
        form.section("特殊要求 Special requirements")
        form.put(form.document, "Body Text", "{{ order.special_requirements | bilingual_zh }}")


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
    signers(form, Fact("业务 Sales", ""), Fact("批准 Approved by", ""), Fact("日期 Date", ""))
    return form
