"""Tables whose columns docxtpl would count again, and cells that might end without a paragraph.

docxtpl changes the grid of a table in which no row fills it. Where every rendering has a row that
does, nothing changes; else the rendering watches for one (`TableMark`) and leaves it to docxtpl
where there was none.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from docpipe.adapters.word.compiled.bail import NotCoveredError
from docpipe.diagnostics import Value

_FIRST_PICTURE = 1000
"""Source: docxtpl 0.20.2, DocxTemplate.render_init and fix_docpr_ids."""
_VALUE = re.compile(r'\bw:val="([0-9]+)"')


class TableMark(Value):
    """Something to do while printing: watch table `table`, or mend a cell (`table` is 0)."""

    what: str
    """ "table" begins it, "row" saw a row that fills it, "end" asks for one; "cell"."""
    table: int = 0

    @property
    def before_tag(self) -> bool:
        """Whether it is done before the end tag is printed."""
        return self.what in ("cell", "end")


@dataclass  # filled while the template is walked; only compiling imports it
class _Row:
    depth: int
    cells: int = 0
    span: int = 0


@dataclass
class _Table:
    number: int
    depth: int
    columns: int = 0
    gridded: bool = False
    full: bool = False
    """Whether a row that fills it is in every rendering."""
    rows: list[_Row] = field(default_factory=list)


class Tables:
    """The tables of one part, as they open and close."""

    def __init__(self, mend: bool) -> None:
        self._mend = mend
        self._open: list[_Table] = []
        self._count = 0
        self._watched: set[int] = set()
        self._pictures = _FIRST_PICTURE

    def next_picture(self) -> int:
        """The number of the body's next picture."""
        self._pictures += 1
        return self._pictures

    def begin(self) -> TableMark:
        """The mark of the table that has just opened."""
        return TableMark("table", self._open[-1].number)

    def opened(self, tag: str, attributes: str, depth: int, empty: bool) -> None:
        """An element opens."""
        if tag == "w:tbl":
            self._count += 1
            self._open.append(_Table(self._count, depth))
        elif self._open:
            self._inside(self._open[-1], tag, attributes, depth, empty)

    def _inside(self, table: _Table, tag: str, attributes: str, depth: int, empty: bool) -> None:
        if tag == "w:tblGrid":
            table.gridded = True
        elif tag == "w:gridCol":
            table.columns += _steady(depth, table.depth)
        elif tag == "w:tr":
            table.rows.append(_Row(depth))
        elif tag == "w:tc":
            if empty:
                raise NotCoveredError("a cell with nothing in it")
            row = table.rows[-1]
            row.cells += _steady(depth, row.depth)
            row.span += 1
        elif tag == "w:gridSpan" and empty:
            value = _VALUE.search(attributes)
            if value is None:
                raise NotCoveredError("a cell's width that is no number")
            table.rows[-1].span += (int(value[1]) - 1) * _steady(depth, table.rows[-1].depth)

    def closed(self, tag: str, last: frozenset[str], depth: int) -> list[TableMark]:
        """An element closes, in which the last element is one of `last`."""
        if tag == "w:tc" and self._mend and last != {"w:p"}:
            return [TableMark("cell")]
        if tag == "w:tr" and self._open:
            return self._row_closed()
        if tag == "w:tbl":
            return self._table_closed()
        return []

    def _row_closed(self) -> list[TableMark]:
        """docxtpl counts a row for the table it is in and for every table around that."""
        row = self._open[-1].rows[-1]
        marks = []
        for table in self._open:
            if row.cells > table.columns:
                raise NotCoveredError("a row with more cells than the table has columns")
            if row.span >= table.columns:
                table.full = table.full or row.depth == table.depth
                marks.append(TableMark("row", table.number))
        return marks

    def _table_closed(self) -> list[TableMark]:
        table = self._open.pop()
        if not table.gridded or not table.columns:
            raise NotCoveredError("a table without a grid")
        if table.full:
            return []
        self._watched.add(table.number)
        return [TableMark("end", table.number)]

    def settle(self, texts: Mapping[int, list[str | TableMark]]) -> None:
        """Forget the marks of tables that need no watch."""
        for pieces in texts.values():
            pieces[:] = [piece for piece in pieces if self._stays(piece)]

    def _stays(self, piece: str | TableMark) -> bool:
        return isinstance(piece, str) or not piece.table or piece.table in self._watched


def _steady(depth: int, wanted: int) -> int:
    """1 where an element is there whenever what it belongs to is there."""
    if depth != wanted:
        raise NotCoveredError("a table's columns that depend on a condition or loop")
    return 1
