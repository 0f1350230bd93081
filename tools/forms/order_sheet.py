"""Order sheet 订单表: all that a new order says, inside the house, Chinese first."""

from .goods import PRICED, ordered, priced
from .kit import Fact, Form, Label
from .parts import opening, party, signers, title

_PO = (
    "{{ order.customer_po.number }}"
    "{% if order.customer_po.date %}\n{{ order.customer_po.date | date }}{% endif %}"
)
_BLOCK = (
    Fact("订单号 Order No.", "{{ order.number }}"),
    Fact("客户订单 PO No.", _PO, "order.customer_po"),
    Fact("立项日期 Opened", "{{ order.opened | date }}"),
    Fact("编号 No.", "{{ doc.number }}", "doc.number"),
    Fact("日期 Date", "{{ doc.date | date }}", "doc.date"),
)
_TRANSPORT = "order.transport"
_LEFT = (
    Fact("业务员 Salesperson", "{{ order.salesperson | person | inline_zh }}"),
    Fact("渠道 Channel", "{{ order.channel | inline_zh }}"),
    Fact("币种 Currency", "{{ order.currency }}"),
    Fact("价格条款 Price term",
         "{{ order.incoterm.rule }} {{ order.incoterm.place }}, Incoterms® 2020"),
    Fact("要求交期 Requested", "{{ order.requested_delivery | date }}",
         "order.requested_delivery"),
    Fact("装运期 Latest shipment", "{{ agreed.delivery.latest_shipment | date }}", "agreed"),
    Fact("最终用户 End user", "{{ order.end_user | inline_zh }}", "order.end_user"),
)  # fmt: skip
_RIGHT = (
    Fact("运输方式 Mode", f"{{{{ {_TRANSPORT}.mode | inline_zh }}}}", _TRANSPORT),
    *(
        Fact(label, f"{{{{ {_TRANSPORT}.{name}.name | inline_zh }}}}", f"{_TRANSPORT}.{name}")
        for label, name in (
            ("启运地 From", "loading"),
            ("转运地 Via", "transhipment"),
            ("目的地 To", "discharge"),
            ("最终目的地 Final", "destination"),
        )
    ),
)
_INSPECTION = (
    Fact("机构 Agency", "{{ order.inspection.agency | inline_zh }}", "order.inspection.agency"),
    Fact("内容 Scope", "{{ order.inspection.scope | inline_zh }}", "order.inspection.scope"),
    Fact("地点 Place", "{{ order.inspection.place | inline_zh }}", "order.inspection.place"),
    Fact("费用 Paid by", "{{ order.inspection.paid_by | inline_zh }}", "order.inspection.paid_by"),
)
_CONTACT = (
    "{{ c.name }}{% if c.title %}, {{ c.title }}{% endif %}"
    "{% if c.phone or c.email %}\n{% endif %}"
    "{% if c.phone %}{{ c.phone }}   {% endif %}{% if c.email %}{{ c.email }}{% endif %}"
)


def _heading(form: Form) -> None:
    title(form, "zh", "en")
    left = opening(form, _BLOCK)
    party(
        form, left, "客户 Customer   {{ order.customer }}", "customer", "bilingual_zh", attn=False
    )
    with form.each(left, "c in customer.contacts"):
        form.put(left, "Party Text", Label("联系人 Contact  "), _CONTACT)


def _wishes(form: Form) -> None:
    with form.given(form.document, "order.special_requirements"):
        form.section("特殊要求 Special requirements")
        form.put(form.document, "Body Text", "{{ order.special_requirements | bilingual_zh }}")
    with form.given(form.document, "order.certificates"):
        form.section("所需证书 Certificates wanted")
        with form.each(form.document, "c in order.certificates"):
            form.put(form.document, "Body Text", "{{ loop.index }}. {{ c | inline_zh }}")
    with form.given(form.document, "order.inspection"):
        form.section("第三方检验 Third-party inspection")
        for fact in _INSPECTION:
            form.fact(form.document, fact)
    with form.given(form.document, "order.note"):
        form.section("内部备注 Note for the house")
        form.put(form.document, "Body Text", "{{ order.note }}")
    with form.given(form.document, "order.cancelled"):
        form.section("订单取消 Cancelled")
        form.put(form.document, "Body Strong",
                 "{{ order.cancelled.date | date }}   {{ order.cancelled.reason }}")  # fmt: skip


def draw() -> Form:
    """Customer, terms, route, goods (priced as soon as there are prices), wishes."""
    form = Form("Order sheet 订单表")
    _heading(form)
    form.facts(_LEFT, _RIGHT)
    with form.given(form.document, PRICED):
        priced(form)
    with form.given(form.document, "not deal and not offer"):
        ordered(form)
    _wishes(form)
    signers(form, Fact("业务 Sales", ""), Fact("批准 Approved by", ""), Fact("日期 Date", ""))
    return form
