"""Every feature of docxtpl comes out as docxtpl does it: compiled, or left to docxtpl."""

import io
from dataclasses import dataclass, field
from typing import Any

import pytest
from docx import Document
from docx.shared import Mm
from docxtpl import InlineImage, Listing, RichText, RichTextParagraph

from docpipe.adapters.word import package
from tests.adapters.compiled.against import Facts, assert_equal, by_compiled, by_docxtpl
from tests.adapters.kit import W, paragraph, relations, template, types
from tests.conftest import ROOT

LOGO = str(ROOT / "templates" / "logo.png")
COMPILED, DOCXTPL = "compiled", "docxtpl"


def cell(words: str, properties: str = '<w:tcW w:w="1000"/>') -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(words)}</w:tc>"


def row(*cells: str) -> str:
    return f"<w:tr>{''.join(c if c.startswith('<w:tc>') else cell(c) for c in cells)}</w:tr>"


def table(*rows: str, columns: int = 2) -> str:
    grid = '<w:gridCol w:w="1000"/>' * columns
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def sub_document(tpl: Any) -> Any:
    made = tpl.new_subdoc()
    made.add_paragraph("within")
    return made


@dataclass
class Feature:
    body: str
    facts: Facts = field(default_factory=dict)
    by: str = COMPILED
    parts: dict[str, bytes] = field(default_factory=dict)


LOOP = "{%p for x in xs %}"
FEATURES: dict[str, Feature] = {
    "a value": Feature(paragraph("a {{ v }} b"), {"v": "<1 & 2> \"'"}),
    "a value with line feeds": Feature(paragraph("{{ v }}"), {"v": "a\nb\n"}),
    "a value with a tab": Feature(paragraph("{{ v }}"), {"v": "a\tb"}, DOCXTPL),
    "a value with braces": Feature(paragraph("{{ v }}"), {"v": "{{ x }}"}, DOCXTPL),
    "a value with docxtpl's escapes": Feature(paragraph("{{ v }}"), {"v": "{_{ x }_}"}, DOCXTPL),
    "braces of the template": Feature(paragraph("{_{ x }_} and {_% y %_} {{ v }} z"), {"v": 1}),
    "a brace beside a value": Feature(paragraph("{ {{ v }}"), {"v": "_{"}, DOCXTPL),
    "an escape made of text and value": Feature(paragraph("{_{{ v }}"), {"v": "{"}, DOCXTPL),
    "numbers and none": Feature(
        paragraph("{{ a }} {{ b }} {{ c }} {{ d }}"), {"a": 1, "b": 2.5, "c": None, "d": True}
    ),
    "a list": Feature(paragraph("{{ v }}"), {"v": ["a", "<b>"]}),
    "a dictionary's entries": Feature(paragraph("{{ v.a.b }}"), {"v": {"a": {"b": 1}}}),
    "a dictionary's method": Feature(
        paragraph("{% for k, v in d.items() %}{{ k }}={{ v }} {% endfor %}"), {"d": {"a": 1}}
    ),
    "an entry in brackets": Feature(paragraph("{{ v['a'] }} {{ v['b'][0] }}"),
                                    {"v": {"a": 1, "b": [2]}}),
    "filters": Feature(paragraph("{{ v | upper | replace('A', 'b') | trim }}"), {"v": " a&a "}),
    "a default": Feature(paragraph("{{ v | default('none') }}")),
    "a default of an attribute": Feature(paragraph("{{ v.a | default('none') }}"), {"v": {}}),
    "is defined": Feature(paragraph("{% if v is defined %}yes{% else %}no{% endif %}")),
    "tests": Feature(paragraph("{{ 3 is odd }} {{ 'a' is string }}")),
    "conditions": Feature(
        paragraph("{% if a and not b or c == 2 %}1{% elif d > 1 %}2{% else %}3{% endif %}"),
        {"a": 0, "b": 0, "c": 1, "d": 5},
    ),
    "a conditional expression": Feature(paragraph("{{ 'a' if v else 'b' }}"), {"v": 0}),
    "one without else": Feature(paragraph("{{ 'a' if v }}"), {"v": 0}, DOCXTPL),
    "arithmetic": Feature(paragraph("{{ 1 + 2 * 3 // 2 - 7 % 4 ** 2 }} {{ -v }}"), {"v": 2}),
    "texts put together": Feature(paragraph("{{ a ~ '<' ~ b }}"), {"a": 1, "b": "&"}),
    "a set": Feature(paragraph("{% set y = x * 2 %}{{ y }}"), {"x": 4}),
    "a set in a condition": Feature(
        paragraph("{% if x %}{% set y = 1 %}{% else %}{% set y = 2 %}{% endif %}{{ y }}"), {"x": 0}
    ),
    "a set block": Feature(paragraph("{% set y %}a{{ x }}{% endset %}{{ y }}"), {"x": 1}),
    "a set block with markup": Feature(
        paragraph("{% set y %}{{ x }}{% endset %}{{ y }}"), {"x": "<"}, DOCXTPL
    ),
    "a namespace": Feature(
        paragraph(
            "{% set n = namespace(c=0) %}{% for x in xs %}{{ n.c }}{% set n.c = n.c + x %}"
            "{% endfor %}{{ n.c }}"
        ),
        {"xs": [1, 2, 3]},
    ),
    "a macro": Feature(
        paragraph("{% macro m(a, b=2) %}{{ a }}-{{ b }}{% endmacro %}{{ m(1) }} {{ m('x', b=v) }}"),
        {"v": "y"},
    ),
    "a macro of markup": Feature(
        paragraph("{% macro m(a) %}{{ a }}{% endmacro %}{{ m('<') }}"), {}, DOCXTPL
    ),
    "a macro of paragraphs": Feature(
        paragraph("{%p macro m(a) %}") + paragraph("{{ a }}") + paragraph("{%p endmacro %}")
        + paragraph("{{p m(1) }}"),
        {}, DOCXTPL,
    ),
    "a call block": Feature(
        paragraph("{% macro m() %}[{{ caller() }}]{% endmacro %}{% call m() %}x{% endcall %}"),
        {}, DOCXTPL,
    ),
    "a filter block": Feature(paragraph("{% filter upper %}abc{% endfilter %}"), {}, DOCXTPL),
    "with": Feature(paragraph("{% with a = 1, b = v %}{{ a }}{{ b }}{% endwith %}"), {"v": 2}),
    "one name for two things": Feature(
        paragraph("{% with a = p %}{{ a.x }}{% endwith %}{% with a = q %}{{ a.x }}{% endwith %}"
                  "{% for a in [p, q] %}{{ a.x }}{% endfor %}{% for a in [q, p] %}{{ a.x }}"
                  "{% endfor %}{% set b = p %}{{ b.x }}{% set b = q %}{{ b.x }}"),
        {"p": {"x": 1}, "q": {"x": 2}},
    ),
    "a name that a condition may set": Feature(
        paragraph("{% for a in [p, q] %}{% if a.x == 2 %}{% set b = q %}{% else %}{% set b = p %}"
                  "{% endif %}{{ b.x }}{% if b.x == 1 and a.y or a.x %}{{ a.y }}{% endif %}"
                  "{% endfor %}"),
        {"p": {"x": 1, "y": 3}, "q": {"x": 2, "y": 0}},
    ),
    "a loop": Feature(
        paragraph("{% for x in xs %}{{ loop.index }}/{{ loop.length }} {{ x }}"
                  "{% if not loop.last %}, {% endif %}{% else %}none{% endfor %}"),
        {"xs": ["a", "b"]},
    ),
    "an empty loop": Feature(paragraph("{% for x in xs %}{{ x }}{% else %}none{% endfor %}"),
                             {"xs": []}),
    "a loop with a condition": Feature(
        paragraph("{% for x in xs if x > y %}{{ loop.revindex0 }}{{ x }}{% endfor %}"),
        {"xs": [1, 2, 3], "y": 1},
    ),
    "loops within loops": Feature(
        paragraph("{% for r in rs %}{% for c in r %}{{ loop.index0 }}{{ c }}{% endfor %}"
                  "{{ loop.first }};{% endfor %}"),
        {"rs": [[1, 2], [], [3]]},
    ),
    "an outer loop by name": Feature(
        paragraph("{% for r in rs %}{% set o = loop %}{% for c in r %}{{ o.index }}{% endfor %}"
                  "{% endfor %}"),
        {"rs": [[1, 2], [3]]},
    ),
    "loop.cycle and changed": Feature(
        paragraph("{% for x in xs %}{{ loop.cycle('a', 'b') }}{{ loop.changed(x) }}{% endfor %}"),
        {"xs": [1, 1, 2]},
    ),
    "loop.previtem": Feature(
        paragraph("{% for x in xs %}{% if not loop.first %}{{ loop.previtem }}{% endif %}"
                  "{% endfor %}"),
        {"xs": [1, 2]},
    ),
    "a recursive loop": Feature(
        paragraph("{% for x in xs recursive %}{{ x.n }}{{ loop(x.s) }}{% endfor %}"),
        {"xs": [{"n": 1, "s": [{"n": 2, "s": []}]}]}, DOCXTPL,
    ),
    "a name hidden by a loop": Feature(
        paragraph("{{ x.a }}{% for x in xs %}{{ x.a }}{% endfor %}{{ x.a }}"),
        {"x": {"a": 0}, "xs": [{"a": 1}, {"a": 2}]},
    ),
    "an attribute read on two ways": Feature(
        paragraph("{% if v.a %}{{ v.b }}{% else %}{{ v.c }}{% endif %}{{ v.b }}{{ v.c }}"),
        {"v": {"a": 0, "b": 1, "c": 2}},
    ),
    "range": Feature(paragraph("{% for n in range(3) %}{{ n }}{% endfor %}")),
    "a generator": Feature(paragraph("{% for x in xs %}{{ x }}{{ loop.last }}{% endfor %}"),
                           lambda _: {"xs": iter([1, 2])}),
    "paragraphs": Feature(
        paragraph(LOOP) + paragraph("{{ x }}") + paragraph("{%p endfor %}"), {"xs": [1, 2]}
    ),
    "a paragraph's remark": Feature(paragraph("{#p away #}") + paragraph("stays {# not #}{{ v }}"),
                                    {"v": 1}),
    "runs": Feature(
        paragraph("a {%r if v %}b{%r endif %} c"), {"v": 1}
    ),
    "rows": Feature(
        table(row("a", "b"), row("{%tr for x in xs %}", ""), row("{{ x }}", "c"),
              row("{%tr endfor %}", "")),
        {"xs": [1, 2]},
    ),
    "no row at all": Feature(
        table(row("{%tr for x in xs %}", ""), row("{{ x }}", "c"), row("{%tr endfor %}", "")),
        {"xs": []}, DOCXTPL,
    ),
    "rows where any fills the table": Feature(
        table(row("{%tr for x in xs %}", ""), row("{{ x }}", "c"), row("{%tr endfor %}", "")),
        {"xs": [1]},
    ),
    "a row of fewer columns alone": Feature(
        table(row("{%tr if v %}", ""), row("a", "b"), row("{%tr endif %}", ""), row("c")),
        {"v": 0}, DOCXTPL,
    ),
    "a row over all columns": Feature(
        table(row(cell("{{ v }}", '<w:gridSpan w:val="2"/>')), row("a", "b")), {"v": 1}
    ),
    "cells": Feature(
        table(row("{%tc for x in xs %}", "{{ x }}", "{%tc endfor %}")), {"xs": [1, 2, 3]}, DOCXTPL
    ),
    "cellbg": Feature(table(row("{% cellbg c %}{{ v }}", "b")), {"c": "FF0000", "v": 1}),
    "colspan": Feature(table(row("{% colspan n %}{{ v }}")), {"n": 2, "v": 1}, DOCXTPL),
    "vm": Feature(
        table(row("{%tr for x in xs %}", ""), row("{% vm %}same", "{{ x }}"),
              row("{%tr endfor %}", "")),
        {"xs": [1, 2]}, DOCXTPL,
    ),
    "hm": Feature(
        table(row("{%tc for x in xs %}", "{% hm %}{{ x }}", "{%tc endfor %}"), columns=3),
        {"xs": [1, 2, 3]}, DOCXTPL,
    ),
    "white space control": Feature(
        paragraph("a {%- if v %} b {%- endif %} c"), {"v": 1}, DOCXTPL
    ),
    "rich text": Feature(
        paragraph("{{r v }}"), lambda tpl: {"v": RichText("a", bold=True)}, DOCXTPL
    ),
    "rich text with a link": Feature(
        paragraph("{{r v }}"),
        lambda tpl: {"v": RichText("a", url_id=tpl.build_url_id("https://example.com"))}, DOCXTPL,
    ),
    "a rich paragraph": Feature(
        paragraph("{{p v }}"), lambda tpl: {"v": RichTextParagraph(RichText("a"))}, DOCXTPL
    ),
    "a listing": Feature(
        paragraph("{{ v }}"), lambda tpl: {"v": Listing("a\nb\a<c>\fd\te")}, DOCXTPL
    ),
    "an inline image": Feature(
        paragraph("{{ v }}"),
        lambda tpl: {"v": InlineImage(tpl, LOGO, width=Mm(5))}, DOCXTPL,
    ),
    "a sub-document": Feature(
        paragraph("{{p v }}"), lambda tpl: {"v": sub_document(tpl)}, DOCXTPL
    ),
    "a header and a footer": Feature(
        paragraph("b") + '<w:sectPr><w:headerReference w:type="default" r:id="rId1"/>'
        '<w:footerReference w:type="default" r:id="rId2"/></w:sectPr>',
        {"v": "h\nh", "w": "f&"},
        parts={
            "word/header1.xml": f'<w:hdr xmlns:w="{W}">{paragraph("{{ v }}")}</w:hdr>'.encode(),
            "word/footer1.xml": f'<w:ftr xmlns:w="{W}">{paragraph("{{ w }}")}</w:ftr>'.encode(),
            "word/_rels/document.xml.rels": relations(
                ("header", "header1.xml"), ("footer", "footer1.xml")
            ),
            "[Content_Types].xml": types(header1="header", footer1="footer"),
        },
    ),
    "footnotes": Feature(
        paragraph("b{{ v }}") + "<w:sectPr/>",
        {"v": "n"},
        parts={
            "word/footnotes.xml": f'<w:footnotes xmlns:w="{W}"><w:footnote w:id="2">'
            f'{paragraph("{{ v }}")}</w:footnote></w:footnotes>'.encode(),
            "word/_rels/document.xml.rels": relations(("footnotes", "footnotes.xml")),
            "[Content_Types].xml": types(footnotes="footnotes"),
        },
    ),
}  # fmt: skip


PROPERTIES = {
    "docProps/core.xml": b'<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/'
    b'2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"/>',
    "_rels/.rels": relations(("officeDocument", "word/document.xml"))[: -len("</Relationships>")]
    + b'<Relationship Id="rId9" Type="http://schemas.openxmlformats.org/package/2006/relationships/'
    b'metadata/core-properties" Target="docProps/core.xml"/></Relationships>',
}
OVERRIDE = (
    b'<Override PartName="/docProps/core.xml" ContentType="application/'
    b'vnd.openxmlformats-package.core-properties+xml"/></Types>'
)
"""Without them python-docx makes some, dated to the second."""


@pytest.mark.parametrize("name", FEATURES)
def test_it_comes_out_as_docxtpl_does_it(name: str) -> None:
    feature = FEATURES[name]
    parts = template(body=feature.body) | PROPERTIES | feature.parts
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", OVERRIDE)
    made = by_compiled(parts, feature.facts)
    wanted = by_docxtpl(parts, feature.facts)
    assert (DOCXTPL if made is None else COMPILED) == feature.by
    if made is not None:
        assert_equal(made, wanted)


def _with_properties(title: str) -> package.Parts:
    """A package as Word makes it, with a title that is a template."""
    document = Document()
    document.add_paragraph("{{ v }}")
    document.core_properties.title = title
    buffer = io.BytesIO()
    document.save(buffer)
    return package.unpack(buffer.getvalue())


@pytest.mark.parametrize(
    ("title", "facts", "by"),
    [
        ("T {{ v }} & more", {"v": "x"}, COMPILED),
        ("{% if v %}a{% else %}b{% endif %}", {"v": ""}, COMPILED),
        ("T {{ v }}", {"v": "a & b"}, DOCXTPL),
    ],
)
def test_properties_come_out_as_docxtpl_does_them(title: str, facts: Facts, by: str) -> None:
    parts = _with_properties(title)
    made = by_compiled(parts, facts)
    assert (DOCXTPL if made is None else COMPILED) == by
    if made is not None:
        assert_equal(made, by_docxtpl(parts, facts))


def test_a_title_that_grows_too_long_is_docxtpls_to_refuse() -> None:
    assert by_compiled(_with_properties("{{ v }}"), {"v": "x" * 256}) is None


@pytest.mark.parametrize(
    ("body", "facts"),
    [
        ("{{ v }}", {}),
        ("{{ v.a }}", {"v": 1}),
        ("{% if v %}a{% endif %}", {}),
        ("{% for x in v %}a{% endfor %}", {}),
        ("{{ v.__class__ }}", {"v": 1}),
        ("{{ ''.__class__.__mro__ }}", {}),
        ("{{ v.append(1) }}", {"v": 1}),
        ("{{ '{0.__class__}'.format(v) }}", {"v": 1}),
        ("{{ v() }}", {"v": 1}),
        ("{{ 1 / 0 }}", {}),
        ("{{ [] | first }}", {}),
    ],
)
def test_what_docxtpl_refuses_is_left_to_docxtpl(body: str, facts: dict[str, Any]) -> None:
    parts = template(paragraph(body)) if body.startswith("<") else template(body)
    try:
        wanted: package.Parts | None = by_docxtpl(parts, facts)
    except Exception:
        wanted = None
    made = by_compiled(parts, facts)
    assert made is None or wanted is not None
    if made is not None and wanted is not None:
        assert_equal(made, wanted)


@pytest.mark.parametrize("replaced", ["replace_pic", "replace_media"])
def test_pictures_replaced_are_docxtpls_own_doing(replaced: str) -> None:
    """They are calls on docxtpl's template, not values: no compiled template knows of them."""
    from docpipe.adapters.word.compiled.compiled import Compiled

    assert not hasattr(Compiled, replaced)
