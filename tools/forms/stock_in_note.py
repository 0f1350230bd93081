"""Stock-in note 成品入库单: what came into the warehouse, on which inspection; Chinese first."""

from .kit import Fact, Form
from .parts import opening, signers, title
from .tables import Column, Line, Span, line_table, some, total_row

_BLOCK = (
    Fact("订单号 Order No.", "{{ order.number }}"),
    Fact("编号 No.", "{{ doc.number }}", "doc.number"),
    Fact("入库日期 Date", "{{ stock.date | date }}"),
)
_FROM = "stock.delivered_by"
_DELIVERED = (
    Fact("交库人 Delivered by",
         f"{{{{ {_FROM}.person | person | inline_zh }}}}", f"{_FROM}.person"),
    Fact("供应商 Supplier", "{{ stocked.supplier | bilingual_zh }}", "stocked.supplier"),
    Fact("采购单 Purchase", f"{{{{ {_FROM}.purchase }}}}", f"{_FROM}.purchase"),
    Fact("送货单 Note No.", f"{{{{ {_FROM}.note_number }}}}", f"{_FROM}.note_number"),
)  # fmt: skip
_END = Line("", "Cell End")
_LINES = (
    Column(10, "行号\nLine", "{{ x.id }}"),
    Column(50, "货物与规格\nGoods", (
        Line("{{ x.name | bilingual_zh }}"),
        Line("{{ x.spec | chinese }}", "Table Note", "x.spec"),
        Line("{{ x.product }}", "Table Note"),
        Line("{{ x.remark }}", "Table Note", "x.remark"),
    )),
    Column(20, "批号\nLot", "{{ x.lot }}"),
    Column(30, "检验依据\nInspection", (
        Line("{{ x.inspection }}"),
        Line("{{ x.verdict | inline_zh }}", given="x.verdict"),
        Line("{{ x.inspected | date }}", "Table Note", "x.inspected"),
    )),
    Column(22, "库位、外箱\nPlace, cartons", (
        Line("{{ x.location }}", given="x.location"),
        Line("外箱完好", "Table Note", "x.intact"),
        Line("外箱破损", "Table Total", "x.intact is not none and not x.intact"),
        _END,
    )),
    Column(20, "件数\nPackages", (
        Line("{{ x.cartons | number }}", "Table Number", some("x.cartons")), _END), number=True),
    Column(22, "数量\nQuantity", (
        Line("{{ x.quantity | number }}", "Table Number"),
        Line("{{ x.unit }}", "Table Note Number"),
    ), number=True),
)  # fmt: skip
_TOTALS = (
    Column(10, "行号\nLine", "{{ t.id }}"),
    Column(56, "货物\nGoods", "{{ t.name | inline_zh }}"),
    Column(24, "合同数量\nSold", (
        Line("{{ t.sold | number }}", "Table Number", some("t.sold")), _END), number=True),
    Column(20, "此前入库\nBefore", "{{ t.before | number }}", number=True),
    Column(20, "本次入库\nNow", "{{ t.now | number }}", number=True),
    Column(22, "累计入库\nIn stock", "{{ t.after | number }}", number=True),
    Column(22, "尚欠\nMissing", (
        Line("{{ t.missing | number }}", "Table Number", some("t.missing")), _END), number=True),
)  # fmt: skip


def draw() -> Form:
    """Lots with the inspections they rely on, packages, totals against the contract."""
    form = Form("Stock-in note 成品入库单")
    title(form, "zh", "en")
    left = opening(form, _BLOCK)
    form.put(left, "Party Label", "仓库 Warehouse")
    form.put(left, "Party Name", "{{ stock.warehouse | bilingual_zh }}")
    for fact in _DELIVERED:
        form.fact(left, fact, "Fact Short")
    form.put(left, "Cell End")
    table = line_table(form, _LINES, "x in stocked.lines", keep="loop.last")
    total_row(
        form,
        table,
        Span(4, "合计 Total", "Table Total"),
        Span(2, "{% if stocked.cartons %}{{ stocked.cartons | number }}{% endif %}"),
        Span(1, "{{ stocked.quantities }}"),
    )
    form.section("累计 Against the contract")
    line_table(form, _TOTALS, "t in stocked.totals", keep="loop.last")
    with form.given(form.document, "stock.note"):
        form.section("备注 Note")
        form.put(form.document, "Body Text", "{{ stock.note }}")
    by = "stock.checked"
    signers(
        form,
        Fact(
            "交库 Delivered by", f"{{{{ {_FROM}.person | person | chinese }}}}", f"{_FROM}.person"
        ),
        Fact("仓管 Keeper", "{{ stock.keeper | person | chinese }}   {{ stock.date }}"),
        Fact(
            "复核 Checked by",
            f"{{{{ {by}.by | person | chinese }}}}   {{{{ {by}.at | date }}}}",
            by,
        ),
    )
    return form
