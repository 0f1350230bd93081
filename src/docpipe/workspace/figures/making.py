"""Making the goods: what is planned, what was reported until a day, and by how much it slips."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from docpipe.adapters.schemas import fields
from docpipe.adapters.yamlfile import Node
from docpipe.diagnostics import Value
from docpipe.standards import money, units
from docpipe.workspace.agreed import agreed
from docpipe.workspace.audience_view import View
from docpipe.workspace.figures.bilingual import Both, both, choice
from docpipe.workspace.figures.goods import Goods, goods
from docpipe.workspace.figures.opinions import person

_PARTS = Decimal("0.001")


class LinePlan(Value):
    """One order line: planned, and as last reported. What nobody wrote is None."""

    id: int
    name: Both
    unit: str
    quantity: Decimal | None
    start: str | None
    finish: str | None
    per_day: Decimal | None
    due: Decimal | None
    done: Decimal | None
    packed: Decimal | None
    rejected: Decimal | None
    ready: str | None
    remark: Both

    @property
    def share(self) -> Decimal | None:
        """How much of the quantity is done, as a ratio."""
        if self.done is None or not self.quantity:
            return None
        return (self.done / self.quantity).quantize(_PARTS)


class Milestone(Value):
    """One milestone: planned, and as last reported; `slip` in days, early is negative."""

    id: int
    what: Both
    kind: Both
    goods: Both
    start: str
    finish: str
    buffer: int | None
    after: str
    owner: Both
    supplier: Both
    means: tuple[Both, ...]
    inspection: str
    remark: str
    started: str | None
    finished: str | None
    expected: str | None
    percent: Decimal | None
    why: str

    @property
    def slip(self) -> int | None:
        """Days after the planned finish at which it was or will be finished."""
        end = self.finished or self.expected
        return _days(self.finish, end) if end else None


class Making(Value):
    """The plan with what was reported until `reported` (None where nothing was)."""

    lines: tuple[LinePlan, ...]
    milestones: tuple[Milestone, ...]
    planned_ready: str | None
    ready: str | None
    latest_shipment: str | None
    reported: str | None

    @property
    def spare(self) -> int | None:
        """Days between the goods being ready and the latest shipment; negative is too late."""
        ready = self.ready or self.planned_ready
        return _days(ready, self.latest_shipment) if ready and self.latest_shipment else None


def making(view: View, until: str = "") -> Making | None:
    """Plan and progress up to the report of the day `until`, or to the last one.

    None where there is neither plan nor report to be seen.
    """
    plan = view.get("production")
    reports = reports_until(view, until)
    if plan is None and not reports:
        return None
    contract = agreed(view)
    last = reports[-1] if reports else None
    lines = _lines(view, plan, contract, reports)
    return Making(
        lines=lines,
        milestones=_milestones(view, plan, reports),
        planned_ready=max((line.finish for line in lines if line.finish), default=None),
        ready=_text(last, "ready"),
        latest_shipment=_text(contract, "delivery.latest_shipment"),
        reported=_text(last, "date"),
    )


def reports_until(view: View, until: str = "") -> list[Node]:
    """The progress reports up to the day `until`, or all of them, in the order of their days."""
    every = view.every("progress").values()
    known = [node for node in every if not until or node.text("date") <= until]
    return sorted(known, key=lambda node: node.text("date"))


def _days(start: str, end: str) -> int | None:
    try:
        return (date.fromisoformat(end) - date.fromisoformat(start)).days
    except ValueError:  # a day that does not exist; a rule tells
        return None


def _text(node: Node | None, name: str) -> str | None:
    return (node.text(name, "") or None) if node is not None else None


def _number(node: Node | None, name: str) -> Decimal | None:
    return node.number(name) if node is not None and node.find(name) is not None else None


def _by_line(rows: Iterable[Node]) -> Mapping[int, Node]:
    return {row.count("line"): row for row in rows}


def _lines(
    view: View, plan: Node | None, contract: Node | None, reports: list[Node]
) -> tuple[LinePlan, ...]:
    planned = _by_line(plan.rows("lines")) if plan is not None else {}
    sold = _by_line(contract.rows("lines")) if contract is not None else {}
    last = reports[-1] if reports else None
    done = _by_line(last.rows("lines")) if last is not None else {}
    day = _text(last, "date")
    return tuple(
        _line(line, planned.get(id_), sold.get(id_), done.get(id_), day)
        for id_, line in goods(view).items()
        if id_ in planned or id_ in done
    )


def _line(
    line: Goods, plan: Node | None, sold: Node | None, done: Node | None, day: str | None
) -> LinePlan:
    quantity = _number(sold, "quantity")
    told = done or plan
    return LinePlan(
        id=line.id,
        name=line.name,
        unit=line.unit,
        quantity=quantity,
        start=_text(plan, "start"),
        finish=_text(plan, "finish"),
        per_day=_number(plan, "per_day"),
        due=_due(plan, quantity, day),
        done=_number(done, "done"),
        packed=_number(done, "packed"),
        rejected=_number(done, "rejected"),
        ready=_text(done, "ready"),
        remark=both(told.find("remark")) if told is not None else Both(),
    )


def _due(plan: Node | None, quantity: Decimal | None, day: str | None) -> Decimal | None:
    """The quantity that the plan asks for by the day; None where it does not say."""
    if plan is None or day is None:
        return None
    if plan.text("finish") <= day:
        return quantity
    steps = [row for row in plan.rows("outputs") if row.text("by") <= day]
    if steps:
        return max(row.number("quantity") for row in steps)
    return Decimal(0) if plan.rows("outputs") or plan.text("start") > day else None


def _milestones(view: View, plan: Node | None, reports: list[Node]) -> tuple[Milestone, ...]:
    known = goods(view)
    told = _told(reports)
    rows = plan.rows("milestones") if plan is not None else []
    return tuple(_milestone(view, row, known, told.get(row.count("id"), {})) for row in rows)


def _told(reports: list[Node]) -> Mapping[int, Mapping[str, Node]]:
    """What the reports say of each milestone; later ones win, fact by fact."""
    told: dict[int, dict[str, Node]] = {}
    for report in reports:
        for row in report.rows("milestones"):
            told.setdefault(row.count("milestone"), {}).update(row.fields)
    return told


def _milestone(
    view: View, row: Node, known: Mapping[int, Goods], told: Mapping[str, Node]
) -> Milestone:
    line = known.get(row.count("line", 0))
    seller = view.master("supplier", row.text("supplier", "-"))
    percent = told.get("percent")
    said = {name: str(told[name].value) if name in told else None
            for name in ("started", "finished", "expected")}  # fmt: skip
    return Milestone(
        id=row.count("id"),
        what=both(row.find("what")),
        kind=choice(fields.at(view.schema("production"), ("milestones", 0)), row, "kind"),
        goods=line.name if line else Both(),
        start=row.text("start"),
        finish=row.text("finish"),
        buffer=row.count("buffer_days") if "buffer_days" in row else None,
        after=", ".join(str(node.value) for node in row.rows("after")),
        owner=person(view, row.text("owner")) if "owner" in row else Both(),
        supplier=both(seller.find("name")) if seller is not None else Both(),
        means=tuple(_means(row)),
        inspection=row.text("inspection", ""),
        remark=row.text("remark", ""),
        percent=Decimal(str(percent.value)) if percent is not None else None,
        why=str(told["why"].value) if "why" in told else "",
        **said,
    )


def _means(row: Node) -> Iterable[Both]:
    """Materials, equipment and people, each on a line."""
    for each in row.rows("materials"):
        unit = units.unit(each.text("unit")).printed
        amount = f"{money.format_number(each.number('quantity'))} {unit}"
        by = each.text("by", "")
        yield _beside(both(each.find("what")), f"{amount}, {by}" if by else amount)
    for each in row.rows("equipment"):
        count = each.text("count", "")
        yield _beside(both(each.find("what")), f"× {count}" if count else "")
    for each in row.rows("people"):
        yield _beside(both(each.find("team")), f"× {each.text('count')}")


def _beside(name: Both, figure: str) -> Both:
    return Both(*(f"{text} {figure}".strip() if text else "" for text in (name.en, name.zh)))
