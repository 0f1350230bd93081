"""Survey form 满意度调查表: blank, for the customer to fill in."""

from .kit import Fact, Form
from .parts import heading
from .tables import Column, line_table
from .theme import TEXT_WIDTH

_BLOCK = (
    Fact("Period 期间", "{{ survey.period }}"),
    Fact("Orders 订单", '{{ survey.orders | join(", ") }}', "survey.orders"),
    Fact("Answer by 请回复", "{{ survey.answer_by | date }}", "survey.answer_by"),
)
_OPENING = (
    "Please tell us how content you are with our goods and service in this period. It takes three "
    "minutes; every answer is read and acted on.",
    "请对本期间我司产品和服务作出评价，约需三分钟。每份回复我们都会阅读并据此改进。",
)
_SCALE = (
    "5 very content 很满意   4 content 满意   3 fair 一般   2 discontent 不满意   "
    "1 very discontent 很不满意"
)
_COLUMNS = (
    Column(10, "No.\n序号", "{{ loop.index }}"),
    Column(84, "Question\n调查项目", "{{ q.question | inline }}"),
    Column(40, "Score (please tick)\n评分（请勾选）", "☐ 5  ☐ 4  ☐ 3  ☐ 2  ☐ 1"),
    Column(40, "Comment\n意见", ""),
)
_AGAIN = "Would you order again? 是否愿意再次订货？   ☐ yes 愿意   ☐ perhaps 可能   ☐ no 不愿意"
_RECOMMEND = (
    "Would you recommend us, 0 (no) to 10 (surely)? 是否愿意推荐我司（0至10分）？",
    "   ".join(f"☐ {score}" for score in range(11)),
)


def draw() -> Form:
    """The questions with boxes to tick, and room for what we did not ask."""
    form = Form("Survey form 满意度调查表")
    heading(form, "To 致", _BLOCK)
    for words in (*_OPENING, _SCALE):
        form.put(form.document, "Body Text", words)
    line_table(form, _COLUMNS, "q in satisfaction.ratings")
    form.gap()
    for words in (_AGAIN, *_RECOMMEND):
        form.put(form.document, "Body Text", words)
    form.section("Suggestions 建议")
    (room,) = form.columns(TEXT_WIDTH, style="Grid Table")
    form.put(room, "Room")
    left, _ = form.columns(TEXT_WIDTH / 2, TEXT_WIDTH / 2)
    form.put(left, "Signature Line", "Answered by, date 填写人、日期")
    form.put(form.document, "Cell End")
    return form
