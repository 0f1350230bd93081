"""Commercial invoice 商业发票."""

from .freight import CARRIAGE, CREDIT, DISCHARGE, LOADING, cargo_facts, marks
from .kit import Fact, Form
from .parts import ORDER, PO, TAX, closing, heading
from .prices import price_table

_CONTRACT = Fact("Contract of 合同日期", "{{ contract.date | date }}", "contract")
_PRICE_TERM = Fact("Price term 价格条款", "{{ bill.price_term }}")


def draw() -> Form:
    """What is charged for one shipment."""
    form = Form("Commercial invoice 商业发票")
    heading(form, "Buyer 买方", (ORDER, _CONTRACT, PO, *CREDIT, TAX), notify=True)
    form.facts((_PRICE_TERM, LOADING, DISCHARGE), CARRIAGE)
    price_table(form, "bill")
    left = closing(form)
    cargo_facts(form, left)
    marks(form, left)
    return form
