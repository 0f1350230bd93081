"""Entries of tables by their code."""

from collections.abc import Mapping
from typing import TypeVar

T = TypeVar("T")


def entry(table: Mapping[str, T], code: str, what: str) -> T:
    """The entry of a code. ``ValueError`` with a sentence that names it when there is none."""
    try:
        return table[code]
    except KeyError:
        raise ValueError(f"{code!r} is not {what}") from None
