"""Gates: nothing is made of material, or after a step, that has not passed its inspection."""

from collections.abc import Iterator

from docpipe.adapters.yamlfile import Node
from docpipe.diagnostics import Finding, Severity, found
from docpipe.rules.case import Case
from docpipe.rules.engine import order_rule
from docpipe.rules.plan import milestones


def conceded(root: Node) -> bool:
    """Whether a concession was approved for a lot that failed."""
    return root.find("nonconformity.concession") is not None


def last_of_lot(case: Case, name: str) -> Node | None:
    """The inspection, or the last one that repeats it; None where there is none yet."""
    root = case.view.get("inspection", name)
    for (other,), again in case.view.every("inspection").items():
        if root is not None and again.text("reinspects", "") == name and other != name:
            root, name = again, other
    return root


def _begun(case: Case) -> dict[int, Node]:
    """Milestones that a report says have begun, and where it says so."""
    begun: dict[int, Node] = {}
    for root in case.view.every("progress").values():
        for row in root.rows("milestones"):
            if "started" in row or "finished" in row or row.number("percent", 0) > 0:
                begun.setdefault(row.count("milestone"), row["milestone"])
    return begun


def _successors(case: Case) -> Iterator[tuple[Node, Node]]:
    """Each step that has begun, and each inspected step that had to be finished first."""
    known, begun = milestones(case), _begun(case)
    for id_, where in begun.items():
        step = known.get(id_)
        for node in step.rows("after") if step is not None else ():
            first = known.get(int(str(node.value)))
            if first is not None and "inspection" in first:
                yield where, first


@order_rule(
    "QUA16",
    Severity.ERROR,
    "This step has begun, though the inspection before it stands failed ({other})",
    "此工序已开始，而前道检验不合格且未解决（{other}）",
    "Stop; rework and inspect again, have a concession approved, or replace the lot",
    "请停止；返工复检、办理让步接收或换料",
    needs=["production", "progress"],
    reads=["inspection"],
    gate="production",
)
def steps_wait_for_a_failed_inspection(case: Case) -> Iterator[Finding]:
    """No process step while its predecessor's inspection, material or process, stands failed.

    The plan says what follows what (after) and which inspection must pass (inspection).
    Source: ISO 9001:2015, clauses 8.6 and 8.7.
    ---
    前道（物料或过程）检验不合格且未解决的，不得进入下道工序。先后和检验见计划的 after、inspection。
    依据：GB/T 19001-2016 8.6、8.7。
    """
    for where, first in _successors(case):
        last = last_of_lot(case, first.text("inspection"))
        if last is not None and last.text("verdict") == "rejected" and not conceded(last):
            yield found(where.place, other=last.at("verdict"))


@order_rule(
    "QUA17",
    Severity.ERROR,
    "This step has begun, and its material has not been inspected: {name} is missing ({other})",
    "此工序已开始，而物料未经检验：缺 {name}（{other}）",
    "Inspect the material, and stop what is made of it until then",
    "请检验物料；检验合格之前停止使用",
    needs=["production", "progress"],
    reads=["inspection"],
    gate="production",
)
def material_is_inspected_before_use(case: Case) -> Iterator[Finding]:
    """No material into production before the inspection that the plan names has passed.

    Source: ISO 9001:2015, clause 8.4.
    ---
    计划规定的物料检验没有做，物料不得投入生产。依据：GB/T 19001-2016 8.4。
    """
    for where, first in _successors(case):
        name = first.text("inspection")
        material = first.text("kind", "") == "material" or name.startswith("material-")
        if material and case.view.get("inspection", name) is None:
            yield found(where.place, name=f"inspections/{name}.yaml", other=first.at("inspection"))


@order_rule(
    "QUA18",
    Severity.ERROR,
    "Goods are finished, and the material of purchase {name} was never passed ({other})",
    "已有成品，而采购 {name} 的物料从未检验合格（{other}）",
    "Inspect what is left, and judge the goods that were made of it",
    "请检验余料，并评估已用其生产的货物",
    needs=["purchase", "progress"],
    reads=["inspection"],
    gate="quality",
)
def bought_material_was_passed(case: Case) -> Iterator[Finding]:
    """Material and parts that are to be inspected on receipt have a passed inspection, or a
    concession, before the first goods are finished.

    ---
    约定到货检验的物料、零件，应在第一批成品之前检验合格或让步接收。
    """
    done = [row["done"] for root in case.view.every("progress").values()
            for row in root.rows("lines") if row.number("done") > 0]  # fmt: skip
    for (name,), root in case.view.every("purchase").items():
        bought = root.text("kind") in ("material", "part") and "cancelled" not in root
        if done and bought and root.text("inspection.at") in ("receipt", "both"):
            mine = [each for each in case.view.every("inspection").values()
                    if each.text("purchase", "") == name]  # fmt: skip
            if not any(each.text("verdict") == "accepted" or conceded(each) for each in mine):
                yield found(done[0].place, name=name, other=root.at("inspection.at"))
