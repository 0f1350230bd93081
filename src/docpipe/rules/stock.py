"""Rules over goods taken into stock."""

from collections.abc import Iterator
from decimal import Decimal

from docpipe.adapters.yamlfile import Node
from docpipe.diagnostics import Finding, Severity, Text, found
from docpipe.rules import moments
from docpipe.rules.case import Case
from docpipe.rules.engine import order_rule
from docpipe.rules.materials import conceded, last_of_lot
from docpipe.rules.packing import allowed

_NONE = Text("there is no such inspection", "没有这次检验")
_NOT_FINAL = Text("it is not a final inspection", "不是成品检验")
_OTHER_LOT = Text("it is of another lot or line", "检验的是其他批或其他行")
_FAILED = Text("the lot did not pass", "该批未通过")
_LATER = Text("it came later", "检验在入库之后")


@order_rule(
    "STK01",
    Severity.ERROR,
    "Lot {lot} went into stock without a passed final inspection: {why} ({inspection})",
    "批 {lot} 未经成品检验合格就入库：{why}（{inspection}）",
    "Take the lot out of stock until it has passed, or correct the note",
    "检验合格前请移出成品库，或改正入库单",
    needs=["stock"],
    reads=["inspection"],
    gate="quality",
)
def stock_waits_for_the_final_inspection(case: Case) -> Iterator[Finding]:
    """No stock-in before the final inspection of that lot passed, or a concession was approved.

    ---
    该批成品检验合格（或批准让步接收）之前，不得办理入库。
    """
    for note in case.view.every("stock").values():
        for row in note.rows("lines"):
            name = row.text("inspection")
            why = _unfit(row, note["date"], name, last_of_lot(case, name))
            if why is not None:
                yield found(row.at("inspection"), lot=row.text("lot"), why=why, inspection=name)


def _unfit(row: Node, date: Node, name: str, last: Node | None) -> Text | None:
    """Why the inspection does not let the lot into stock; None where it does."""
    if last is None:
        return _NONE
    if name.partition("-")[0] not in ("final", "preshipment"):
        return _NOT_FINAL
    lot = (last.text("lot.id"), last.text("lot.line", ""))
    if lot != (row.text("lot"), row.text("line")):
        return _OTHER_LOT
    if last.text("verdict") != "accepted" and not conceded(last):
        return _FAILED
    return _LATER if moments.precedes(date, last["date"]) else None


@order_rule(
    "STK02",
    Severity.ERROR,
    "{stocked} of lot {lot} in stock, but {inspected} were inspected ({other})",
    "批 {lot} 入库 {stocked}，而检验批量为 {inspected}（{other}）",
    "Count again, and correct one of them",
    "请重新清点，改正其一",
    needs=["stock"],
    reads=["inspection"],
)
def no_more_is_stocked_than_inspected(case: Case) -> Iterator[Finding]:
    """What comes into stock was in the lot that was sampled.

    ---
    入库的货都应在抽检的批内。
    """
    total: dict[str, Decimal] = {}
    for row in _rows(case):
        lot = row.text("lot")
        total[lot] = total.get(lot, Decimal(0)) + row.number("quantity")
        last = last_of_lot(case, row.text("inspection"))
        if last is None or "unit" in last["lot"] or last.text("lot.id") != lot:
            continue
        if total[lot] > last.number("lot.size"):
            figures = {"stocked": total[lot], "inspected": last.number("lot.size")}
            yield found(row.at("quantity"), lot=lot, other=last.at("lot.size"), **figures)


def _rows(case: Case) -> list[Node]:
    return [row for note in case.view.every("stock").values() for row in note.rows("lines")]


@order_rule(
    "STK03",
    Severity.WARNING,
    "Line {line}: {stocked} in stock, but {sold} are sold or to be exchanged ({other})",
    "第 {line} 行：累计入库 {stocked}，而销售和换货共 {sold}（{other}）",
    "Count again, or have the surplus settled",
    "请重新清点，或处理多余的货",
    needs=["stock", "contract"],
    reads=["amendment", "feedback"],
    whole=True,
)
def no_more_is_stocked_than_sold(case: Case) -> Iterator[Finding]:
    """Goods made to order beyond the tolerance, and beyond what is exchanged, have no buyer.

    ---
    超出合同数量（含溢短装）和换货数量的，是没有买主的货。
    """
    for agreed in case.contract.rows("lines"):
        rows = [row for row in _rows(case) if row.text("line") == agreed.text("line")]
        stocked = sum((row.number("quantity") for row in rows), Decimal(0))
        most = _exchanged(case, agreed.text("line")) + allowed(case.contract, agreed).most
        if stocked > most:
            figures = {"stocked": stocked, "sold": most.normalize()}
            other = agreed.at("quantity")
            yield found(rows[-1].at("quantity"), line=agreed.text("line"), other=other, **figures)


def _exchanged(case: Case, line: str) -> Decimal:
    """What is made anew for the customer under a complaint's solution."""
    return sum(
        (
            row.number("quantity")
            for root in case.view.every("feedback").values()
            if root.text("solution.kind", "") == "exchange"
            for row in root.rows("solution.lines")
            if row.text("line") == line
        ),
        Decimal(0),
    )
