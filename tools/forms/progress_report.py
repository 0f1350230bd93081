"""Progress report 生产进度通报: what is done against the plan, problems, remedies."""

from .kit import Fact, Form
from .parts import ORDER, PO, closing, contact, heading
from .tables import Column, Line, line_table, some

_OPENING = (
    "We report the progress of your order as of {{ progress.date | date }}.",
    "现将贵司订单截至 {{ progress.date | date }} 的生产进度通报如下。",
)
_KEPT = (
    "{% if progress.delivery_kept %}The agreed delivery date will be kept. 可按约定交期交货。"
    "{% else %}The agreed delivery date cannot be kept as things stand. "
    "按目前进度，约定交期难以保证。"
    "{% endif %}"
)
_LEFT = (
    Fact("Latest shipment 最迟装运", "{{ making.latest_shipment | date }}",
         "making.latest_shipment"),
    Fact("Planned ready 计划完工", "{{ making.planned_ready | date }}", "making.planned_ready"),
)  # fmt: skip
_RIGHT = (
    Fact("Goods ready 预计货好", "{{ making.ready | date }}", "making.ready"),
    Fact("Days to spare 距装运期", "{{ making.spare }}",
         f"{some('making.spare')} and making.spare >= 0"),
    Fact("Days late 超出装运期", "{{ making.spare | abs }}",
         "making.spare and making.spare < 0"),
)  # fmt: skip
_END = Line("", "Cell End")


def _figure(name: str) -> tuple[Line, Line]:
    value = f"x.{name}"
    return (Line(f"{{{{ {value} | number }}}}", "Table Number", some(value)), _END)


_LINES = (
    Column(11, "No.\n序号", "{{ x.id }}"),
    Column(53, "Goods\n货物", (
        Line("{{ x.name | bilingual }}"),
        Line("{{ x.remark | inline }}", "Table Note", "x.remark"),
    )),
    Column(25, "Ordered\n订购", (
        *_figure("quantity")[:1],
        Line("{{ x.unit }}", "Table Note Number"),
    ), number=True),
    Column(21, "Planned\n应完成", _figure("due"), number=True),
    Column(22, "Done\n已完成", (
        Line("{{ x.done | number }}", "Table Number", some("x.done")),
        Line("{{ x.share | ratio }}", "Table Note Number", some("x.share")),
        _END,
    ), number=True),
    Column(20, "Packed\n已包装", _figure("packed"), number=True),
    Column(22, "Ready\n预计完工", (
        Line("{{ x.ready | date }}", given="x.ready"),
        Line("{{ x.finish | date }}", given="x.finish and not x.ready"),
        _END,
    )),
)  # fmt: skip
_MILESTONES = (
    Column(11, "No.\n序号", "{{ m.id }}"),
    Column(69, "Milestone\n节点", (
        Line("{{ m.what | bilingual }}"),
        Line("{{ m.goods | inline }}", "Table Note", "m.goods"),
    )),
    Column(25, "Planned\n计划完成", "{{ m.finish | date }}"),
    Column(27, "Finished\n实际完成", (
        Line("{{ m.finished | date }}", given="m.finished"),
        Line("expected 预计\n{{ m.expected | date }}", "Table Note",
             "m.expected and not m.finished"),
        _END,
    )),
    Column(42, "Status\n状态", (
        Line("Finished 已完成", given="m.finished"),
        Line("In work 进行中{% if m.percent %}, {{ m.percent | percent }}{% endif %}",
             given="m.started and not m.finished"),
        Line("To come 待开始", "Table Note", "not m.started and not m.finished"),
        Line("{{ m.slip }} day{% if m.slip > 1 %}s{% endif %} late 拖期{{ m.slip }}天",
             "Table Total", "m.slip and m.slip > 0"),
    )),
)  # fmt: skip
_PROBLEMS = (
    Column(11, "No.\n序号", "{{ p.id }}"),
    Column(73, "Problem\n问题", (
        Line("{{ p.what | bilingual }}"),
        Line("since 发现 {{ p.since | date }}", "Table Note", "p.since"),
        Line("Delay of delivery, days 影响交期（天） {{ p.delay_days }}",
             "Table Note", "p.delay_days"),
    )),
    Column(65, "Remedy\n补救措施", "{{ p.remedy | bilingual }}"),
    Column(25, "Due\n期限", (
        Line("{{ p.due | date }}", given="p.due and not p.solved"),
        Line("solved 已解决\n{{ p.solved | date }}", given="p.solved"),
        _END,
    )),
)  # fmt: skip


def draw() -> Form:
    """Whether the date is kept first; then figures, milestones, problems and remedies."""
    form = Form("Progress report 生产进度通报")
    contact(form, heading(form, "To 致", (ORDER, PO)))
    for text in _OPENING:
        form.put(form.document, "Body Text", text)
    form.put(form.document, "Body Strong", _KEPT)
    with form.given(form.document, "progress.summary"):
        form.put(form.document, "Body Text", "{{ progress.summary | bilingual }}")
    form.facts(_LEFT, _RIGHT)
    line_table(form, _LINES, "x in making.lines", keep="loop.last")
    with form.given(form.document, "making.milestones"):
        form.section("Milestones 节点")
        line_table(form, _MILESTONES, "m in making.milestones", keep="loop.last")
    with form.given(form.document, "progress.problems"):
        form.section("Problems and remedies 问题与措施")
        line_table(form, _PROBLEMS, "p in progress.problems", keep="loop.last")
    with form.given(form.document, "progress.photos"):
        form.section("Photographs 照片")
        with form.each(form.document, "p in progress.photos"):
            form.put(form.document, "Body Text", '{{ loop.index }}. {{ p.split("/") | last }}')
    form.put(closing(form), "Cell End")
    return form
