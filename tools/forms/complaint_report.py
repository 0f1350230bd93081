"""Complaint report 客户反馈处理单 (8D): inside the house, Chinese first, D0 to D8."""

from .kit import Fact, Form
from .parts import DOCUMENT, ORDER, opening, party, title
from .tables import Column, Line, Span, line_table, total_row

_F = "feedback"
_ABOUT = (
    "{% for a in feedback.about %}{{ a | chinese }}{% if not loop.last %}、{% endif %}{% endfor %}"
)
_BLOCK = (
    Fact("编号 No.", "{{ doc.number }}", "doc.number"),
    ORDER,
    Fact("批次 Shipment", "{{ feedback.shipment }}", "feedback.shipment"),
    Fact("客户编号 Reference", "{{ feedback.reference }}", "feedback.reference"),
    Fact("负责人 In charge", "{{ feedback.owner | person | inline_zh }}"),
)
_LEFT = (
    Fact("征询 Asked", "{{ feedback.asked.at | time }}", "feedback.asked"),
    Fact("收到 Received", "{{ feedback.received | time }}", "feedback.received"),
    Fact("反馈人 From", "{{ feedback.from }}", "feedback.from"),
    Fact("渠道 Came by", "{{ feedback.via | inline_zh }}", "feedback.via"),
    Fact("已告知受理 Taken up", "{{ feedback.acknowledged | time }}", "feedback.acknowledged"),
)
_RIGHT = (
    Fact("性质 Kind", "{{ feedback.kind | inline_zh }}", "feedback.kind"),
    Fact("涉及 About", _ABOUT, "feedback.about"),
    Fact("严重程度 Severity", "{{ feedback.severity | inline_zh }}", "feedback.severity"),
    Fact("答复期限 Due", "{{ feedback.due | date }}", "feedback.due"),
    Fact("客户索赔 Claimed",
         "{{ feedback.claimed.what | bilingual_zh }}{% if feedback.claimed.amount %}\n"
         "{{ order.currency }} {{ feedback.claimed.amount | money(order.currency) }}{% endif %}",
         "feedback.claimed"),
)  # fmt: skip
_GOODS = (
    Column(80, "涉及货物\nGoods concerned", "{{ x.name | bilingual_zh }}"),
    Column(30, "批号\nLot", (Line("{{ x.lot }}", given="x.lot"), Line("", "Cell End"))),
    Column(26, "箱号\nCartons", (Line("{{ x.cartons }}", given="x.cartons"),
                               Line("", "Cell End"))),
    Column(38, "数量\nQuantity", "{{ x.quantity | number }} {{ x.unit }}", number=True),
)  # fmt: skip
_TEAM = (
    Column(60, "成员 Member", "{{ t.person | person | inline_zh }}"),
    Column(114, "分工 Part", (Line("{{ t.part }}", given="t.part"), Line("", "Cell End"))),
)
_PROBLEM = (
    Fact("何问题 What", "{{ feedback.problem.what | bilingual_zh }}"),
    Fact("何处 Where", "{{ feedback.problem.where | inline_zh }}", "feedback.problem.where"),
    Fact("何时 When", "{{ feedback.problem.when | date }}", "feedback.problem.when"),
    Fact("不符合要求 Against", "{{ feedback.problem.requirement | inline_zh }}",
         "feedback.problem.requirement"),
    Fact("核查数量 Examined", "{{ feedback.problem.examined | number }}",
         "feedback.problem.examined"),
    Fact("不良数量 Defective", "{{ feedback.problem.defective | number }}",
         "feedback.problem.defective"),
    Fact("属实 Confirmed",
         "{% if feedback.problem.confirmed %}是 yes{% else %}否 no{% endif %}",
         "feedback.problem.confirmed or feedback.problem.confirmed is false"),
    Fact("以往情况 Before", "{{ feedback.problem.seen_before }}",
         "feedback.problem.seen_before"),
)  # fmt: skip
_OWNER = Line("{{ a.owner | person | chinese }}")
_DUE = (
    Line("期限 {{ a.due | date }}"),
    Line("完成 {{ a.done | date }}", given="a.done"),
    Line("未完成", "Table Note", given="not a.done"),
)
_VERIFIED = (
    Line("{{ a.verified.by | person | chinese }} {{ a.verified.on | date }} "
         "{% if a.verified.effective %}有效{% else %}无效{% endif %}", given="a.verified"),
    Line("{{ a.verified.how }}", "Table Note", "a.verified.how"),
    Line("待验证", "Table Note", "not a.verified"),
)  # fmt: skip
_CONTAINMENT = (
    Column(24, "范围 Where", "{{ a.where | chinese }}"),
    Column(76, "措施 Action", (
        Line("{{ a.what | bilingual_zh }}"),
        Line("核查 {{ a.checked | number }}{% if a.found or a.found == 0 %}，"
             "不良 {{ a.found | number }}{% endif %}", "Table Note", "a.checked"),
    )),
    Column(34, "责任人 Owner", (_OWNER,)),
    Column(40, "期限与完成 Due, done", _DUE),
)  # fmt: skip
_INVESTIGATED = (
    Fact("调查人 By", "{{ feedback.investigation.by | person | inline_zh }}"),
    Fact("完成 Finished", "{{ feedback.investigation.finished | time }}",
         "feedback.investigation.finished"),
    Fact("责任方 Responsible", "{{ feedback.investigation.responsible | inline_zh }}",
         "feedback.investigation.responsible"),
    Fact("责任部门 Department", "{{ feedback.investigation.department | inline_zh }}",
         "feedback.investigation.department"),
    Fact("调查情况 Findings", "{{ feedback.investigation.findings }}",
         "feedback.investigation.findings"),
)  # fmt: skip
_ROOT = (
    Column(22, "因素 Factor", "{{ c.factor | chinese }}"),
    Column(100, "根本原因 Root cause", (
        Line("{{ c.id }}. {{ c.cause }}"),
        Line("{{ loop.index }} → {{ w }}", "Table Note", each="w in c.why"),
    )),
    Column(52, "验证 Proved by", (Line("{{ c.proved }}", given="c.proved"),
                                Line("", "Cell End"))),
)  # fmt: skip
_ESCAPE = (
    Column(40, "应检出环节 Point", "{{ c.point }}"),
    Column(82, "流出原因 Escape cause", "{{ c.id }}. {{ c.cause }}"),
    Column(52, "验证 Proved by", (Line("{{ c.proved }}", given="c.proved"),
                                Line("", "Cell End"))),
)  # fmt: skip
_CORRECTIVE = (
    Column(70, "纠正措施 Corrective action", (
        Line("{{ a.id }}. {{ a.what | bilingual_zh }}"),
        Line("针对{{ a.against | chinese }}{% if a.cause %} {{ a.cause }}{% endif %}",
             "Table Note"),
        Line("选定理由：{{ a.why }}", "Table Note", "a.why"),
    )),
    Column(26, "责任人 Owner", (_OWNER,)),
    Column(34, "期限与完成 Due, done", _DUE),
    Column(44, "验证 Verified", _VERIFIED),
)  # fmt: skip
_PREVENTIVE = (
    Column(70, "预防措施 Preventive action", (
        Line("{{ a.id }}. {{ a.what | bilingual_zh }}"),
        Line("{{ a.kind | chinese }}{% if a.document %} {{ a.document }}{% endif %}",
             "Table Note"),
    )),
    Column(26, "责任人 Owner", (_OWNER,)),
    Column(34, "期限与完成 Due, done", _DUE),
    Column(44, "验证 Verified", _VERIFIED),
)  # fmt: skip
_SOLUTION = (
    Fact("方式 Kind", "{{ feedback.solution.kind | inline_zh }}"),
    Fact("货物 Goods",
         "{% for x in remedy.solved %}{{ x.name | chinese }} {{ x.quantity | number }} {{ x.unit }}"
         "{% if x.amount %}，{{ order.currency }} {{ x.amount | money(order.currency) }}{% endif %}"
         "{% if not loop.last %}\n{% endif %}{% endfor %}", "remedy.solved"),
    Fact("折让或退款 Amount",
         "{{ order.currency }} {{ feedback.solution.amount | money(order.currency) }}",
         "feedback.solution.amount"),
    Fact("合同依据 Basis", "{{ feedback.solution.basis | inline_zh }}",
         "feedback.solution.basis"),
    Fact("我方费用 Our cost",
         "{{ order.currency }} {{ feedback.solution.cost | money(order.currency) }}",
         "feedback.solution.cost"),
)  # fmt: skip
_OFFERED = (
    Fact("批准 Approved",
         "{{ feedback.solution.approved.by | person | chinese }} "
         "{{ feedback.solution.approved.at | time }}", "feedback.solution.approved"),
    Fact("告知客户 Told", "{{ feedback.solution.sent | time }}", "feedback.solution.sent"),
    Fact("补发批次 Shipment", "{{ feedback.solution.shipment }}", "feedback.solution.shipment"),
    Fact("执行期限 Due", "{{ feedback.solution.due | date }}", "feedback.solution.due"),
    Fact("执行完毕 Done", "{{ feedback.solution.done | date }}", "feedback.solution.done"),
    Fact("客户答复 Answer",
         "{{ feedback.customer_answer.verdict | inline_zh }} "
         "{{ feedback.customer_answer.at | time }}", "feedback.customer_answer"),
)  # fmt: skip
_RECOURSE = (
    Column(44, "追偿对象 From",
           "{{ r.from | inline_zh }}{% if r.party %} {{ r.party }}{% endif %}"),
    Column(32, "提出 Claimed", "{{ r.claimed | date }}"),
    Column(46, "金额 Amount", "{{ r.currency }} {{ r.amount | money(r.currency) }}", number=True),
    Column(52, "结果 Settled", (
        Line("{{ r.settled | date }}", given="r.settled"),
        Line("{{ r.currency }} {{ r.got | money(r.currency) }}", given="r.got"),
        Line("{{ r.note }}", "Table Note", "r.note"),
        Line("", "Cell End"),
    )),
)  # fmt: skip
_CLOSED = (
    Fact("结案 Closed", "{{ feedback.closure.closed | date }}"),
    Fact("批准 Approved",
         "{{ feedback.closure.approved.by | person | chinese }} "
         "{{ feedback.closure.approved.at | time }}"),
    Fact("客户认可 Content",
         "{% if feedback.closure.content %}是 yes{% else %}否 no{% endif %}",
         "feedback.closure.content or feedback.closure.content is false"),
    Fact("经验教训 Lessons", "{{ feedback.closure.lessons }}", "feedback.closure.lessons"),
    Fact("表彰 Recognition", "{{ feedback.closure.recognition }}",
         "feedback.closure.recognition"),
)  # fmt: skip
_COMPLAINT = "feedback.kind not in ('content', 'suggestion')"
_OPEN = "（未填写 not yet）"


def _section(form: Form, head: str, given: str) -> None:
    """A complaint has every head, so that what is still missing shows; praise what it has."""
    with form.given(form.document, f"{_COMPLAINT} or {given}"):
        form.section(head)
    with form.given(form.document, f"{_COMPLAINT} and not ({given})"):
        form.put(form.document, "Body Text", _OPEN)


def _table(form: Form, columns: tuple[Column, ...], name: str, loop: str) -> None:
    with form.given(form.document, name):
        line_table(form, columns, f"{loop} in {name}")
        form.gap()


def _told(form: Form) -> None:
    title(form, "zh", "en")
    party(form, opening(form, (*DOCUMENT[1:2], *_BLOCK)), "客户 Customer", "customer",
          "bilingual_zh")  # fmt: skip
    form.facts(_LEFT, _RIGHT)
    _section(form, "D0 客户反馈 What the customer said", "feedback.what")
    with form.given(form.document, "feedback.what"):
        form.put(form.document, "Body Text", "{{ feedback.what | bilingual_zh }}")
    with form.given(form.document, "remedy.affected"):
        table = line_table(form, _GOODS, "x in remedy.affected")
        total_row(
            form, table,
            Span(3, "合同金额 Value under the contract", "Table Total"),
            Span(1, "{{ order.currency }} {{ remedy.affected_value | money(order.currency) }}"),
            tags=("{%tr if remedy.affected_value %}", "{%tr endif %}"),
        )  # fmt: skip
    with form.given(form.document, "feedback.evidence"):
        form.put(form.document, "Body Text",
                 '证据 Evidence: {% for e in feedback.evidence %}{{ e.split("/") | last }}'
                 "{% if not loop.last %}; {% endif %}{% endfor %}")  # fmt: skip


def _found(form: Form) -> None:
    _section(form, "D1 小组 Team", f"{_F}.team")
    _table(form, _TEAM, f"{_F}.team", "t")
    _section(form, "D2 问题描述 Problem", f"{_F}.problem")
    with form.given(form.document, f"{_F}.problem"):
        form.facts(_PROBLEM, ())
    _section(form, "D3 临时围堵措施 Containment", f"{_F}.containment")
    _table(form, _CONTAINMENT, f"{_F}.containment", "a")
    causes = f"{_F}.investigation or {_F}.root_causes or {_F}.escape_causes"
    _section(form, "D4 原因 Root and escape cause", causes)
    with form.given(form.document, f"{_F}.investigation"):
        form.facts(_INVESTIGATED, ())
    _table(form, _ROOT, f"{_F}.root_causes", "c")
    _table(form, _ESCAPE, f"{_F}.escape_causes", "c")


def _done(form: Form) -> None:
    _section(form, "D5、D6 纠正措施的选定、实施与验证 Corrective action", f"{_F}.corrective")
    _table(form, _CORRECTIVE, f"{_F}.corrective", "a")
    _section(form, "D7 预防再发 Prevention", f"{_F}.preventive")
    _table(form, _PREVENTIVE, f"{_F}.preventive", "a")
    _section(form, "处理方案 Solution for the customer", f"{_F}.solution")
    with form.given(form.document, f"{_F}.solution"):
        form.facts(_SOLUTION, _OFFERED)
    with form.given(form.document, f"{_F}.recourse"):
        form.section("追偿 Recourse")
        line_table(form, _RECOURSE, f"r in {_F}.recourse")
    _section(form, "D8 结案 Closure", f"{_F}.closure")
    with form.given(form.document, f"{_F}.closure"):
        form.facts(_CLOSED, ())


def draw() -> Form:
    """What the customer said, then the eight disciplines, the solution and the closure."""
    form = Form("Complaint report 客户反馈处理单")
    _told(form)
    _found(form)
    _done(form)
    form.gap()
    cells = form.columns(52, 9, 52, 9, 52)
    labels = ("负责人 In charge", "质量 Quality", "批准 Approved by")
    for cell, label in zip(cells[::2], labels, strict=True):
        form.put(cell, "Signature Line", label)
    form.put(form.document, "Cell End")
    return form
