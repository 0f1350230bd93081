"""Sampling plan and verdict of one inspection, from ISO 2859-1 = GB/T 2828.1."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from docpipe.adapters.yamlfile import Node
from docpipe.diagnostics import Value
from docpipe.standards import sampling, units
from docpipe.workspace.audience_view import View
from docpipe.workspace.figures.bilingual import Both, both
from docpipe.workspace.figures.goods import goods

CLASSES = {
    "critical": Both("Critical (CR)", "致命"),
    "major": Both("Major (MA)", "严重"),
    "minor": Both("Minor (MI)", "轻微"),
}
ACCEPTED = Both("ACCEPTED", "合格")
REJECTED = Both("REJECTED", "不合格")
NOT_ALLOWED = Both("not allowed", "不允许")


class DefectClass(Value):
    """One class of defects: its plan, and what was found."""

    name: Both
    aql: Both
    n: int
    ac: int
    re: int
    found: int
    accepted: bool


class Neighbour(Value):
    """The inspection that this one repeats, or that repeats this one."""

    name: str
    date: str
    verdict: Both
    critical: int
    major: int
    minor: int


class Sampling(Value):
    """The plan of an inspection and the verdict that its figures give."""

    name: str
    product: Both
    unit: str
    lot_size: int
    code: str
    n: int
    hundred_percent: bool
    classes: tuple[DefectClass, ...]
    previous: Neighbour | None
    next: Neighbour | None

    @property
    def accepted(self) -> bool:
        """Whether every class stays within its acceptance number."""
        return all(each.accepted for each in self.classes)

    @property
    def verdict(self) -> Both:
        """The verdict in words."""
        return ACCEPTED if self.accepted else REJECTED


def sampling_of(view: View, name: str) -> Sampling | None:
    """The figures of one inspection such as "final-1".

    None where it is not to be seen, or has no plan (an AQL or lot outside the tables; rules tell).
    """
    node = view.get("inspection", name)
    plan = plan_of(node) if node is not None and "aql" in node else None
    if node is None or plan is None:
        return None
    product, unit = _inspected(view, node)
    found = {each: node.count(f"found.{each}", 0) for each in plan.classes}
    return Sampling(
        name=name,
        product=product,
        unit=unit,
        lot_size=node.count("lot.size"),
        code=plan.code,
        n=plan.n,
        hundred_percent=plan.hundred_percent,
        classes=tuple(_class(each, node, plan.classes[each], found[each]) for each in plan.classes),
        previous=_neighbour(view, node.text("reinspects", "")),
        next=_neighbour(view, _repeat(view, name)),
    )


def _inspected(view: View, node: Node) -> tuple[Both, str]:
    """What the lot is of, and its unit: goods of the order, or a material bought for them."""
    line = goods(view).get(node.count("lot.line", 0))
    code = node.text("lot.unit", "")
    unit = units.unit(code).printed if code else ""
    name = both(node.find("lot.item")) or (line.name if line else Both())
    return name, unit or (line.unit if line else "")


def _repeat(view: View, name: str) -> str:
    """The name of the inspection that repeats this one; "" where none does."""
    every = view.every("inspection").items()
    return next((each for (each,), node in every if node.text("reinspects", "") == name), "")


def _neighbour(view: View, name: str) -> Neighbour | None:
    node = view.get("inspection", name)
    if node is None:
        return None
    verdict = ACCEPTED if node.text("verdict") == "accepted" else REJECTED
    critical, major, minor = (node.count(f"found.{each}", 0) for each in CLASSES)
    return Neighbour(name, node.text("date"), verdict, critical, major, minor)


def plan_of(node: Node) -> sampling.CombinedPlan | None:
    """The combined plan of an inspection's classes; None outside the tables."""
    limits: dict[str, Any] = {name: _limit(each) for name, each in node["aql"].fields.items()}
    severity: Any = node.text("severity", "normal")
    try:
        return sampling.combined_plan(node.count("lot.size"), node.text("level"), limits, severity)
    except ValueError:
        return None


def _limit(node: Node) -> Decimal | str:
    return sampling.NOT_ALLOWED if isinstance(node.value, str) else Decimal(str(node.value))


def _class(name: str, node: Node, plan: sampling.Plan, found: int) -> DefectClass:
    limit = node["aql"][name].value
    aql = NOT_ALLOWED if isinstance(limit, str) else Both(str(limit))
    return DefectClass(CLASSES[name], aql, plan.n, plan.ac, plan.re, found, found <= plan.ac)


_OF_GOODS = ("final", "preshipment")


def failures(node: Node) -> list[Node]:
    """What fails beside the counted defects: points checked, values measured."""
    checks = [row["passed"] for row in node.rows("checks")]
    values = [each for row in node.rows("measured") for each in row.rows("values")
              if not _within(row, Decimal(str(each.value)))]  # fmt: skip
    return [check for check in checks if check.value is False] + values


def _within(row: Node, figure: Decimal) -> bool:
    return row.number("minimum", figure) <= figure <= row.number("maximum", figure)


def lots_of_line(view: View, line: int) -> Mapping[str, Node]:
    """The last inspection of each finished lot of an order line, by lot number."""
    last: dict[str, Node] = {}
    for (name,), node in view.every("inspection").items():
        if name.partition("-")[0] in _OF_GOODS and node.count("lot.line", 0) == line:
            before = last.get(node.text("lot.id"))
            if before is None or before.text("date") <= node.text("date"):
                last[node.text("lot.id")] = node
    return last
