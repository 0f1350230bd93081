"""The named styles, drawn once: every document takes them from the letterhead."""

from dataclasses import dataclass, replace
from typing import Literal

from .theme import ACCENT, INK, QUIET, RULE, SANS, SERIF, SHADE

Kind = Literal["paragraph", "character"]


@dataclass(frozen=True)
class Style:
    """One named style; measures in points, indents in millimetres."""

    name: str
    base: str = "Normal"
    kind: Kind = "paragraph"
    size: float = 0
    bold: bool = False
    colour: str = ""
    font: tuple[str, str] | None = None
    align: Literal["", "center", "right"] = ""
    before: float | None = None
    after: float | None = None
    line: float = 0
    exact: bool = False
    keep_next: bool = False
    hanging: float = 0
    right_tab: float = 0
    outline: int = 0
    rule: Literal["", "top", "bottom"] = ""
    rule_colour: str = RULE


def identifier(name: str) -> str:
    """The style's id: its name without spaces."""
    return name.replace(" ", "")


def _twips(millimetres: float) -> int:
    return round(millimetres * 1440 / 25.4)


def _spacing(style: Style) -> str:
    parts = [
        f'w:{side}="{round(value * 20)}"'
        for side, value in (("before", style.before), ("after", style.after))
        if value is not None
    ]
    if style.line:
        kind = "exact" if style.exact else "atLeast"
        parts.append(f'w:line="{round(style.line * 20)}" w:lineRule="{kind}"')
    return f"<w:spacing {' '.join(parts)}/>" if parts else ""


def _paragraph(style: Style) -> str:
    keep = "<w:keepNext/><w:keepLines/>" if style.keep_next else ""
    rule = (
        f'<w:pBdr><w:{style.rule} w:val="single" w:sz="4" w:space="3" '
        f'w:color="{style.rule_colour}"/></w:pBdr>'
        if style.rule
        else ""
    )
    tabs = (
        f'<w:tabs><w:tab w:val="right" w:pos="{_twips(style.right_tab)}"/></w:tabs>'
        if style.right_tab
        else ""
    )
    hang = _twips(style.hanging)
    indent = f'<w:ind w:left="{hang}" w:hanging="{hang}"/>' if hang else ""
    align = f'<w:jc w:val="{style.align}"/>' if style.align else ""
    outline = f'<w:outlineLvl w:val="{style.outline - 1}"/>' if style.outline else ""
    inner = keep + rule + tabs + _spacing(style) + indent + align + outline
    return f"<w:pPr>{inner}</w:pPr>" if inner else ""


def _run(style: Style) -> str:
    font = style.font
    inner = (
        f'<w:rFonts w:ascii="{font[0]}" w:hAnsi="{font[0]}" w:eastAsia="{font[1]}" '
        f'w:cs="{font[0]}"/>'
        if font
        else ""
    )
    inner += "<w:b/><w:bCs/>" if style.bold else ""
    inner += f'<w:color w:val="{style.colour}"/>' if style.colour else ""
    half = round(style.size * 2)
    inner += f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>' if half else ""
    return f"<w:rPr>{inner}</w:rPr>" if inner else ""


def style_xml(style: Style) -> str:
    """One `w:style` element."""
    default = ' w:default="1"' if style.name == "Normal" else ""
    based = f'<w:basedOn w:val="{identifier(style.base)}"/>' if style.base != style.name else ""
    body = _paragraph(style) if style.kind == "paragraph" else ""
    return (
        f'<w:style w:type="{style.kind}"{default} w:styleId="{identifier(style.name)}">'
        f'<w:name w:val="{style.name}"/>{based}<w:qFormat/>{body}{_run(style)}</w:style>'
    )


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
    Style("Fact", hanging=38),
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
    Style("Label", "Default Paragraph Font", "character", size=9, colour=QUIET),
)  # fmt: skip

_CLAUSES = (
    Style("Clause Title", size=10, bold=True, colour=ACCENT, font=SERIF, before=4, keep_next=True,
          outline=2, rule="top"),
    Style("Clause Text", size=10, font=SERIF, after=2),
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

_HEAD = (
    '<w:tblStylePr w:type="firstRow"><w:tcPr>'
    f'<w:shd w:val="clear" w:color="auto" w:fill="{SHADE}"/></w:tcPr></w:tblStylePr>'
)


def _border(*sides: str) -> str:
    inner = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{RULE}"/>' for side in sides
    )
    return f"<w:tblBorders>{inner}</w:tblBorders>"


def _table(name: str, borders: str, margins: tuple[int, int], head: str = "") -> str:
    high, wide = margins
    sides = (("top", high), ("left", wide), ("bottom", high), ("right", wide))
    cells = "".join(f'<w:{side} w:w="{twips}" w:type="dxa"/>' for side, twips in sides)
    return (
        f'<w:style w:type="table" w:styleId="{identifier(name)}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="NormalTable"/><w:qFormat/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
        f"{borders}<w:tblCellMar>{cells}</w:tblCellMar></w:tblPr>{head}</w:style>"
    )


TABLES = (
    _table("Layout Table", "", (0, 0)),
    _table("Facts Table", _border("top"), (60, 0)),
    _table("Line Table", _border("top", "bottom", "insideH"), (40, 80), _HEAD),
    _table("Clause Table", "", (0, 0)),
)
