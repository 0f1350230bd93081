"""Plain tables for the terminal: columns that fit, Chinese counted as two."""

import unicodedata
from collections.abc import Sequence

WIDTH = 80
_GAP = "  "
_LEAST = 16


def width(text: str) -> int:
    """How many columns `text` takes on a terminal."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1
        for char in text
    )


def shortened(text: str, limit: int) -> str:
    """`text` cut to `limit` columns, with an ellipsis where something is left out."""
    if width(text) <= limit:
        return text
    kept = ""
    for char in text:
        if width(kept + char) > limit - 1:
            break
        kept += char
    return kept + "…"


def padded(text: str, columns: int, right: bool) -> str:
    """`text` filled up to `columns` on its left or right."""
    space = " " * max(0, columns - width(text))
    return space + text if right else text + space


def table(
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    right: Sequence[int] = (),
    flexible: int = -1,
) -> list[str]:
    """The lines of a table; `right` are right-aligned columns, `flexible` the one cut first."""
    cells = [list(head), *(list(row) for row in rows)]
    widths = _fitted(
        [max(width(row[column]) for row in cells) for column in range(len(head))], right, flexible
    )
    return [
        _GAP.join(
            padded(shortened(cell, widths[column]), widths[column], column in right)
            for column, cell in enumerate(row)
        ).rstrip()
        for row in cells
    ]


def _fitted(widths: list[int], right: Sequence[int], flexible: int) -> list[int]:
    """Widths that fit: the flexible column gives first, then the widest; figures are never cut."""
    excess = sum(widths) + len(_GAP) * (len(widths) - 1) - WIDTH
    if excess > 0:
        given = min(excess, max(0, widths[flexible] - _LEAST))
        widths[flexible] -= given
        excess -= given
    cuttable = [column for column in range(len(widths)) if column not in right]
    for _ in range(max(0, excess)):
        widths[max(cuttable, key=widths.__getitem__)] -= 1
    return widths


def plain(rows: Sequence[Sequence[str]]) -> list[str]:
    """The same rows for a pipe: tab-separated, nothing cut, no head."""
    return ["\t".join(row) for row in rows]
