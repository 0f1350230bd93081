"""Commercial invoice 商业发票."""

from .freight import CARRIAGE, CREDIT, SHIPPED_ROUTE, cargo_facts, marks
from .kit import Fact, Form
from .parts import (
    CONTRACT,
    DOCUMENT,
    PO,
    SHIPMENT,
    closing,
    notify,
    opening,
    party,
    tax,
    title,
)
from .prices import price_table

_CONTRACT = Fact("Contract of 合同日期", "{{ contract.date | date }}", "contract")
_PRICE_TERM = Fact("Price term 价格条款", "{{ bill.price_term }}")


_IMPORT = Fact(
    "Import ref. 进口编号",
    "{{ logistics.clearance.import_number }}",
    "logistics.clearance.import_number",
)
_FREE = 'logistics.purpose in ("replacement", "return")'
_NO_CHARGE = (
    "{{ logistics.purpose.en | capitalize }}: the value is stated for customs only; no payment is "
    "due. {{ logistics.purpose.zh }}，金额仅供海关估价，无须付款。"
)
_PAID = f"deal.instalments and not lc and not {_FREE}"
_PAYMENT = Fact(
    "Payment 付款",
    "{% for p in (bill.instalments or deal.instalments) %}"
    "{% if not loop.first %}; {% endif %}"
    "{{ p.percent | percent }} {{ p.method }}, {{ p.when.en }}"
    "{% if bill.instalments %}: {{ order.currency }} "
    "{{ p.amount | money(order.currency) }}{% endif %}{% endfor %}",
    _PAID,
)
_PAY_TO = Fact(
    "Pay to 收款账户",
    "{{ bank.bank | english }}, SWIFT {{ bank.swift }}, {{ bank.account }}",
    f'bank and {_PAID} and ("T/T" in (deal.instalments | map(attribute="method"))'
    ' or "O/A" in (deal.instalments | map(attribute="method")))',
)
_BANK = Fact("Issuing bank 开证行", "{{ lc.issuing_bank }}", "lc.issuing_bank")


def _billed(form: Form) -> None:
    """Under a credit the invoice is made out to its applicant, in its words."""
    title(form)
    left = opening(form, (*DOCUMENT, CONTRACT, _CONTRACT, SHIPMENT, PO, *CREDIT, _IMPORT))
    with form.given(left, "not lc"):
        party(form, left, "Buyer 买方", "customer")
    with form.given(left, "lc"):
        form.put(left, "Party Label", "Applicant 开证申请人")
        form.put(left, "Party Name", "{{ lc.applicant.name }}")
        with form.given(left, "lc.applicant.address"):
            form.put(left, "Party Text", "{{ lc.applicant.address }}")
    tax(form, left)
    notify(form, left)
    form.put(left, "Cell End")


def draw() -> Form:
    """What is charged for one shipment."""
    form = Form("Commercial invoice 商业发票")
    _billed(form)
    form.facts((_PRICE_TERM, *SHIPPED_ROUTE), (*CARRIAGE, _BANK))
    with form.given(form.document, "lc.goods"):
        form.section("Goods as in the credit 信用证货物描述")
        form.put(form.document, "Body Text", "{{ lc.goods }}")
    price_table(form, "bill")
    with form.given(form.document, _FREE):
        form.put(form.document, "Body Strong", _NO_CHARGE)
        remarks = "packing.remarks"
        with form.given(form.document, remarks):
            form.put(form.document, "Body Text", f"{{{{ {remarks} | inline }}}}")
    for fact in (_PAYMENT, _PAY_TO):
        form.fact(form.document, fact, "Fact Line")
    left = closing(form, alone=False)
    cargo_facts(form, left)
    marks(form, left)
    return form
