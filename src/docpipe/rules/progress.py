"""Rules over progress reports: what is done, who is told, and when the next one is due."""

from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from itertools import pairwise
from zoneinfo import ZoneInfo

from docpipe.adapters.yamlfile import Node
from docpipe.diagnostics import Finding, Severity, found
from docpipe.rules import moments
from docpipe.rules.case import Case
from docpipe.rules.engine import order_rule
from docpipe.rules.packing import allowed
from docpipe.workspace.figures.making import reports_until


@order_rule(
    "PRO06",
    Severity.ERROR,
    "The report is dated {date}, but its file is named {name}",
    "通报日期为 {date}，而文件名为 {name}",
    "Correct the date, or rename the file",
    "请改正日期，或改文件名",
    needs=["progress"],
)
def reports_are_named_by_their_day(case: Case) -> Iterator[Finding]:
    """The file's name is the day of the report.

    ---
    文件名就是通报日期。
    """
    for (name,), root in case.view.every("progress").items():
        if root.text("date") != name:
            yield found(root.at("date"), date=root.text("date"), name=f"{name}.yaml")


@order_rule(
    "PRO07",
    Severity.WARNING,
    "Line {line}: {done} finished, but {sold} are sold ({other})",
    "第 {line} 行：已完成 {done}，而合同为 {sold}（{other}）",
    "Correct the figure; `done` counts all in all, not since the last report",
    "请核对；done 填累计数，不是本期数",
    needs=["progress", "contract"],
    reads=["amendment"],
    whole=True,
)
def no_more_is_made_than_sold(case: Case) -> Iterator[Finding]:
    """More than was sold, its tolerance included, is a slip or goods that nobody has ordered.

    ---
    超过合同数量（含溢短装）的，要么写错，要么是没人订的货。
    """
    contract = case.contract
    sold = {row.count("line"): row for row in contract.rows("lines")}
    for root in reports_until(case.view):
        for row in root.rows("lines"):
            agreed = sold.get(row.count("line"))
            if agreed is not None and row.number("done") > allowed(contract, agreed).most:
                figures = {"done": row.number("done"), "sold": agreed.number("quantity")}
                other = agreed.at("quantity")
                yield found(row.at("done"), line=row.text("line"), other=other, **figures)


@order_rule(
    "PRO08",
    Severity.WARNING,
    "Line {line}: {less} here, but {more} there ({other})",
    "第 {line} 行：此处 {less}，而彼处 {more}（{other}）",
    "Correct one of them: what is finished counts all in all, and what is packed is part of it",
    "请改正其一：完成数按累计填写，包装数不超过完成数",
    needs=["progress"],
)
def progress_goes_forward(case: Case) -> Iterator[Finding]:
    """What is finished does not become less, and no more is packed than is finished.

    ---
    累计完成数只增不减，包装数不会多于完成数。
    """
    before: dict[int, Node] = {}
    for row in [row for root in reports_until(case.view) for row in root.rows("lines")]:
        line = row.count("line")
        pairs = [(row["done"], before.get(line)), (row["done"], row.find("packed"))]
        for less, more in pairs:
            if more is not None and Decimal(str(less.value)) < Decimal(str(more.value)):
                figures = {"less": str(less.value), "more": str(more.value)}
                yield found(less.place, line=str(line), other=more.place, **figures)
        before[line] = row["done"]


@order_rule(
    "PRO09",
    Severity.WARNING,
    "Delivery will slip, and the customer has not been told",
    "交期将推迟，而客户尚未被告知",
    "Tell the customer now, with the remedy, and write when under told",
    "请立即告知客户并说明补救办法，在 told 填写时间",
    needs=["progress"],
)
def delays_are_told(case: Case) -> Iterator[Finding]:
    """When the agreed date cannot be kept, the customer hears it first, and from us.

    ---
    交期保不住，或问题影响交货时，应由我们主动告知客户。
    """
    for root in reports_until(case.view):
        late = [row["delay_days"] for row in root.rows("problems") if row.count("delay_days", 0)]
        if root["delivery_kept"].value is False:
            late.insert(0, root["delivery_kept"])
        if late and "told" not in root:
            yield found(late[0].place)


@order_rule(
    "PRO10",
    Severity.WARNING,
    "The next progress report was due by {due}, and did not come by then",
    "下一次进度通报应在 {due} 前，未按时通报",
    "Report now if production still runs; lateness is counted",
    "仍在生产的请立即通报；是否及时计入考核",
    needs=["progress", "company"],
    reads=["stock", "shipment", "contract", "amendment"],
)
def reports_come_regularly(case: Case) -> Iterator[Finding]:
    """How often stands in company.yaml (progress_report); from the first report to the last.

    ---
    间隔见 company.yaml 的 progress_report，从第一次通报算到完工。
    """
    reports = reports_until(case.view)
    days: list[tuple[Node, date | None]] = [
        (before["date"], moments.day(after["date"])) for before, after in pairwise(reports)
    ]
    if reports and _still_runs(case, reports[-1]):
        days.append((reports[-1]["date"], case.now.date()))
    for node, until in days:
        due = _due(case, node)
        if due is not None and until is not None and until > due:
            yield found(node.place, due=f"{due}")


def _due(case: Case, node: Node) -> date | None:
    day = moments.day(node)
    if day is None or case.deadlines is None:
        return None
    zone = ZoneInfo(case.view.company.text("time_zone"))
    return case.deadlines.due("progress_report", datetime.combine(day, time(12), zone)).date()


def _still_runs(case: Case, last: Node) -> bool:
    """Whether something of the order is still to be made after the last report."""
    if case.has("stock") or case.has("shipment"):
        return False
    done = {row.count("line"): row.number("done") for row in last.rows("lines")}
    sold = case.agreed.rows("lines") if case.agreed is not None else []
    return any(done.get(row.count("line"), 0) < row.number("quantity", 0) for row in sold)
