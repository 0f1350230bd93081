"""Two languages side by side, row by row, so that neither text drifts from the other."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from docx.table import Table, _Cell

from .kit import Form
from .ooxml import dress, keep_next
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


def clause(form: Form, table: Table, title: Pair, split: bool = False) -> tuple[_Cell, _Cell]:
    """A row for the title, kept with the row below; the text goes into that one's two cells.

    Short rows stay whole; only a row that may be long splits over two pages.
    """
    head(form, table, title)
    return row(table, split)


def head(form: Form, table: Table, title: Pair) -> None:
    """The title of a clause in both languages, kept with the row below."""
    for cell, words in zip(new_row(table).cells[::2], title, strict=True):
        form.put(cell, "Clause Title", words)


def row(table: Table, split: bool = False) -> tuple[_Cell, _Cell]:
    """A row for a paragraph in both languages, level with each other."""
    cells = new_row(table, split).cells
    return cells[0], cells[2]


def text(form: Form, sides: Sequence[_Cell], pair: Pair, given: str = "") -> None:
    """A paragraph in both languages."""
    for cell, words in zip(sides, pair, strict=True):
        with form.given(cell, given):
            form.put(cell, "Clause Text", words)


def last_clause(form: Form, cells: Sequence[_Cell], pair: Pair, last: str = "loop.last") -> None:
    """A paragraph in both languages; the last row stays with the row below."""
    for cell, words in zip(cells, pair, strict=True):
        form.put(cell, "Template Tag", f"{{%p if {last} %}}")
        keep_next(form.put(cell, "Clause Text", words))
        form.put(cell, "Template Tag", "{%p else %}")
        form.put(cell, "Clause Text", words)
        form.put(cell, "Template Tag", "{%p endif %}")


def listed(form: Form, sides: Sequence[_Cell], loop: str, pair: Pair) -> None:
    """A paragraph in both languages for each turn of the loop."""
    for cell, words in zip(sides, pair, strict=True):
        with form.each(cell, loop):
            form.put(cell, "Clause Text", words)
