"""Two languages side by side, row by row, so that neither text drifts from the other."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from docx.table import Table, _Cell

from .kit import Form
from .ooxml import dress
from .tables import new_row, tag_row
from .theme import TEXT_WIDTH

Pair = tuple[str, str]
_GUTTER = 8.0


def two_columns(form: Form) -> Table:
    """English left, Chinese right, a gutter between them."""
    side = (TEXT_WIDTH - _GUTTER) / 2
    table: Table = form.document.add_table(0, 3)
    dress(table, (side, _GUTTER, side), "Clause Table")
    return table


@contextmanager
def around(form: Form, table: Table, start: str, end: str) -> Iterator[None]:
    """Rows between two template tags."""
    tag_row(form, table, start)
    yield
    tag_row(form, table, end)


def clause(form: Form, table: Table, title: Pair) -> tuple[_Cell, _Cell]:
    """A row with its title in both languages; the text goes below, into the two cells."""
    cells = new_row(table).cells
    sides = (cells[0], cells[2])
    for cell, text in zip(sides, title, strict=True):
        form.put(cell, "Clause Title", text)
    return sides


def text(form: Form, sides: Sequence[_Cell], pair: Pair, given: str = "") -> None:
    """A paragraph in both languages."""
    for cell, words in zip(sides, pair, strict=True):
        with form.given(cell, given):
            form.put(cell, "Clause Text", words)


def listed(form: Form, sides: Sequence[_Cell], loop: str, pair: Pair) -> None:
    """A paragraph in both languages for each turn of the loop."""
    for cell, words in zip(sides, pair, strict=True):
        with form.each(cell, loop):
            form.put(cell, "Clause Text", words)
