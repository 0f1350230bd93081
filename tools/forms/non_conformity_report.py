"""Non-conformity report 不合格品通知单: to the supplier, or to our own workshop; no customer."""

from .kit import Fact, Form, Label
from .parts import DOCUMENT, ORDER, closing, opening, party, title
from .tables import Column, Line, line_table
from .theme import TEXT_WIDTH

_NC = "inspection.nonconformity"
_GOODS = (
    "{% if inspection.lot.item %}{{ inspection.lot.item | inline }}"
    "{% else %}{{ sampling.product | inline }}{% endif %}"
)
_REPORT = (
    Fact("Inspection 检验", "{{ sampling.name }} {{ inspection.date | date }}", "sampling"),
    Fact("Purchase 采购单", "{{ inspection.purchase }}", "inspection.purchase"),
)
_LEFT = (
    Fact("Goods 品名", _GOODS, "inspection.lot.item or (sampling and sampling.product)"),
    Fact("Lot No. 批号", "{{ inspection.lot.id }}"),
    Fact(
        "Lot size 批量",
        "{{ inspection.lot.size | number }}{% if sampling %} {{ sampling.unit }}{% endif %}",
    ),
    Fact("Process 工序", "{{ inspection.process | inline }}", "inspection.process"),
    Fact("Place 检验地点", "{{ (inspection.place_shown or inspection.place) | inline }}",
         "inspection.place_shown or inspection.place"),
)  # fmt: skip
_RIGHT = (
    Fact("Criteria 检验依据", "{{ inspection.criteria | bilingual }}", "inspection.criteria"),
    Fact("Sampling 抽样标准", "{{ inspection.standard }}, {{ inspection.level }}"),
    Fact("Sample 样本量", "{{ inspection.sample | number }}"),
    Fact(
        "Found 检出",
        "CR {{ inspection.found.critical }} · MA {{ inspection.found.major }} · "
        "MI {{ inspection.found.minor }}",
    ),
    Fact("Verdict 结论", "{{ inspection.verdict | inline }}"),
)
_CLASSES = (
    Column(62, "Class of defect 缺陷类别", "{{ c.name | inline }}"),
    Column(32, "AQL", "{{ c.aql | inline }}"),
    Column(19, "n 样本", "{{ c.n | number }}", number=True),
    Column(19, "Ac 接收", "{{ c.ac }}", number=True),
    Column(19, "Re 拒收", "{{ c.re }}", number=True),
    Column(23, "Found 实际", "{{ c.found }}", number=True),
)
_DEFECTS = (
    Column(52, "Class 类别", "{{ d.class | inline }}"),
    Column(96, "Defect 不合格现象", "{{ d.what | bilingual }}"),
    Column(26, "Count 数量", "{{ d.count | number }}", number=True),
)
_MEASURED = (
    Column(70, "Characteristic 项目", "{{ m.what | bilingual }}"),
    Column(38, "Required 要求", "{{ m.required }}"),
    Column(66, "Measured 实测", (
        Line('{{ m.values | join("; ") }}{% if m.unit %} {{ m.unit | english }}{% endif %}'),)),
)  # fmt: skip
_FAILED = (
    Column(140, "Not met 不符合项", (
        Line("{{ k.what | bilingual }}"),
        Line("{{ k.remark | bilingual }}", "Table Note", "k.remark"),
    )),
    Column(34, "Result 结果", "Failed 不合格"),
)  # fmt: skip
_DECISION = (
    Fact("Quantity 数量",
         f"{{{{ {_NC}.quantity | number }}}}{{% if sampling %}} {{{{ sampling.unit }}}}"
         "{% endif %}", f"{_NC}.quantity"),
    Fact("Disposition 处置", f"{{{{ {_NC}.disposition | inline }}}}"),
    Fact("Answer by 答复期限", f"{{{{ {_NC}.due | date }}}}", f"{_NC}.due"),
)  # fmt: skip
_DONE = (
    Fact("Correction 纠正措施", f"{{{{ {_NC}.correction }}}}", f"{_NC}.correction"),
    Fact("Carried out 完成日期", f"{{{{ {_NC}.done | date }}}}", f"{_NC}.done"),
    Fact("Re-inspected 复检",
         "{{ sampling.next.name }} {{ sampling.next.date | date }} "
         "{{ sampling.next.verdict | inline }}", "sampling and sampling.next"),
)  # fmt: skip
_ASKED = (
    "Please tell us in writing the cause, what you do with this lot, and how you keep it from "
    "happening again. Goods of this lot must not be delivered or used until we agree.",
    "请书面答复原因、本批处置及防止再发措施。未经我司同意，本批不得交付或使用。",
)
_ANSWER = ("Cause 原因", "Correction of this lot 本批纠正", "Prevention 防止再发")


def _addressed(form: Form) -> None:
    title(form)
    left = opening(form, (*DOCUMENT, *_REPORT, ORDER))
    with form.given(left, "supplier"):
        party(form, left, "To 致", "supplier")
    with form.given(left, "not supplier"):
        form.put(left, "Party Label", "To 致")
        form.put(left, "Party Name", "Production 生产部门")
    form.put(left, "Cell End")


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
    failed = 'inspection.checks | rejectattr("passed") | list'
    with form.given(form.document, f"inspection.checks and {failed}"):
        form.section("Checks not passed 未通过项目")
        line_table(form, _FAILED, f"k in {failed}")


def _answer(form: Form) -> None:
    """The supplier's part: filled in here where it has answered, else room to write."""
    form.section("Your answer 答复")
    with form.given(form.document, f"not {_NC}.correction"):
        for words in _ASKED:
            form.put(form.document, "Body Text", words)
        rows = form.rows(3, 46, TEXT_WIDTH - 46, style="Grid Table")
        for row, label in zip(rows, _ANSWER, strict=True):
            form.put(row[0], "Table Text", label)
            form.put(row[1], "Room")
    with form.given(
        form.document, f"{_NC}.correction or {_NC}.done or (sampling and sampling.next)"
    ):
        form.facts(_DONE, ())


def draw() -> Form:
    """What was found, what we do with the lot, what the supplier must answer."""
    form = Form("Non-conformity report 不合格品通知单")
    _addressed(form)
    form.facts(_LEFT, _RIGHT)
    _found(form)
    form.section("Disposition 处置决定")
    form.facts(_DECISION, ())
    _answer(form)
    left = closing(form)
    form.put(left, "Signature", Label("Answered by 答复"))
    with form.given(left, "supplier"):
        form.put(left, "Signature", "{{ supplier.name | bilingual }}")
    with form.given(left, "not supplier"):
        form.put(left, "Signature", "Production\n生产部门")
    form.put(left, "Signature Line", "Name, date 姓名、日期")
    return form
