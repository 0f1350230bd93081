"""Quotation 报价单."""

from .freight import ROUTE
from .kit import Fact, Form
from .parts import ORDER, PO_BY_THEN, closing, contact, heading, remarks
from .prices import payment, price_table

VALID = Fact("Valid until 有效期至", "{{ quotation.valid_until | date }}", "quotation.valid_until")
PRICE_TERM = Fact("Price term 价格条款", "{{ offer.price_term }}", "offer.price_term")
LEAD_TIME = Fact(
    "Lead time 交货期",
    "{{ quotation.lead_time.days }} days {{ quotation.lead_time.from.en }}\n"
    "{{ quotation.lead_time.from.zh }}{{ quotation.lead_time.days }}天",
    "quotation.lead_time",
)
PARTIAL = Fact(
    "Partial shipment 分批",
    "{{ quotation.partial_shipment | inline }}",
    "quotation.partial_shipment",
)
TRANSHIPMENT = Fact(
    "Transhipment 转运", "{{ quotation.transhipment | inline }}", "quotation.transhipment"
)
_SAMPLES = (
    "{% if quotation.samples.quantity %}quantity 数量: "
    "{{ quotation.samples.quantity | number }}   {% endif %}"
    "{% if quotation.samples.days %}ready in 备样: "
    "{{ quotation.samples.days }} days 天   {% endif %}"
    "{% if quotation.samples.charge %}charge 样品费: {{ order.currency }} "
    "{{ quotation.samples.charge | money(order.currency) }}   "
    "{% elif quotation.samples.charge == 0 %}free of charge 免费   {% endif %}"
    "{% if quotation.samples.freight_by %}freight by 运费承担: "
    "{{ quotation.samples.freight_by | inline }}   {% endif %}"
    "{% if quotation.samples.refundable %}refunded on order 下单后退还   {% endif %}"
    "{% if quotation.samples.note %}{{ quotation.samples.note | inline }}{% endif %}"
)
TERMS = (
    Fact("Quality 品质", "{{ quotation.quality | bilingual }}", "quotation.quality"),
    Fact("Packing 包装", "{{ quotation.packing | bilingual }}", "quotation.packing"),
)
EXTRAS = (
    *TERMS,
    Fact("Price note 价格说明", "{{ quotation.composition_note | bilingual }}",
         "quotation.composition_note"),
    Fact("Samples 样品", _SAMPLES, "quotation.samples"),
    Fact("Changed 修订说明", "{{ quotation.reason | bilingual }}", "quotation.reason"),
)  # fmt: skip
_INSURED = (
    "{{ quotation.insurance.clauses }}, {{ quotation.insurance.cover | ratio }}"
    "{% for r in quotation.insurance.additional_risks %}, {{ r | inline }}{% endfor %}"
)
INSURANCE = Fact("Insurance 保险", _INSURED, "quotation.insurance")


def draw() -> Form:
    """Offer: prices with their composition, validity, lead time, payment."""
    form = Form("Quotation 报价单")
    contact(form, heading(form, "To 致", (VALID, ORDER, PO_BY_THEN)))
    form.facts((PRICE_TERM, LEAD_TIME, INSURANCE), (*ROUTE, PARTIAL, TRANSHIPMENT))
    price_table(form, "offer", offered=True, composition=True)
    payment(form, "offer")
    for fact in EXTRAS:
        form.fact(form.document, fact, "Fact Line")
    remarks(form, closing(form, alone=False), "quotation.remarks")
    return form
