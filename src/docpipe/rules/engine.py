"""What a rule is, and how rules are run: the rule finds, the engine stamps code and severity."""

import inspect
from collections.abc import Callable, Iterable, Iterator

from docpipe.diagnostics import Diagnostic, Finding, Problem, Severity, Text, Value
from docpipe.rules.case import Case, Estate

OrderJudge = Callable[[Case], Iterable[Finding]]
EstateJudge = Callable[[Estate], Iterable[Finding]]


class OrderRule(Value):
    """A rule over one order.

    It runs when the order has files of all kinds in `needs`, and all of them fit their schemas;
    "company" and "people" are the shared files. It also waits while a file of a kind in `reads`
    is broken: what cannot be read is not missing.
    A `whole` rule adds up lines: it waits while a structural rule finds some missing or double.
    A `structural` rule's errors keep documents from being made at all, drafts included: a figure
    would be missing from them.
    A rule with a `gate` guards a stage: while it finds an error, no document of that stage may be
    issued (drafts may).
    """

    problem: Problem
    judge: OrderJudge
    needs: tuple[str, ...]
    reads: tuple[str, ...] = ()
    structural: bool = False
    whole: bool = False
    gate: str = ""

    @property
    def waivable(self) -> bool:
        """Whether a manager may waive it: not a gate, and not what keeps figures missing."""
        return not self.gate and not self.structural


class EstateRule(Value):
    """A rule over the whole workspace."""

    problem: Problem
    judge: EstateJudge


_REGISTERED_ORDER: list[OrderRule] = []
_REGISTERED_ESTATE: list[EstateRule] = []


def order_rule(
    code: str,
    severity: Severity,
    en: str,
    zh: str,
    do_en: str,
    do_zh: str,
    *,
    needs: Iterable[str],
    reads: Iterable[str] = (),
    structural: bool = False,
    whole: bool = False,
    gate: str = "",
) -> Callable[[OrderJudge], OrderJudge]:
    """Make a function a rule over one order: what it says, and what to do, in both languages.

    The function's docstring is the manual page (see `manual`).
    """
    words = Text(en, zh), Text(do_en, do_zh)

    def register(judge: OrderJudge) -> OrderJudge:
        problem = Problem(code, severity, *words, manual(judge))
        kinds = (tuple(needs), tuple(reads))
        _REGISTERED_ORDER.append(OrderRule(problem, judge, *kinds, structural, whole, gate))
        return judge

    return register


def estate_rule(
    code: str, severity: Severity, en: str, zh: str, do_en: str, do_zh: str
) -> Callable[[EstateJudge], EstateJudge]:
    """Make a function a rule over the workspace, as `order_rule` does."""
    words = Text(en, zh), Text(do_en, do_zh)

    def register(judge: EstateJudge) -> EstateJudge:
        problem = Problem(code, severity, *words, manual(judge))
        _REGISTERED_ESTATE.append(EstateRule(problem, judge))
        return judge

    return register


def registered_order_rules() -> list[OrderRule]:
    """All order rules whose modules are imported, by code."""
    return sorted(_REGISTERED_ORDER, key=lambda rule: rule.problem.code)


def registered_estate_rules() -> list[EstateRule]:
    """All workspace rules whose modules are imported, by code."""
    return sorted(_REGISTERED_ESTATE, key=lambda rule: rule.problem.code)


def manual(judge: Callable[..., object]) -> Text:
    """The manual page in a rule's docstring: English, a line `---`, Chinese."""
    en, _, zh = inspect.getdoc(judge).partition("\n---\n")  # type: ignore[union-attr]
    return Text(en.strip(), zh.strip())


def judge_order(rules: Iterable[OrderRule], case: Case) -> Iterator[tuple[OrderRule, Diagnostic]]:
    """Every finding of every rule that applies to the order."""
    sound = True
    for rule in sorted(rules, key=lambda rule: not rule.structural):
        if _applies(rule, case) and (sound or not rule.whole):
            for finding in rule.judge(case):
                sound = sound and not rule.structural
                yield rule, stamped(rule.problem, finding)


def _applies(rule: OrderRule, case: Case) -> bool:
    if rule.reads and case.order.broken.intersection(rule.reads):
        return False
    return all(map(case.has, rule.needs))


def stamped(problem: Problem, finding: Finding) -> Diagnostic:
    """A finding with its problem."""
    return Diagnostic(finding.place, problem, finding.params)
