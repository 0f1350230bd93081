"""Rules over carton numbers: each given once, none left out."""

from collections.abc import Iterator
from itertools import pairwise

from docpipe.adapters.yamlfile import Node
from docpipe.diagnostics import Finding, Severity, found
from docpipe.rules.case import Case
from docpipe.rules.engine import order_rule


def _ranges(root: Node) -> list[Node]:
    """The carton ranges of a packing list that run forwards, by their first carton."""
    ranges = [row["cartons"] for row in root.rows("lines")]
    forward = [each for each in ranges if each.count("from") <= each.count("to")]
    return sorted(forward, key=lambda each: each.count("from"))


@order_rule(
    "PCK01",
    Severity.ERROR,
    "Cartons {first} to {last} run backwards",
    "箱号从 {first} 到 {last}，前后颠倒",
    "Write the smaller number first",
    "请把小号写在前面",
    needs=["packing"],
    structural=True,
)
def carton_numbers_run_forwards(case: Case) -> Iterator[Finding]:
    """A range of cartons is written from the smaller number to the greater.

    ---
    箱号区间从小写到大。
    """
    for root in case.view.every("packing").values():
        for row in root.rows("lines"):
            first, last = row.count("cartons.from"), row.count("cartons.to")
            if first > last:
                yield found(row.at("cartons.from"), first=first, last=last)


@order_rule(
    "PCK02",
    Severity.ERROR,
    "Carton {first} is already in another range, up to {last} ({other})",
    "箱号 {first} 已在另一区间内（至 {last}，{other}）",
    "Number each carton once",
    "每箱只编一个号",
    needs=["packing"],
)
def carton_numbers_are_given_once(case: Case) -> Iterator[Finding]:
    """Two ranges that overlap count cartons twice: packages, weights and volume come out wrong.

    ---
    区间重叠，同一箱就算了两次，件数、重量、体积全错。
    """
    for root in case.view.every("packing").values():
        for before, after in pairwise(_ranges(root)):
            first, last = after.count("from"), before.count("to")
            if first <= last:
                yield found(after.at("from"), first=first, last=last, other=before.at("to"))


@order_rule(
    "PCK04",
    Severity.WARNING,
    "Carton numbers leave a gap: after {last} ({other}) comes {first}",
    "箱号不连续：{last}（{other}）之后是 {first}",
    "Number cartons without gaps, or look for the missing ones",
    "请连续编号，或查找遗漏的箱子",
    needs=["packing"],
)
def carton_numbers_leave_no_gap(case: Case) -> Iterator[Finding]:
    """Customs and the customer count from the first number to the last and miss what is not there.

    ---
    海关和客户按箱号清点，中间断号会被当作少货。
    """
    for root in case.view.every("packing").values():
        for before, after in pairwise(_ranges(root)):
            first, last = after.count("from"), before.count("to")
            if first > last + 1:
                yield found(after.at("from"), first=first, last=last, other=before.at("to"))


@order_rule(
    "PCK08",
    Severity.ERROR,
    "Pallet {last} is named, but there are {count} pallets ({other})",
    "写到第 {last} 托，而托盘数为 {count}（{other}）",
    "Correct one of them",
    "请改正其一",
    needs=["packing"],
)
def pallet_numbers_are_there(case: Case) -> Iterator[Finding]:
    """Rows that say on which pallets their cartons stand name pallets that exist.

    ---
    注明所在托盘的，托盘号不能超过托盘总数。
    """
    for root in case.view.every("packing").values():
        count = root.find("pallets.count")
        for row in root.rows("lines"):
            last = row.find("pallets.to")
            if count is not None and last is not None and last.value > count.value:  # type: ignore[operator]
                yield found(last.place, last=last.value, count=count.value, other=count.place)
