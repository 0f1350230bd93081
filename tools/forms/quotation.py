"""Quotation 报价单."""

from .freight import DISCHARGE, LOADING
from .kit import Fact, Form
from .parts import ORDER, PO, SALES, closing, heading, remarks
from .prices import MOQ, payment, price_table

VALID = Fact("Valid until 有效期至", "{{ quotation.valid_until | date }}", "quotation.valid_until")
PRICE_TERM = Fact("Price term 价格条款", "{{ offer.price_term }}", "offer.price_term")
LEAD_TIME = Fact(
    "Lead time 交货期",
    "{{ quotation.lead_time.days }} days from {{ quotation.lead_time.from.en }}\n"
    "{{ quotation.lead_time.from.zh }}起{{ quotation.lead_time.days }}天",
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
INSURANCE = Fact("Insurance 保险", "{{ quotation.insurance.clauses }}", "quotation.insurance")


def draw() -> Form:
    """Offer: prices with their composition, validity, lead time, payment."""
    form = Form("Quotation 报价单")
    heading(form, "To 致", (VALID, ORDER, PO, SALES))
    form.facts((PRICE_TERM, LOADING, DISCHARGE, INSURANCE), (LEAD_TIME, PARTIAL, TRANSHIPMENT))
    price_table(form, "offer", MOQ, composition=True)
    payment(form, "offer")
    remarks(form, closing(form), "quotation.remarks")
    return form
