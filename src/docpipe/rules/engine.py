"""What a rule is, and how rules are run: the rule finds, the engine stamps code and severity."""

import inspect
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from docpipe.adapters.schemas import fields
from docpipe.adapters.yamlfile import Node
from docpipe.diagnostics import Diagnostic, Finding, Problem, Severity, Text
from docpipe.workspace import deadlines
from docpipe.workspace.order import Order
from docpipe.workspace.stage import reached, stages
from docpipe.workspace.view import View
from docpipe.workspace.workspace import Workspace

SHARED = ("company", "people")
_EARLY = frozenset({"logistics"})  # freight is asked for, and written down, long before it goes


@dataclass(frozen=True)
class Case:
    """What an order rule judges: one order, everything visible, at a moment.

    `entering` is the stage that somebody is about to enter, "" for a plain check: gates then judge
    the order as if that stage had begun.
    """

    view: View
    now: datetime
    entering: str = ""

    @property
    def order(self) -> Order:
        """The order's files."""
        return self.view.order

    def has(self, kind: str) -> bool:
        """Whether there are files of the kind, an order's or shared, and all of them are sound."""
        if kind in SHARED:
            file = self.view.workspace.file(f"{kind}.yaml")
            return file is not None and file.root is not None
        return kind in self.order.by_kind and kind not in self.order.broken

    def begun(self, stage: str) -> bool:
        """Whether the order has got to the stage, or further, or is about to."""
        order = list(stages(self.view.workspace.schemas))
        later = set(order[order.index(stage) :])
        come = reached(self.order) - _EARLY
        return bool(later & {*come, self.entering})

    @cached_property
    def deadlines(self) -> deadlines.Deadlines | None:
        """The company's deadlines; None while its calendar is unusable (rule MAS10 tells)."""
        try:
            return deadlines.Deadlines(self.view.company)
        except ValueError:
            return None

    def label(self, node: Node) -> Text:
        """One of a field's choices as people say it: "by air" for air."""
        file = next(file for file in self.order.files if file.path == node.file)
        schema = fields.at(self.view.schema(file.kind.name), node.path)
        return fields.labels(schema, str(node.value))


@dataclass(frozen=True)
class Estate:
    """What a workspace rule judges: the shared masters and all orders, at a moment."""

    workspace: Workspace
    now: datetime


OrderJudge = Callable[[Case], Iterable[Finding]]
EstateJudge = Callable[[Estate], Iterable[Finding]]


@dataclass(frozen=True)
class OrderRule:
    """A rule over one order.

    It runs when the order has files of all kinds in `needs`, and all of them fit their schemas;
    "company" and "people" are the shared files.
    A `structural` rule's errors keep documents from being made at all, drafts included: a figure
    would be missing from them.
    A rule with a `gate` guards a stage: while it finds an error, no document of that stage may be
    issued (drafts may).
    """

    problem: Problem
    judge: OrderJudge
    needs: tuple[str, ...]
    structural: bool = False
    gate: str = ""

    @property
    def waivable(self) -> bool:
        """Whether a manager may waive it: not a gate, and not what keeps figures missing."""
        return not self.gate and not self.structural


@dataclass(frozen=True)
class EstateRule:
    """A rule over the whole workspace."""

    problem: Problem
    judge: EstateJudge


@dataclass(frozen=True)
class Words:
    """What a rule says: the message and what to do, in English and Chinese."""

    en: str
    zh: str
    do_en: str
    do_zh: str


_REGISTERED_ORDER: list[OrderRule] = []
_REGISTERED_ESTATE: list[EstateRule] = []


def order_rule(
    code: str,
    severity: Severity,
    words: Words,
    *,
    needs: Iterable[str],
    structural: bool = False,
    gate: str = "",
) -> Callable[[OrderJudge], OrderJudge]:
    """Make a function a rule over one order. Its docstring is the manual page (see `manual`)."""

    def register(judge: OrderJudge) -> OrderJudge:
        problem = _problem(code, severity, words, judge)
        _REGISTERED_ORDER.append(OrderRule(problem, judge, tuple(needs), structural, gate))
        return judge

    return register


def estate_rule(
    code: str, severity: Severity, words: Words
) -> Callable[[EstateJudge], EstateJudge]:
    """Make a function a rule over the workspace. Its docstring is the manual page."""

    def register(judge: EstateJudge) -> EstateJudge:
        _REGISTERED_ESTATE.append(EstateRule(_problem(code, severity, words, judge), judge))
        return judge

    return register


def registered_order_rules() -> list[OrderRule]:
    """All order rules whose modules are imported, by code."""
    return sorted(_REGISTERED_ORDER, key=lambda rule: rule.problem.code)


def registered_estate_rules() -> list[EstateRule]:
    """All workspace rules whose modules are imported, by code."""
    return sorted(_REGISTERED_ESTATE, key=lambda rule: rule.problem.code)


def _problem(
    code: str, severity: Severity, words: Words, judge: OrderJudge | EstateJudge
) -> Problem:
    message, hint = Text(words.en, words.zh), Text(words.do_en, words.do_zh)
    return Problem(code, severity, message, hint, manual(judge))


def manual(judge: Callable[..., object]) -> Text:
    """The manual page in a rule's docstring: English, a line `---`, Chinese."""
    en, _, zh = inspect.getdoc(judge).partition("\n---\n")  # type: ignore[union-attr]
    return Text(en.strip(), zh.strip())


def judge_order(rules: Iterable[OrderRule], case: Case) -> Iterator[tuple[OrderRule, Diagnostic]]:
    """Every finding of every rule that applies to the order."""
    for rule in rules:
        if all(case.has(kind) for kind in rule.needs):
            for finding in rule.judge(case):
                yield rule, stamped(rule.problem, finding)


def stamped(problem: Problem, finding: Finding) -> Diagnostic:
    """A finding with its problem."""
    return Diagnostic(finding.place, problem, finding.params)
