"""Rules over a shipment's packing list."""

from collections.abc import Iterator
from decimal import Decimal

from docpipe.diagnostics import Finding, Severity, found
from docpipe.rules.engine import Case, Words, order_rule
from docpipe.standards import tolerances
from docpipe.workspace.figures.agreement import deal
from docpipe.workspace.figures.cargo import cargo


@order_rule(
    "PCK03",
    Severity.ERROR,
    Words(
        "Line {line}: {packed} packed in all shipments, but the contract says {agreed} ({other})",
        "第 {line} 行：各批合计装箱 {packed}，而合同为 {agreed}（{other}）",
        "Correct one of them, or amend the contract",
        "请改正其一，或修改合同",
    ),
    needs=["packing", "contract"],
)
def packed_quantity_is_the_contracts(case: Case) -> Iterator[Finding]:
    """Cartons times pieces per carton, over all shipments, give the contract's quantity.

    More or less is allowed within the contract's tolerance. Less is no finding while a further
    shipment is still to come.
    ---
    各批装箱数量（箱数 × 每箱数量）合计应等于合同数量；合同有溢短装的，在其范围内即可。
    后面还有批次时，不足不算错误。
    """
    agreed, contract = deal(case.view), case.view.get("contract")
    if agreed is None or contract is None:
        return
    packed: dict[int, Decimal] = {}
    last = {}
    for (shipment,), packing in case.view.every("packing").items():
        packages = cargo(case.view, shipment)
        for row, line in zip(packing.rows("lines"), packages.lines if packages else (), strict=False):
            packed[line.line] = packed.get(line.line, Decimal(0)) + line.quantity
            last[line.line] = row
    more = contract.number("tolerance.more_percent", 0)
    less = contract.number("tolerance.less_percent", 0)
    rows = {row.count("line"): row for row in contract.rows("lines")}
    for line in agreed.lines:
        if line.id not in packed:
            continue
        allowed = tolerances.quantity_range(line.quantity, more, less)
        if not allowed.holds(packed[line.id]):
            other = rows[line.id].at("quantity")
            place = last[line.id].at("per_carton")
            yield found(place, line=str(line.id), packed=packed[line.id], agreed=line.quantity, other=other)
