"""A named style and its Word XML."""

from dataclasses import dataclass
from typing import Literal

from .theme import RULE, SHADE

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
    keep_lines: bool = False
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
    keep = "<w:keepNext/>" if style.keep_next else ""
    keep += "<w:keepLines/>" if style.keep_next or style.keep_lines else ""
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


SHADED_HEAD = (
    '<w:tblStylePr w:type="firstRow"><w:tcPr>'
    f'<w:shd w:val="clear" w:color="auto" w:fill="{SHADE}"/></w:tcPr></w:tblStylePr>'
)


def border(*sides: str) -> str:
    """Thin rules on these sides of a table."""
    inner = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{RULE}"/>' for side in sides
    )
    return f"<w:tblBorders>{inner}</w:tblBorders>"


def table_xml(name: str, borders: str, margins: tuple[int, int], head: str = "") -> str:
    """One table style: rules, cell margins (high, wide) in twips, and the look of its head."""
    high, wide = margins
    sides = (("top", high), ("left", wide), ("bottom", high), ("right", wide))
    cells = "".join(f'<w:{side} w:w="{twips}" w:type="dxa"/>' for side, twips in sides)
    return (
        f'<w:style w:type="table" w:styleId="{identifier(name)}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="NormalTable"/><w:qFormat/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
        f"{borders}<w:tblCellMar>{cells}</w:tblCellMar></w:tblPr>{head}</w:style>"
    )
