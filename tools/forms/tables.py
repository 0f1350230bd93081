"""Tables of lines: repeating heads, unsplit rows, totals that stay with the last line."""

from collections.abc import Sequence
from dataclasses import dataclass

from docx.shared import Mm
from docx.table import Table, _Cell, _Row

from .kit import Form
from .ooxml import dress, keep_next, unsplit


@dataclass(frozen=True)
class Line:
    """One paragraph of a cell; gone without the fact `given`, repeated by the loop `each`."""

    text: str
    style: str = "Table Text"
    given: str = ""
    each: str = ""


@dataclass(frozen=True)
class Column:
    """A column: width in millimetres, head, and what stands in each row's cell."""

    width: float
    head: str
    cell: str | Sequence[Line]
    number: bool = False

    @property
    def lines(self) -> Sequence[Line]:
        """The paragraphs of one cell."""
        style = "Table Number" if self.number else "Table Text"
        return (Line(self.cell, style),) if isinstance(self.cell, str) else self.cell


def some(name: str) -> str:
    """The condition under which a number prints: zero is a number too."""
    return f"({name} or {name} == 0)"


@dataclass(frozen=True)
class Span:
    """A cell of a total row over some columns."""

    columns: int
    text: str
    style: str = "Table Total Number"


def line_table(form: Form, columns: Sequence[Column], loop: str, keep: str = "") -> Table:
    """A table with one row for each turn of the loop.

    `keep` says which rows stay with the next one: "loop.last" where totals follow,
    "not loop.last" where a short table stays whole.
    """
    table: Table = form.document.add_table(1, len(columns))
    dress(table, [column.width for column in columns], "Line Table")
    for cell, column in zip(table.rows[0].cells, columns, strict=True):
        form.put(cell, "Table Head Number" if column.number else "Table Head", column.head)
    head = table.rows[0]._tr
    head.remove(head.get_or_add_trPr())
    unsplit(table.rows[0], repeat=True)
    tag_row(form, table, f"{{%tr for {loop} %}}")
    row = new_row(table)
    _keeping(form, row.cells[0], columns[0], keep)
    for cell, column in list(zip(row.cells, columns, strict=True))[1:]:
        _fill(form, cell, column.lines)
    tag_row(form, table, "{%tr endfor %}")
    return table


def new_row(table: Table, split: bool = False) -> _Row:
    """One more row, which does not split unless it may."""
    row: _Row = table.add_row()  # type: ignore[no-untyped-call]
    for cell, column in zip(row.cells, table.columns, strict=True):
        cell.width = column.width or Mm(0)
    if not split:
        unsplit(row)
    return row


def tag_row(form: Form, table: Table, tag: str) -> None:
    """A row that holds only a template tag and vanishes when the document is made."""
    row: _Row = table.add_row()  # type: ignore[no-untyped-call]
    form.put(row.cells[0].merge(row.cells[-1]), "Template Tag", tag)


def total_row(form: Form, table: Table, *spans: Span, tags: tuple[str, str] | None = None,
              keep: bool = False) -> None:  # fmt: skip
    """A row of totals under the lines; with tags around it, only sometimes or several times."""
    if tags:
        tag_row(form, table, tags[0])
    cells, start = new_row(table).cells, 0
    for span in spans:
        merged = cells[start].merge(cells[start + span.columns - 1])
        paragraph = form.put(merged, span.style, span.text)
        if keep:
            keep_next(paragraph)
        start += span.columns
    if tags:
        tag_row(form, table, tags[1])


def _fill(form: Form, cell: _Cell, lines: Sequence[Line]) -> None:
    for line in lines:
        with form.given(cell, line.given), form.each(cell, line.each):
            form.put(cell, line.style, line.text)


def _keeping(form: Form, cell: _Cell, column: Column, keep: str) -> None:
    """The first cell decides for its row: Word and LibreOffice look at its first paragraph."""
    first, *others = column.lines
    if not keep:
        _fill(form, cell, column.lines)
        return
    form.put(cell, "Template Tag", f"{{%p if {keep} %}}")
    keep_next(form.put(cell, first.style, first.text))
    form.put(cell, "Template Tag", "{%p else %}")
    form.put(cell, first.style, first.text)
    form.put(cell, "Template Tag", "{%p endif %}")
    _fill(form, cell, others)
