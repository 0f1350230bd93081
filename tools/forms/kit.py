"""The kit: what every form is put together from."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from docx.table import _Cell
from docx.text.paragraph import Paragraph

from .letterhead import letterhead
from .ooxml import dress, keep_next, splittable
from .styles import STYLES, contract
from .theme import TEXT_WIDTH

LOGO = Path("templates/logo.png")
_NAMES = {style.name for style in STYLES}


class Label(str):
    """Text in the quiet style of labels."""

    __slots__ = ()


class Place(Protocol):
    """Where a paragraph can stand: the page or a cell."""

    def add_paragraph(self, text: str = ...) -> Paragraph:
        """Add a paragraph at the end."""


@dataclass(frozen=True)
class Fact:
    """A label and its value; `given` names the fact without which both vanish."""

    label: str
    value: str
    given: str = ""


class Form:
    """One document being drawn."""

    def __init__(self, title: str, serif: bool = False) -> None:
        self.document = letterhead(title, LOGO)
        self._serif = serif

    def style(self, name: str) -> str:
        """The name of the style in this document's fonts."""
        return contract(name) if self._serif and contract(name) in _NAMES else name

    def put(self, place: Place, style: str, *pieces: str) -> Paragraph:
        """Add one paragraph; a `Label` among its pieces is set as a label."""
        paragraph = _fresh(place)
        paragraph.style = self.style(style)
        for piece in pieces:
            run = paragraph.add_run(piece)
            if isinstance(piece, Label):
                run.style = self.style("Label")
        return paragraph

    @contextmanager
    def given(self, place: Place, condition: str) -> Iterator[None]:
        """Paragraphs that stand only where the condition holds; always, if it is empty."""
        if condition:
            self.put(place, "Template Tag", f"{{%p if {condition} %}}")
        yield
        if condition:
            self.put(place, "Template Tag", "{%p endif %}")

    @contextmanager
    def each(self, place: Place, loop: str) -> Iterator[None]:
        """Paragraphs that are repeated; once, if there is no loop."""
        if loop:
            self.put(place, "Template Tag", f"{{%p for {loop} %}}")
        yield
        if loop:
            self.put(place, "Template Tag", "{%p endfor %}")

    def gap(self) -> None:
        """A little air; two tables need it between them, or Word makes them one."""
        self.put(self.document, "Gap")

    def section(self, text: str) -> None:
        """The head of a section."""
        self.put(self.document, "Section Head", text)

    def rows(self, count: int, *widths: float, style: str = "Layout Table") -> list[list[_Cell]]:
        """The cells of a table, row by row."""
        table = self.document.add_table(count, len(widths))
        dress(table, widths, style)
        return [list(row.cells) for row in table.rows]

    def columns(
        self, *widths: float, style: str = "Layout Table", split: bool = False
    ) -> list[_Cell]:
        """The cells of a table of one row, side by side; over two pages only if it may split."""
        cells = self.rows(1, *widths, style=style)[0]
        if split:
            splittable(cells[0])
        return cells

    def fact(self, place: Place, fact: Fact, style: str = "Fact") -> None:
        """Label and value on one line."""
        with self.given(place, fact.given):
            self.put(place, style, Label(fact.label), f"\t{fact.value}")

    def facts(self, left: Sequence[Fact], right: Sequence[Fact]) -> None:
        """Two columns of facts between thin rules; one over the whole width, if it is all."""
        widths = (92, 4, TEXT_WIDTH - 96) if right else (TEXT_WIDTH,)
        cells = self.columns(*widths, style="Facts Table", split=True)
        for cell, facts in zip(cells[::2], (left, right) if right else (left,), strict=True):
            for fact in facts:
                self.fact(cell, fact)
            if all(fact.given for fact in facts):  # a cell without a paragraph is no cell
                self.put(cell, "Cell End")
        self.gap()

    def hold_facts(self) -> None:
        """Keep the last table with what follows, if it is one of facts."""
        tables = self.document.tables
        style = tables[-1].style if tables else None
        if style is not None and style.name == "Facts Table":
            for cell in tables[-1].rows[-1].cells:
                for paragraph in cell.paragraphs:
                    keep_next(paragraph)


def _fresh(place: Place) -> Paragraph:
    """A cell is born with an empty paragraph: that one first, then new ones."""
    if isinstance(place, _Cell) and len(place._tc) <= 2:
        first: Paragraph = place.paragraphs[0]
        if first._p.pPr is None and not first.runs:
            return first
    added: Paragraph = place.add_paragraph()
    return added
