"""Survey result 满意度调查结果: inside the house, Chinese first."""

from .kit import Fact, Form
from .parts import opening, party, title
from .tables import Column, Line, Span, line_table, total_row

_BLOCK = (
    Fact("期间 Period", "{{ survey.period }}"),
    Fact("发出 Sent", "{{ survey.sent | date }}", "survey.sent"),
    Fact("回复期限 Wanted by", "{{ survey.answer_by | date }}", "survey.answer_by"),
    Fact("提醒 Reminded", "{{ survey.reminded | date }}", "survey.reminded"),
    Fact("回复 Answered", "{{ survey.answered | date }}", "survey.answered"),
)
_WHO = (
    Fact("订单 Orders", '{{ survey.orders | join(", ") }}', "survey.orders"),
    Fact("经办人 By", "{{ survey.by | person | inline_zh }}", "survey.by"),
    Fact("调查对象 To", "{{ survey.to }}", "survey.to"),
    Fact("回复人 Answered by", "{{ survey.answered_by }}", "survey.answered_by"),
)
_ANSWERS = (
    Fact("平均分 Mean", "{{ satisfaction.mean }} / 5", "satisfaction.mean"),
    Fact("已答项目 Answered", "{{ satisfaction.answered }} / {{ satisfaction.asked }}"),
    Fact("再次订货 Again", "{{ survey.again | inline_zh }}", "survey.again"),
    Fact("推荐意愿 Recommend", "{{ survey.recommend }} / 10",
         "survey.recommend or survey.recommend == 0"),
)  # fmt: skip
_COLUMNS = (
    Column(12, "序号\nNo.", "{{ loop.index }}"),
    Column(68, "调查项目\nQuestion", "{{ q.question | inline_zh }}"),
    Column(22, "评分\nScore", (
        Line("{{ q.score }}", "Table Number", "q.score and not q.low"),
        Line("{{ q.score }} ▼", "Table Total Number", "q.low"),
        Line("未答", "Table Note Number", "not q.score"),
    ), number=True),
    Column(72, "客户意见\nComment", (
        Line("{{ q.comment | bilingual_zh }}", given="q.comment"),
        Line("", "Cell End"),
    )),
)  # fmt: skip
_ACTIONS = (
    Column(78, "改进措施 Improvement", (
        Line("{{ a.id }}. {{ a.what }}"),
        Line("针对：{{ a.about | chinese }}", "Table Note", "a.about"),
        Line("效果：{{ a.result }}", "Table Note", "a.result"),
    )),
    Column(50, "责任 Owner", (
        Line("{{ a.owner | person | chinese }}"),
        Line("{{ a.department | chinese }}", "Table Note", "a.department"),
    )),
    Column(46, "期限与完成 Due, done", (
        Line("期限 {{ a.due | date }}"),
        Line("完成 {{ a.done | date }}", given="a.done"),
        Line("未完成", "Table Note", given="not a.done"),
    )),
)  # fmt: skip


def _texts(form: Form) -> None:
    for head, name, value in (
        ("建议 Suggestions", "survey.suggestions", "survey.suggestions | bilingual_zh"),
        ("分析 Analysis", "survey.analysis", "survey.analysis"),
    ):
        with form.given(form.document, name):
            form.section(head)
            form.put(form.document, "Body Text", f"{{{{ {value} }}}}")


def draw() -> Form:
    """Scores with their mean, comments, what we make of them and what we do."""
    form = Form("Survey result 满意度调查结果")
    title(form, "zh", "en")
    party(form, opening(form, _BLOCK), "客户 Customer", "customer", "bilingual_zh")
    form.facts(_WHO, _ANSWERS)
    table = line_table(form, _COLUMNS, "q in satisfaction.ratings", keep="loop.last")
    total_row(
        form, table,
        Span(2, "平均分 Mean", "Table Total"),
        Span(1, "{{ satisfaction.mean }}"),
        Span(1, "▼ 3分及以下，须有改进措施", "Table Note"),
        tags=("{%tr if satisfaction.mean %}", "{%tr endif %}"),
    )  # fmt: skip
    _texts(form)
    with form.given(form.document, "survey.actions"):
        form.section("改进措施 Improvement")
        line_table(form, _ACTIONS, "a in survey.actions")
    with form.given(form.document, "survey.reply"):
        form.section("回复客户 Reply")
        form.put(form.document, "Body Text", "{{ survey.reply.text | bilingual_zh }}")
        signed = "{{ survey.reply.by | person | chinese }}   {{ survey.reply.at | time }}"
        form.put(form.document, "Body Text", signed)
    return form
