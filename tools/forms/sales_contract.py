"""Sales contract 销售合同: English and Chinese side by side."""

from docx.table import Table

from .contract_terms import terms
from .kit import Fact, Form, Label
from .parts import CONTRACT, DOCUMENT, PO, opening, party, sign, tax, title
from .prices import price_table
from .tables import new_row
from .theme import TEXT_WIDTH

_HALF = (TEXT_WIDTH - 8) / 2
_SIGNED = Fact("Signed at 签订地", "{{ contract.signed_at | inline }}", "contract.signed_at")
_REFERENCE = Fact(
    "Your ref. 买方编号", "{{ contract.buyer_reference }}", "contract.buyer_reference"
)
_OPENING = (
    "The Seller agrees to sell and the Buyer agrees to buy the goods below on the terms of this "
    "Contract.",
    "经买卖双方协商一致，卖方同意出售、买方同意购买下列货物，条款如下。",
)
_ORIGINALS = Fact("Originals 正本份数", "{{ contract.originals }}", "contract.originals")
_BUYER = "contract.signatories.buyer"
_SIGNATORIES = (
    "{% if contract.signatories.seller %}"
    "{{ contract.signatories.seller | person | inline }}{% endif %}",
    f"{{% if {_BUYER} %}}{{{{ {_BUYER} }}}}{{% endif %}}"
    f"{{% if {_BUYER}_title %}}, {{{{ {_BUYER}_title }}}}{{% endif %}}",
)


def _opening(form: Form) -> None:
    title(form)
    left = opening(form, (*DOCUMENT, _SIGNED, CONTRACT, PO, _REFERENCE, _ORIGINALS))
    for words in _OPENING:
        form.put(left, "Body Text", words)
    seller, _, buyer = form.columns(_HALF, 8, _HALF, style="Facts Table")
    party(form, seller, "The Seller 卖方", "company")
    with form.given(seller, "company.representative"):
        form.put(seller, "Party Text", Label("Represented by 法定代表人  "),
                 "{{ company.representative | inline }}")  # fmt: skip
    party(form, buyer, "The Buyer 买方", "customer")
    tax(form, buyer)


def _signatures(form: Form, table: Table) -> None:
    above, below = new_row(table).cells, new_row(table).cells
    for side, label, name in ((0, "The Seller 卖方", "company"), (2, "The Buyer 买方", "customer")):
        sign(form, (above[side], below[side]), label, name)
        who = Label("Name and title 姓名职务  ")
        form.put(below[side], "Signature", who, _SIGNATORIES[side // 2])
        form.put(below[side], "Signature", Label("Date 日期"))


def draw() -> Form:
    """Parties, goods and price, terms in two columns, both signatures."""
    form = Form("Sales contract 销售合同", serif=True)
    _opening(form)
    form.section("Goods and price 货物与价格")
    price_table(form, "contracted")
    _signatures(form, terms(form))
    form.put(form.document, "Cell End")
    return form
