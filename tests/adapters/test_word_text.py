"""The text of a document as a person reads it."""

import pytest

from docpipe.adapters.word import text
from tests.adapters.kit import document, paragraph, template
from tests.adapters.test_word_render import row, table
from tests.support import all_text

MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def body(xml: str) -> str:
    return text.body({"word/document.xml": document(xml)})


@pytest.mark.parametrize(
    ("xml", "read"),
    [
        ("", ""),
        (paragraph("a") + paragraph("b"), "a\nb"),
        (
            "<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:cr/></w:r></w:p>",
            "a\tb\nc\n",
        ),
        ("<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>a</w:t></w:r></w:p>", "a"),
        ("<w:p><w:r><w:t>a</w:t><w:noBreakHyphen/><w:t>b</w:t></w:r></w:p>", "a-b"),
        ("<w:p><w:hyperlink r:id='x'><w:r><w:t>link</w:t></w:r></w:hyperlink></w:p>", "link"),
        (
            "<w:p><w:ins><w:r><w:t>new</w:t></w:r></w:ins><w:del><w:r><w:delText>old</w:delText></w:r></w:del></w:p>",
            "new",
        ),
        (
            table(row(paragraph("a"), paragraph("b")), row(paragraph("c"), paragraph("d"))),
            "a | b\nc | d",
        ),
        (table(row(paragraph("a") + paragraph("b"), paragraph("c"))), "a\nb | c"),
        (
            table(row(table(row(paragraph("x"), paragraph("y"))) + paragraph("z"), paragraph("b"))),
            "x | y\nz | b",
        ),
        (f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph('a')}</w:sdtContent></w:sdt>", "a"),
        ("<w:sdt><w:sdtPr/></w:sdt>", ""),
        ("<w:p><w:sdt><w:sdtContent><w:r><w:t>a</w:t></w:r></w:sdtContent></w:sdt></w:p>", "a"),
        (f"<w:tbl><w:sdt><w:sdtContent>{row(paragraph('a'))}</w:sdtContent></w:sdt></w:tbl>", "a"),
        (
            f"<w:tbl><w:tr><w:sdt><w:sdtContent><w:tc>{paragraph('a')}</w:tc></w:sdtContent></w:sdt></w:tr></w:tbl>",
            "a",
        ),
        (
            f"<w:p><w:r><mc:AlternateContent {MC}><mc:Choice><w:t>a</w:t></mc:Choice>"
            f"<mc:Fallback><w:t>a</w:t></mc:Fallback></mc:AlternateContent></w:r></w:p>",
            "a",
        ),
        ("<w:p><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>1</w:t></w:r></w:p>", "1"),
        (paragraph("中 😀 a&b"), "中 😀 a&b"),
    ],
    ids=lambda value: str(value)[-40:],
)
def test_text_is_read_in_the_order_of_the_page(xml: str, read: str) -> None:
    assert body(xml) == read


def test_headers_and_footers_are_read_wherever_they_come_from() -> None:
    parts = template("body")
    for name in ("header1", "letterhead-footer2", "footer10"):
        parts[f"word/{name}.xml"] = (
            document(paragraph(name)).replace(b"<w:body>", b"").replace(b"</w:body>", b"")
        )
    assert text.headers_and_footers(parts) == "footer10\nheader1\nletterhead-footer2"


def test_everything_holds_body_headers_and_properties() -> None:
    parts = template("body {{ x }}", docProps__core_xml=b"", word__media__a=b"\xff")
    parts["docProps/core.xml"] = b"<p>title</p>"
    assert "body {{ x }}" in all_text(parts)
    assert "title" in all_text(parts)
