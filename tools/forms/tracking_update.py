"""Tracking update 货物跟踪通报: where the goods are, and when they will arrive."""

from .freight import CARRIAGE, SHIPPED_ROUTE
from .kit import Fact, Form, Label
from .parts import ORDER, PO, SHIPMENT, closing, contact, heading
from .tables import Column, Line, line_table

_LAST = "(shipment.tracking | last)"
_BL = "shipment.transport_document"
_TIMES = (
    Fact("{{ shipment.transport_document.kind | inline }}", f"{{{{ {_BL}.number }}}}", _BL),
    Fact("ETD 预计开航", "{{ shipment.etd | time }}", "shipment.etd and not shipment.atd"),
    Fact("ATD 实际开航", "{{ shipment.atd | time }}", "shipment.atd"),
    Fact("ETA 预计到达", "{{ shipment.eta | time }}", "shipment.eta and not shipment.ata"),
    Fact("ATA 实际到达", "{{ shipment.ata | time }}", "shipment.ata"),
    Fact("Delivered 交付", "{{ shipment.delivered | time }}", "shipment.delivered"),
    Fact("Packages 件数", "{{ cargo.cartons | number }} {{ cargo.package }}", "cargo"),
    Fact("Containers 集装箱",
         "{% for c in shipment.containers %}{{ c.number }}, {{ c.type.en }}"
         "{% if not loop.last %}\n{% endif %}{% endfor %}", "shipment.containers"),
)  # fmt: skip
_NOW = (
    f"{{{{ {_LAST}.event | inline }}}}{{% if {_LAST}.place %}}, {{{{ {_LAST}.place | inline }}}}"
    f"{{% endif %}}   {{{{ {_LAST}.at | time }}}}"
)
_COLUMNS = (
    Column(46, "Time 时间", "{{ t.at | time }}"),
    Column(48, "Place 地点", "{{ t.place | inline }}"),
    Column(80, "Event 状态", (
        Line("{{ t.event | inline }}"),
        Line("New ETA 新预计到达 {{ t.eta | time }}", "Table Note", "t.eta"),
        Line("{{ t.note | bilingual }}", "Table Note", "t.note"),
    )),
)  # fmt: skip
_URL = "{{ shipment.tracking_url }}"
_OPENING = (
    "Please find below where your goods are today.",
    "现将贵司货物最新在途情况通报如下。",
)


def draw() -> Form:
    """The latest event first, then all of them."""
    form = Form("Tracking update 货物跟踪通报")
    contact(form, heading(form, "To 致", (ORDER, SHIPMENT, PO)))
    for words in _OPENING:
        form.put(form.document, "Body Text", words)
    form.section("Latest 最新动态")
    form.put(form.document, "Verdict", _NOW)
    form.facts((*CARRIAGE, *SHIPPED_ROUTE), _TIMES)
    with form.given(form.document, "shipment.tracking_url"):
        form.put(form.document, "Body Text", Label("Track at 查询网址  "), _URL)
    form.section("Events 在途记录")
    line_table(form, _COLUMNS, "t in shipment.tracking | reverse", keep="loop.last")
    form.put(closing(form), "Cell End")
    return form
