"""Market research 市场调研报告: sources, size, prices, competitors, rules, conclusion."""

from .kit import Fact, Form
from .parts import opening, signers, title
from .tables import Column, Line, line_table, some

_BLOCK = (
    Fact("调研日期 Date", "{{ market.date | date }}"),
    Fact("编号 No.", "{{ doc.number }}", "doc.number"),
    Fact("调研人 Author", "{{ market.author | person | inline_zh }}"),
    Fact("更新期限 Review by", "{{ market.review_by | date }}", "market.review_by"),
)  # fmt: skip
_SOURCE = Line("来源 Source [{{ x.source }}]", "Table Note", "x.source")
_END = Line("", "Cell End")
_UNIT = "{% if x.unit %} {{ x.unit | unit }}{% endif %}"


def _optional(width: float, head: str, value: str, given: str, number: bool = False) -> Column:
    style = "Table Number" if number else "Table Text"
    return Column(width, head, (Line(value, style, given), _END), number=number)


_SIZE = (
    Column(64, "指标\nFigure", (Line("{{ x.what }}"), Line("{{ x.note }}", "Table Note", "x.note"),
                               _SOURCE)),
    _optional(14, "年份\nYear", "{{ x.year }}", "x.year"),
    _optional(32, "数量\nQuantity", "{{ x.quantity | number }}" + _UNIT, "x.quantity", True),
    _optional(34, "金额\nValue", "{{ x.currency }} {{ x.value | money(x.currency) }}",
              "x.value and x.currency", True),
    _optional(14, "增长\nGrowth", "{{ x.growth_percent | percent }}",
              some("x.growth_percent"), True),
    _optional(16, "中国占比\nChina", "{{ x.china_percent | percent }}",
              some("x.china_percent"), True),
)  # fmt: skip
_PRICES = (
    Column(60, "商品\nGoods", (Line("{{ x.what }}"), _SOURCE)),
    Column(34, "环节\nLevel", "{{ x.level | bilingual_zh }}"),
    Column(56, "价格\nPrice",
           "{{ x.currency }} {{ x.low | price(x.currency) }}"
           "{% if x.high %} – {{ x.high | price(x.currency) }}{% endif %}"
           "{% if x.unit %} / {{ x.unit | unit }}{% endif %}", number=True),
    _optional(24, "日期\nDate", "{{ x.date | date }}", "x.date"),
)  # fmt: skip
_COMPETITORS = (
    Column(48, "竞争对手\nCompetitor", (
        Line("{{ x.name }}"),
        Line("{{ x.country | inline_zh }}", "Table Note", "x.country"),
        _SOURCE,
    )),
    _optional(16, "份额\nShare", "{{ x.share_percent | percent }}", some("x.share_percent"), True),
    _optional(34, "价格水平\nPrice", "{{ x.price }}", "x.price"),
    _optional(38, "优势\nStrengths", "{{ x.strengths }}", "x.strengths"),
    _optional(38, "劣势\nWeaknesses", "{{ x.weaknesses }}", "x.weaknesses"),
)  # fmt: skip
_RULES = (
    Column(26, "种类\nKind", "{{ x.kind | bilingual_zh }}"),
    Column(42, "名称\nName", (
        Line("{{ x.name }}"),
        Line("{{ x.authority }}", "Table Note", "x.authority"),
        _SOURCE,
    )),
    Column(66, "要求\nRequirement", (
        Line("{{ x.requirement }}"),
        Line("税率 Rate {{ x.rate_percent | percent }}", "Table Note", some("x.rate_percent")),
    )),
    Column(40, "时间与费用\nTime and cost", (
        Line("{{ x.days }} 天 days", given="x.days"),
        Line("{{ x.cost }}", given="x.cost"),
        _END,
    )),
)  # fmt: skip
_CHANNELS = (
    Column(34, "渠道\nChannel", "{{ x.kind | bilingual_zh }}"),
    _optional(20, "份额\nShare", "{{ x.share_percent | percent }}", some("x.share_percent"), True),
    _optional(
        20, "毛利\nMargin", "{{ x.margin_percent | percent }}", some("x.margin_percent"), True
    ),
    Column(100, "特点\nHow it works", (Line("{{ x.how }}"), _SOURCE)),
)
_CUSTOMERS = (
    Column(58, "客户\nCustomer", (
        Line("{{ x.name }}{% if x.customer %}（{{ x.customer }}）{% endif %}"),
        Line("{{ x.contact }}", "Table Note", "x.contact"),
        _SOURCE,
    )),
    Column(56, "了解到的情况\nLearned", "{{ x.learned }}"),
    _optional(20, "潜力\nPotential", "{{ x.potential | bilingual_zh }}", "x.potential"),
    _optional(40, "下一步\nNext step", "{{ x.next }}", "x.next"),
)  # fmt: skip
_SOURCES = (
    Column(14, "[序号]\nNo.", "[{{ x.id }}]"),
    Column(32, "种类\nKind", "{{ x.kind | bilingual_zh }}"),
    Column(80, "来源说明\nSource", (
        Line("{{ x.what }}"), Line("{{ x.link }}", "Table Note", "x.link"))),
    _optional(24, "日期\nDate", "{{ x.date | date }}", "x.date"),
    _optional(24, "可靠程度\nReliability", "{{ x.reliable | inline_zh }}", "x.reliable"),
)  # fmt: skip


def _table(
    form: Form, head: str, name: str, columns: tuple[Column, ...], last: bool = False
) -> None:
    with form.given(form.document, f"market.{name}"):
        form.section(head)
        line_table(form, columns, f"x in market.{name}", keep="loop.last" if last else "")


def _words(form: Form, head: str, name: str) -> None:
    with form.given(form.document, f"market.{name}"):
        form.section(head)
        form.put(form.document, "Body Text", f"{{{{ market.{name} }}}}")


def _list(form: Form, head: str, name: str) -> None:
    with form.given(form.document, f"market.{name}"):
        form.section(head)
        with form.each(form.document, f"x in market.{name}"):
            form.put(form.document, "Body Text", "{{ loop.index }}. {{ x }}")


def _heading(form: Form) -> None:
    title(form, "zh", "en")
    left = opening(form, _BLOCK)
    form.put(left, "Party Label", "市场与产品 Market and product")
    form.put(left, "Party Name", "{{ market.country | inline_zh }}")
    form.put(left, "Party Name", "{{ market.product | bilingual_zh }}")
    for fact in (
        Fact("产品代码 Products", '{{ market.products | join(", ") }}', "market.products"),
        Fact("调研期间 Period", "{{ market.period.from | date }} – {{ market.period.to | date }}",
             "market.period"),
    ):  # fmt: skip
        form.fact(left, fact, "Fact Short")
    form.put(left, "Cell End")


def _conclusion(form: Form) -> None:
    form.section("结论 Conclusion")
    with form.given(form.document, "market.advice"):
        form.put(form.document, "Verdict", "{{ market.advice | inline_zh }}")
    form.put(form.document, "Body Text", "{{ market.conclusion }}")


def draw() -> Form:
    """The conclusion first; then what it rests on, each figure with its source."""
    form = Form("Market research 市场调研报告")
    _heading(form)
    _conclusion(form)
    _table(form, "市场规模 Market size", "size", _SIZE)
    _words(form, "需求特点 Demand", "demand")
    _table(form, "价格行情 Prices", "prices", _PRICES)
    _table(form, "竞争对手 Competitors", "competitors", _COMPETITORS)
    _table(form, "法规与标准 Regulations and standards", "regulations", _RULES)
    _table(form, "销售渠道 Channels", "channels", _CHANNELS)
    _table(form, "客户信息 Customers met", "customers", _CUSTOMERS)
    _words(form, "付款习惯与信用环境 Payment and credit", "payment_habits")
    _words(form, "物流条件 Transport", "logistics")
    _list(form, "机会 Opportunities", "opportunities")
    _list(form, "风险 Risks", "risks")
    _words(form, "备注 Note", "note")
    _table(form, "资料来源 Sources", "sources", _SOURCES, last=True)
    author = Fact("调研人 Author", "{{ market.author | person | chinese }}   {{ market.date }}")
    by = "market.approved"
    approved = f"{{{{ {by}.by | person | chinese }}}}   {{{{ {by}.at | date }}}}"
    signers(form, author, Fact("审批 Approved by", approved, by))
    return form
