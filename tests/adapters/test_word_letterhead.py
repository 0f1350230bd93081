"""One letterhead for all documents: what a template takes from it, and what it keeps."""

import io
import re
import struct
import subprocess
import zlib
from pathlib import Path

import docx
import pytest
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.shared import Mm, Twips

from docpipe.adapters import office
from docpipe.adapters.word import package, text
from docpipe.adapters.word.letterhead import transplant
from docpipe.adapters.word.ooxml import DOCUMENT, W, kind, parse, relations_of, target
from docpipe.adapters.word.package import Parts
from docpipe.adapters.word.render import render
from docpipe.diagnostics import DocpipeError
from tests.adapters.kit import document, relations, template, types
from tests.conftest import ROOT


def png(width: int, height: int, shade: int = 0) -> bytes:
    """A grey picture."""

    def chunk(name: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(name + data))
        return struct.pack(">I", len(data)) + name + data + check

    rows = (b"\0" + bytes([shade]) * width) * height
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


A4 = (Twips(11906), Twips(16838))
LOGO, OTHER = png(40, 20), png(40, 20, 200)


def saved(made: object) -> Parts:
    buffer = io.BytesIO()
    made.save(buffer)  # type: ignore[attr-defined]
    return package.read(buffer.getvalue(), "made.docx")


def letterhead(*, first: bool = False, even: bool = False) -> Parts:
    made = docx.Document()
    section = made.sections[0]
    section.page_width, section.page_height = A4
    section.left_margin = Twips(1757)
    section.header.paragraphs[0].add_run("LETTERHEAD {{ doc }}")
    section.header.paragraphs[0].add_run().add_picture(io.BytesIO(OTHER), width=Mm(40))
    section.footer.paragraphs[0].add_run("page foot")
    if first:
        section.different_first_page_header_footer = True
        section.first_page_header.paragraphs[0].add_run("FIRST PAGE")
    if even:
        made.settings.odd_and_even_pages_header_footer = True
        section.even_page_header.paragraphs[0].add_run("EVEN PAGE")
    made.styles["Normal"].font.name = "Letterhead Sans"
    return saved(made)


def plain(*, sections: int = 1, landscape: bool = False) -> Parts:
    made = docx.Document()
    made.add_paragraph("body {{ doc }}", style=made.styles.add_style("Own", 1))
    made.sections[0].header.paragraphs[0].add_run("OWN HEADER")
    made.sections[0].first_page_header.paragraphs[0].add_run("OWN FIRST")
    made.sections[0].different_first_page_header_footer = True
    for _ in range(sections - 1):
        made.add_section(WD_SECTION.NEW_PAGE)
    if landscape:
        made.sections[-1].orientation = WD_ORIENT.LANDSCAPE
        made.sections[-1].page_width, made.sections[-1].page_height = Mm(400), Mm(200)
    return saved(made)


def joined(own: Parts, head: Parts, logo: bytes | None = None) -> Parts:
    """Transplanted, filled in, and safe enough to be read again."""
    made = render(transplant(own, head, logo), {"doc": "X"}, "t.docx")
    return package.read(package.write(made), "t.docx")


def opened(parts: Parts) -> "docx.document.Document":
    return docx.Document(io.BytesIO(package.write(parts)))


def test_header_and_footer_come_from_the_letterhead_filled_in() -> None:
    made = joined(plain(), letterhead())
    assert "LETTERHEAD X" in text.headers_and_footers(made)
    assert "page foot" in text.headers_and_footers(made)
    assert text.body(made) == "body X"


def test_the_templates_own_headers_are_gone() -> None:
    made = joined(plain(sections=3), letterhead())
    assert "OWN" not in text.headers_and_footers(made)
    assert not [name for name in made if re.fullmatch(r"word/header\d\.xml", name)]
    assert b"OWN" not in b"".join(data for name, data in made.items() if "header" in name)


def test_every_section_shows_them() -> None:
    made = opened(joined(plain(sections=3), letterhead()))
    assert len(made.sections) == 3
    for section in made.sections:
        assert "LETTERHEAD X" in section.header.paragraphs[0].text
        assert section.left_margin == Twips(1757)


def test_the_page_is_the_letterheads_and_landscape_is_kept() -> None:
    made = opened(joined(plain(sections=2, landscape=True), letterhead()))
    upright, lying = made.sections
    assert (upright.page_width, upright.page_height) == A4
    assert (lying.page_width, lying.page_height) == A4[::-1]
    assert lying.orientation == WD_ORIENT.LANDSCAPE


@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize("even", [True, False])
def test_first_and_even_pages_are_as_in_the_letterhead(first: bool, even: bool) -> None:
    made = opened(joined(plain(sections=2), letterhead(first=first, even=even)))
    assert made.settings.odd_and_even_pages_header_footer is even
    for section in made.sections:
        assert section.different_first_page_header_footer is first
        if first:
            assert section.first_page_header.paragraphs[0].text == "FIRST PAGE"
        if even:
            assert section.even_page_header.paragraphs[0].text == "EVEN PAGE"


def test_styles_are_the_letterheads_and_the_templates_own_are_kept() -> None:
    made = opened(joined(plain(), letterhead()))
    assert made.styles["Normal"].font.name == "Letterhead Sans"
    assert made.paragraphs[0].style.name == "Own"
    names = [style.style_id for style in made.styles]
    assert len(names) == len(set(names))


def test_theme_and_fonts_come_along_with_what_declares_them() -> None:
    head = letterhead()
    made = transplant(template("x"), head, None)
    for name in ("word/styles.xml", "word/theme/theme1.xml", "word/fontTable.xml"):
        if name in head:
            assert made[name] == head[name] or name == "word/styles.xml"
            assert f'PartName="/{name}"'.encode() in made["[Content_Types].xml"]
    targets = {target(DOCUMENT, found) for found in parse(made[relations_of(DOCUMENT)])}
    assert "word/styles.xml" in targets
    package.read(package.write(made), "t.docx")


def pictures(parts: Parts) -> set[bytes]:
    return {data for name, data in parts.items() if name.startswith("word/media/")}


def test_the_logo_takes_the_place_of_the_picture() -> None:
    assert pictures(joined(plain(), letterhead(), None)) == {OTHER}
    assert pictures(joined(plain(), letterhead(), LOGO)) == {LOGO}


def extent(parts: Parts) -> tuple[int, int]:
    header = next(d for name, d in parts.items() if "header" in name and b"<pic:pic" in d)
    found = re.search(rb'<wp:extent cx="(\d+)" cy="(\d+)"', header)
    assert found
    return int(found[1]), int(found[2])


@pytest.mark.parametrize(("width", "height"), [(40, 20), (80, 20), (20, 80), (500, 500)])
def test_a_logo_of_other_proportions_is_not_distorted(width: int, height: int) -> None:
    box = extent(joined(plain(), letterhead(), None))
    made = extent(joined(plain(), letterhead(), png(width, height)))
    assert made[0] <= box[0] + 1
    assert made[1] <= box[1] + 1
    assert abs(made[0] / made[1] - width / height) < 0.01 * width / height


def test_a_jpeg_is_declared_as_one() -> None:
    jpeg = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffc0000b080014002801011100ffd9")
    made = transplant(plain(), letterhead(), jpeg)
    assert "word/media/letterhead-image1.jpeg" in made
    assert b'Extension="jpeg" ContentType="image/jpeg"' in made["[Content_Types].xml"]


@pytest.mark.parametrize(
    "logo", [b"", b"<svg/>", b"GIF89a", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"%PDF"]
)
def test_a_logo_that_word_cannot_show_is_refused(logo: bytes) -> None:
    with pytest.raises(DocpipeError, match="neither a PNG nor a JPEG"):
        transplant(plain(), letterhead(), logo)


def test_only_the_first_picture_of_a_header_is_the_logo() -> None:
    made = docx.Document()
    run = made.sections[0].header.paragraphs[0].add_run()
    run.add_picture(io.BytesIO(OTHER))
    run.add_picture(io.BytesIO(png(9, 9)))
    assert pictures(joined(plain(), saved(made), LOGO)) == {LOGO, png(9, 9)}


@pytest.mark.parametrize("missing", ["word/styles.xml", "section"])
def test_a_letterhead_without_what_is_needed_is_one_clear_error(missing: str) -> None:
    head = letterhead()
    if missing == "section":
        head[DOCUMENT] = re.sub(rb"<w:sectPr.*</w:sectPr>", b"", head[DOCUMENT], flags=re.DOTALL)
    else:
        del head[missing]
    with pytest.raises(DocpipeError, match="The letterhead cannot be used: it has no"):
        transplant(plain(), head, None)


def test_a_template_without_a_section_styles_or_settings_gets_them() -> None:
    made = joined(template("a"), letterhead(first=True))
    assert "FIRST PAGE" in text.headers_and_footers(made)
    assert opened(made).sections[0].page_width == A4[0]


def test_relations_from_the_root_of_the_package_are_understood() -> None:
    own = template(
        "a",
        body='<w:p/><w:sectPr><w:headerReference w:type="default" r:id="rId1"/></w:sectPr>',
        word__header1_xml=b"",
    )
    own["word/header1.xml"] = document("").replace(b"w:document", b"w:hdr")
    own["[Content_Types].xml"] = types(header1="header")
    own[relations_of(DOCUMENT)] = relations(("header", "/word/header1.xml"))
    del own["word/header1_xml"]
    made = joined(package.read(package.write(own), "t.docx"), letterhead())
    assert "word/header1.xml" not in made


def test_a_tracked_change_of_a_section_is_left_alone() -> None:
    change = "<w:sectPrChange><w:sectPr><w:cols/></w:sectPr></w:sectPrChange>"
    made = transplant(
        template(body=f"<w:p/><w:sectPr><w:cols/>{change}</w:sectPr>"), letterhead(), None
    )
    inner = parse(made[DOCUMENT]).find(f".//{W}sectPrChange/{W}sectPr")
    assert [child.tag for child in inner] == [f"{W}cols"]


def test_a_section_keeps_the_order_that_word_wants() -> None:
    body = "<w:p/><w:sectPr><w:type w:val='nextPage'/><w:cols/><w:docGrid/></w:sectPr>"
    made = transplant(template(body=body), letterhead(first=True), None)
    section = parse(made[DOCUMENT]).find(f".//{W}sectPr")
    names = [child.tag.removeprefix(W) for child in section]
    assert re.fullmatch(
        "(headerReference |footerReference )+type pgSz pgMar cols titlePg docGrid", " ".join(names)
    )


def test_every_relation_of_a_shipped_template_leads_somewhere_after_the_transplant() -> None:
    head = package.read((ROOT / "templates/letterhead.docx").read_bytes(), "letterhead.docx")
    for path in sorted((ROOT / "templates").glob("*.docx")):
        made = transplant(package.read(path.read_bytes(), path.name), head, LOGO)
        package.read(package.write(made), path.name)
        kinds = [kind(found) for found in parse(made[relations_of(DOCUMENT)])]
        assert kinds.count("header") == 2


def test_equal_input_gives_equal_bytes() -> None:
    first = package.write(transplant(plain(), letterhead(first=True), LOGO))
    assert first == package.write(transplant(plain(), letterhead(first=True), LOGO))


@pytest.mark.office
def test_libreoffice_opens_it_and_shows_header_and_body(tmp_path: Path) -> None:
    made = joined(plain(sections=2, landscape=True), letterhead(first=True), LOGO)
    (tmp_path / "t.docx").write_bytes(package.write(made))
    ((_, problem),) = office.convert(office.needed(), [tmp_path / "t.docx"], 1)
    assert problem is None
    pdf = tmp_path / "t.pdf"
    shown = subprocess.run(["pdftotext", pdf, "-"], capture_output=True, text=True, check=True)
    assert "FIRST PAGE" in shown.stdout
    assert "body X" in shown.stdout
