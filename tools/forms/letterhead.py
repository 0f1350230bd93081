"""The letterhead: page, header, footer. Each template carries a copy of it."""

from pathlib import Path

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section, _Footer, _Header
from docx.shared import Mm
from docx.text.paragraph import Paragraph

from .ooxml import dress
from .package import blank
from .theme import MARGIN, PAGE_HEIGHT, PAGE_WIDTH, TEXT_WIDTH

_DRAFT = "{% if doc.draft %}DRAFT 草稿{% endif %}"
_NUMBER = "{% if doc.number %}{{ doc.number }}{% else %}{{ order.number }}{% endif %}"
_CONTACT = (
    "{% if company.phone %}Tel 电话 {{ company.phone }}{% endif %}"
    "{% if company.fax %}   Fax 传真 {{ company.fax }}{% endif %}",
    "{% if company.email %}{{ company.email }}{% endif %}"
    "{% if company.website %}   {{ company.website }}{% endif %}",
)


def letterhead(title: str, logo: Path) -> Document:
    """A page with header and footer and nothing on it yet."""
    document = blank(title)
    section = document.sections[0]
    section._sectPr.attrib.clear()
    section.page_width, section.page_height = Mm(PAGE_WIDTH), Mm(PAGE_HEIGHT)
    section.left_margin = section.right_margin = Mm(MARGIN)
    section.top_margin, section.bottom_margin = Mm(MARGIN), Mm(MARGIN + 2)
    section.header_distance, section.footer_distance = Mm(10), Mm(10)
    section.different_first_page_header_footer = True
    _first_header(section, logo)
    _next_header(section)
    _footer(section.first_page_footer)
    _footer(section.footer)
    return document


def _first_header(section: Section, logo: Path) -> None:
    header = section.first_page_header
    rule = _only_paragraph(header)
    table = header.add_table(1, 3, Mm(TEXT_WIDTH))
    dress(table, (18, 78, 78), "Layout Table")
    rule._p.addprevious(table._tbl)
    rule.style = "Letterhead Rule"
    mark, names, contact = table.rows[0].cells
    picture = mark.paragraphs[0].add_run().add_picture(str(logo), width=Mm(13.5))
    picture._inline.docPr.set("descr", "Logo")
    for side in "TBLR":
        picture._inline.set(f"dist{side}", "0")
    _write(names.paragraphs[0], "Letterhead Name", "{{ company.name | bilingual }}")
    _write(contact.paragraphs[0], "Draft Mark", _DRAFT)
    for line in ("{{ company.address | bilingual }}", *_CONTACT):
        _write(contact.add_paragraph(), "Letterhead Text", line)


def _next_header(section: Section) -> None:
    text = "{{ company.name | inline }}"
    title = f"{_DRAFT}   {{{{ doc.title | inline }}}}"
    _write(_only_paragraph(section.header), "header", f"{text}\t{title}")


def _footer(footer: _Footer) -> None:
    paragraph = _only_paragraph(footer)
    _write(paragraph, "footer", f"{_NUMBER}\tPage ")
    for field, text in (("PAGE", " of "), ("NUMPAGES", "   第 "), ("PAGE", " 页 / 共 ")):
        _field(paragraph, field)
        paragraph.add_run(text)
    _field(paragraph, "NUMPAGES")
    paragraph.add_run(" 页")


def _only_paragraph(place: _Header | _Footer) -> Paragraph:
    place.is_linked_to_previous = False
    first: Paragraph = place.paragraphs[0]
    return first


def _write(paragraph: Paragraph, style: str, text: str) -> None:
    paragraph.style = style
    paragraph.add_run(text)


def _field(paragraph: Paragraph, name: str) -> None:
    field = OxmlElement("w:fldSimple", {qn("w:instr"): f" {name} "})
    field.append(paragraph.add_run("1")._r)
    paragraph._p.append(field)
