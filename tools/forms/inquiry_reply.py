"""Inquiry reply 询盘回复函: each point asked beside its answer, or when that follows."""

from .kit import Fact, Form, Label
from .parts import ORDER, closing, contact, heading
from .tables import Column, Line, line_table

_FACTS = (
    Fact("Your ref. 贵方编号", "{{ inquiry.reference }}", "inquiry.reference"),
    Fact("Received 收到日期", "{{ inquiry.received | date }}"),
    ORDER,
)
_OPENING = (
    "Thank you for your inquiry{% if inquiry.subject.en %} about {{ inquiry.subject.en }}"
    "{% endif %}. We answer your points as follows.",
    "感谢贵司询盘{% if inquiry.subject.zh %}（{{ inquiry.subject.zh }}）{% endif %}，"
    "现就所询事项答复如下。",
)
_POINT = "{{ p.id }}. {{ p.asked | bilingual }}"
_ABOUT = "{{ p.about | inline }}{% if p.goods %}: {{ p.goods | inline }}{% endif %}"
_BY = "{{ x.at | date }}{% if x.by %}   {{ x.by | person | inline }}{% endif %}"
_COLUMNS = (
    Column(80, "You asked\n所询事项", (
        Line("", "Cell End"),
        Line("{%p for p in x.points %}", "Template Tag"),
        Line(_POINT),
        Line(_ABOUT, "Table Note"),
        Line("{%p endfor %}", "Template Tag"),
        Line("", "Cell End"),
    )),
    Column(94, "Our answer\n答复", (
        Line("{{ x.text | bilingual }}", given="x.text"),
        Line(_BY, "Table Note", "x.at"),
        Line("Follows by {{ x.follows | date }}\n将于 {{ x.follows | date }} 前答复",
             given="x.follows"),
        Line("Follows separately\n另行答复", given="not x.text and not x.follows"),
    )),
)  # fmt: skip
_ASKED_BY = "inquiry.contact"


def draw() -> Form:
    """The customer's points in order, ours beside them."""
    form = Form("Inquiry reply 询盘回复函")
    left = heading(form, "To 致", _FACTS)
    with form.given(left, f"{_ASKED_BY} and {_ASKED_BY} != customer.contacts[0].name"):
        form.put(left, "Party Text", Label("Asked by 询盘人  "), f"{{{{ {_ASKED_BY} }}}}")
    contact(form, left)
    for text in _OPENING:
        form.put(form.document, "Body Text", text)
    line_table(form, _COLUMNS, "x in answers", keep="loop.last")
    form.put(closing(form), "Cell End")
    return form
