"""Proforma invoice 形式发票."""

from .freight import DISCHARGE, LOADING
from .kit import Form
from .parts import ORDER, PO, SALES, TAX, closing, heading, remarks
from .prices import bank, payment, price_table
from .quotation import INSURANCE, LEAD_TIME, PARTIAL, PRICE_TERM, TRANSHIPMENT, VALID


def draw() -> Form:
    """What the buyer needs to pay or to open a credit: prices, shipment, payment, bank."""
    form = Form("Proforma invoice 形式发票")
    heading(form, "Buyer 买方", (VALID, ORDER, PO, TAX, SALES))
    form.facts((PRICE_TERM, LOADING, DISCHARGE, INSURANCE), (LEAD_TIME, PARTIAL, TRANSHIPMENT))
    price_table(form, "offer")
    payment(form, "offer")
    bank(form)
    remarks(form, closing(form), "quotation.remarks")
    return form
