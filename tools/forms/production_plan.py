"""Production plan 生产计划表: lines, milestones, owners, slip, capacity, risks."""

from .kit import Fact, Form
from .ooxml import keep_next
from .parts import opening, signers, title
from .tables import Column, Line, line_table, some

_BLOCK = (
    Fact("订单号 Order No.", "{{ order.number }}"),
    Fact("编制日期 Planned", "{{ production.planned | date }}"),
    Fact("版次 Version", "{{ production.version }}", "production.version"),
    Fact("编号 No.", "{{ doc.number }}", "doc.number"),
)
_LEFT = (
    Fact("编制人 By", "{{ production.by | person | inline_zh }}"),
    Fact("计划完工 Planned ready", "{{ making.planned_ready | date }}", "making.planned_ready"),
    Fact("预计货好 Ready", "{{ making.ready | date }}", "making.ready"),
)
_RIGHT = (
    Fact("最迟装运 Latest shipment", "{{ making.latest_shipment | date }}",
         "making.latest_shipment"),
    Fact("距装运期 Days to spare", "{{ making.spare }} 天", some("making.spare")),
    Fact("进度截至 Progress until", "{{ making.reported | date }}", "making.reported"),
)  # fmt: skip
_END = Line("", "Cell End")
_LINES = (
    Column(10, "行号\nLine", "{{ x.id }}"),
    Column(56, "货物\nGoods", (
        Line("{{ x.name | bilingual_zh }}"),
        Line("{{ x.remark | inline_zh }}", "Table Note", "x.remark"),
    )),
    Column(28, "数量\nQuantity", (
        Line("{{ x.quantity | number }} {{ x.unit }}", "Table Number", some("x.quantity")),
        Line("日产 {{ x.per_day | number }}", "Table Note Number", some("x.per_day")),
        _END,
    ), number=True),
    Column(28, "计划\nPlanned", (
        Line("{{ x.start | date }}", given="x.start"),
        Line("{{ x.finish | date }}", given="x.finish"),
        _END,
    )),
    Column(26, "应完成\nDue", (
        Line("{{ x.due | number }}", "Table Number", some("x.due")), _END), number=True),
    Column(26, "已完成\nDone", (
        Line("{{ x.done | number }}", "Table Number", some("x.done")),
        Line("{{ x.share | ratio }}", "Table Note Number", some("x.share")),
        _END,
    ), number=True),
)  # fmt: skip
_MILESTONES = (
    Column(9, "序\nNo.", "{{ m.id }}"),
    Column(46, "节点\nMilestone", (
        Line("{{ m.what | bilingual_zh }}"),
        Line("{{ m.kind | inline_zh }}", "Table Note", "m.kind"),
        Line("{{ m.goods | chinese }}", "Table Note", "m.goods"),
        Line("前置 after {{ m.after }}", "Table Note", "m.after"),
        Line("{{ m.inspection }}", "Table Note", "m.inspection"),
        Line("{{ m.remark }}", "Table Note", "m.remark"),
    )),
    Column(26, "责任人\nOwner", (
        Line("{{ m.owner | bilingual_zh }}", given="m.owner"),
        Line("{{ m.supplier | chinese }}", "Table Note", "m.supplier"),
        _END,
    )),
    Column(38, "物料、设备、人员\nMeans", (
        Line("{{ r | chinese }}", "Table Note", each="r in m.means"), _END)),
    Column(24, "计划\nPlanned", (
        Line("{{ m.start | date }}"),
        Line("{{ m.finish | date }}"),
        Line("缓冲 {{ m.buffer }} 天", "Table Note", some("m.buffer")),
    )),
    Column(31, "实际\nActual", (
        Line("始 {{ m.started | date }}", given="m.started"),
        Line("毕 {{ m.finished | date }}", given="m.finished"),
        Line("预计 {{ m.expected | date }}", given="m.expected and not m.finished"),
        Line("{{ m.percent | percent }}", "Table Note", f"{some('m.percent')} and not m.finished"),
        Line("拖期 {{ m.slip }} 天 late", "Table Total", "m.slip and m.slip > 0"),
        Line("提前 {{ m.slip | abs }} 天 early", "Table Note", "m.slip and m.slip < 0"),
        Line("{{ m.why }}", "Table Note", "m.why"),
        _END,
    )),
)  # fmt: skip
_CAPACITY = (
    Column(70, "产线\nProduction line", (
        Line("{{ x.what | bilingual_zh }}"),
        Line("{{ x.remark }}", "Table Note", "x.remark"),
    )),
    Column(20, "行号\nLine", (Line("{{ x.line }}", given="x.line"), _END)),
    Column(32, "日产能\nA day", "{{ x.per_day | number }}", number=True),
    Column(26, "负荷\nLoad", (
        Line("{{ x.load_percent | percent }}", "Table Number", some("x.load_percent")), _END),
        number=True),
    Column(26, "所需天数\nDays", (
        Line("{{ x.days }}", "Table Number", some("x.days")), _END), number=True),
)  # fmt: skip
_RISKS = (
    Column(9, "序\nNo.", "{{ x.id }}"),
    Column(52, "风险\nRisk", (
        Line("{{ x.what }}"),
        Line("节点 Milestone {{ x.milestone }}", "Table Note", "x.milestone"),
        Line("预警 {{ x.sign }}", "Table Note", "x.sign"),
    )),
    Column(33, "可能性、影响\nLikelihood, effect", (
        Line("{{ x.likelihood | inline_zh }}"), Line("{{ x.effect | inline_zh }}"))),
    Column(50, "对策\nRemedy", "{{ x.remedy }}"),
    Column(30, "责任人、期限\nOwner, due", (
        Line("{{ x.owner | person | chinese }}"),
        Line("{{ x.due | date }}", "Table Note", "x.due"),
    )),
)  # fmt: skip


def _outputs(form: Form) -> None:
    text = "{{ x.line }}: {% for o in x.outputs %}{{ o.by | date }} {{ o.quantity | number }}"
    text += "{% if not loop.last %}; {% endif %}{% endfor %}"
    with form.each(form.document, "x in production.lines"):
        form.fact(form.document, Fact("累计产出 Output, line", text, "x.outputs"), "Fact Line")


def draw() -> Form:
    """What is made when, by whom, with what; and how far it is."""
    form = Form("Production plan 生产计划表")
    title(form, "zh", "en")
    left = opening(form, _BLOCK)
    with form.given(left, "customer"):
        form.put(left, "Party Label", "客户 Customer")
        form.put(left, "Party Name", "{{ customer.name | bilingual_zh }}")
    form.put(left, "Cell End")
    form.facts(_LEFT, _RIGHT)
    line_table(form, _LINES, "x in making.lines")
    _outputs(form)
    form.section("节点 Milestones")
    line_table(form, _MILESTONES, "m in making.milestones", keep="loop.last")
    with form.given(form.document, "production.capacity"):
        form.section("产能 Capacity")
        line_table(form, _CAPACITY, "x in production.capacity")
    with form.given(form.document, "production.risks"):
        form.section("风险与对策 Risks and remedies")
        line_table(form, _RISKS, "x in production.risks", keep="loop.last")
    for head, name in (("修订原因 Reason of the new version", "reason"), ("备注 Note", "note")):
        with form.given(form.document, f"production.{name}"):
            form.section(head)
            keep_next(form.put(form.document, "Body Text", f"{{{{ production.{name} }}}}"))
    by = "production.approved"
    signers(
        form,
        Fact(
            "编制 Planned by", "{{ production.by | person | chinese }}   {{ production.planned }}"
        ),
        Fact(
            "批准 Approved by",
            f"{{{{ {by}.by | person | chinese }}}}   {{{{ {by}.at | date }}}}",
            by,
        ),
    )
    return form
