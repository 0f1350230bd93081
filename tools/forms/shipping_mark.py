"""Shipping mark 唛头: main and side mark as they stand on the cartons, to print and paste."""

from docx.table import Table

from .kit import Fact, Form
from .ooxml import dress
from .parts import DOCUMENT, ORDER, SHIPMENT, opening, title
from .tables import new_row, tag_row
from .theme import TEXT_WIDTH

_PACKAGES = (
    Fact("Packages 件数", "{{ cargo.cartons | number }} {{ cargo.package }}"),
    Fact("Carton numbers 箱号",
         "{{ cargo.carton_numbers }}"),
    Fact("Pallets 托盘", "{{ cargo.pallets }}", "cargo.pallets"),
    Fact("Gross weight 毛重", "{{ cargo.gross | kg }} kg"),
    Fact("Danger mark 危险标记", "{{ logistics.dangerous.un }} on every package 每件须贴",
         "logistics.dangerous"),
)  # fmt: skip
_SIGNS = (
    "{% for h in packing.marks.handling %}{{ h | inline }}{% if not loop.last %}   {% endif %}"
    "{% endfor %}"
)
_HOW = (
    "Black, in capitals, not to be washed off; main mark on the two long sides, side mark on the "
    "two short sides of every package.",
    "黑色大写，防水不褪色；主唛刷于每箱两大面，侧唛刷于两小面。",
)


def _sides(form: Form) -> None:
    """A frame for each kind of carton."""
    table: Table = form.document.add_table(0, 1)
    dress(table, [TEXT_WIDTH], "Mark Table")
    tag_row(form, table, "{%tr for kind in marks.sides %}")
    (cell,) = new_row(table).cells
    with form.each(cell, "line in kind.lines"):
        form.put(cell, "Mark Side", "{{ line }}")
    form.put(cell, "Cell End")
    tag_row(form, table, "{%tr endfor %}")


def draw() -> Form:
    """Two frames, large: one for the long sides of the carton, one for the short."""
    form = Form("Shipping mark 唛头")
    title(form)
    left = opening(form, (*DOCUMENT, ORDER, SHIPMENT))
    for fact in _PACKAGES:
        form.fact(left, fact)
    form.section("Main mark 主唛")
    (main,) = form.columns(TEXT_WIDTH, style="Mark Table")
    with form.each(main, "line in marks.main"):
        form.put(main, "Mark Line", "{{ line }}")
    form.put(main, "Cell End")
    form.section("Side mark 侧唛")
    _sides(form)
    with form.given(form.document, "packing.marks.handling"):
        form.section("Handling marks 储运标志")
        (signs,) = form.columns(TEXT_WIDTH, style="Mark Table")
        form.put(signs, "Mark Side", _SIGNS)
    form.gap()
    for words in _HOW:
        form.put(form.document, "Body Text", words)
    return form
