"""The file itself: a bare Word package in, the same bytes out every time."""

from datetime import datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile, ZipInfo

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from .style_xml import style_xml
from .styles import STYLES, TABLES
from .theme import fonts_xml, settings_xml, theme_xml

_EPOCH = datetime(2026, 1, 1)
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
_KEPT = (RT.STYLES, RT.SETTINGS, RT.THEME, RT.FONT_TABLE)

_DEFAULTS = (
    '<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="en-GB" w:eastAsia="zh-CN"/></w:rPr>'
    "</w:rPrDefault><w:pPrDefault/></w:docDefaults>"
)
_BUILT_IN = (
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
    '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
    '<w:style w:type="table" w:default="1" w:styleId="NormalTable">'
    '<w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/>'
    '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style>'
)


def blank(title: str) -> Document:
    """An empty document that carries our styles and nothing of anybody else's."""
    document = docx.Document()
    for holder in (document.part, document.part.package):
        for key, relation in list(holder.rels.items()):
            if relation.reltype not in (*_KEPT, RT.OFFICE_DOCUMENT, RT.CORE_PROPERTIES):
                holder.rels.pop(key)
    _restyle(document)
    _name(document, title)
    return document


def _restyle(document: Document) -> None:
    styles = document.styles.element
    drawn = _DEFAULTS + _BUILT_IN + "".join(map(style_xml, STYLES)) + "".join(TABLES)
    for child in list(styles):
        styles.remove(child)
    for child in list(parse_xml(f"<w:styles {nsdecls('w')}>{drawn}</w:styles>")):
        styles.append(child)


def _name(document: Document, title: str) -> None:
    properties = document.core_properties
    properties.title = title
    properties.author = properties.last_modified_by = "docpipe"
    properties.created = properties.modified = _EPOCH
    properties.revision = 1
    properties.comments = properties.keywords = properties.subject = ""


def save(document: Document, path: Path) -> None:
    """Write the document with stored entries and fixed times."""
    raw = BytesIO()
    document.save(raw)
    ours = {
        "word/theme/theme1.xml": theme_xml(),
        "word/fontTable.xml": fonts_xml(),
        "word/settings.xml": settings_xml(),
    }
    with ZipFile(raw) as drawn, ZipFile(path, "w") as target:
        for name in drawn.namelist():
            entry = ZipInfo(name, _ZIP_TIME)
            entry.create_system = 0
            content = ours[name].encode() if name in ours else drawn.read(name)
            target.writestr(entry, content)
