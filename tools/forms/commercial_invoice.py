"""Commercial invoice 商业发票."""

from .freight import CARRIAGE, CREDIT, SHIPPED_ROUTE, cargo_facts, marks
from .kit import Fact, Form
from .parts import DOCUMENT, ORDER, PO, TAX, closing, notify, opening, party, title
from .prices import price_table

_CONTRACT = Fact("Contract of 合同日期", "{{ contract.date | date }}", "contract")
_PRICE_TERM = Fact("Price term 价格条款", "{{ bill.price_term }}")


_IMPORT = Fact(
    "Import ref. 进口编号",
    "{{ logistics.clearance.import_number }}",
    "logistics.clearance.import_number",
)
_BANK = Fact("Issuing bank 开证行", "{{ lc.issuing_bank }}", "lc.issuing_bank")


def _billed(form: Form) -> None:
    """Under a credit the invoice is made out to its applicant, in its words."""
    title(form)
    left = opening(form, (*DOCUMENT, ORDER, _CONTRACT, PO, *CREDIT, TAX, _IMPORT))
    with form.given(left, "not lc"):
        party(form, left, "Buyer 买方", "customer")
    notify(form, left)
    with form.given(left, "lc"):
        form.put(left, "Party Label", "Applicant 开证申请人")
        form.put(left, "Party Name", "{{ lc.applicant.name }}")
        with form.given(left, "lc.applicant.address"):
            form.put(left, "Party Text", "{{ lc.applicant.address }}")
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
    left = closing(form)
    cargo_facts(form, left)
    marks(form, left)
    return form
