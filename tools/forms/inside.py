"""Forms for the house: the same words with Chinese first."""

import re
from collections.abc import Sequence
from dataclasses import replace

from .kit import Fact
from .tables import Column, Line

_CHOSEN = re.compile("(?<=%})([A-Za-z]+) ([\u4e00-\u9fff]+)(?={%)")  # words between tags
_PAIR = re.compile(r"([^\u4e00-\u9fff]*[^\u4e00-\u9fff\s])(\s+)([\u4e00-\u9fff].*)", re.DOTALL)


def chinese_first(text: str) -> str:
    """A label such as "Lot No. 批号" with the Chinese first; texts of facts likewise."""
    pair = _PAIR.fullmatch(text) if "{" not in text else None
    if pair:
        text = f"{pair[3]}{pair[2]}{pair[1]}"
    text = _CHOSEN.sub(r"\2 \1", text)
    return re.sub(r"\| (inline|bilingual)\b(?!_)", r"| \1_zh", text)


def facts_inside(facts: Sequence[Fact]) -> list[Fact]:
    """Facts with Chinese first."""
    return [
        replace(fact, label=chinese_first(fact.label), value=chinese_first(fact.value))
        for fact in facts
    ]


def columns_inside(columns: Sequence[Column]) -> list[Column]:
    """Columns with Chinese first."""
    return [
        replace(column, head=chinese_first(column.head), cell=_cell(column.cell))
        for column in columns
    ]


def _cell(cell: str | Sequence[Line]) -> str | Sequence[Line]:
    if isinstance(cell, str):
        return chinese_first(cell)
    return [replace(line, text=chinese_first(line.text)) for line in cell]
