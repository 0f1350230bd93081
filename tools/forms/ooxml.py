"""The few Word elements that python-docx has no name for."""

from collections.abc import Sequence

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

_CANDIDATES = 4


def dress(table: Table, widths: Sequence[float], style: str) -> None:
    """Give a table its style and fixed column widths in millimetres."""
    table.style = style
    table.autofit = False
    properties = table._tbl.tblPr
    for name in ("w:tblW", "w:tblLook"):
        for old in properties.findall(qn(name)):
            properties.remove(old)
    total = str(sum(Mm(width).twips for width in widths))
    width = OxmlElement("w:tblW", {qn("w:w"): total, qn("w:type"): "dxa"})
    named = properties.find(qn("w:tblStyle"))
    assert named is not None, "set above, with the table's style"
    named.addnext(width)
    look = {"w:val": "0620", "w:firstRow": "1", "w:lastRow": "0", "w:firstColumn": "0"}
    look |= {"w:lastColumn": "0", "w:noHBand": "1", "w:noVBand": "1"}
    properties.append(OxmlElement("w:tblLook", {qn(key): value for key, value in look.items()}))
    for column, millimetres in zip(table.columns, widths, strict=True):
        column.width = Mm(millimetres)
        for cell in column.cells:
            cell.width = Mm(millimetres)
    for row in table.rows:
        unsplit(row)


def unsplit(row: _Row, repeat: bool = False) -> None:
    """Keep a row on one page; a head repeats on each."""
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if repeat:
        properties.append(OxmlElement("w:tblHeader"))


def splittable(cell: _Cell) -> None:
    """Let the row of this cell go over a page's end: it may be taller than a page."""
    properties = cell._tc._tr.get_or_add_trPr()
    for mark in properties.findall(qn("w:cantSplit")):
        properties.remove(mark)


def keep_next(paragraph: Paragraph) -> None:
    """Keep a paragraph, or its table row, with what follows."""
    paragraph.paragraph_format.keep_with_next = True


def keep_last(paragraphs: Sequence[Paragraph]) -> None:
    """Keep whichever of these will be the last, once conditions are judged, with what follows.

    Lists stay out of it, and after a few conditions it ends: too much would hang together.
    """
    open_: list[str] = []
    held, left = False, _CANDIDATES
    for paragraph in reversed(paragraphs):
        text = paragraph.text
        if text.startswith("{%p end"):
            open_.append(text)
            held = "endfor" in text
        elif text.startswith("{%p"):
            open_.pop()
            held = False
        elif not held:
            keep_next(paragraph)
            held, left = True, left - 1
            if not open_ or not left:
                return
