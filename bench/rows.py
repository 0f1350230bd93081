"""Figures, and how they are written down: as a table for people, as JSON for programs."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from bench.clock import Times

_HEAD = ("", "median", "least", "unit", "against", "", "ratio")


@dataclass(frozen=True)
class Row:
    """One figure, such as 4.2 ms, and what it is held against.

    `ratio` says how many times quicker than the baseline where `quicker` is true, and else how
    many times as much as the baseline.
    """

    name: str
    value: float
    unit: str
    baseline: float | None = None
    against: str = ""
    quicker: bool = False
    least: float | None = None

    @property
    def ratio(self) -> float | None:
        """How the value stands to its baseline."""
        if self.baseline is None:
            return None
        return self.baseline / self.value if self.quicker else self.value / self.baseline


def quicker(name: str, ours: Times, theirs: Times, against: str) -> Row:
    """A row of two CPU times in ms whose ratio is how many times quicker ours is."""
    return Row(
        name, ours.median * 1e3, "ms", theirs.median * 1e3, against, True, ours.least * 1e3
    )  # fmt: skip


def plain(name: str, times: Times, unit: str = "ms") -> Row:
    """A row of a CPU time in ms that is held against nothing."""
    return Row(name, times.median * 1e3, unit, least=times.least * 1e3)


def as_json(rows: Iterable[Row]) -> str:
    """{"name": {"value":, "unit":, "baseline":, "ratio":}}, with .least where it was measured."""
    table: dict[str, dict[str, Any]] = {}
    for row in rows:
        table[row.name] = _entry(row.value, row)
        if row.least is not None:
            table[f"{row.name}.least"] = _entry(row.least, None, row.unit)
    return json.dumps(table, indent=2) + "\n"


def _entry(value: float, row: Row | None, unit: str = "") -> dict[str, Any]:
    return {
        "value": value,
        "unit": row.unit if row else unit,
        "baseline": row.baseline if row else None,
        "ratio": row.ratio if row else None,
    }


def as_table(rows: Iterable[Row]) -> str:
    """The rows as a Markdown table, aligned for the terminal too."""
    cells = [_HEAD, *(_cells(row) for row in rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    lines = [_line(line, widths) for line in cells]
    rule = [("-" * w if i in (0, 3, 4) else "-" * (w - 1) + ":") for i, w in enumerate(widths)]
    return "\n".join([lines[0], _line(rule, widths), *lines[1:]]) + "\n"


def _line(cells: Iterable[str], widths: list[int]) -> str:
    pairs = zip(cells, widths, strict=True)
    padded = [c.ljust(w) if i in (0, 3, 4) else c.rjust(w) for i, (c, w) in enumerate(pairs)]
    return f"| {' | '.join(padded)} |"


def _cells(row: Row) -> tuple[str, ...]:
    ratio = "" if row.ratio is None else f"{_figure(row.ratio)}x"
    least = "" if row.least is None else _figure(row.least)
    baseline = "" if row.baseline is None else _figure(row.baseline)
    return row.name, _figure(row.value), least, row.unit, row.against, baseline, ratio


def _figure(value: float) -> str:
    """Three digits that say something: 0.00412, 4.12, 412, 41,234."""
    if value >= 100 or value == 0:
        return f"{value:,.0f}"
    places = max(0, 2 - int(f"{value:e}".partition("e")[2]))
    return f"{value:.{places}f}"
