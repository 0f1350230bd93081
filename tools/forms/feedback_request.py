"""Feedback request 征询反馈函: after arrival, how the goods came and what could be better."""

from .kit import Fact, Form
from .parts import ORDER, PO, contact, heading, sign_both
from .theme import TEXT_WIDTH

_OPENING = (
    "Your goods should have reached you by now. Please tell us how they arrived, so that we can "
    "put right at once what is not as agreed.",
    "贵司所订货物应已到达。请告知到货情况，如有不符，我司将立即处理。",
)
_ASKED = (Fact("Shipment 批次", "{{ feedback.shipment }}", "feedback.shipment"),)
_QUESTIONS = (
    "Quantity and cartons complete, undamaged?\n数量、箱数是否齐全，有无破损？",
    "Goods as agreed: quality, specification, colour?\n质量、规格、颜色是否相符？",
    "Packing, marks and labels in order?\n包装、唛头、标签是否符合要求？",
    "Documents correct and in time; clearance without trouble?\n单证是否准确及时，清关是否顺利？",
    "Delivery as promised?\n交货是否按期？",
    "What should we do better next time?\n有何改进建议？",
)
_CLAIM = (
    "For a complaint, please add photographs, carton and lot numbers, and how many pieces are "
    "concerned.",
    "如有质量异议，请附照片、箱号、批号及涉及数量。",
)
_BOX = "☐ Yes 是   ☐ No 否"


def _questions(form: Form) -> None:
    head, *rows = form.rows(7, 78, 36, TEXT_WIDTH - 114, style="Line Table")
    for cell, text in zip(head, ("Question 问题", "Answer 回答", "Remarks 说明"), strict=True):
        form.put(cell, "Table Head", text)
    for row, question in zip(rows, _QUESTIONS, strict=True):
        form.put(row[0], "Table Text", question)
        form.put(row[1], "Table Text", "" if question is _QUESTIONS[-1] else _BOX)
        form.put(row[2], "Table Text", "\n")


def draw() -> Form:
    """Six questions with room to answer, and what a complaint must say."""
    form = Form("Feedback request 征询反馈函")
    contact(form, heading(form, "To 致", (ORDER, PO, *_ASKED)))
    for words in _OPENING:
        form.put(form.document, "Body Text", words)
    _questions(form)
    form.gap()
    for words in _CLAIM:
        form.put(form.document, "Body Text", words)
    sign_both(form, ("Answered by 填写", "customer"), ("For and on behalf of 代表", "company"))
    return form
