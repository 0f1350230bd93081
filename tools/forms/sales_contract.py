"""Sales contract 销售合同: English and Chinese side by side."""

from docx.table import Table

from .clauses import around, clause, listed, text, two_columns
from .kit import Fact, Form
from .parts import DOCUMENT, ORDER, PO, both_sign, party, price_table, title
from .theme import TEXT_WIDTH

_HALF = (TEXT_WIDTH - 8) / 2
_SIGNED = Fact("Signed at 签订地", "{{ contract.signed_at | inline }}", "contract.signed_at")
_AMOUNT = "{{ order.currency }} {{ p.amount | money(order.currency) }}"
_MORE, _LESS = "contract.tolerance.more_percent", "contract.tolerance.less_percent"
_SPREAD = f"+{{{{ {_MORE} | percent }}}} / -{{{{ {_LESS} | percent }}}}"


def _sides(name: str) -> tuple[str, str]:
    """A bilingual fact in both columns; what has one language only stands in both."""
    return f"{{{{ {name}.en or {name}.zh }}}}", f"{{{{ {name}.zh or {name}.en }}}}"


def _opening(form: Form) -> None:
    title(form)
    left, _, right = form.columns(104, 4, TEXT_WIDTH - 108)
    form.put(left, "Body Text", "The Seller agrees to sell and the Buyer agrees to buy "
             "the goods below on the terms of this contract.")  # fmt: skip
    form.put(left, "Body Text", "经买卖双方协商一致，卖方同意出售、买方同意购买下列货物，条款如下。")
    for fact in (*DOCUMENT, _SIGNED, ORDER, PO):
        form.fact(right, fact, "Fact Short")
    form.gap()
    seller, _, buyer = form.columns(_HALF, 8, _HALF, style="Facts Table")
    party(form, seller, "The Seller 卖方", "company")
    party(form, buyer, "The Buyer 买方", "customer")


def _quantity(form: Form, table: Table) -> None:
    with around(form, table, f"{{%tr if {_MORE} or {_LESS} %}}", "{%tr endif %}"):
        text(form, clause(form, table, ("Quantity tolerance", "溢短装")), (
            f"{_SPREAD} in quantity and amount, at the Seller's option and the unit price above.",
            f"数量与金额允许{_SPREAD}，由卖方选择，按上列单价计算。",
        ))  # fmt: skip


def _shipment(form: Form, table: Table) -> None:
    loading, loading_zh = _sides("order.transport.loading.name")
    discharge, discharge_zh = _sides("order.transport.discharge.name")
    sides = clause(form, table, ("Shipment", "装运"))
    text(form, sides, (
        "Not later than {{ contract.delivery.latest_shipment | date }}.",
        "最迟装运期：{{ contract.delivery.latest_shipment | date }}。",
    ), "contract.delivery.latest_shipment")  # fmt: skip
    text(form, sides, (f"From {loading}.", f"启运地：{loading_zh}。"), "order.transport.loading")
    text(form, sides, (f"To {discharge}.", f"目的地：{discharge_zh}。"), "order.transport.discharge")
    for en, zh, name in (("Partial shipment", "分批装运", "contract.delivery.partial_shipment"),
                         ("Transhipment", "转运", "contract.delivery.transhipment")):  # fmt: skip
        text(form, sides, (f"{en}: {{{{ {name}.en }}}}.", f"{zh}：{{{{ {name}.zh }}}}。"), name)


def _payment(form: Form, table: Table) -> None:
    sides = clause(form, table, ("Payment", "付款"))
    share = "{{ p.percent | percent }}"
    listed(form, sides, "p in deal.instalments", (
        f"{share} by {{{{ p.method }}}}, {{{{ p.when.en }}}}: {_AMOUNT}.",
        f"{share}，{{{{ p.method }}}}，{{{{ p.when.zh }}}}：{_AMOUNT}。",
    ))  # fmt: skip
    account = "SWIFT {{ bank.swift }}"
    bank, bank_zh = _sides("bank.bank")
    text(form, sides, (
        f"To the Seller's account {{{{ bank.account }}}} with {bank}, {account}.",
        f"汇入卖方账户：{bank_zh}，{account}，账号 {{{{ bank.account }}}}。",
    ), "bank")  # fmt: skip


def _terms(form: Form) -> None:
    form.section("Terms 条款")
    table = two_columns(form)
    _quantity(form, table)
    _shipment(form, table)
    _payment(form, table)
    with around(form, table, "{%tr if contract.marks %}", "{%tr endif %}"):
        marks = '{{ contract.marks.main | join("\\n") }}'
        text(form, clause(form, table, ("Shipping marks", "唛头")), (marks, marks))
    with around(form, table, "{%tr if contract.documents %}", "{%tr endif %}"):
        en, zh = _sides("d")
        sides = clause(form, table, ("Documents", "单据"))
        listed(form, sides, "d in contract.documents",
               (f"{{{{ loop.index }}}}. {en}", f"{{{{ loop.index }}}}. {zh}"))  # fmt: skip
    with around(form, table, "{%tr for c in clauses %}", "{%tr endfor %}"):
        en, zh = _sides("c.title")
        sides = clause(form, table, (f"{{{{ c.number }}}}. {en}", f"{{{{ c.number }}}}. {zh}"))
        text(form, sides, _sides("c.text"))


def draw() -> Form:
    """Parties, goods and price, terms in two columns, both signatures."""
    form = Form("Sales contract 销售合同", serif=True)
    _opening(form)
    form.section("Goods and price 货物与价格")
    price_table(form, "deal")
    _terms(form)
    form.gap()
    both_sign(form)
    return form
