"""Customer profile 客户信息表: the master, business, credit and past trade; Chinese first."""

from .kit import Fact, Form
from .ooxml import keep_next
from .parts import opening, party, signers, title
from .tables import Column, Line, Span, line_table, some, total_row

_BLOCK = (
    Fact("客户代码 Code", "{{ customer.code }}"),
    Fact("编号 No.", "{{ doc.number }}", "doc.number"),
    Fact("日期 Date", "{{ doc.date | date }}", "doc.date"),
    Fact("业务员 Salesperson", "{{ customer.salesperson | person | inline_zh }}",
         "customer.salesperson"),
    Fact("本次订单 This order", "{{ order.number }}"),
)  # fmt: skip
_REGISTERED = (
    Fact("国家（地区）Country", "{{ customer.country | inline_zh }}"),
    Fact("注册号 Registration", "{{ customer.registration_number }}",
         "customer.registration_number"),
    Fact("税号 Tax No.", "{{ customer.tax_number }}", "customer.tax_number"),
    Fact("来源 How we met", "{{ customer.source }}", "customer.source"),
)  # fmt: skip
_REACHED = (
    Fact("电话 Telephone", "{{ customer.phone }}", "customer.phone"),
    Fact("邮箱 E-mail", "{{ customer.email }}", "customer.email"),
    Fact("网址 Website", "{{ customer.website }}", "customer.website"),
)
_CONTACTS = (
    Column(44, "姓名 Name", "{{ c.name }}"),
    Column(42, "职务 Position", (
        Line("{{ c.title }}", given="c.title"), Line("", "Cell End"))),
    Column(58, "电话、邮箱 Telephone, e-mail", (
        Line("{{ c.phone }}", given="c.phone"),
        Line("{{ c.email }}", given="c.email"),
        Line("", "Cell End"),
    )),
    Column(30, "语言 Language", (
        Line("{{ c.language }}", given="c.language"), Line("", "Cell End"))),
)  # fmt: skip
_BUSINESS = (
    ("企业类型 Kind", "{{ customer.business.kind | inline_zh }}", "kind"),
    ("成立年份 Founded", "{{ customer.business.since }}", "since"),
    ("经营范围 Scope", "{{ customer.business.scope | bilingual_zh }}", "scope"),
    ("经营规模 Scale", "{{ customer.business.scale | bilingual_zh }}", "scale"),
    ("主营产品 Products", "{{ customer.business.products | bilingual_zh }}", "products"),
    ("品牌 Brands", '{{ customer.business.brands | join(", ") }}', "brands"),
    ("销售市场 Markets",
     "{% for m in customer.business.markets %}{{ m | inline_zh }}"
     "{% if not loop.last %}; {% endif %}{% endfor %}", "markets"),
)  # fmt: skip
_ADDRESSES = (
    ("收货人 Consignee", "consignee"),
    ("通知人 Notify party", "notify"),
    ("送货地址 Delivery", "delivery_address"),
)
_TERMS = (
    Fact("惯用术语 Delivery term",
         "{{ customer.terms.incoterm.rule }} {{ customer.terms.incoterm.place }}",
         "customer.terms.incoterm"),
    Fact("惯用付款 Payment", "{{ customer.terms.payment | bilingual_zh }}",
         "customer.terms.payment"),
    Fact("惯用币种 Currency", "{{ customer.terms.currency }}", "customer.terms.currency"),
)  # fmt: skip
_LIMIT = "customer.credit.limit"
_CREDIT = (
    Fact("信用等级 Rating", "{{ customer.credit.rating }}", "customer.credit"),
    Fact("信用额度 Limit",
         f"{{{{ {_LIMIT}.currency }}}} {{{{ {_LIMIT}.amount | money({_LIMIT}.currency) }}}}",
         _LIMIT),
    Fact("账期 Terms", "{{ customer.credit.terms_days }} 天 days",
         some("customer.credit.terms_days")),
    Fact("信用保险 Insured by", "{{ customer.credit.insured_by }}", "customer.credit.insured_by"),
    Fact("核查日期 Checked", "{{ customer.credit.checked | date }}", "customer.credit.checked"),
    Fact("说明 Note", "{{ customer.credit.note }}", "customer.credit.note"),
)  # fmt: skip
_PAST = (
    Column(32, "订单号\nOrder", "{{ t.number }}"),
    Column(24, "合同日期\nContract", "{{ t.date | date }}"),
    Column(66, "货物\nGoods", (Line("{{ t.goods | bilingual_zh }}", given="t.goods"),
                               Line("", "Cell End"))),
    Column(18, "投诉\nComplaints", "{{ t.complaints }}", number=True),
    Column(34, "金额\nAmount", "{{ t.currency }} {{ t.total | money(t.currency) }}", number=True),
)  # fmt: skip


def _masters(form: Form) -> None:
    form.facts(_REGISTERED, _REACHED)
    form.section("联系人 Contacts")
    line_table(form, _CONTACTS, "c in customer.contacts")
    with form.given(form.document, "customer.business"):
        form.section("经营情况 Business")
        for label, value, name in _BUSINESS:
            form.fact(form.document, Fact(label, value, f"customer.business.{name}"))
    with form.given(form.document, " or ".join(f"customer.{name}" for _, name in _ADDRESSES)):
        form.section("收货与通知 Consignee and notify")
        for label, name in _ADDRESSES:
            value = f"{{{{ customer.{name} | bilingual_zh }}}}"
            form.fact(form.document, Fact(label, value, f"customer.{name}"))
    with form.given(form.document, "customer.terms or customer.credit"):
        form.section("交易条件与信用 Terms and credit")
        form.facts(_TERMS, _CREDIT)


def _past_trade(form: Form) -> None:
    form.section("以往交易 Past trade")
    with form.given(form.document, "past_trade"):
        table = line_table(form, _PAST, "t in past_trade", keep="loop.last")
        total_row(
            form,
            table,
            Span(3, "合计 Total   {{ s.orders }} 份合同 contracts", "Table Total"),
            Span(2, "{{ s.currency }} {{ s.total | money(s.currency) }}"),
            tags=("{%tr for s in trade_totals %}", "{%tr endfor %}"),
        )
    with form.given(form.document, "not past_trade"):
        none = "此前无合同，本单为首单。 No earlier contract: first order."
        keep_next(form.put(form.document, "Body Text", none))


def draw() -> Form:
    """Who the customer is, what they trade, how they pay, and what we sold them so far."""
    form = Form("Customer profile 客户信息表")
    title(form, "zh", "en")
    party(form, opening(form, _BLOCK), "客户 Customer", "customer", "bilingual_zh", attn=False)
    _masters(form)
    _past_trade(form)
    with form.given(form.document, "customer.note"):
        form.section("备注 Note")
        keep_next(form.put(form.document, "Body Text", "{{ customer.note }}"))
    signers(form, Fact("填表 Filled in by", ""), Fact("审核 Checked by", ""), Fact("日期 Date", ""))
    return form
