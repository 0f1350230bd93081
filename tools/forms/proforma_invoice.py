"""Proforma invoice 形式发票."""

from .freight import ROUTE
from .kit import Form
from .parts import ORDER, PO_BY_THEN, TAX, closing, contact, heading, remarks
from .prices import bank, payment, price_table
from .quotation import INSURANCE, LEAD_TIME, PARTIAL, PRICE_TERM, TERMS, TRANSHIPMENT, VALID


def draw() -> Form:
    """What the buyer needs to pay or to open a credit: prices, shipment, payment, bank."""
    form = Form("Proforma invoice 形式发票")
    contact(form, heading(form, "Buyer 买方", (VALID, ORDER, PO_BY_THEN, TAX)))
    form.facts((PRICE_TERM, LEAD_TIME, INSURANCE), (*ROUTE, PARTIAL, TRANSHIPMENT))
    price_table(form, "offer", offered=True)
    payment(form, "offer")
    for fact in TERMS:
        form.fact(form.document, fact, "Fact Line")
    left = closing(form, alone=False)
    bank(form, left)
    remarks(form, left, "quotation.remarks")
    return form
