"""Catalogue of papers 档案目录: what came from outside, inside the house, Chinese first."""

from .kit import Fact, Form
from .parts import opening, party, title
from .tables import Column, Line, Span, line_table, total_row

_BLOCK = (
    Fact("订单号 Order No.", "{{ order.number }}"),
    Fact("编号 No.", "{{ doc.number }}", "doc.number"),
    Fact("保管年限 Kept", "{{ company.policy.retention_years }} 年 years",
         "company.policy.retention_years"),
)  # fmt: skip
_COLUMNS = (
    Column(11, "序号\nNo.", "{{ p.id }}"),
    Column(60, "题名\nTitle", (
        Line("{% if p.title %}{{ p.title }}{% else %}{{ p.kind | chinese }}{% endif %}"),
        Line("{{ p.kind | inline_zh }}", "Table Note", "p.title"),
        Line("{{ p.note }}", "Table Note", "p.note"),
    )),
    Column(36, "来源与编号\nSender, number", (
        Line("{{ p.sender }}"),
        Line("{{ p.number }}", "Table Note", "p.number"),
    )),
    Column(24, "日期、收到\nDates", (
        Line("{{ p.date | date }}", given="p.date"),
        Line("{{ p.received | date }}", "Table Note"),
    )),
    Column(15, "页数\nPages", "{{ p.pages | number }}", number=True),
    Column(28, "形式、密级\nForm, secrecy", (
        Line("{{ p.form | chinese }}", given="p.form"),
        Line("{{ p.secrecy | chinese }}", given="p.secrecy"),
        Line("{{ p.kept_at }}", "Table Note", "p.kept_at"),
        Line("", "Cell End"),
    )),
)  # fmt: skip


def draw() -> Form:
    """Each paper with its sender, number, date, pages and secrecy; how many in all."""
    form = Form("Catalogue of papers 档案目录")
    title(form, "zh", "en")
    party(form, opening(form, _BLOCK), "客户 Customer", "customer", "bilingual_zh")
    table = line_table(form, _COLUMNS, "p in papers.papers", keep="loop.last")
    total_row(
        form, table,
        Span(4, "合计 Total   {{ holdings.papers }} 件 papers", "Table Total"),
        Span(1, "{{ holdings.pages | number }}"),
        Span(1, "", "Table Note"),
    )  # fmt: skip
    form.gap()
    left, _, right = form.columns(82, 10, 82)
    form.put(left, "Signature Line", "整理人、日期 Compiled by, date")
    form.put(right, "Signature Line", "接收人、日期 Received by, date")
    form.gap()
    return form
