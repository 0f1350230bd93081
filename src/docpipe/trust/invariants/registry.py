"""All invariants, for the manual."""

from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from docpipe.diagnostics import Problem, Severity
from docpipe.trust import invariants
from docpipe.trust.invariants.engine import Invariant, registered


def all_invariants() -> list[Invariant[Any]]:
    """Every invariant, by code."""
    for module in iter_modules(invariants.__path__):
        import_module(f"{invariants.__name__}.{module.name}")
    return registered()


def problems() -> list[Problem]:
    """Every invariant as the manual tells of it."""
    return [
        Problem(
            each.code, Severity.NOTE if each.words.remark else Severity.ERROR, each.words.message,
            each.words.hint, each.page,
        ) for each in all_invariants()
    ]  # fmt: skip
