"""Inspection report 检验报告."""

from .kit import Fact, Form
from .ooxml import keep_next
from .parts import ORDER, PO, heading
from .tables import Column, Line, line_table
from .theme import TEXT_WIDTH

_GOODS = (
    "{% if sampling %}{{ sampling.product | inline }}"
    "{% elif inspection.lot.item %}{{ inspection.lot.item | inline }}{% endif %}"
)
_LEFT = (
    Fact("Goods 货物", _GOODS, "sampling or inspection.lot.item"),
    Fact("Lot No. 批号", "{{ inspection.lot.id }}"),
    Fact("Lot size 批量", "{{ inspection.lot.size | number }}"),
    Fact("Cartons 箱数", "{{ inspection.lot.cartons | number }}", "inspection.lot.cartons"),
    Fact("Process 工序", "{{ inspection.process | inline }}", "inspection.process"),
    Fact("Place 检验地点", "{{ inspection.place_shown | inline }}", "inspection.place_shown"),
    Fact("Inspected on 检验日期", "{{ inspection.date | date }}"),
    Fact("Criteria 检验依据", "{{ inspection.criteria | bilingual }}", "inspection.criteria"),
)
_INSPECTOR = "inspection.inspector"
_RIGHT = (
    Fact("Sampling 抽样标准", "{{ inspection.standard }}", "inspection.standard"),
    Fact("Level 检验水平", "{{ inspection.level }}", "inspection.level"),
    Fact("Severity 宽严程度", "{{ inspection.severity | inline }}", "inspection.severity"),
    Fact("Code letter 样本字码", "{{ sampling.code }}", "sampling"),
    Fact("Sample 样本量", "{{ inspection.sample | number }}", "inspection.sample"),
    Fact("Inspector 检验员", f"{{{{ {_INSPECTOR} | person | inline }}}}", _INSPECTOR),
    Fact("Agency 检验机构", "{{ inspection.agency | inline }}", "inspection.agency"),
    Fact("Agency report 机构报告", "{{ inspection.report }}", "inspection.report"),
)
_CLASSES = (
    Column(46, "Class of defect 缺陷类别", "{{ c.name | inline }}"),
    Column(34, "AQL 接收质量限", "{{ c.aql }}"),
    Column(17, "n 样本", "{{ c.n | number }}", number=True),
    Column(15, "Ac 接收", "{{ c.ac }}", number=True),
    Column(15, "Re 拒收", "{{ c.re }}", number=True),
    Column(21, "Found 实际", "{{ c.found }}", number=True),
    Column(26, "Result 判定", (
        Line("{% if c.accepted %}Accepted 合格{% else %}Rejected 不合格{% endif %}"),)),
)  # fmt: skip
_DEFECTS = (
    Column(52, "Class 类别", (Line("{{ d.class | inline }}"),)),
    Column(96, "Defect 缺陷", (Line("{{ d.what | bilingual }}"),)),
    Column(26, "Count 数量", "{{ d.count | number }}", number=True),
)
_MEASURED = (
    Column(70, "Characteristic 项目", "{{ m.what | bilingual }}"),
    Column(38, "Required 要求", "{{ m.required }}"),
    Column(66, "Measured 实测", (
        Line('{{ m.values | join("; ") }}{% if m.unit %} {{ m.unit | english }}{% endif %}'),
        Line("Instrument 仪器 {{ m.instrument }}", "Table Note", "m.instrument"),
    )),
)  # fmt: skip
_CHECKS = (
    Column(140, "Checked 检查项目", (
        Line("{{ k.what | bilingual }}"),
        Line("{{ k.remark | bilingual }}", "Table Note", "k.remark"),
    )),
    Column(34, "Result 结果", "{% if k.passed %}Passed 合格{% else %}Failed 不合格{% endif %}"),
)  # fmt: skip


def _found(form: Form) -> None:
    with form.given(form.document, "sampling"):
        form.section("Sampling and result 抽样与结果")
        line_table(form, _CLASSES, "c in sampling.classes", keep="not loop.last")
    with form.given(form.document, "inspection.defects"):
        form.section("Defects found 缺陷记录")
        line_table(form, _DEFECTS, "d in inspection.defects")
    with form.given(form.document, "inspection.measured"):
        form.section("Measured values 实测值")
        line_table(form, _MEASURED, "m in inspection.measured")
    with form.given(form.document, "inspection.checks"):
        form.section("Other checks 其他检查")
        line_table(form, _CHECKS, "k in inspection.checks")
    with form.given(form.document, "inspection.remarks"):
        form.section("Remarks 备注")
        form.put(form.document, "Body Text", "{{ inspection.remarks | bilingual }}")
    with form.given(form.document, "inspection.photos"):
        form.section("Photographs 照片")
        with form.each(form.document, "p in inspection.photos"):
            form.put(form.document, "Body Text", '{{ loop.index }}. {{ p.split("/") | last }}')


def _verdict(form: Form) -> None:
    form.section("Verdict 检验结论")
    form.put(form.document, "Verdict", "{{ inspection.verdict | inline }}")
    with form.given(form.document, "sampling.previous"):
        earlier = "sampling.previous"
        counts = " · ".join(
            f"{short} {{{{ {earlier}.{name} }}}}"
            for short, name in (("CR", "critical"), ("MA", "major"), ("MI", "minor"))
        )
        words = f"Re-inspection of the lot inspected on {{{{ {earlier}.date }}}} 复检，前次检验: "
        words += f"{{{{ {earlier}.verdict | inline }}}} ({counts})"
        keep_next(form.put(form.document, "Body Text", words))


def _signed(form: Form) -> None:
    half = (TEXT_WIDTH - 8) / 2
    left, _, right = form.columns(half, 8, half)
    for cell, label, name, when in (
        (left, "Inspector 检验员", "inspection.inspector", "inspection.date | date"),
        (right, "Approved by 批准", "inspection.approved.by", "inspection.approved.at | time"),
    ):
        form.put(cell, "Signature Line", label)
        with form.given(cell, name):
            form.put(cell, "Body Text", f"{{{{ {name} | person | inline }}}}   {{{{ {when} }}}}")
        form.put(cell, "Cell End")
    form.gap()


def draw() -> Form:
    """Lot, plan, what was found and measured, verdict and who approved it."""
    form = Form("Inspection report 检验报告")
    heading(form, "For 客户", (ORDER, PO))
    form.facts(_LEFT, _RIGHT)
    _found(form)
    _verdict(form)
    _signed(form)
    return form
