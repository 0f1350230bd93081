"""Acceptance sampling by attributes: single plans (ISO 2859-1:1999)."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Final, Literal

from docpipe.diagnostics import Value, replace
from docpipe.standards.sampling_tables import (
    Severity,
    cell,
    code_letter,
    has_own_plan,
    sample_size,
)

NOT_ALLOWED: Final = "not_allowed"
"""In place of an AQL: one such defect rejects the lot (critical defects)."""

Limit = Decimal | Literal["not_allowed"]


class Plan(Value):
    """Inspect ``n`` units: up to ``ac`` defective accept the lot, ``re`` or more reject it.

    ``hundred_percent``: the table's sample is the lot or more, so ``n`` is the whole lot.
    """

    code: str
    n: int
    ac: int
    re: int
    hundred_percent: bool = False


class CombinedPlan(Value):
    """One sample for several classes of defects.

    ``n`` units are drawn. A class whose plan has a smaller ``n`` is judged on that many of them.
    """

    code: str
    n: int
    hundred_percent: bool
    classes: Mapping[str, Plan]


def combined_plan(
    lot_size: int, level: str, limits: Mapping[str, Limit], severity: Severity = "normal"
) -> CombinedPlan:
    """One sample that serves all classes (``{"critical": NOT_ALLOWED, "major": Decimal("2.5")}``).

    Each AQL may lead to another sample size; the largest one's code letter then serves all, with
    that letter's Ac and Re. Where the table has only an arrow at that letter, the class keeps its
    own, smaller plan. ``NOT_ALLOWED`` draws the letter's sample with Ac 0.

    ``ValueError`` for a lot below 1, no class, an unknown level, severity, or an AQL that is not
    in the tables.
    """
    if not limits:
        raise ValueError("a sampling plan needs at least one class of defects")
    letter = code_letter(lot_size, level)
    own = {name: _plan_at(letter, limit, severity) for name, limit in limits.items()}
    common = max(own.values(), key=lambda each: each.n)
    classes = {
        name: _within(lot_size, _serve(common.code, own[name], limit, severity))
        for name, limit in limits.items()
    }
    whole = _within(lot_size, common)
    return CombinedPlan(common.code, whole.n, whole.hundred_percent, classes)


def _plan_at(code: str, limit: Limit, severity: Severity) -> Plan:
    if limit == NOT_ALLOWED:
        return Plan(code, sample_size(code), 0, 1)
    found = cell(code, limit, severity)
    return Plan(found.code, found.n, found.ac, found.ac + 1)


def _serve(code: str, own: Plan, limit: Limit, severity: Severity) -> Plan:
    """The class's plan at the common letter, or its own where that letter has an arrow."""
    if limit == NOT_ALLOWED or has_own_plan(code, limit, severity):
        return _plan_at(code, limit, severity)
    return own


def _within(lot_size: int, each: Plan) -> Plan:
    if each.n < lot_size:
        return each
    return replace(each, n=lot_size, hundred_percent=True)
