"""Packing list 装箱单."""

from .freight import CARRIAGE, CREDIT, SHIPPED_ROUTE, containers, marks
from .kit import Fact, Form
from .parts import ORDER, PO, SHIPMENT, closing, heading, notify, remarks
from .tables import Column, Line, Span, line_table, total_row

_INVOICE = (
    Fact("Invoice No. 发票号", "{{ customs.invoice.number }}", "customs.invoice.number"),
    Fact("Invoice date 发票日期", "{{ customs.invoice.date | date }}", "customs.invoice"),
)
_PROTECTION = (
    ("Strength 加固", "strong"),
    ("Against damp 防潮", "damp"),
    ("Against shock 防震", "shock"),
)


def _each(total: str, each: str) -> tuple[Line, Line]:
    """The weight of all cartons over that of one."""
    return (
        Line(f"{{{{ x.{total} | kg }}}}", "Table Number"),
        Line(f"@ {{{{ x.{each} | kg }}}}", "Table Note Number"),
    )


_GOODS = (
    Line("{{ x.name | bilingual }}"),
    Line("Container {{ x.container }}", "Table Note", "x.container"),
)
_COLUMNS = (
    Column(21, "Carton No.\n箱号", "{{ x.carton_from }}-{{ x.carton_to }}"),
    Column(44, "Goods\n货物", _GOODS),
    Column(16, "Cartons\n箱数", "{{ x.cartons | number }}", number=True),
    Column(15, "Each\n每箱", "{{ x.per_carton | number }}", number=True),
    Column(18, "Quantity\n数量", (
        Line("{{ x.quantity | number }}", "Table Number"),
        Line("{{ x.unit }}", "Table Note Number"),
    ), number=True),
    Column(16, "N.W. kg\n净重", _each("net", "net_each"), number=True),
    Column(17, "G.W. kg\n毛重", _each("gross", "gross_each"), number=True),
    Column(27, "Volume m³ 体积\nSize cm 尺寸", (
        Line("{{ x.volume | m3 }}", "Table Number"),
        Line("{{ x.length }} × {{ x.width }} × {{ x.height }}", "Table Note Number"),
    ), number=True),
)  # fmt: skip


def _table(form: Form) -> None:
    table = line_table(form, _COLUMNS, "x in cargo.lines", keep="loop.last")
    total_row(
        form,
        table,
        Span(2, "Total 合计", "Table Total"),
        Span(1, "{{ cargo.cartons | number }}"),
        Span(2, "{{ cargo.quantities }}"),
        Span(1, "{{ cargo.net | kg }}"),
        Span(1, "{{ cargo.gross | kg }}"),
        Span(1, "{{ cargo.volume | m3 }}"),
        keep=True,
    )
    total_row(
        form,
        table,
        Span(8, "{{ cargo.cartons | number }} {{ cargo.package }} on {{ cargo.pallets }} pallets "
             "of {{ packing.pallets.length_cm }} × {{ packing.pallets.width_cm }} × "
             "{{ packing.pallets.height_cm }} cm, {{ packing.pallets.weight_kg | kg }} kg each "
             "when empty; weight and volume include the pallets. "
             "共{{ cargo.pallets }}托盘，毛重与体积含托盘。",
             "Table Note"),
        tags=("{%tr if cargo.pallets %}", "{%tr endif %}"),
    )  # fmt: skip
    total_row(
        form,
        table,
        Span(8, "Wood packaging is treated and marked under ISPM 15. "
             "木质包装已按ISPM 15处理并加施标识。", "Table Note"),
        tags=("{%tr if packing.pallets.ispm15 or packing.wood.ispm15 %}", "{%tr endif %}"),
    )  # fmt: skip
    total_row(
        form,
        table,
        Span(8, "No wood packaging material is used. 无木质包装。", "Table Note"),
        tags=("{%tr if packing.wood and not packing.wood.used %}", "{%tr endif %}"),
    )


def draw() -> Form:
    """What is in which carton, how heavy, how large, in which container."""
    form = Form("Packing list 装箱单")
    notify(form, heading(form, "Buyer 买方", (*_INVOICE, ORDER, SHIPMENT, PO, *CREDIT)))
    form.facts(SHIPPED_ROUTE, CARRIAGE)
    _table(form)
    containers(form)
    left = closing(form, alone=False)
    marks(form, left)
    for label, name in _PROTECTION:
        fact = f"packing.protection.{name}"
        form.fact(left, Fact(label, f"{{{{ {fact} | inline }}}}", fact), "Fact Short")
    remarks(form, left, "packing.remarks")
    return form
