"""Rules over lots: rejected, inspected again, shipped."""

from collections.abc import Iterator

from docpipe.diagnostics import Finding, Place, Severity, found
from docpipe.rules import moments
from docpipe.rules.case import Case
from docpipe.rules.engine import order_rule
from docpipe.rules.materials import conceded
from docpipe.workspace.figures.inspection import lots_of_line


@order_rule(
    "QUA10",
    Severity.ERROR,
    "{name} is not an inspection of this order",
    "本订单没有检验 {name}",
    "Name the inspection that this one repeats",
    "请填写被复检的检验文件名",
    needs=["inspection"],
)
def repeated_inspections_are_known(case: Case) -> Iterator[Finding]:
    """`reinspects` names the file of the earlier inspection, without .yaml.

    ---
    reinspects 填原检验的文件名（不含 .yaml）。
    """
    for root in case.view.every("inspection").values():
        name = root.text("reinspects", "")
        if name and case.view.get("inspection", name) is None:
            yield found(root.at("reinspects"), name=name)


@order_rule(
    "QUA11",
    Severity.ERROR,
    "{name} did not reject this lot, so there is nothing to repeat ({other})",
    "{name} 并未拒收该批，无须复检（{other}）",
    "Name the inspection that rejected the lot",
    "请填写拒收该批的那次检验",
    needs=["inspection"],
)
def only_rejected_lots_are_inspected_again(case: Case) -> Iterator[Finding]:
    """A re-inspection follows the rejection of the same lot, after it was reworked or sorted.

    Source: ISO 2859-1:1999 = GB/T 2828.1-2012, clause 7 (resubmitted lots).
    ---
    复检针对同一批被拒收、返工或挑选之后的货。依据：GB/T 2828.1-2012 第7章（再提交批）。
    """
    for root in case.view.every("inspection").values():
        name = root.text("reinspects", "")
        before = case.view.get("inspection", name)
        if before is None:
            continue
        if before.text("lot.id") != root.text("lot.id"):
            yield found(root.at("reinspects"), name=name, other=before.at("lot.id"))
        elif before.text("verdict") != "rejected":
            yield found(root.at("reinspects"), name=name, other=before.at("verdict"))


@order_rule(
    "QUA12",
    Severity.ERROR,
    "This inspection is dated before the one that it repeats ({other})",
    "复检日期早于原检验（{other}）",
    "Correct one of the dates",
    "请改正其一",
    needs=["inspection"],
)
def reinspections_come_after(case: Case) -> Iterator[Finding]:
    """First rejected, then reworked, then inspected again.

    ---
    先拒收，再整改，后复检。
    """
    for root in case.view.every("inspection").values():
        before = case.view.get("inspection", root.text("reinspects", ""))
        if before is not None and moments.precedes(root["date"], before["date"]):
            yield found(root.at("date"), other=before.at("date"))


@order_rule(
    "QUA13",
    Severity.ERROR,
    "The lot is rejected, and nothing says what becomes of it",
    "该批不合格，却没有处置记录",
    "Add nonconformity: who was told, and what is done with the lot",
    "请补上 nonconformity：通知了谁、如何处置",
    needs=["inspection"],
)
def rejected_lots_are_disposed_of(case: Case) -> Iterator[Finding]:
    """Each rejection is reported (NCR) to production or the supplier, with a disposition.

    Source: ISO 9001:2015, clause 8.7.
    ---
    每次拒收都要出不合格品通知单，通知生产或供应商并写明处置。依据：GB/T 19001-2016 8.7。
    """
    for root in case.view.every("inspection").values():
        if root.text("verdict") == "rejected" and "nonconformity" not in root:
            yield found(root.at("verdict"))


def _shipped(case: Case) -> Iterator[tuple[Place, int]]:
    """Each line of each shipment that has left, or is about to, and where it is packed."""
    if not case.begun("shipment"):
        return
    for names, packing in case.view.every("packing").items():
        gone = case.entering != "" or case.view.get("shipment", *names) is not None
        first = {row.count("line"): row for row in reversed(packing.rows("lines"))}
        for line, row in first.items() if gone else ():
            yield row.at("line"), line


@order_rule(
    "QUA14",
    Severity.ERROR,
    "Shipped, though lot {lot} did not pass its last inspection ({other})",
    "已发运，但批 {lot} 最近一次检验未通过（{other}）",
    "Stop the goods; have the lot reworked and inspected again, or a concession approved",
    "请停止发运；返工复检，或办理让步接收",
    needs=["packing"],
    reads=["inspection", "shipment"],
    gate="shipment",
)
def only_passed_lots_are_shipped(case: Case) -> Iterator[Finding]:
    """No lot leaves before its last final or pre-shipment inspection has passed.

    A concession counts, where it was granted for the lot.
    ---
    成品检验（出货检验）最近一次未通过的批不得发运；经批准让步接收的除外。
    """
    for packing, line in _shipped(case):
        for lot, last in lots_of_line(case.view, line).items():
            if last.text("verdict") == "rejected" and not conceded(last):
                yield found(packing, lot=lot, other=last.at("verdict"))


@order_rule(
    "QUA15",
    Severity.ERROR,
    "Shipped, though line {line} has had no final inspection",
    "已发运，但第 {line} 行没有成品检验",
    "Inspect before the goods leave",
    "请在发货前检验",
    needs=["packing"],
    reads=["inspection", "shipment"],
    gate="shipment",
)
def shipped_lines_were_inspected(case: Case) -> Iterator[Finding]:
    """Every line that is shipped has passed a final inspection.

    ---
    发运的每一行货物都须经过成品检验。
    """
    for packing, line in _shipped(case):
        if not lots_of_line(case.view, line):
            yield found(packing, line=str(line))
