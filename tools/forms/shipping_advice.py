"""Shipping advice 发货通知."""

from .freight import CARRIAGE, CREDIT, SHIPPED_ROUTE, containers
from .kit import Fact, Form
from .parts import ORDER, PO, SHIPMENT, closing, contact, heading
from .tables import Column, Line, Span, line_table, total_row

_BL = "shipment.transport_document"
_OPENING = (
    "We are pleased to tell you that the goods below have been shipped.",
    "贵司所订下列货物已装运，特此通知。",
)
_UNINSURED = 'order.incoterm.rule in ["EXW", "FCA", "FAS", "FOB", "CFR", "CPT"]'
_REMINDER = (
    "The goods are not insured by us under {{ order.incoterm.rule }}. Please insure them now.",
    "按{{ order.incoterm.rule }}条件，我方未办理货物运输保险，请贵司即时投保。",
)
_DOCUMENT = (
    Fact("{{ shipment.transport_document.kind | inline }}", f"{{{{ {_BL}.number }}}}", _BL),
    Fact("Date of issue 签发日期", f"{{{{ {_BL}.date | date }}}}", f"{_BL}.date"),
    Fact("On board 装船日期", f"{{{{ {_BL}.on_board | date }}}}", f"{_BL}.on_board"),
    Fact("Master No. 主单号", f"{{{{ {_BL}.master_number }}}}", f"{_BL}.master_number"),
    Fact("Originals 正本份数", f"{{{{ {_BL}.originals }}}}", f"{_BL}.originals"),
    Fact("Release 放单方式", f"{{{{ {_BL}.release | inline }}}}", f"{_BL}.release"),
)
_KNOWN = "not doc.date or (t.at | date) <= doc.date"
_LATEST = (  # what had happened by the day of the advice
    f"{{% for t in shipment.tracking if {_KNOWN} %}}{{% if loop.last %}}{{{{ t.event | inline }}}}"
    "{% if t.place %}, {{ t.place | inline }}{% endif %}, {{ t.at | time }}{% endif %}{% endfor %}"
)
_TIMES = (
    Fact("Dispatched 发运时间", "{{ shipment.dispatched | time }}", "shipment.dispatched"),
    Fact("ETD 预计开航", "{{ shipment.etd | date }}", "shipment.etd and not shipment.atd"),
    Fact("ATD 实际开航", "{{ shipment.atd | date }}", "shipment.atd"),
    Fact("ETA 预计到达", "{{ shipment.eta | date }}", "shipment.eta"),
    Fact("Latest 最新动态", _LATEST,
         "shipment.tracking and "
         "(not doc.date or (shipment.tracking[0].at | date) <= doc.date)"),
    Fact("Track at 查询网址", "{{ shipment.tracking_url }}", "shipment.tracking_url"),
)  # fmt: skip
_INSURED = (
    Fact("Insurance policy 保险单", "{{ insurance.policy.number }}", "insurance.policy"),
    Fact("Insurer 保险人", "{{ insurance.insurer | inline }}", "insurance"),
    Fact("Insured value 保险金额",
         "{{ order.currency }} {{ insurance.insured | money(order.currency) }}",
         "insurance.insured"),
    Fact("Open cover 预约保险", "{{ insurance.policy.open_cover }}",
         "insurance.policy.open_cover"),
    Fact("Assured 被保险人", "{{ insurance.assured }}", "insurance.assured"),
    Fact("Deductible 免赔额", "{{ insurance.deductible | inline }}", "insurance.deductible"),
    Fact("Survey agent 查勘代理", "{{ insurance.survey_agent | bilingual }}",
         "insurance.survey_agent"),
    Fact("Claims at 赔付地", "{{ insurance.claims_payable_at | inline }}",
         "insurance.claims_payable_at"),
)  # fmt: skip
_COLUMNS = (
    Column(78, "Goods\n货物", "{{ x.name | bilingual }}"),
    Column(22, "Packages\n件数", "{{ x.cartons | number }}", number=True),
    Column(28, "Quantity\n数量", (
        Line("{{ x.quantity | number }} {{ x.unit }}", "Table Number"),), number=True),
    Column(22, "G.W. kg\n毛重", "{{ x.gross | kg }}", number=True),
    Column(24, "Volume m³\n体积", "{{ x.volume | m3 }}", number=True),
)  # fmt: skip


def _goods(form: Form) -> None:
    table = line_table(form, _COLUMNS, "x in cargo.lines", keep="loop.last")
    total_row(
        form,
        table,
        Span(1, "Total 合计", "Table Total"),
        Span(1, "{{ cargo.cartons | number }} {{ cargo.package }}"),
        Span(1, "{{ cargo.quantities }}"),
        Span(1, "{{ cargo.gross | kg }}"),
        Span(1, "{{ cargo.volume | m3 }}"),
        keep=True,
    )
    total_row(
        form,
        table,
        Span(2, "Invoice value 发票金额   {{ bill.price_term }}", "Table Total"),
        Span(3, "{{ order.currency }} {{ bill.total | money(order.currency) }}"),
        tags=("{%tr if bill %}", "{%tr endif %}"),
    )


def draw() -> Form:
    """Told at once after dispatch: vessel, dates, packages, value, and who insures."""
    form = Form("Shipping advice 发货通知")
    contact(form, heading(form, "To 致", (ORDER, SHIPMENT, PO, *CREDIT)))
    for text in _OPENING:
        form.put(form.document, "Body Text", text)
    form.facts((*CARRIAGE, *SHIPPED_ROUTE, *_TIMES), (*_DOCUMENT, *_INSURED))
    with form.given(form.document, _UNINSURED):
        for text in _REMINDER:
            form.put(form.document, "Body Strong", text)
    _goods(form)
    containers(form)
    form.put(closing(form), "Cell End")
    return form
