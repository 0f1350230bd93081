"""The named styles, drawn once: every document takes them from the letterhead."""

from dataclasses import replace

from .style_xml import SHADED_HEAD, Style, border, table_xml
from .theme import ACCENT, INK, QUIET, SANS, SERIF

_NORMAL = Style("Normal", size=9.5, colour=INK, font=SANS, before=0, after=0, line=14)

_LETTERHEAD = (
    Style("header", size=9, colour=QUIET, right_tab=174, after=8, rule="bottom"),
    Style("footer", size=9, colour=QUIET, right_tab=174, rule="top"),
    Style("Letterhead Name", size=12, bold=True, colour=ACCENT, line=16),
    Style("Letterhead Text", size=8, colour=QUIET, align="right", line=11.5),
    Style("Letterhead Rule", size=2, after=10, line=3, exact=True, rule="bottom",
          rule_colour=ACCENT),
    Style("Draft Mark", size=9, bold=True, colour=QUIET, align="right", line=13),
    Style("Template Tag", size=6, colour="8FA9B3", line=8),
    Style("Gap", size=2, line=7, exact=True),
    Style("Cell End", size=1, line=1, exact=True),
)  # fmt: skip

_SHARED = (
    Style("Doc Title", size=16, bold=True, colour=ACCENT, align="center", line=21,
          keep_next=True, outline=1),
    Style("Doc Title Second", size=12, colour=ACCENT, align="center", after=5, line=17,
          keep_next=True),
    Style("Section Head", size=10, bold=True, colour=ACCENT, before=8, after=3, keep_next=True,
          outline=2),
    Style("Party Label", size=9, colour=QUIET, line=13),
    Style("Party Name", size=10.5, bold=True, line=15),
    Style("Party Text", size=9.5),
    Style("Body Text", after=4),
    Style("Body Strong", "Body Text", bold=True),
    Style("Verdict", size=12, bold=True, line=18, after=4, keep_next=True),
    Style("Fact", hanging=38, keep_lines=True),
    Style("Fact Short", "Fact", hanging=32),
    Style("Fact Line", "Fact", hanging=32, before=3),
    Style("Table Head", size=9, bold=True, colour=ACCENT, line=12.5, keep_next=True),
    Style("Table Head Number", "Table Head", align="right"),
    Style("Table Text", size=9, line=13),
    Style("Table Number", "Table Text", align="right"),
    Style("Table Note", "Table Text", colour=QUIET),
    Style("Table Note Number", "Table Note", align="right"),
    Style("Table Total", "Table Text", bold=True),
    Style("Table Total Number", "Table Total", align="right"),
    Style("Signature", before=2, keep_next=True),
    Style("Signature Line", size=9, colour=QUIET, before=34, rule="top", rule_colour=QUIET),
    Style("Fact Term", "Fact", hanging=32, after=3),
    Style("Room", "Table Text", line=52),
    Style("Numbered", hanging=7, after=3),
    Style("Grid Label", size=8, colour=QUIET, line=11),
    Style("Grid Text", size=9, line=12.5),
    Style("Mark Line", size=36, bold=True, align="center", line=46),
    Style("Mark Side", size=16, bold=True, align="center", line=22),
    Style("Label", "Default Paragraph Font", "character", size=9, colour=QUIET),
)  # fmt: skip

_CLAUSES = (
    Style("Clause Title", size=10, bold=True, colour=ACCENT, font=SERIF, before=4, keep_next=True,
          outline=2, rule="top"),
    Style("Clause Text", size=10, font=SERIF, after=2),
    Style("Clause Fact", "Clause Text", hanging=12),
)  # fmt: skip


def contract(name: str) -> str:
    """The same style in the contract's fonts."""
    return f"Contract {name}"


def _in_serif(style: Style) -> Style:
    own = style.base == "Normal" or style.kind == "character"
    if not own:
        return replace(style, name=contract(style.name), base=contract(style.base))
    return replace(style, name=contract(style.name), font=SERIF, size=style.size or 10)


STYLES = (
    _NORMAL,
    *_LETTERHEAD,
    *_SHARED,
    *_CLAUSES,
    *(_in_serif(style) for style in _SHARED),
)

TABLES = (
    table_xml("Layout Table", "", (0, 0)),
    table_xml("Facts Table", border("top"), (60, 0)),
    table_xml("Line Table", border("top", "bottom", "insideH"), (40, 80), SHADED_HEAD),
    table_xml("Clause Table", "", (0, 0)),
    table_xml("Grid Table", border("top", "left", "bottom", "right", "insideH", "insideV"),
              (30, 60)),
    table_xml("Mark Table", border("top", "left", "bottom", "right", "insideH"), (240, 240)),
)  # fmt: skip
