"""The rows of a contract's terms: its own facts first, then the clauses chosen for it."""

from docx.table import Table, _Cell

from .clauses import Pair, around, clause, head, last_clause, listed, row, text, two_columns
from .kit import Form

_AMOUNT = "{{ order.currency }} {{ p.amount | money(order.currency) }}"
_WHEN, _WHEN_ZH = "{{ p.when.en }}", "{{ p.when.zh }}"
_TOLERANCE = "contract.tolerance"
_MORE, _LESS = f"{_TOLERANCE}.more_percent", f"{_TOLERANCE}.less_percent"
_SPREAD = f"+{{{{ {_MORE} | percent }}}} / -{{{{ {_LESS} | percent }}}}"
_OPTION = f"{_TOLERANCE}.at_option_of"
_LAST = "loop.last and c.number == (clauses | last).number"
_REMITTED = '"T/T" in (contracted.instalments | map(attribute="method"))'
_LATEST, _EARLIEST = "contract.delivery.latest_shipment", "contract.delivery.earliest_shipment"


def sides(name: str) -> Pair:
    """A bilingual fact in both columns; what has one language only stands in both."""
    return f"{{{{ {name} | english }}}}", f"{{{{ {name} | chinese }}}}"


def terms(form: Form) -> Table:
    """All rows; the signatures follow in the same table, so that no page has only them."""
    form.section("Terms 条款")
    table = two_columns(form)
    _quantity(form, table)
    _line_tolerances(form, table)
    _shipment(form, table)
    _payment(form, table)
    _inspection(form, table)
    _insured(form, table)
    _marks(form, table)
    _list(form, table, ("Documents", "单据"), "contract.documents")
    _list(form, table, ("Special terms", "特别约定"), "contract.special_terms", (
        "Where a special term differs from another term of this Contract, the special term "
        "prevails.",
        "特别约定与本合同其他条款不一致的，以特别约定为准。",
    ))  # fmt: skip
    with around(form, table, "{%tr for c in clauses %}", "{%tr endfor %}"):
        en, zh = sides("c.title")
        numbered = (f"{{{{ c.number }}}}. {en}", f"{{{{ c.number }}}}. {zh}")
        head(form, table, numbered)
        with around(form, table, "{%tr for p in c.paragraphs %}", "{%tr endfor %}"):
            last_clause(form, row(table, split=True), sides("p"), _LAST)
    return table


def _quantity(form: Form, table: Table) -> None:
    with around(form, table, f"{{%tr if {_MORE} or {_LESS} %}}", "{%tr endif %}"):
        text(form, clause(form, table, ("Quantity tolerance", "溢短装")), (
            f"{_SPREAD} in quantity and amount{{% if {_OPTION} %}}, at the option of "
            f"{{{{ {_OPTION}.en }}}}{{% endif %}}, at the unit price above.",
            f"数量与金额允许{_SPREAD}{{% if {_OPTION} %}}，由{{{{ {_OPTION}.zh }}}}选择"
            "{% endif %}，按上列单价计算。",
        ))  # fmt: skip


def _line_tolerances(form: Form, table: Table) -> None:
    """Tolerances that hold for one line only."""
    given = 'contract.lines | selectattr("tolerance") | list'
    more, less = ("{{ l.tolerance." + f"{side}_percent | percent }}}}" for side in ("more", "less"))
    with around(form, table, f"{{%tr if {given} %}}", "{%tr endif %}"):
        cells = clause(form, table, ("Tolerance by line", "分行溢短装"))
        listed(form, cells, 'l in (contract.lines | selectattr("tolerance"))', (
            f"Line {{{{ l.line }}}}: +{more} / -{less}.",
            f"第{{{{ l.line }}}}行：+{more} / -{less}。",
        ))  # fmt: skip


def _shipment(form: Form, table: Table) -> None:
    cells = clause(form, table, ("Shipment", "装运"))
    text(form, cells, (
        f"Not later than {{{{ {_LATEST} | date }}}}"
        f"{{% if {_EARLIEST} %}}, not before {{{{ {_EARLIEST} | date }}}}{{% endif %}}.",
        f"不迟于{{{{ {_LATEST} | date }}}}"
        f"{{% if {_EARLIEST} %}}，不早于{{{{ {_EARLIEST} | date }}}}{{% endif %}}。",
    ), _LATEST)  # fmt: skip
    for en, zh, name in (("From", "启运地", "loading"), ("To", "目的地", "discharge")):
        place = f"order.transport.{name}"
        there, there_zh = sides(f"{place}.name")
        text(form, cells, (f"{en} {there}.", f"{zh}：{there_zh}。"), place)
    for en, zh, key in (("Partial shipment", "分批装运", "partial_shipment"),
                        ("Transhipment", "转运", "transhipment")):  # fmt: skip
        name = f"contract.delivery.{key}"
        text(form, cells, (f"{en}: {{{{ {name}.en }}}}.", f"{zh}：{{{{ {name}.zh }}}}。"), name)
    more = "{% if not loop.last %}"
    each = "{{ l.line }}:\u00a0{{ l.quantity | number }}"
    lines = f"{{% for l in s.lines %}}line\u00a0{each}{more}; {{% endif %}}{{% endfor %}}"
    lines_zh = "{% for l in s.lines %}第{{ l.line }}行 {{ l.quantity | number }}" + (
        f"{more}；{{% endif %}}{{% endfor %}}"
    )
    latest = "{{ s.latest_shipment | date }}"
    listed(form, cells, "s in contract.delivery.schedule", (
        f"Shipment {{{{ s.shipment }}}}, not later than {latest}: {lines}.",
        f"第{{{{ s.shipment }}}}批，不迟于{latest}：{lines_zh}。",
    ))  # fmt: skip


def _payment(form: Form, table: Table) -> None:
    cells = clause(form, table, ("Payment", "付款"))
    share = "{{ p.percent | percent }}"
    listed(form, cells, "p in contracted.instalments", (
        f"{share} by {{{{ p.method }}}}, {_WHEN}: {_AMOUNT}.",
        f"{share}，{{{{ p.method }}}}，{_WHEN_ZH}：{_AMOUNT}。",
    ))  # fmt: skip
    bank, bank_zh = sides("bank.bank")
    text(form, cells, (
        f"To the Seller's account {{{{ bank.account }}}} with {bank}, SWIFT {{{{ bank.swift }}}}.",
        f"汇入卖方账户：{bank_zh}，SWIFT {{{{ bank.swift }}}}，账号 {{{{ bank.account }}}}。",
    ), f"bank and {_REMITTED}")  # fmt: skip
    _credit(form, cells)


def _credit(form: Form, cells: tuple[_Cell, _Cell]) -> None:
    """How the credit pays, where payment is by credit."""
    name = "contract.credit"
    text(form, cells, (
        f"The credit is available by {{{{ {name}.available_by.en }}}}"
        f"{{% if {name}.usance_days %}} at {{{{ {name}.usance_days }}}} days{{% endif %}}"
        f"{{% if {name}.confirmed %}}, confirmed by a bank in the Seller's country{{% endif %}}.",
        f"信用证以{{{{ {name}.available_by.zh }}}}方式兑用"
        f"{{% if {name}.usance_days %}}，期限{{{{ {name}.usance_days }}}}天{{% endif %}}"
        f"{{% if {name}.confirmed %}}，由卖方所在国的银行保兑{{% endif %}}。",
    ), f"{name}.available_by")  # fmt: skip
    place, place_zh = sides(f"{name}.expiry_place")
    text(form, cells, (
        f"The credit expires in {place}.", f"信用证到期地点：{place_zh}。",
    ), f"{name}.expiry_place")  # fmt: skip
    payer = f"{name}.charges_by"
    text(form, cells, (
        "Notwithstanding the clause on letters of credit, bank charges outside the Seller's "
        f"country are borne by {{{{ {payer}.en }}}}.",
        f"信用证条款虽有规定，卖方国家以外的银行费用由{{{{ {payer}.zh }}}}承担。",
    ), f'{payer} and {payer} != "buyer"')  # fmt: skip


def _insured(form: Form, table: Table) -> None:
    """Risks insured besides those of the clauses that the contract names."""
    name = "contract.insurance"
    risks = f"{name}.additional_risks"
    said, said_zh = (
        f"{{% for r in {risks} %}}{{{{ r.{lang} }}}}{{% if not loop.last %}}{mark}{{% endif %}}"
        "{% endfor %}"
        for lang, mark in (("en", "; "), ("zh", "；"))
    )
    with around(form, table, f"{{%tr if {risks} %}}", "{%tr endif %}"):
        text(form, clause(form, table, ("Additional risks", "附加险")), (
            f"Also insured by {{{{ {name}.by.en }}}}, at its own cost: {said}.",
            f"{{{{ {name}.by.zh }}}}并自担费用加保：{said_zh}。",
        ))  # fmt: skip


def _marks(form: Form, table: Table) -> None:
    with around(form, table, "{%tr if contract.marks %}", "{%tr endif %}"):
        cells = clause(form, table, ("Shipping marks", "唛头"))
        main = '{{ contract.marks.main | join("\\n") }}'
        text(form, cells, (main, main))
        side, side_zh = sides("contract.marks.side")
        text(form, cells, (f"Side mark: {side}.", f"侧唛：{side_zh}。"), "contract.marks.side")


def _inspection(form: Form, table: Table) -> None:
    with around(form, table, "{%tr if contract.inspection %}", "{%tr endif %}"):
        cells = clause(form, table, ("Inspection", "检验"))
        name = "contract.inspection"
        for en, zh, key in (("By", "检验机构", "agency"), ("Certificate", "证书", "certificate")):
            who, who_zh = sides(f"{name}.{key}")
            colon = "" if key == "agency" else ":"
            text(form, cells, (f"{en}{colon} {who}.", f"{zh}：{who_zh}。"), f"{name}.{key}")
        final = f"{name}.final"
        text(form, cells, (f"{{{{ {final}.en | capitalize }}}}.", f"{{{{ {final}.zh }}}}。"), final)
        payer = f"{name}.paid_by"
        text(form, cells, (f"At the cost of {{{{ {payer}.en }}}}.",
                           f"费用由{{{{ {payer}.zh }}}}承担。"), payer)  # fmt: skip


def _list(form: Form, table: Table, title: Pair, name: str, end: Pair | None = None) -> None:
    with around(form, table, f"{{%tr if {name} %}}", "{%tr endif %}"):
        en, zh = sides("d")
        number = "{{ loop.index }}. "
        head(form, table, title)
        with around(form, table, f"{{%tr for d in {name} %}}", "{%tr endfor %}"):
            text(form, row(table, split=True), (number + en, number + zh))
        if end:
            text(form, row(table), end)
