"""What the doctor checks, and what it reports."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from types import MappingProxyType

from docpipe.diagnostics import DocpipeError, Param, Text, Value


class CheckState(StrEnum):
    """`NOTE`: worth knowing, nothing is missing. `FIXED`: it was missing until now."""

    FINE = "fine"
    NOTE = "note"
    MISSING = "missing"
    FIXED = "fixed"


class Check(Value):
    """One thing that was looked at: how it is; if not fine, why it matters and how to get it.

    `fix` does that, as far as it is safe; it raises DocpipeError where it cannot.
    """

    id: str
    state: CheckState
    says: Text
    why: Text | None = None
    how: Text | None = None
    params: Mapping[str, Param] = MappingProxyType({})
    fix: Callable[[], object] | None = None


def fine(id_: str, says: Text, **params: Param) -> Check:
    """It is as it should be."""
    return Check(id_, CheckState.FINE, says, params=params)


def note(id_: str, says: Text, why: Text, how: Text | None = None, **params: Param) -> Check:
    """Nothing is missing, but one should know."""
    return Check(id_, CheckState.NOTE, says, why, how, params)


def missing(id_: str, says: Text, why: Text, how: Text | None, **params: Param) -> Check:
    """Something is missing."""
    return Check(id_, CheckState.MISSING, says, why, how, params)


def failed(id_: str, error: DocpipeError, why: Text, how: Text | None = None) -> Check:
    """Something is missing, in the words of the error that tells it; `how` instead of its hint."""
    return Check(id_, CheckState.MISSING, error.message, why, how or error.hint, error.params)
