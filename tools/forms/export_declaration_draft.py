"""Export declaration draft 报关单草单: the fields in the places where brokers look for them."""

from collections.abc import Sequence

from docx.table import _Cell

from .kit import Fact, Form
from .parts import DOCUMENT, SHIPMENT, contact, opening, title
from .tables import Column, Line, Span, line_table, total_row

Entry = tuple[str, str, str]
"""Label, value, and the fact without which the value stays blank."""

_TOOL = (
    "{% if shipment.vessel %}{{ shipment.vessel }}"
    "{% if shipment.voyage %}/{{ shipment.voyage }}{% endif %}"
    "{% elif shipment.flight %}{{ shipment.flight }}"
    "{% elif shipment.train %}{{ shipment.train }}"
    "{% elif logistics.booking.vessel %}{{ logistics.booking.vessel }}{% endif %}"
)
_PRODUCERS = (
    "{% for p in declaration.producers %}{{ p.name | chinese }}{% if p.uscc %} ({{ p.uscc }})"
    "{% endif %}{% if not loop.last %}\n{% endif %}{% endfor %}"
)
_PACKING = (
    "{% for p in declaration.packing %}{{ p.name }} ({{ p.code }})"
    "{% if not loop.last %}; {% endif %}{% endfor %}"
)


def _office(name: str) -> str:
    return (
        f"{{% if customs.{name}.name %}}{{{{ customs.{name}.name }}}} {{% endif %}}"
        f"({{{{ customs.{name}.code }}}})"
    )


def _choice(label: str, name: str) -> Entry:
    return label, f"{{{{ customs.{name}.zh }}}} ({{{{ customs.{name} }}}})", f"customs.{name}"


def _charge(label: str, name: str) -> Entry:
    amount = f"{{{{ declaration.{name}.amount | money(declaration.{name}.currency) }}}}"
    return label, f"{{{{ declaration.{name}.currency }}}}/{amount}/3", f"declaration.{name}"


def _yes(label: str, name: str) -> Entry:
    """A question answered with yes or no; blank where nobody wrote an answer."""
    no = f"{{% elif customs.{name} is false %}}否 No{{% endif %}}"
    return label, f"{{% if customs.{name} %}}是 Yes{no}", ""


_GRID = (62.0, 18.0, 19.0, 9.0, 28.0, 38.0)
_HEAD: Sequence[Sequence[tuple[int, Entry]]] = (
    (
        (1, ("境内发货人 Consignor", "{{ company.name | bilingual_zh }}\n{{ company.uscc }}"
              "{% if company.customs_registration %} / {{ company.customs_registration }}"
              "{% endif %}", "")),
        (2, ("出境关别 Customs of exit", _office("exit_customs"), "customs.exit_customs")),
        (2, ("申报地海关 Declared at", _office("declare_at"), "customs.declare_at")),
        (1, ("出口日期 / 申报日期 Dates",
              "{% if customs.declaration.exported %}{{ customs.declaration.exported | date }}"
              "{% endif %}{% if customs.declaration.declared %} / "
              "{{ customs.declaration.declared | date }}{% endif %}", "customs.declaration")),
    ),
    (
        (1, ("境外收货人 Consignee abroad", "{{ declaration.consignee | bilingual }}",
              "declaration.consignee")),
        (2, ("运输方式 Mode",
              "{{ declaration.transport.name }} ({{ declaration.transport.code }})", "")),
        (2, ("运输工具航次 Vessel", _TOOL, "")),
        (1, ("提运单号 B/L, AWB", "{{ declaration.bill }}", "declaration.bill")),
    ),
    (
        (1, ("生产销售单位 Producer", _PRODUCERS, "declaration.producers")),
        (2, _choice("监管方式 Regime", "regime")),
        (2, _choice("征免性质 Exemption", "exemption")),
        (1, ("许可证号 Licence", "{{ customs.licence }}", "customs.licence")),
    ),
    (
        (1, ("合同协议号 Contract", "{{ order.number }}", "")),
        (2, ("贸易国 Trading country", "{{ declaration.trade_country | inline_zh }}",
              "declaration.trade_country")),
        (2, ("运抵国 Destination", "{{ declaration.destination_country | inline_zh }}",
              "declaration.destination_country")),
        (1, ("指运港 Port of destination", "{{ declaration.destination_port | inline_zh }}",
              "declaration.destination_port")),
    ),
    (
        (1, ("包装种类 Packing", _PACKING, "")),
        (1, ("件数 Pkgs", "{{ declaration.packages | number }}", "")),
        (2, ("毛重 G.W. kg", "{{ cargo.gross | kg }}", "")),
        (1, ("净重 N.W. kg", "{{ cargo.net | kg }}", "")),
        (1, ("离境口岸 Port of exit",
              "{% if customs.exit_port %}{% if customs.exit_port.name %}"
              "{{ customs.exit_port.name }} {% endif %}({{ customs.exit_port.code }})"
              "{% elif declaration.exit_port %}{{ declaration.exit_port | inline_zh }}{% endif %}",
              "")),
    ),
    (
        (1, ("成交方式 Terms",
              "{{ declaration.term.name }} ({{ declaration.term.code }})   "
              "{{ order.incoterm.rule }} {{ order.incoterm.place }}", "")),
        (2, _charge("运费 Freight", "freight")),
        (2, _charge("保费 Insurance", "insurance")),
        (1, _charge("杂费 Other charges", "other")),
    ),
    (
        (5, ("随附单证及编号 Papers attached",
               "{% for a in customs.attached %}{{ a.kind }} {{ a.number }}"
               "{% if not loop.last %}; {% endif %}{% endfor %}", "customs.attached")),
        (1, ("海关编号 Declaration No.", "{{ customs.declaration.number }}",
              "customs.declaration")),
    ),
    (
        (6, ("标记唛码及备注 Marks and remarks",
               '{{ cargo.marks_main | join(" / ") }}'
               "{% if cargo.pallets %}   {{ cargo.cartons | number }} {{ cargo.package }}"
               "{% endif %}{% for c in shipment.containers %}   {{ c.number }} / {{ c.type.en }}"
               "{% endfor %}{% if customs.remarks %}\n{{ customs.remarks }}{% endif %}", "")),
    ),
)  # fmt: skip
_FOOT: Sequence[Sequence[tuple[int, Entry]]] = (
    (
        (1, _yes("特殊关系确认 Related", "related_parties")),
        (2, _yes("价格影响确认 Influenced", "price_influenced")),
        (3, _yes("支付特许权使用费确认 Royalties", "royalties")),
    ),
)
_SECOND = Line("{{ x.second.quantity | kg }} {{ x.second.unit }}", "Table Number", "x.second")
_COLUMNS = (
    Column(10, "项号\nNo.", "{{ x.number }}"),
    Column(75, "商品编号、名称、申报要素\nHS, goods, elements", (
        Line("{{ x.hs }}   {{ x.name | inline_zh }}"),
        Line("{{ x.elements }}", "Table Note", "x.elements"),
    )),
    Column(24, "数量及单位\nQuantities", (
        Line("{{ x.first.quantity | kg }} {{ x.first.unit }}", "Table Number", "x.first"),
        _SECOND,
        Line("{{ x.sold.quantity | number }} {{ x.sold.unit }}", "Table Number"),
    ), number=True),
    Column(22, "单价、总价\nPrices", (
        Line("{{ x.price | price(order.currency) }}", "Table Number"),
        Line("{{ x.amount | money(order.currency) }}", "Table Number"),
        Line("{{ order.currency }}", "Table Number"),
    ), number=True),
    Column(22, "原产、目的国\nOrigin, to", (
        Line("{{ x.origin | chinese }}", given="x.origin"),
        Line("{{ declaration.destination_country | chinese }}",
             given="declaration.destination_country"),
    )),
    Column(21, "货源、征免\nSource", (
        Line("{{ x.source.name }}{% if x.source.code %} ({{ x.source.code }}){% endif %}",
             given="x.source.name or x.source.code"),
        Line("{{ x.duty.name }} ({{ x.duty.code }})"),
    )),
)  # fmt: skip
_INVOICE = Fact("发票号 Invoice", "{{ customs.invoice.number }}", "customs.invoice.number")
_ANSWERED = " or ".join(  # customs wants no answers of an exporter in general trade
    f"customs.{name} or customs.{name} is false"
    for name in ("related_parties", "price_influenced", "royalties")
)
_REQUEST = (
    "草单，仅供报关行录入核对；有疑问请在申报前告知。 "
    "Draft for the broker to enter and check; please ask before declaring if in doubt."
)


def _grid(form: Form, rows: Sequence[Sequence[tuple[int, Entry]]]) -> None:
    """Rows of cells over so many columns of the grid, each with its small label above the value."""
    for cells, row in zip(form.rows(len(rows), *_GRID, style="Grid Table"), rows, strict=True):
        start = 0
        for columns, entry in row:
            last = start + columns - 1
            _entry(form, cells[start].merge(cells[last]) if columns > 1 else cells[start], entry)
            start += columns


def _entry(form: Form, cell: _Cell, entry: Entry) -> None:
    label, value, given = entry
    form.put(cell, "Grid Label", label)
    with form.given(cell, given):
        form.put(cell, "Grid Text", value)
    form.put(cell, "Cell End")


def _lines(form: Form) -> None:
    table = line_table(form, _COLUMNS, "x in declaration.lines", keep="loop.last")
    total_row(
        form,
        table,
        Span(3, "总价合计 Total", "Table Total"),
        Span(3, "{{ order.currency }} {{ declaration.total | money(order.currency) }}"),
    )


def _broker(form: Form) -> None:
    left = opening(form, (*DOCUMENT, _INVOICE, SHIPMENT))
    with form.given(left, "customs.broker"):
        form.put(left, "Party Label", "申报单位 Declaring agent")
        form.put(left, "Party Name", "{{ customs.broker.name }}")
        with form.given(left, "customs.broker.uscc"):
            form.put(left, "Party Text", "{{ customs.broker.uscc }}")
        with form.given(left, "customs.broker.registration"):
            form.put(left, "Party Text", "海关备案 Customs No. {{ customs.broker.registration }}")
    with form.given(left, "forwarder and not customs.broker"):
        form.put(left, "Party Label", "申报单位 Declaring agent")
        form.put(left, "Party Name", "{{ forwarder.name | bilingual_zh }}")
        with form.given(left, "forwarder.uscc"):
            form.put(left, "Party Text", "{{ forwarder.uscc }}")
    contact(form, left)
    form.put(left, "Cell End")


def draw() -> Form:
    """The head as on the declaration, then each line of goods, then the declarations asked for."""
    form = Form("Export declaration draft 报关单草单")
    title(form, "zh", "en")
    _broker(form)
    _grid(form, _HEAD)
    form.gap()
    _lines(form)
    form.gap()
    with form.given(form.document, _ANSWERED):
        _grid(form, _FOOT)
        form.gap()
    form.put(form.document, "Body Text", _REQUEST)
    return form
