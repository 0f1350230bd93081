"""The inspection reports 检验报告: one form for the four kinds."""

from collections.abc import Callable

from .inside import chinese_first, columns_inside, facts_inside
from .kit import Fact, Form
from .ooxml import keep_next
from .parts import DOCUMENT, ORDER, PO, heading, hold, opening, title
from .tables import Column, Line, line_table
from .theme import TEXT_WIDTH

_NAME = Fact("Inspection 检验", "{{ sampling.name }}", "sampling")
_GOODS = (
    "{% if inspection.lot.item %}{{ inspection.lot.item | inline }}"
    "{% else %}{{ sampling.product | inline }}{% endif %}"
)
_LEFT = (
    Fact("Goods 货物", _GOODS, "inspection.lot.item or (sampling and sampling.product)"),
    Fact("Lot No. 批号", "{{ inspection.lot.id }}"),
    Fact(
        "Lot size 批量",
        "{{ inspection.lot.size | number }}{% if sampling %} {{ sampling.unit }}{% endif %}",
    ),
    Fact("Cartons 箱数", "{{ inspection.lot.cartons | number }}", "inspection.lot.cartons"),
    Fact("Place 检验地点", "{{ inspection.place_shown | inline }}", "inspection.place_shown"),
    Fact("Inspected on 检验日期", "{{ inspection.date | date }}"),
    Fact("Criteria 检验依据", "{{ inspection.criteria | bilingual }}", "inspection.criteria"),
)
_INSPECTOR = "inspection.inspector"
_SAMPLE = (
    "{{ inspection.sample | number }}"
    "{% if sampling and sampling.hundred_percent %} (100 %) 全检{% endif %}"
)
_RIGHT = (
    Fact("Sampling 抽样标准", "{{ inspection.standard }}", "inspection.standard"),
    Fact("Level 检验水平", "{{ inspection.level }}", "inspection.level"),
    Fact("Severity 宽严程度", "{{ inspection.severity | inline }}", "inspection.severity"),
    Fact("Code letter 样本字码", "{{ sampling.code }}", "sampling"),
    Fact("Sample 样本量", _SAMPLE, "inspection.sample"),
    Fact("Inspector 检验员", f"{{{{ {_INSPECTOR} | person | inline }}}}", _INSPECTOR),
    Fact("Agency 检验机构", "{{ inspection.agency | inline }}", "inspection.agency"),
    Fact("Agency report 机构报告", "{{ inspection.report }}", "inspection.report"),
)
_CLASSES = (
    Column(46, "Class of defect 缺陷类别", "{{ c.name | inline }}"),
    Column(34, "AQL 接收质量限", "{{ c.aql | inline }}"),
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


_TABLES = (
    ("Sampling and result 抽样与结果", _CLASSES, "c in sampling.classes", "sampling"),
    ("Defects found 缺陷记录", _DEFECTS, "d in inspection.defects", "inspection.defects"),
    ("Measured values 实测值", _MEASURED, "m in inspection.measured", "inspection.measured"),
    ("Other checks 其他检查", _CHECKS, "k in inspection.checks", "inspection.checks"),
)
_EARLIER = "sampling and sampling.previous"
_COUNTS = (
    "CR {{ sampling.previous.critical }} · MA {{ sampling.previous.major }} · "
    "MI {{ sampling.previous.minor }}"
)
_BEFORE = (
    "Re-inspection of the lot: {{ sampling.previous.name }} of {{ sampling.previous.date | date }} "
    "was {{ sampling.previous.verdict | english }} (" + _COUNTS + ")",
    "复检，前次检验 {{ sampling.previous.name }}（{{ sampling.previous.date | date }}）"
    "{{ sampling.previous.verdict | chinese }}（" + _COUNTS + "）",
)
_CONCERNED = (
    Fact("Process 工序", "{{ inspection.process | inline }}", "inspection.process"),
    Fact("Supplier 供应商", "{{ supplier.name | inline }}", "supplier"),
    Fact("Purchase order 采购单", "{{ inspection.purchase }}", "inspection.purchase"),
)


_NC = "inspection.nonconformity"
_GRANTED = f"{_NC}.concession"
_DECIDED = (
    Fact("处置 Disposition", f"{{{{ {_NC}.disposition | inline_zh }}}}"),
    Fact("数量 Quantity", f"{{{{ {_NC}.quantity | number }}}}", f"{_NC}.quantity"),
    Fact("期限 Due", f"{{{{ {_NC}.due | date }}}}", f"{_NC}.due"),
    Fact("责任人 Owner", f"{{{{ {_NC}.owner | person | inline_zh }}}}", f"{_NC}.owner"),
    Fact(
        "已通知 Told",
        f"{{% for t in {_NC}.told %}}{{{{ t | chinese }}}}"
        "{% if not loop.last %}、{% endif %}{% endfor %}"
        f"{{% if {_NC}.told_at %}}\n{{{{ {_NC}.told_at | time }}}}{{% endif %}}",
        f"{_NC}.told",
    ),
)
_CONCESSION = (
    Fact(
        "让步批准 Concession",
        f"{{{{ {_GRANTED}.by | person | inline_zh }}}} {{{{ {_GRANTED}.at | time }}}}",
        _GRANTED,
    ),
    Fact("理由 Reason", f"{{{{ {_GRANTED}.reason }}}}", _GRANTED),
    Fact(
        "客户同意 Agreed",
        f"{{% if {_GRANTED}.customer_agreed %}}是 yes{{% else %}}否 no{{% endif %}}",
        f"{_GRANTED}.customer_agreed or {_GRANTED}.customer_agreed is false",
    ),
    Fact("原因 Cause", f"{{{{ {_NC}.cause }}}}", f"{_NC}.cause"),
)


def _words(inside: bool) -> Callable[[str], str]:
    return chinese_first if inside else str


def _found(form: Form, inside: bool) -> None:
    say = _words(inside)
    for head, columns, loop, given in _TABLES:
        with form.given(form.document, given):
            form.section(say(head))
            keep = "not loop.last" if given == "sampling" else ""
            line_table(form, columns_inside(columns) if inside else columns, loop, keep=keep)
    with form.given(form.document, "inspection.remarks"):
        form.section(say("Remarks 备注"))
        form.put(form.document, "Body Text", say("{{ inspection.remarks | bilingual }}"))
    with form.given(form.document, "inspection.photos"):
        form.section(say("Photographs 照片"))
        with form.each(form.document, "p in inspection.photos"):
            form.put(form.document, "Body Text", '{{ loop.index }}. {{ p.split("/") | last }}')


def _verdict(form: Form, inside: bool) -> None:
    say = _words(inside)
    form.section(say("Verdict 检验结论"))
    form.put(form.document, "Verdict", say("{{ inspection.verdict | inline }}"))
    with form.given(form.document, _EARLIER):
        for words in reversed(_BEFORE) if inside else _BEFORE:
            keep_next(form.put(form.document, "Body Text", words))


def _decided(form: Form) -> None:
    """Inside the house: what becomes of a lot that was not accepted."""
    with form.given(form.document, _NC):
        form.section("不合格处置 Disposition")
        form.facts(_DECIDED, _CONCESSION)


def _signed(form: Form, inside: bool) -> None:
    half, say = (TEXT_WIDTH - 8) / 2, _words(inside)
    hold(form)
    left, _, right = form.columns(half, 8, half)
    for cell, label, name, when in (
        (left, "Inspector 检验员", "inspection.inspector", "inspection.date | date"),
        (right, "Approved by 批准", "inspection.approved.by", "inspection.approved.at | time"),
    ):
        form.put(cell, "Signature Line", say(label))
        with form.given(cell, name):
            words = say(f"{{{{ {name} | person | inline }}}}   {{{{ {when} }}}}")
            form.put(cell, "Body Text", words)
        form.put(cell, "Cell End")
    form.put(form.document, "Cell End")


def report(name: str, inside: bool = False) -> Form:
    """Lot, plan, what was found and measured, verdict and who approved it.

    Inside the house the Chinese comes first, and the supplier is named.
    """
    form = Form(name)
    if inside:
        title(form, "zh", "en")
        cell = opening(form, facts_inside((*DOCUMENT, _NAME, ORDER)))
        for fact in facts_inside(_CONCERNED):
            form.fact(cell, fact)
        form.put(cell, "Cell End")
        form.facts(facts_inside(_LEFT), facts_inside(_RIGHT))
    else:
        heading(form, "For 客户", (_NAME, ORDER, PO))
        form.facts(_LEFT, _RIGHT)
    _found(form, inside)
    _verdict(form, inside)
    if inside:
        _decided(form)
    _signed(form, inside)
    return form
