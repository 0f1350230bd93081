"""Packages that are no plain Word documents are refused with one clear error, and soon."""

import contextlib
import io
import os
import random
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from docpipe.adapters.word import package
from docpipe.adapters.word.package import Parts
from docpipe.diagnostics import DocpipeError
from docpipe.workspace.source import FolderSource
from tests.adapters.kit import document, paragraph, relations, template, types, zipped
from tests.conftest import ROOT
from tests.support import soon

DECLARATION = '<?xml version="1.0" encoding="{}"?>'
BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
FILE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


def refused(data: bytes, why: str) -> None:
    with soon(), pytest.raises(DocpipeError) as caught:
        package.read(data, "t.docx")
    message = caught.value.say("en")
    assert message.startswith("The template t.docx is refused: ")
    assert why in message
    assert len(message) < 600
    assert caught.value.say("zh").startswith("模板 t.docx 被拒绝")


def changed(**parts: bytes) -> bytes:
    return zipped(template("x", **parts))


def without(name: str) -> bytes:
    parts = template("x")
    del parts[name]
    return zipped(parts)


def renamed(data: bytes, old: str, new: str) -> bytes:
    """Names that zipfile itself would not write, of the same length."""
    assert len(old) == len(new)
    return data.replace(old.encode(), new.encode())


def test_a_plain_document_is_read() -> None:
    assert package.read(zipped(template("x")), "t.docx") == template("x")


@pytest.mark.parametrize(
    "path", sorted((ROOT / "templates").glob("*.docx")), ids=lambda path: path.name
)
def test_every_shipped_template_is_read(path: Path) -> None:
    assert "word/document.xml" in package.read(path.read_bytes(), path.name)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK",
        b"PK\x03\x04",
        b"no zip at all",
        b"PK\x05\x06" + b"\0" * 18,
        b"%PDF-1.7",
        b"\xd0\xcf\x11\xe0" * 200,
        random.Random(1).randbytes(5000),
        b"PK\x05\x06" + b"\xff" * 18,
    ],
    ids=lambda data: repr(data[:8]),
)
def test_what_is_no_zip_is_refused(data: bytes) -> None:
    refused(data, "")


def test_a_document_cut_off_anywhere_is_refused() -> None:
    whole = zipped(template("x" * 500))
    for length in range(0, len(whole), 7):
        refused(whole[:length], "")


def test_a_damaged_document_is_read_as_it_was_or_refused() -> None:
    whole = zipped(template("x" * 500))
    for at in range(0, len(whole), 3):
        data = whole[:at] + bytes([whole[at] ^ 0xA5]) + whole[at + 1 :]
        try:
            package.read(data, "t.docx")
        except DocpipeError:
            continue


def test_missing_parts_are_told() -> None:
    for name in ("word/document.xml", "[Content_Types].xml", "_rels/.rels"):
        refused(without(name), f"no {name} in it")


def test_a_password_is_told() -> None:
    data = bytearray(zipped(template("x")))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(signature)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(signature, at + 1)
    refused(bytes(data), "protected by a password")


@pytest.mark.parametrize("compression", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_unusual_packing_is_refused(compression: int) -> None:
    refused(zipped(template("x"), compression), "packed in an unusual way")


def test_a_zip_bomb_is_refused_unopened() -> None:
    refused(changed(word__media__a_png=b"\0" * 60_000_000), "too large when unpacked")
    refused(
        changed(**{f"m{n}.bin": b"\0" * 10_000_000 for n in range(6)}), "too large when unpacked"
    )


def test_too_many_parts_are_refused() -> None:
    refused(changed(**{f"word__{n}.bin": b"" for n in range(1_000)}), "too large when unpacked")


def test_a_header_that_lies_about_the_size_gains_nothing() -> None:
    content = b"\0" * 40_000_000
    data = changed(word__media__a_png=content)
    assert data.count(struct.pack("<I", len(content))) == 2
    lying = data.replace(struct.pack("<I", len(content)), struct.pack("<I", 10))
    refused(lying, "not a .docx")
    with_crc = lying.replace(
        struct.pack("<I", zlib.crc32(content)), struct.pack("<I", zlib.crc32(b"\0" * 10))
    )
    with contextlib.suppress(DocpipeError):
        assert len(package.read(with_crc, "t.docx")["word/media/a_png"]) <= 10


def test_overlapping_entries_do_not_multiply() -> None:
    """One compressed block that many directory entries share."""
    block = zlib.compress(b"\0" * 1_000_000, 9)[2:-4]
    local = struct.pack(
        "<4sHHHHHIIIHH",
        b"PK\x03\x04",
        20,
        0,
        8,
        0,
        0,
        zlib.crc32(b"\0" * 1_000_000),
        len(block),
        1_000_000,
        1,
        0,
    )
    central = b""
    for n in range(900):
        central += (
            struct.pack(
                "<4sHHHHHHIIIHHHHHII",
                b"PK\x01\x02",
                20,
                20,
                0,
                8,
                0,
                0,
                zlib.crc32(b"\0" * 1_000_000),
                len(block),
                1_000_000,
                4,
                0,
                0,
                0,
                0,
                0,
                0,
            )
            + b"a%03d" % n
        )
    body = local + b"a" + block
    end = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 900, 900, len(central), len(body), 0)
    refused(body + central + end, "too large when unpacked")


def test_a_nested_zip_is_bytes_and_no_more() -> None:
    inner = zipped({"a": b"\0" * 10_000_000})
    assert package.read(changed(word__media__a_zip=inner), "t.docx")["word/media/a_zip"] == inner


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("../../evil", "climbs out"),
        ("/etc/passwd", "climbs out"),
        ("word\\..\\..\\x", "climbs out"),
        ("C:/windows/x", "climbs out"),
        ("word/../../x", "climbs out"),
        ("word/document.xml", "appears in it twice"),
        ("WORD/Document.XML", "appears in it twice"),
    ],
)
def test_hostile_names_are_refused(name: str, why: str) -> None:
    buffer = io.BytesIO(zipped(template("x")))
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("z" * len(name), b"x")
    refused(renamed(buffer.getvalue(), "z" * len(name), name), why)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (declared + doctype + "<x>&a;</x>", encoding)
        for doctype in (BOMB, FILE)
        for declared, encoding in (
            ("", "utf-8"),
            ("\ufeff", "utf-8"),
            (DECLARATION.format("UTF-8"), "utf-8"),
            (DECLARATION.format("UTF-16"), "utf-16"),
            (DECLARATION.format("UTF-16"), "utf-16-le"),
            (DECLARATION.format("UTF-16"), "utf-16-be"),
            ("\ufeff", "utf-16-le"),
            (DECLARATION.format("utf-32"), "utf-32"),
            (DECLARATION.format("UTF-7"), "utf-7"),
            (DECLARATION.format("IBM037"), "cp037"),
            (DECLARATION.format("ISO-8859-1"), "latin-1"),
            (DECLARATION.replace('"', "'").format("gb2312"), "gb2312"),
        )
    ],
)
@pytest.mark.parametrize(
    "name",
    ["word__document.xml", "word__header9.xml", "customXml__item1.bin", "docProps__core.xml"],
)
def test_entities_are_refused_in_every_encoding(name: str, text: str, encoding: str) -> None:
    declared = types().replace(b'"png" ContentType="image/png"', b'"bin" ContentType="text/xml"')
    refused(
        changed(**{name: text.encode(encoding), "[Content_Types].xml": declared}),
        name.replace("__", "/"),
    )


@pytest.mark.parametrize(
    "encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030", "latin-1"]
)
def test_xml_in_other_encodings_is_refused(encoding: str) -> None:
    body = document(paragraph("é中" if encoding != "latin-1" else "é")).decode()
    for declared in (
        "",
        DECLARATION.format(encoding),
        DECLARATION.format(encoding).replace('"', "'"),
    ):
        refused(
            changed(**{"word__document.xml": (declared + body).encode(encoding)}),
            "word/document.xml is",
        )


def test_utf8_with_a_mark_and_a_declaration_is_read() -> None:
    body = b"\xef\xbb\xbf" + DECLARATION.format("utf-8").encode() + document(paragraph("中"))
    assert package.read(changed(**{"word__document.xml": body}), "t")["word/document.xml"] == body


@pytest.mark.parametrize(
    "xml",
    [
        b"",
        b"<",
        b"<a>",
        b"<a></b>",
        b"no xml",
        b"<a>&b;</a>",
        b"<a>\x00</a>",
        b"<a>\xff</a>",
        b"<a><a/>" * 5,
        b"<a>" * 100_000,
        b"<a " + b"x" * 100_000 + b"/>",
    ],
    ids=lambda xml: repr(xml[:10]),
)
def test_damaged_xml_is_told_by_its_part(xml: bytes) -> None:
    refused(changed(**{"word__header1.xml": xml}), "word/header1.xml is")


def test_a_huge_xml_part_is_refused() -> None:
    refused(changed(**{"word__document.xml": document(paragraph("x" * 6_000_000))}), "is too large")


def related(*entries: tuple[str, ...], **parts: bytes) -> bytes:
    return changed(**{"word___rels__document.xml.rels": relations(*entries)}, **parts)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "address"),
    [
        ("attachedTemplate", "http://evil.example/x.dotm"),
        ("image", "http://evil.example/x.png"),
        ("image", "file:///etc/passwd"),
        ("oleObject", "http://evil.example/x"),
        ("frame", "http://evil.example/x"),
        ("subDocument", "http://evil.example/x"),
        ("header", "http://evil.example/x.xml"),
        ("hyperlink", "file://server/share"),
        ("hyperlink", "javascript:alert(1)"),
        ("hyperlink", "\\\\server\\share"),
        ("hyperlink", ""),
    ],
)
def test_what_is_fetched_from_elsewhere_is_refused(kind: str, address: str) -> None:
    for mode in ("External", "external", " External "):
        refused(related((kind, address, mode)), "")


@pytest.mark.parametrize(
    "write",
    [
        lambda r: (
            r.replace("<Relationship ", "<r:Relationship ")
            .replace("xmlns=", "xmlns:r=")
            .replace("Relationships", "r:Relationships")
        ),
        lambda r: r.replace('TargetMode="External"', "TargetMode = 'External'"),
        lambda r: r.replace('"External"', '"&#69;xternal"'),
        lambda r: r.replace("<Relationship ", '<Relationship Note="a>b" '),
        lambda r: r.replace("<Relationship ", "<Relationship\n"),
        lambda r: r.replace("<Relationship ", "<!-- --><Relationship "),
    ],
)
def test_no_spelling_hides_an_external_relation(write: Callable[[str], str]) -> None:
    rels = write(relations(("image", "http://evil.example/x.png", "External")).decode())
    refused(
        changed(**{"word___rels__document.xml.rels": rels.encode()}),
        "fetches something from elsewhere",
    )


V = 'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
XLINK = 'xmlns:xlink="http://www.w3.org/1999/xlink"'


@pytest.mark.parametrize(
    "xml",
    [
        '<w:mailMerge><w:dataSource r:id="rId9"/></w:mailMerge>',
        '<w:mailMerge><w:connectString w:val="Provider=x"/></w:mailMerge>',
        f'<v:imagedata {V} src="http://evil.example/x.png"/>',
        f'<v:imagedata {V} o:href="http://evil.example/x.png"/>',
        f'<v:imagedata {V} href="http://evil.example/x.png"/>',
        f'<v:imagedata {V} o:althref="http://evil.example/x.png"/>',
        f'<v:image {V} src="file://server/share/x.png"/>',
        f'<v:fill {V} src="//server/share/x.png"/>',
        f'<v:stroke {V} o:href="http://evil.example/x.png"/>',
        f'<v:shape {V} href="file://server/share"/>',
        f'<v:rect {V} href="javascript:alert(1)"/>',
        f'<v:shape {V} href=""/>',
        f'<image {XLINK} xlink:href="http://evil.example/x.png"/>',
        '<image href="http://evil.example/x.png"/>',
    ],
)
def test_what_a_part_fetches_without_a_relation_is_refused(xml: str) -> None:
    for part in ("word__document.xml", "word__settings.xml", "word__header1.xml"):
        refused(
            changed(**{part: document(f"<w:p>{xml}</w:p>")}), "fetches something from elsewhere"
        )


@pytest.mark.parametrize(
    "xml",
    [
        f'<v:imagedata {V} r:href="rId1"/>',
        f'<v:imagedata {V} r:id="rId1"/>',
        f'<v:fill {V} r:href="rId1"/>',
        f'<v:stroke {V} o:relid="rId1"/>',
        '<a:blip xmlns:a="urn:a" r:link="rId1"/>',
    ],
)
def test_a_link_to_click_is_no_picture_to_fetch(xml: str) -> None:
    link = ("hyperlink", "https://evil.example/x.png", "External")
    body = document(f"<w:p>{xml}</w:p>")
    refused(related(link, **{"word__document.xml": body}), "fetches something from elsewhere")


def test_what_stays_inside_or_waits_for_a_click_is_kept() -> None:
    for xml in (
        f'<v:shape {V} href="https://example.com/"/>',
        f'<v:shape {V} href="#place"/>',
        f'<v:imagedata {V} r:id="rId1" o:title="x"/>',
        f'<use {XLINK} xlink:href="#part"/>',
        '<image href="data:image/png;base64,AAAA"/>',
        '<w:fldSimple w:instr=" HYPERLINK &quot;https://example.com/&quot; "/>',
        '<w:fldSimple w:instr=" HYPERLINK \\l &quot;_Toc1&quot; "/>',
    ):
        body = document(f"<w:p>{xml}</w:p>")
        picture = {"word__document.xml": body, "word__header1.xml": document("")}
        package.read(related(("header", "header1.xml"), **picture), "t.docx")
    click = document('<w:p><w:hyperlink r:id="rId1"/></w:p>')
    link = ("hyperlink", "https://example.com/", "External")
    package.read(related(link, **{"word__document.xml": click}), "t.docx")


@pytest.mark.parametrize("address", ["file://server/share", "&quot;\\\\server\\x&quot;", ""])
def test_a_link_written_as_a_field_is_held_to_the_same(address: str) -> None:
    body = document(f'<w:p><w:fldSimple w:instr=" HYPERLINK {address} "/></w:p>')
    refused(changed(**{"word__document.xml": body}), "fetches something from elsewhere")


def test_links_that_a_reader_may_click_are_kept() -> None:
    for address in ("https://example.com/a?b=1&amp;c", "mailto:a@example.com"):
        package.read(related(("hyperlink", address, "External")), "t.docx")


@pytest.mark.parametrize(
    "kind",
    [
        "vbaProject",
        "oleObject",
        "package",
        "control",
        "aFChunk",
        "activeXControlBinary",
        "mailMergeSource",
        "mailMergeHeaderSource",
        "keyMapCustomizations",
        "video",
        "externalLinkPath",
        "attachedToolbars",
        "glossaryDocument",
        "",
    ],
)
def test_parts_of_active_kinds_are_refused(kind: str) -> None:
    refused(related((kind, "thing.bin"), word__thing_bin=b"x"), "it holds a part of the kind")


def test_macros_are_refused_under_any_name() -> None:
    refused(changed(**{"word__vbaProject.bin": b"x"}), "carries macros")
    refused(changed(**{"word__VBAPROJECT.BIN": b"x"}), "carries macros")


@pytest.mark.parametrize(
    "address", ["header1.xml", "../header1.xml", "/word/none.xml", "../../../etc/passwd"]
)
def test_a_relation_to_nothing_is_refused(address: str) -> None:
    refused(related(("header", address)), "refers to what is not there")


def test_word_opens_the_part_that_docpipe_fills_in() -> None:
    other = template("x", **{"word__other.xml": document(paragraph("y"))})
    other["_rels/.rels"] = relations(("officeDocument", "word/other.xml"))
    refused(zipped(other), "its text is not in word/document.xml")
    other["_rels/.rels"] = relations(
        ("officeDocument", "word/document.xml"), ("officeDocument", "word/other.xml")
    )
    refused(zipped(other), "its text is not in word/document.xml")


def test_relations_stand_where_they_belong() -> None:
    refused(
        changed(**{"word__stray.rels": relations(("image", "http://e.example/", "External"))}),
        "does not belong",
    )


@pytest.mark.parametrize(
    "codes",
    [
        ["INCLUDEPICTURE http://evil.example/x.png"],
        ["INCLUDETEXT /etc/passwd"],
        ["DDEAUTO c:\\\\cmd.exe"],
        ["LINK Excel.Sheet"],
        ["DATABASE x"],
        ["MACROBUTTON x"],
        ["IMPORT x"],
        [" ddeauto x"],
        ["DD", "EAUTO x"],
        ["RD x"],
        ["AUTOTEXT x"],
        ["FILLIN x"],
    ],
)
def test_fields_that_fetch_are_refused(codes: list[str]) -> None:
    runs = "".join(f"<w:r><w:instrText>{code}</w:instrText></w:r>" for code in codes)
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    end = begin.replace("begin", "end")
    word = "".join(codes).split()[0]
    for body in (
        f"<w:p>{begin}{runs}{end}</w:p>",
        f"<w:p>{runs}</w:p>",
        f"<w:p>{begin}<w:r><w:instrText>QUOTE</w:instrText></w:r>{begin}{runs}{end}{end}</w:p>",
        f'<w:p><w:fldSimple w:instr="{"".join(codes)}"/></w:p>',
    ):
        refused(changed(**{"word__document.xml": document(body)}), f"has a field {word}")
        refused(changed(**{"word__footer1.xml": document(body)}), f"has a field {word}")


def test_page_numbers_are_fields_that_do_not_fetch() -> None:
    page, pages = (
        f'<w:fldSimple w:instr="{code}"/>' for code in (" PAGE \\* ROMAN ", " NUMPAGES ")
    )
    body = f"<w:p>{page}{pages}</w:p>"
    package.read(changed(**{"word__footer1.xml": document(body)}), "t.docx")


def test_a_template_of_thirty_megabytes_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "t.docx").write_bytes(os.urandom(30_000_000))
    with pytest.raises(DocpipeError, match="larger than 20,000,000 bytes"):
        FolderSource(tmp_path).read_whole("t.docx", 20_000_000)


def test_a_template_that_is_a_link_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "real.docx").write_bytes(zipped(template("x")))
    (tmp_path / "t.docx").symlink_to("real.docx")
    with pytest.raises(DocpipeError, match="symbolic link"):
        FolderSource(tmp_path).read_whole("t.docx", 20_000_000)


def test_a_macro_document_under_another_name_is_refused() -> None:
    parts: Parts = template("x")
    parts["[Content_Types].xml"] = types(document="document.macroEnabled.main")
    refused(zipped(parts), "carries macros")
