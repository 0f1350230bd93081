"""Sales contract 销售合同: English and Chinese side by side."""

from docx.table import Table

from .clauses import around, clause, listed, text, two_columns
from .kit import Fact, Form
from .parts import DOCUMENT, ORDER, PO, both_sign, opening, party, title
from .prices import price_table
from .theme import TEXT_WIDTH

_HALF = (TEXT_WIDTH - 8) / 2
_SIGNED = Fact("Signed at 签订地", "{{ contract.signed_at | inline }}", "contract.signed_at")
_OPENING = (
    "The Seller agrees to sell and the Buyer agrees to buy the goods below on these terms.",
    "经买卖双方协商一致，卖方同意出售、买方同意购买下列货物，条款如下。",
)
_AMOUNT = "{{ order.currency }} {{ p.amount | money(order.currency) }}"
_WHEN = "{{ p.when.en }}{% if p.days %}, within {{ p.days }} days{% endif %}"
_WHEN_ZH = "{{ p.when.zh }}{% if p.days %}，{{ p.days }}天内{% endif %}"
_MORE, _LESS = "contract.tolerance.more_percent", "contract.tolerance.less_percent"
_SPREAD = f"+{{{{ {_MORE} | percent }}}} / -{{{{ {_LESS} | percent }}}}"


def _sides(name: str) -> tuple[str, str]:
    """A bilingual fact in both columns; what has one language only stands in both."""
    return f"{{{{ {name} | english }}}}", f"{{{{ {name} | chinese }}}}"


def _opening(form: Form) -> None:
    title(form)
    left = opening(form, (*DOCUMENT, _SIGNED, ORDER, PO))
    for words in _OPENING:
        form.put(left, "Body Text", words)
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
    sides = clause(form, table, ("Shipment", "装运"))
    text(form, sides, (
        "Not later than {{ contract.delivery.latest_shipment | date }}.",
        "最迟装运期：{{ contract.delivery.latest_shipment | date }}。",
    ), "contract.delivery.latest_shipment")  # fmt: skip
    for en, zh, name in (("From", "启运地", "loading"), ("To", "目的地", "discharge")):
        place = f"order.transport.{name}"
        there, there_zh = _sides(f"{place}.name")
        text(form, sides, (f"{en} {there}.", f"{zh}：{there_zh}。"), place)
    for en, zh, name in (("Partial shipment", "分批装运", "contract.delivery.partial_shipment"),
                         ("Transhipment", "转运", "contract.delivery.transhipment")):  # fmt: skip
        text(form, sides, (f"{en}: {{{{ {name}.en }}}}.", f"{zh}：{{{{ {name}.zh }}}}。"), name)


def _payment(form: Form, table: Table) -> None:
    sides = clause(form, table, ("Payment", "付款"))
    share = "{{ p.percent | percent }}"
    listed(form, sides, "p in deal.instalments", (
        f"{share} by {{{{ p.method }}}}, {_WHEN}: {_AMOUNT}.",
        f"{share}，{{{{ p.method }}}}，{_WHEN_ZH}：{_AMOUNT}。",
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
