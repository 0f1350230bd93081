"""Rules over amendments of the contract (合同变更): each by itself, and one after the other."""

from collections.abc import Iterator
from itertools import pairwise

from docpipe.adapters.yamlfile import Node
from docpipe.diagnostics import Finding, Severity, found
from docpipe.rules import moments
from docpipe.rules.case import Case
from docpipe.rules.engine import order_rule
from docpipe.rules.quotation import PARTS_OF_100, not_100
from docpipe.workspace.agreed import agreed


def _open(case: Case) -> Iterator[tuple[str, Node]]:
    """Number and file of the amendments that were not withdrawn."""
    for (name,), root in case.view.every("amendment").items():
        if "withdrawn" not in root:
            yield name, root


def _changes(case: Case) -> Iterator[tuple[Node, bool]]:
    """Each line that an amendment changes, and whether the contract had it until then."""
    for name, root in _open(case):
        before = agreed(case.view, before=name)
        assert before is not None
        known = {row.count("line") for row in before.rows("lines")}
        for row in root.rows("lines"):
            yield row, row.count("line") in known


@order_rule(
    "AMD01",
    Severity.ERROR,
    "Line {line} is not in the contract as it stood, so it cannot be {change}",
    "变更之前的合同没有第 {line} 行，不能{change}",
    "Correct the line; for a new line write change: added",
    "请改正行号；新增的行请填 change: added",
    needs=["contract", "amendment"],
    structural=True,
)
def changed_lines_exist(case: Case) -> Iterator[Finding]:
    """Only what was agreed can be changed or struck out.

    ---
    只有已约定的行才能变更或取消。
    """
    for row, known in _changes(case):
        if not known and row.text("change") != "added":
            yield found(row.at("line"), line=row.text("line"), change=case.label(row["change"]))


@order_rule(
    "AMD02",
    Severity.ERROR,
    "Line {line} is added without its {field}",
    "新增第 {line} 行没有填 {field}",
    "Write quantity and price of the new line",
    "请填写新增行的数量和单价",
    needs=["contract", "amendment"],
    structural=True,
)
def added_lines_are_complete(case: Case) -> Iterator[Finding]:
    """A new line has no earlier quantity or price that could stay as it was.

    ---
    新增的行没有原来的数量和单价可以沿用。
    """
    for row, known in _changes(case):
        for field in ("quantity", "price"):
            if row.text("change") == "added" and not known and field not in row:
                yield found(row.at("line"), line=row.text("line"), field=field)


@order_rule(
    "AMD03",
    Severity.ERROR,
    "Line {line} is added, though the contract has it already",
    "第 {line} 行已在合同中，不能再新增",
    "Write change: changed, or give the new line a number of its own in order.yaml",
    "请填 change: changed，或在 order.yaml 中另立一行",
    needs=["contract", "amendment"],
)
def added_lines_are_new(case: Case) -> Iterator[Finding]:
    """The reader of an amendment takes "added" for goods on top, not instead.

    ---
    “新增”会被理解为在原有之外再加，而不是替换。
    """
    for row, known in _changes(case):
        if known and row.text("change") == "added":
            yield found(row.at("line"), line=row.text("line"))


@order_rule(
    "AMD04",
    Severity.WARNING,
    "Amendment {name} follows, and there is no amendment {missing}",
    "有变更 {name}，却没有变更 {missing}",
    "Number amendments 1, 2, 3; keep a withdrawn one with withdrawn filled in",
    "变更按 1、2、3 编号；撤回的保留并填写 withdrawn",
    needs=["contract"],
    reads=["amendment"],
)
def amendments_are_numbered_on(case: Case) -> Iterator[Finding]:
    """A gap makes both sides look for an amendment that never was.

    ---
    编号有空缺，双方都会去找一份并不存在的变更协议。
    """
    last = 0
    for (name,), root in case.view.every("amendment").items():
        if int(name) != last + 1:
            yield found(root.at("date"), name=name, missing=str(last + 1))
        last = int(name)


@order_rule(
    "AMD05",
    Severity.ERROR,
    "This amendment is dated before the one that it follows ({other})",
    "变更日期早于前一份变更（{other}）",
    "Correct one of the dates",
    "请改正其一",
    needs=["contract"],
    reads=["amendment"],
)
def amendments_follow_in_time(case: Case) -> Iterator[Finding]:
    """Amendments count in the order of their numbers; their dates say the same.

    ---
    变更按编号先后生效，日期也应如此。
    """
    for before, after in pairwise(case.view.every("amendment").values()):
        if moments.precedes(after["date"], before["date"]):
            yield found(after.at("date"), other=before.at("date"))


@order_rule("AMD06", Severity.ERROR, *PARTS_OF_100, needs=["amendment"], gate="contract")
def amended_instalments_make_100(case: Case) -> Iterator[Finding]:
    """An amendment of the payment restates every instalment, those paid already included.

    ---
    变更付款条件时，各期（含已付的）全部重新列出，合计 100%。
    """
    for _, root in _open(case):
        if "payment" in root:
            yield from not_100(root)
