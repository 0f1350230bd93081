"""Rules over one inspection: sample, verdict, defects, people."""

from collections.abc import Iterator

from docpipe.adapters.yamlfile import Node
from docpipe.diagnostics import Finding, Severity, Text, found
from docpipe.rules.case import Case
from docpipe.rules.engine import order_rule
from docpipe.standards.sampling import CombinedPlan
from docpipe.workspace.figures.inspection import CLASSES, failures, plan_of

_VERDICTS = {
    True: Text("accepted", "合格"),
    False: Text("rejected", "不合格"),
}


def _planned(case: Case) -> Iterator[tuple[Node, CombinedPlan | None]]:
    """Each inspection and its plan; None where the tables have none (rule QUA04 tells)."""
    for root in case.view.every("inspection").values():
        yield root, plan_of(root)


@order_rule(
    "QUA01",
    Severity.ERROR,
    "Sample of {sample}, but a lot of {lot} at level {level} takes {n} (code letter {code})",
    "样本 {sample}，而批量 {lot}、水平 {level} 应抽 {n}（样本量字码 {code}）",
    "Draw the whole sample, or correct the figure",
    "请补足样本，或改正数字",
    needs=["inspection"],
)
def sample_is_the_plans(case: Case) -> Iterator[Finding]:
    """The sample follows from lot size, level and AQL; where an arrow leads, its n goes with it.

    A smaller sample passes lots that the plan would reject. Where the classes' plans differ in
    size, the largest serves all. A plan that asks for the lot or more means 100 % inspection.
    Source: ISO 2859-1:1999 = GB/T 2828.1-2012, clauses 10.3 and 11.1, tables 1 and 2.
    ---
    样本量由批量、检验水平和 AQL 查表得出；遇箭头时连同 n 一起采用箭头所指的方案。样本抽少了，
    该拒收的批会混过去。
    各类缺陷方案的 n 不同时取最大的；n 不小于批量时全检。依据：GB/T 2828.1-2012 10.3、11.1，
    表1、表2。
    """
    for root, plan in _planned(case):
        if plan is not None and root.count("sample") != plan.n:
            yield found(
                root.at("sample"),
                sample=root.count("sample"), lot=root.count("lot.size"),
                level=root.text("level"), n=plan.n, code=plan.code,
            )  # fmt: skip


@order_rule(
    "QUA02",
    Severity.ERROR,
    "The verdict says {verdict}, but {found} {name} defects against Ac {ac} make it {due}",
    "结论为{verdict}，但{name}缺陷 {found} 个，Ac = {ac}，应判{due}",
    "Correct the verdict, or count again",
    "请改正结论，或重新清点",
    needs=["inspection"],
)
def verdict_follows_from_the_figures(case: Case) -> Iterator[Finding]:
    """Up to Ac defective units accept the lot, one more rejects it; any class can reject alone.

    17 major defects where Ac is 14 are no "accepted", however soon the ship leaves.
    Source: ISO 2859-1:1999 = GB/T 2828.1-2012, clause 11.1.
    ---
    不合格品数不超过 Ac 接收，达到 Re 拒收，任何一类超过都拒收整批。Ac 是 14 而发现 17 个，
    船期再急也不能判合格。
    依据：GB/T 2828.1-2012 11.1。
    """
    for root, plan in _planned(case):
        if plan is None:
            continue
        classes = plan.classes
        over = [name for name in classes if root.count(f"found.{name}") > classes[name].ac]
        accepted = root.text("verdict") == "accepted"
        if (accepted and over) or (not accepted and not over and not failures(root)):
            worst = over[0] if over else "major"
            name = Text(worst, CLASSES[worst].zh)
            yield found(
                root.at("verdict"),
                verdict=_VERDICTS[accepted], due=_VERDICTS[not accepted], name=name,
                found=root.count(f"found.{worst}"), ac=classes[worst].ac,
            )  # fmt: skip


@order_rule(
    "QUA03",
    Severity.ERROR,
    "{name} defects: {found} found, but the list makes {listed} ({other})",
    "{name}缺陷：发现 {found}，而清单合计 {listed}（{other}）",
    "Correct one of them",
    "请改正其一",
    needs=["inspection"],
)
def listed_defects_make_the_count(case: Case) -> Iterator[Finding]:
    """The defects listed add up, class by class, to the numbers that the verdict rests on.

    ---
    缺陷清单按类别合计，应等于判定所依据的缺陷数。
    """
    for root in case.view.every("inspection").values():
        for name in CLASSES:
            rows = [row for row in root.rows("defects") if row.text("class") == name]
            listed = sum(row.count("count") for row in rows)
            count = root.count(f"found.{name}")
            if listed != count:
                title = Text(name.capitalize(), CLASSES[name].zh)
                figures = {"found": count, "listed": listed, "other": root.at("defects")}
                yield found(root.at(f"found.{name}"), name=title, **figures)


@order_rule(
    "QUA04",
    Severity.ERROR,
    "There is no sampling plan for this lot, level and AQL",
    "此批量、检验水平和 AQL 没有对应的抽样方案",
    "Choose values of the tables of ISO 2859-1 (AQL 0.065 to 6.5)",
    "请选用 GB/T 2828.1 表中的数值（AQL 0.065 至 6.5）",
    needs=["inspection"],
)
def plans_are_in_the_tables(case: Case) -> Iterator[Finding]:
    """Without a plan there is no Ac, and no verdict that anybody could check.

    Source: ISO 2859-1:1999 = GB/T 2828.1-2012, tables 1, 2-A and 2-B.
    ---
    查不到方案就没有 Ac，结论无从核对。依据：GB/T 2828.1-2012 表1、表2-A、表2-B。
    """
    for root, plan in _planned(case):
        if plan is None:
            yield found(root.at("aql"))
