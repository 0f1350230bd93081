"""Colours, fonts and measures: the family look in one place."""

ACCENT = "1B5E72"
INK = "1F2A30"
QUIET = "5B6870"
RULE = "C9D1D5"
SHADE = "EDF2F4"

SANS = ("Arial", "Microsoft YaHei")
SERIF = ("Times New Roman", "SimSun")

PAGE_WIDTH, PAGE_HEIGHT, MARGIN = 210.0, 297.0, 18.0
TEXT_WIDTH = PAGE_WIDTH - 2 * MARGIN

_MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

_COLOURS = {
    "dk1": INK, "lt1": "FFFFFF", "dk2": ACCENT, "lt2": SHADE,
    "accent1": ACCENT, "accent2": "5C8E9E", "accent3": "8FA9B3",
    "accent4": QUIET, "accent5": RULE, "accent6": "A9784B",
    "hlink": ACCENT, "folHlink": QUIET,
}  # fmt: skip


def theme_xml() -> str:
    """Word's theme: the palette and the fonts that its menus offer."""
    colours = "".join(
        f'<a:{slot}><a:srgbClr val="{value}"/></a:{slot}>' for slot, value in _COLOURS.items()
    )
    font = f'<a:latin typeface="{SANS[0]}"/><a:ea typeface="{SANS[1]}"/><a:cs typeface=""/>'
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="6350">{fill}</a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        f'{_DECLARATION}<a:theme xmlns:a="{_MAIN}" name="docpipe"><a:themeElements>'
        f'<a:clrScheme name="docpipe">{colours}</a:clrScheme>'
        f'<a:fontScheme name="docpipe"><a:majorFont>{font}</a:majorFont>'
        f"<a:minorFont>{font}</a:minorFont></a:fontScheme>"
        f'<a:fmtScheme name="docpipe"><a:fillStyleLst>{fill * 3}</a:fillStyleLst>'
        f"<a:lnStyleLst>{line * 3}</a:lnStyleLst><a:effectStyleLst>{effect * 3}"
        f"</a:effectStyleLst><a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme>"
        "</a:themeElements></a:theme>"
    )


def fonts_xml() -> str:
    """The font table: the Chinese names under which some systems know the same fonts."""
    chinese = {"Microsoft YaHei": "微软雅黑", "SimSun": "宋体"}
    entries = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{chinese[name]}"/><w:charset w:val="86"/>'
        "</w:font>"
        if name in chinese
        else f'<w:font w:name="{name}"><w:charset w:val="00"/></w:font>'
        for name in (*SANS, *SERIF)
    )
    return f'{_DECLARATION}<w:fonts xmlns:w="{_WORD}">{entries}</w:fonts>'


def settings_xml() -> str:
    """Word's settings: today's layout rules, and nothing recorded about who edited when."""
    rule = '<w:compatSetting w:name="compatibilityMode"'
    uri = "http://schemas.microsoft.com/office/word"
    return (
        f'{_DECLARATION}<w:settings xmlns:w="{_WORD}"><w:zoom w:percent="100"/>'
        '<w:defaultTabStop w:val="567"/><w:characterSpacingControl w:val="compressPunctuation"/>'
        f'<w:compat>{rule} w:uri="{uri}" w:val="15"/></w:compat>'
        '<w:themeFontLang w:val="en-GB" w:eastAsia="zh-CN"/></w:settings>'
    )
