"""Rules over the clauses that a contract takes from the library."""

from collections.abc import Iterator

from docpipe.diagnostics import Finding, Severity, found
from docpipe.rules.case import Case
from docpipe.rules.engine import order_rule
from docpipe.workspace.figures.clauses import PLACEHOLDER, fact


@order_rule(
    "CON05",
    Severity.ERROR,
    'Clause "{clause}" speaks of {missing}, which the contract does not say',
    "条款“{clause}”引用了 {missing}，而合同中没有填写",
    "Fill it in, or choose another clause",
    "请填写，或换一条条款",
    needs=["contract"],
    gate="contract",
)
def clauses_find_their_facts(case: Case) -> Iterator[Finding]:
    """A clause of the library is filled in from the contract; a fact that is missing leaves a gap.

    ---
    条款库中的条款要用合同里的内容填空；缺了，合同上就留着空。
    """
    for node in case.file("contract").rows("clauses"):
        clause = case.view.master("clause", str(node.value))
        text = clause.find("text") if clause is not None else None
        said = "".join(str(part.value) for part in text.fields.values()) if text is not None else ""
        names = dict.fromkeys(PLACEHOLDER.findall(said))
        missing = [name for name in names if fact(case.view, name, "en") is None]
        if missing:
            yield found(node.place, clause=node.value, missing=missing)


@order_rule(
    "CON06",
    Severity.ERROR,
    'There is no clause "{clause}" in the library ({path})',
    "条款库中没有“{clause}”（{path}）",
    "Correct the name, or add the clause",
    "请改正名称，或添加该条款",
    needs=["contract"],
    structural=True,
)
def clauses_are_in_the_library(case: Case) -> Iterator[Finding]:
    """Contracts choose clauses by name from templates/clauses/.

    A contract that prints without one of its clauses is worse than none.
    ---
    合同按名称从 templates/clauses/ 选用条款。少印一条，比不印合同还糟。
    """
    for node in case.file("contract").rows("clauses"):
        if case.view.master("clause", str(node.value)) is None:
            path = case.view.workspace.master_path("clause", str(node.value))
            yield found(node.place, clause=node.value, path=path)
