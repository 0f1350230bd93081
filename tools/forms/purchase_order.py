"""Purchase order 采购订单: to the supplier, Chinese first; no customer, no price of sale."""

from .kit import Fact, Form, Label
from .parts import opening, party, room, title
from .tables import Column, Line, Span, line_table, some, total_row
from .theme import TEXT_WIDTH

_HALF = (TEXT_WIDTH - 8) / 2
_DELIVERY, _INSPECTION, _BREACH = "purchase.delivery", "purchase.inspection", "purchase.breach"
_BLOCK = (
    Fact("编号 No.", "{{ doc.number }}", "doc.number"),
    Fact("日期 Date", "{{ purchase.date | date }}"),
    Fact("我方参考 Our ref.", "{{ order.number }}"),
    Fact("采购类别 Kind", "{{ purchase.kind | inline_zh }}"),
    Fact("供方报价 Your offer", "{{ purchase.offer }}", "purchase.offer"),
    Fact(
        "采购员 Purchaser",
        "{{ purchase.purchaser | person | inline_zh }}\n{{ purchase.purchaser }}",
    ),
)
_MONEY = "money(buying.currency)"
_LINES = (
    Column(10, "行号\nNo.", "{{ x.id }}"),
    Column(78, "货物、规格与质量\nGoods, specification, quality", (
        Line("{{ x.name | bilingual_zh }}", given="x.name"),
        Line("{{ x.spec | inline_zh }}", "Table Note", "x.spec"),
        Line("图样 Drawing {{ x.drawing }}", "Table Note", "x.drawing"),
        Line("质量 Quality {{ x.quality | inline_zh }}", "Table Note", "x.quality"),
        Line("{{ x.remark | inline_zh }}", "Table Note", "x.remark"),
        Line("", "Cell End"),
    )),
    Column(22, "交货期\nDelivery", (
        Line("{{ x.delivery | date }}", given="x.delivery"),
        Line("{{ purchase.delivery.date | date }}", given="not x.delivery"),
    )),
    Column(20, "数量\nQuantity", (
        Line("{{ x.quantity | number }}", "Table Number"),
        Line("{{ x.unit }}", "Table Note Number"),
    ), number=True),
    Column(18, "单价\nPrice", "{{ x.price | price(buying.currency) }}", number=True),
    Column(26, "金额 {{ buying.currency }}\nAmount", f"{{{{ x.amount | {_MONEY} }}}}", number=True),
)  # fmt: skip
_DAYS = "{% if p.days %}，{{ p.days }}天内 within {{ p.days }} days{% endif %}"
_PARTS = (
    Column(20, "比例 Share", "{{ p.percent | percent }}"),
    Column(44, "方式 Method", "{{ p.method | inline_zh }}"),
    Column(76, "时点 When", "{{ p.when | inline_zh }}" + _DAYS),
    Column(34, "金额 {{ buying.currency }}", f"{{{{ p.amount | {_MONEY} }}}}", number=True),
)
_SCHEDULE = (
    Column(34, "日期 Date", "{{ d.date | date }}"),
    Column(20, "行号 Line", "{{ d.line }}"),
    Column(80, "货物 Goods", "{{ d.name | inline_zh }}"),
    Column(40, "数量 Quantity", (
        Line("{{ d.quantity | number }} {{ d.unit }}", "Table Number"),), number=True),
)  # fmt: skip
_LATE_DAY = f"{{{{ {_BREACH}.late_delivery_percent_per_day | percent }}}}"
_LATE_PAID = f"{{{{ {_BREACH}.late_payment_percent_per_day | percent }}}}"
_READY, _OBJECT = (f"{{{{ {_INSPECTION}.{name}_days }}}}" for name in ("ready", "objection"))
_CAP = f"{_BREACH}.late_delivery_cap_percent"
_LATE = (
    f"供方每迟交一日，按迟交部分货款的{_LATE_DAY}支付违约金，最高{{{{ {_CAP} | percent }}}}。\n"
    f"Late delivery: {_LATE_DAY} of the late goods' price a day, "
    f"at most {{{{ {_CAP} | percent }}}}."
)
_LATE_PAYMENT = (
    f"需方每迟付一日，按迟付款的{_LATE_PAID}支付违约金。\n"
    f"Late payment: {_LATE_PAID} of the sum a day."
)
_TERMS = (
    Fact("质量要求 Quality", "{{ purchase.quality | bilingual_zh }}", "purchase.quality"),
    Fact("包装 Packing", "{{ purchase.packing | bilingual_zh }}", "purchase.packing"),
    Fact("交货 Delivery",
         f"{{{{ {_DELIVERY}.date | date }}}}，{{{{ {_DELIVERY}.by | inline_zh }}}}\n"
         f"{{{{ {_DELIVERY}.place | bilingual_zh }}}}"
         f"{{% if {_DELIVERY}.freight_by %}}\n运费承担 Freight: "
         f"{{{{ {_DELIVERY}.freight_by | inline_zh }}}}{{% endif %}}"),
    Fact("检验 Inspection",
         f"{{{{ {_INSPECTION}.at | inline_zh }}}}\n"
         f"{{{{ {_INSPECTION}.standard | bilingual_zh }}}}"),
    Fact("报检 Notice", f"提前{_READY}天通知 {_READY} days ahead", f"{_INSPECTION}.ready_days"),
    Fact("异议期 Objection", f"收货后{_OBJECT}天 {_OBJECT} days from receipt",
         f"{_INSPECTION}.objection_days"),
    Fact("质保期 Warranty", f"{{{{ {_INSPECTION}.warranty_months }}}}个月 months",
         f"{_INSPECTION}.warranty_months"),
    Fact("发票 Invoice",
         "{{ purchase.vat.invoice | inline_zh }}"
         "{% if purchase.vat.days %}，{{ purchase.vat.days }}天内 "
         "within {{ purchase.vat.days }} days{% endif %}\n"
         "{{ company.name.zh or company.name.en }}，税号 tax No. {{ company.uscc }}\n"
         "{{ (company.address.zh or company.address.en) }}，{{ company.phone }}", "purchase.vat"),
    Fact("违约责任 Breach", _LATE),
    Fact("", _LATE_PAYMENT, some(f"{_BREACH}.late_payment_percent_per_day")),
    Fact("质量责任 Defects", f"{{{{ {_BREACH}.defective | bilingual_zh }}}}",
         f"{_BREACH}.defective"),
    Fact("争议解决 Disputes", "{{ purchase.disputes | bilingual_zh }}", "purchase.disputes"),
)  # fmt: skip
_CONFIRMED = (
    Fact("确认 Confirmed",
         "{{ purchase.confirmation.verdict | inline_zh }}，{{ purchase.confirmation.at | date }}",
         "purchase.confirmation"),
    Fact("供方单号 Your No.", "{{ purchase.confirmation.reference }}",
         "purchase.confirmation.reference"),
    Fact("承诺交期 Promised", "{{ purchase.confirmation.promised | date }}",
         "purchase.confirmation.promised"),
)  # fmt: skip


def _prices(form: Form) -> None:
    table = line_table(form, _LINES, "x in buying.lines", keep="loop.last")
    included = "{% if purchase.vat.included %}，价内含税 included{% endif %}"
    for label, name in (
        ("不含税金额 Net", "net"),
        (f"增值税 VAT {{{{ purchase.vat.percent | percent }}}}{included}", "vat"),
    ):
        total_row(
            form,
            table,
            Span(3, label, "Table Note"),
            Span(3, f"{{{{ buying.{name} | {_MONEY} }}}}", "Table Note Number"),
            tags=("{%tr if purchase.vat %}", "{%tr endif %}"),
            keep=True,
        )
    total_row(
        form,
        table,
        Span(3, "合计 Total   {{ buying.quantities }}", "Table Total"),
        Span(3, f"{{{{ buying.currency }}}} {{{{ buying.total | {_MONEY} }}}}"),
        keep=True,
    )
    words = "\t{{ buying.words_zh }}\n{{ buying.words_en }}"
    form.put(form.document, "Fact Line", Label("大写 In words"), words)


def _conditions(form: Form) -> None:
    with form.given(form.document, "buying.schedule"):
        form.section("分批交货 Part deliveries")
        line_table(form, _SCHEDULE, "d in buying.schedule")
    form.section("付款 Payment")
    line_table(form, _PARTS, "p in buying.parts", keep="not loop.last")
    form.section("条款 Terms")
    for fact in _TERMS:
        form.fact(form.document, fact, "Fact Term")
    with form.given(form.document, "purchase.terms"):
        form.section("特别约定 Special terms")
        with form.each(form.document, "t in purchase.terms"):
            form.put(form.document, "Body Text", "{{ loop.index }}. {{ t | bilingual_zh }}")


def _signatures(form: Form) -> None:
    with form.given(form.document, "purchase.confirmation"):
        form.section("供方确认 Supplier's confirmation")
        for fact in _CONFIRMED:
            form.fact(form.document, fact, "Fact Term")
    room(form)
    above, below = form.rows(2, _HALF, 8, _HALF)
    for side, label, name in ((0, "需方 Buyer", "company"), (2, "供方 Supplier", "supplier")):
        form.put(above[side], "Signature", Label(label))
        form.put(above[side], "Signature", f"{{{{ {name}.name | bilingual_zh }}}}")
        form.put(below[side], "Signature Line", "签字盖章、日期 Signature, stamp, date")
    form.put(form.document, "Cell End")


def draw() -> Form:
    """What we buy from whom, to what quality, when and where, how it is paid."""
    form = Form("Purchase order 采购订单")
    title(form, "zh", "en")
    party(form, opening(form, _BLOCK), "供方 Supplier", "supplier", "bilingual_zh")
    with form.given(form.document, "purchase.cancelled"):
        form.put(form.document, "Body Strong",
                 "本单已取消 Cancelled {{ purchase.cancelled.date | date }}: "
                 "{{ purchase.cancelled.reason | inline_zh }}")  # fmt: skip
    _prices(form)
    _conditions(form)
    _signatures(form)
    return form
