"""Solution notice 处理方案通知: what we offer on a complaint, under the contract."""

from .kit import Fact, Form
from .parts import ORDER, PO, contact, heading, sign_both
from .tables import Column, Line, Span, line_table, total_row

_S = "feedback.solution"
_REFERENCE = (
    Fact("Your ref. 贵司编号", "{{ feedback.reference }}", "feedback.reference"),
    Fact("Received 收到", "{{ feedback.received | date }}", "feedback.received"),
    Fact("Shipment 批次", "{{ feedback.shipment }}", "feedback.shipment"),
)
_OPENING = (
    "Thank you for telling us. We have looked into the matter below"
    "{% if feedback.solution.kind != 'none' %} and propose the following{% endif %}.",
    "感谢贵司反馈。我司已就下列问题进行调查，现"
    "{% if feedback.solution.kind != 'none' %}提出处理方案{% else %}答复{% endif %}如下。",
)
_FOUND = (
    Fact("You told us 贵司反馈", "{{ feedback.what | bilingual }}", "feedback.what"),
    Fact("We found 核实情况", "{{ feedback.problem.what | bilingual }}",
         "feedback.problem"),
    Fact("Cause 原因", "{{ feedback.cause_shown | bilingual }}", "feedback.cause_shown"),
)  # fmt: skip
_GOODS = (
    Column(92, "Goods\n货物", "{{ x.name | bilingual }}"),
    Column(36, "Quantity\n数量", "{{ x.quantity | number }} {{ x.unit }}", number=True),
    Column(46, "Value under the contract\n合同金额 {{ order.currency }}", (
        Line("{{ x.amount | money(order.currency) }}", "Table Number", "x.amount"),
        Line("", "Cell End"),
    ), number=True),
)  # fmt: skip
_LEFT = (
    Fact("Basis 合同依据", f"{{{{ {_S}.basis | bilingual }}}}", f"{_S}.basis"),
    Fact("Amount 折让或退款",
         f"{{{{ order.currency }}}} {{{{ {_S}.amount | money(order.currency) }}}}",
         f"{_S}.amount"),
    Fact("Costs borne by 费用承担", f"{{{{ {_S}.costs_by | inline }}}}", f"{_S}.costs_by"),
    Fact("Returned goods 原货", f"{{{{ {_S}.return_to | bilingual }}}}", f"{_S}.return_to"),
)  # fmt: skip
_RIGHT = (
    Fact("Carried out by 执行期限", f"{{{{ {_S}.due | date }}}}", f"{_S}.due"),
    Fact("Replacement 补发",
         "{{ remedy.replacement.cartons | number }} {{ remedy.replacement.package }}, "
         "{{ remedy.replacement.gross | kg }} kg, {{ remedy.replacement.volume | m3 }} m³",
         "remedy.replacement"),
    Fact("Carried out 执行完毕", f"{{{{ {_S}.done | date }}}}", f"{_S}.done"),
)  # fmt: skip
_ACTIONS = (
    Column(124, "Action 措施", "{{ a.what | bilingual }}"),
    Column(50, "When 时间", (
        Line("by 期限 {{ a.due | date }}", given="not a.done"),
        Line("done 已完成 {{ a.done | date }}", given="a.done"),
    )),
)  # fmt: skip
_ASK = (
    "Please tell us in writing that you agree, or what you would like changed.",
    "请书面确认是否同意，或提出修改意见。",
)


def _actions(form: Form, head: str, name: str) -> None:
    with form.given(form.document, f"feedback.{name}"):
        form.section(head)
        line_table(form, _ACTIONS, f"a in feedback.{name}")


def _solution(form: Form) -> None:
    with form.given(form.document, f"{_S}.kind != 'none'"):
        form.section("Our solution 处理方案")
        form.put(form.document, "Verdict", f"{{{{ {_S}.kind | inline }}}}")
    with form.given(form.document, f"{_S}.kind == 'none'"):
        form.section("Our answer 答复")
    with form.given(form.document, f"{_S}.text"):
        form.put(form.document, "Body Text", f"{{{{ {_S}.text | bilingual }}}}")
    with form.given(form.document, "remedy.solved"):
        table = line_table(form, _GOODS, "x in remedy.solved", keep="loop.last")
        total_row(
            form, table,
            Span(1, "Total 合计", "Table Total"),
            Span(2, "{{ order.currency }} {{ remedy.solved_value | money(order.currency) }}"),
            tags=("{%tr if remedy.solved_value %}", "{%tr endif %}"),
        )  # fmt: skip
        form.gap()
    form.facts(_LEFT, _RIGHT)


def draw() -> Form:
    """What was told and found, what we offer and when, what keeps it from happening again."""
    form = Form("Solution notice 处理方案通知")
    contact(form, heading(form, "To 致", (ORDER, PO, *_REFERENCE)))
    for words in _OPENING:
        form.put(form.document, "Body Text", words)
    with form.given(form.document, "feedback.what or feedback.problem or feedback.cause_shown"):
        form.facts(_FOUND, ())
    _solution(form)
    _actions(form, "What we did at once 临时措施", "containment")
    _actions(form, "What we change 纠正措施", "corrective")
    _actions(form, "What keeps it from happening again 预防措施", "preventive")
    with form.given(form.document, "not feedback.customer_answer"):
        form.gap()
        for words in _ASK:
            form.put(form.document, "Body Text", words)
    sign_both(form, ("Agreed 客户确认", "customer"), ("For and on behalf of 代表", "company"))
    return form
