"""Values come out of a template as they went in; what is wrong is told by its paragraph."""

from decimal import Decimal
from typing import Any

import pytest

from docpipe.adapters.word import package, text
from docpipe.adapters.word.ooxml import W, parse
from docpipe.adapters.word.render import render
from docpipe.diagnostics import DocpipeError, Text
from docpipe.workspace.template_facts import Absent, TemplateFacts
from tests.adapters.kit import document, filled, paragraph, template, zipped


@pytest.mark.parametrize(
    "value",
    [
        "a<b>&\"'",
        "&amp;",
        "</w:t>",
        "]]>",
        "<w:p/>",
        "a\nb",
        "a\n\nb",
        "\n",
        "a\tb",
        "\t",
        "😀",
        "龘𠮷",
        "שלום عربي",
        "a\u200fb",
        "e\u0301",
        "{{ x }}",
        "{{r x }}",
        "{% if %}",
        "{%p x %}",
        "{#",
        "{{",
        "}}",
        "{_{ x }_}",
        "{_% x %_}",
        "}_} {_{",
        "  lead",
        "trail  ",
        " ",
        "a\u00a0b",
        "\\",
        "${x}",
        "%s",
        "x" * 5000,
        "{0.__class__}",
        "2026-03-16",
        "0123",
        "None",
    ],
)
def test_text_is_printed_as_it_is(value: str) -> None:
    assert filled("[{{ v }}]", v=value) == f"[{value}]"
    assert filled("[{{ v | bilingual }}]", v=Text(value, "")) == f"[{value}]"


@pytest.mark.parametrize(
    "value", ["\x00", "\x07", "\x0b", "\x0c", "\r", "\x1b", "\x7f", "\x85", "\ud800", "\uffff"]
)
def test_what_no_page_can_show_is_refused(value: str) -> None:
    with pytest.raises(DocpipeError, match=f"U\\+{ord(value):04X} cannot be printed"):
        filled("[{{ v }}]", v=f"a{value}b")


def test_numbers_are_printed_exactly() -> None:
    assert filled("{{ v }}", v=Decimal("19.90")) == "19.90"
    assert filled("{{ v }}", v=7) == "7"
    assert filled('{{ v | money("JPY") }}', v=Decimal("1234567")) == "1,234,567"


FACTS = TemplateFacts(
    {
        "none": None,
        "n": 5,
        "yes": True,
        "name": Text("Flask", "保温杯"),
        "gap": Absent("f.gap", {"properties": {"en": {"type": "string"}}}),
        "rows": [1, 2],
    }
)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Total {{ y }}", "there is no fact y"),
        ("Total {{ f.price }}", "there is no fact f.price"),
        ("{{ f.name.fr }}", "there is no fact f.name.fr"),
        ("{{ f.rows[9] }}", "there is no fact [9]"),
        ("{{ y | date }}", "there is no fact y"),
        ("{% if y %}a{% endif %}", "there is no fact y"),
        ("{% for a in y %}a{% endfor %}", "there is no fact y"),
        ("{{ f.gap }}", "f.gap is not filled in for this order"),
        ("{{ f.gap.en }}", "f.gap.en is not filled in for this order"),
        ("{{ f.gap | date }}", "f.gap is not filled in"),
        ("{{ f.gap | number }}", "f.gap is not filled in"),
        ('{{ f.gap | money("USD") }}', "f.gap is not filled in"),
        ("{{ f.gap | bilingual }}", "f.gap is not filled in"),
        ("{{ f.gap | inline }}", "f.gap is not filled in"),
        ("{{ f.gap | upper }}", "f.gap is not filled in"),
        ("{{ [1] | join(f.gap) }}", "f.gap"),
        ("{{ f.none }}", "a figure is missing for this order"),
        ("{{ f.none | date }}", "a figure is missing"),
        ("{{ f.none | number }}", "a figure is missing"),
        ("{{ f.none | bilingual }}", "a figure is missing"),
        ("{{ f.none | string }}", "a figure is missing"),
        ("{{ f }}", "Facts cannot be printed"),
        ("{{ f.rows }}", "list cannot be printed"),
        ("{{ f.name }}", "Text cannot be printed"),
        ("{{ f.yes }}", "bool cannot be printed"),
        ("{{ none }}", "none, true and false are not printed"),
        ("{{ f.name | number }}", "is no number"),
        ('{{ f.n | money("XXX") }}', "XXX"),
        ("{{ f.n | money }}", "currency"),
        ("{{ f.n | cash }}", "No filter named 'cash'"),
        ("{{ f.n", "a tag is opened and not closed"),
        ("{{ f.n }", "a tag is opened and not closed"),
        ("{% if f {{ f.n }}", "a tag is opened and not closed"),
        ("f.n }}", "a tag is closed and not opened"),
        ("{# remark", "a tag is opened and not closed"),
        ("{% if f %}a", "looking for the following tags: 'elif' or 'else' or 'endif'"),
        ("a{% endif %}", "unknown tag 'endif'"),
        ("{% foo %}", "unknown tag 'foo'"),
        ("{{ }}", "Expected an expression"),
        ("{{ f.n | }}", "expected token 'name'"),
        ("{{ 9" + "9" * 300 + "x }}", "expected"),
        ("{{ " + "x" * 2000 + " }}", "a tag is too long"),
        ("{{r f.n }}", "this kind of tag is not used here"),
        ("{{p f.n }}", "this kind of tag is not used here"),
        ("{%r if f %}a{%r endif %}", "this kind of tag is not used here"),
        ("{%tc for a in f.rows %}", "this kind of tag is not used here"),
        ("{% colspan 2 %}", "this kind of tag is not used here"),
        ("{% hm %}", "this kind of tag is not used here"),
        ("Dear {%p if f %}", "does not stand alone"),
        ("{%p if f %}{%p endif %}", "does not stand alone"),
        ("{" * 300, "closed"),
        ("{a}" * 200, "too many single braces"),
    ],
)
def test_an_error_names_template_paragraph_and_field(words: str, said: str) -> None:
    with pytest.raises(DocpipeError) as caught:
        filled(words, f=FACTS)
    message = caught.value.say("en")
    assert "t.docx" in message
    assert said in message
    assert f'in the paragraph "{words[:40]}' in message
    assert len(message) < 700
    assert caught.value.say("zh") != message


def test_the_right_paragraph_is_named() -> None:
    with pytest.raises(DocpipeError, match=r'in the paragraph "third \{\{ y \}\}"'):
        render(template("first", "second {{ x }}", "third {{ y }}", "fourth"), {"x": "1"}, "t.docx")


def test_a_tag_outside_the_text_is_refused() -> None:
    for body in (
        '<w:p w:rsidR="{{ x }}"/>',
        "<w:p><w:r><w:instrText>{{ x }}</w:instrText></w:r></w:p>",
        "<w:p><!-- {{ x --></w:p>",
        "<w:p>{{ x }}</w:p>",
    ):
        with pytest.raises(DocpipeError, match="a tag stands outside the text"):
            render(template(body=body), {"x": "1"}, "t.docx")


def test_a_tag_may_be_split_over_runs() -> None:
    runs = "".join(
        f"<w:r><w:rPr><w:b/></w:rPr><w:t>{bit}</w:t></w:r>" for bit in ("{", "{ x", " }", "}")
    )
    assert text.body(render(template(body=f"<w:p>{runs}</w:p>"), {"x": "1"}, "t.docx")) == "1"


def row(*cells: str) -> str:
    return "<w:tr>" + "".join(f"<w:tc><w:tcPr/>{cell}</w:tc>" for cell in cells) + "</w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def test_rows_repeat_and_tags_in_rows_of_their_own_disappear() -> None:
    body = table(
        row(paragraph("{%tr for a in rows %}"), paragraph("")),
        row(paragraph("{{ a }}"), paragraph("x")),
        row(paragraph("{%tr endfor %}"), paragraph("")),
    )
    assert text.body(render(template(body=body), {"rows": [1, 2]}, "t.docx")) == "1 | x\n2 | x"


def test_a_row_tag_beside_other_text_is_refused() -> None:
    body = table(
        row(paragraph("{%tr for a in rows %}"), paragraph("lost")), row(paragraph("{%tr endfor %}"))
    )
    with pytest.raises(DocpipeError, match="does not stand alone"):
        render(template(body=body), {"rows": [1]}, "t.docx")


def test_no_cell_is_left_without_a_paragraph_and_no_table_without_a_row() -> None:
    cell = paragraph("{%p if x %}") + paragraph("a") + paragraph("{%p endif %}")
    empty = table(
        row(paragraph("{%tr if x %}")), row(paragraph("b")), row(paragraph("{%tr endif %}"))
    )
    made = render(template(body=table(row(cell)) + empty), {"x": ""}, "t.docx")
    root = parse(made["word/document.xml"])
    assert all(found[-1].tag == f"{W}p" for found in root.iter(f"{W}tc"))
    assert len(list(root.iter(f"{W}tbl"))) == 1


def test_what_is_made_has_the_templates_parts_and_no_dates_of_its_own() -> None:
    own = template("x", word__media__a_png=b"")
    made = render(own, {}, "t.docx")
    assert "docProps/core.xml" not in made
    assert b"core" not in made["_rels/.rels"]


@pytest.mark.parametrize("body", ["", "<w:p/>", "<w:sectPr/>", "<w:tbl><w:tblGrid/></w:tbl>"])
def test_an_empty_template_makes_an_empty_document(body: str) -> None:
    assert text.body(render(template(body=body), {}, "t.docx")).strip() == ""


def test_a_document_that_python_docx_cannot_open_is_one_clear_error() -> None:
    parts = template("x")
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
        b"document.main", b"template.main"
    )
    with pytest.raises(DocpipeError, match=r"The template t\.docx cannot be filled in"):
        render(parts, {}, "t.docx")


def make() -> bytes:
    """A document with everything in it, for comparing bytes."""
    context: dict[str, Any] = {"v": "中文", "rows": [{"a": n} for n in range(20)]}
    body = "{% for r in rows %}{{ r.a }} {{ v }}{% endfor %}"
    return package.write(render(template(body), context, "t.docx"))


def test_equal_input_gives_equal_bytes_in_every_process() -> None:
    import os
    import subprocess
    import sys

    code = (
        "import hashlib; from tests.adapters.test_word_render import make; "
        "print(hashlib.sha256(make()).hexdigest())"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "TZ": zone, "LC_ALL": locale, "PYTHONHASHSEED": seed},
        ).stdout
        for zone, locale, seed in (
            ("Asia/Shanghai", "zh_CN.UTF-8", "1"),
            ("America/Santiago", "C", "77"),
            ("UTC", "tr_TR.UTF-8", "3"),
        )
    }
    assert len(found) == 1


def test_written_entries_are_stored_undated_and_in_one_order() -> None:
    import io
    import zipfile

    parts = template("x", word__b_xml=b"<b/>", word__a_xml=b"<a/>")
    data = package.write(dict(reversed(parts.items())))
    assert data == package.write(parts)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = archive.infolist()
    assert [entry.filename for entry in entries[:2]] == ["[Content_Types].xml", "_rels/.rels"]
    assert [entry.filename for entry in entries[2:]] == sorted(e.filename for e in entries[2:])
    assert {
        (e.compress_type, e.date_time, e.create_system, e.external_attr, e.extra) for e in entries
    } == {(zipfile.ZIP_STORED, (1980, 1, 1, 0, 0, 0), 0, 0o600 << 16, b"")}
    assert package.unpack(data) == parts


def test_python_docx_opens_what_is_made() -> None:
    import io

    import docx

    opened = docx.Document(
        io.BytesIO(package.write(render(template("{{ v }}"), {"v": "中"}, "t.docx")))
    )
    assert [found.text for found in opened.paragraphs] == ["中"]


def test_compressed_and_stored_templates_are_the_same() -> None:
    assert package.read(zipped(template("x")), "t") == package.read(zipped(template("x"), 0), "t")
    assert package.read(zipped(template("x")), "t")["word/document.xml"] == document(paragraph("x"))
