"""A template is untrusted: it prints what it is given, reaches nothing else, and always ends."""

from typing import Any

import pytest

from docpipe.adapters.word import tags
from docpipe.adapters.word.compiled.build import build
from docpipe.adapters.word.compiled.compiled import Compiled
from docpipe.adapters.word.environment import environment
from docpipe.adapters.word.render import render
from docpipe.diagnostics import DocpipeError, Text
from docpipe.workspace.template_facts import Absent, TemplateFacts
from tests.adapters.kit import filled, template
from tests.support import soon

CONTEXT: dict[str, Any] = {
    "x": "hello",
    "n": 10**20,
    "rows": [1, 2, 3],
    "name": Text("Flask", "杯"),
    "f": TemplateFacts({"a": "A", "gap": Absent("f.gap", {"properties": {"z": {}}})}),
}

ESCAPES = [
    "{{ x.__class__ }}",
    '{{ x["__class__"] }}',
    '{{ x | attr("__class__") }}',
    "{{ x.__class__.__mro__ }}",
    "{{ [].__class__.__base__.__subclasses__() }}",
    "{{ f.__init__.__globals__ }}",
    "{{ f._fields }}",
    '{{ f["_fields"] }}',
    "{{ f.gap._schema }}",
    "{{ f.gap.__getattr__ }}",
    "{{ name.__class__ }}",
    "{{ name._asdict() }}",
    "{{ name._replace(en=x) }}",
    "{{ name.say(x) }}",
    "{{ name.count(x) }}",
    '{{ "{0.__class__}".format(x) }}',
    '{{ "{0}".format_map(f) }}',
    "{{ x.format }}",
    '{{ "%s" % x }}',
    '{{ "%s" | format(x) }}',
    "{{ self }}",
    "{{ self._TemplateReference__context }}",
    "{{ range.__call__ }}",
    "{{ range.__self__ }}",
    "{{ range.__func__.__globals__ }}",
    "{{ docpipe_counted.__self__ }}",
    "{{ docpipe_counted }}",
    "{{ docpipe_counted(rows) }}",
    "{{ cycler }}",
    "{{ lipsum() }}",
    "{{ namespace() }}",
    "{{ joiner() }}",
    "{{ dict(a=1) }}",
    "{{ context }}",
    "{{ caller() }}",
    "{{ varargs }}",
    "{{ config }}",
    "{{ request }}",
    "{{ rows.append(5) }}",
    "{{ rows.pop() }}",
    "{{ rows.clear() }}",
    "{{ rows.__iter__ }}",
    '{{ [f] | map(attribute="__init__.__globals__") | list | first }}',
    '{{ [f] | map("attr", "_fields") | list }}',
    '{{ rows | map(attribute="__class__") | first }}',
    '{{ rows | selectattr("__class__") | first }}',
    '{{ rows | groupby("__class__") | first }}',
    '{{ rows | sort(attribute="__class__") | first }}',
    '{{ rows | join(attribute="__class__") }}',
    '{{ rows | map("join", attribute="real") | list }}',
    '{% include "/etc/passwd" %}',
    '{% import "os" as os %}',
    '{% from "os" import path %}',
    '{% extends "x" %}',
    "{% do rows.append(1) %}",
    "{% debug %}",
    "{% autoescape false %}{{ x }}{% endautoescape %}",
    "{% macro m() %}{{ m.__class__ }}{% endmacro %}{{ m() }}",
    "{% macro m() %}a{% endmacro %}{{ m.catch_kwargs() }}",
    "{% set y %}{{ x.__class__ }}{% endset %}",
    "{% call x() %}{% endcall %}",
    "{% block a %}{% endblock %}",
    "{{ x | safe }}",
    "{{ x | tojson }}",
    "{{ x | pprint }}",
    "{{ x | xmlattr }}",
    "{{ x.encode() }}",
    "{{ x.__add__(x) }}",
    "{{ x() }}",
    "{{ x.upper.__self__ }}",
    "{{ 1.5.real.__class__ }}",
    "{{ n.to_bytes(99, x) }}",
    "{{ {1: 2} }}",
    "{{ [x] }}",
    "{{ [[1]] }}",
]

BOMBS = [
    "{% for i in range(1000000000) %}{% endfor %}",
    "{{ range(1000000000) | list | length }}",
    "{% for i in range(90000) %}{% for j in range(90000) %}{% endfor %}{% endfor %}",
    "{% for i in big %}{% for i in big %}{% for i in big %}x{% endfor %}{% endfor %}{% endfor %}",
    "{% for i in x %}" * 9 + "a" * 5000 + "{% endfor %}" * 9,
    "{% for i in rows recursive %}{{ loop(rows) }}{% endfor %}",
    "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "{% block a %}{{ self.a() }}{% endblock %}",
    "{{ x * 1000000000 }}",
    "{{ [1] * 1000000000 }}",
    "{{ (1,) * 1000000000 }}",
    "{{ n ** n }}",
    "{{ 10 ** 10 ** 10 }}",
    "{{ n * n }}",
    "{{ x + x }}",
    "{{ x ~ x }}",
    "{% set y = x + x %}",
    "{% set y = x ~ x %}",
    "{% set x %}{{ x }}{{ x }}{% endset %}" * 60,
    "{% filter upper %}{{ big }}{% endfilter %}" * 600,
    "{% macro m(n) %}{% if n %}{{ m(n[1:]) }}{{ m(n[1:]) }}{% endif %}{% endmacro %}"
    "{{ m(big[:40]) }}",
    "{% macro m() %}{{ caller() }}{{ caller() }}{% endmacro %}"
    + "{% call m() %}" * 15
    + "{{ big }}"
    + "{% endcall %}" * 15,
    '{{ "%1000000000d" % 5 }}',
    '{{ "{:>1000000000}".format(1) }}',
    "{{ x.ljust(1000000000) }}",
    "{{ x.rjust(1000000000) }}",
    "{{ x.center(1000000000) }}",
    "{{ x.zfill(1000000000) }}",
    '{{ "\t".expandtabs(1000000000) }}',
    "{{ x.replace(x, x) }}",
    "{{ x.join(rows) }}",
    "{{ x.translate(f) }}",
    "{{ x | center(1000000000) }}",
    "{{ x | indent(1000000000) }}",
    "{{ x | batch(1000000000, 0) | list }}",
    "{{ x | slice(1000000000) | list }}",
    "{{ x | round(1000000000) }}",
    "{{ x | wordwrap(1) }}",
    "{{ range(40000) | join(big) | length }}",
    '{{ big | replace("", big) | length }}',
    '{{ big | replace("a", big) | length }}',
    '{{ rows | map("join", big) | list }}',
    '{{ big | map("replace", "a", big) | list | length }}',
    "{{ " + "(" * 300 + "1" + ")" * 300 + " }}",
    "{{ " + "not " * 95 + "y }}",
    "{{ " + "-" * 900 + "1 }}",
    "{{ " + "[" * 300 + "]" * 300 + " }}",
    "{{ 1" + "+1" * 400 + " }}",
    "{{ x" + ".a" * 400 + " }}",
    "{% if x %}" * 2000,
    "{% if x %}" * 2000 + "{% endif %}" * 2000,
    "{% for i in rows %}" * 30 + "{% endfor %}" * 30,
    '{{ big | map(attribute="y", default=big) | map("upper") | list | length }}',
    "{{ x" + "|list" * 75 + "}}",
    "{" * 100_000,
    "{{" * 50_000,
    "{%" * 50_000,
    "{#" * 50_000,
    "{{ x }}-%}" * 9000,
    "{%-" * 30_000,
    "}}" * 50_000,
    "{ " * 50_000,
    "{%p " * 20_000,
    "{{ '" * 20_000,
]


@pytest.mark.parametrize("words", ESCAPES)
def test_nothing_but_facts_is_reached(words: str) -> None:
    with pytest.raises(DocpipeError, match=r"The template t\.docx cannot be filled in"):
        filled(words, **CONTEXT)


@pytest.mark.parametrize("words", ESCAPES + BOMBS, ids=lambda words: f"{words[:50]} {len(words)}")
def test_compiled_code_gives_up_as_soon(words: str) -> None:
    with soon():
        facts = {**CONTEXT, "big": "a" * 50_000, "people": {}}
        try:
            tags.check(template(words), "t.docx")
            compiled = Compiled(build(template(words), environment()), environment)
        except Exception:  # docxtpl meets the same, and says where
            return
        assert compiled.render(facts) is None


@pytest.mark.parametrize("words", BOMBS, ids=lambda words: f"{words[:50]} {len(words)}")
def test_every_template_ends_soon(words: str) -> None:
    with soon(), pytest.raises(DocpipeError, match=r"The template t\.docx cannot be filled in"):
        filled(words, **CONTEXT, big="a" * 50_000)


def test_many_small_texts_make_a_large_one_only_so_far() -> None:
    with soon(), pytest.raises(DocpipeError, match="the document is too long"):
        filled("{% for i in big %}" + "{{ big }}" * 20 + "{% endfor %}", big="a" * 40_000)


def test_the_bound_is_counted_over_body_headers_and_all_loops_together() -> None:
    loop = "{% for i in range(20000) %}{% endfor %}"
    assert filled(loop * 2) == ""
    with pytest.raises(DocpipeError, match="the loops are too long"):
        filled(loop * 3)
    assert filled(loop * 2) == "", "each document has a bound of its own"


def test_large_tables_are_no_bombs() -> None:
    from tests.adapters.kit import paragraph
    from tests.adapters.test_word_render import row, table

    tags = ("{%tr for a in rows %}", "{%tr endfor %}")
    body = table(row(paragraph(tags[0])), row(*[paragraph("{{ a }}")] * 8), row(paragraph(tags[1])))
    made = render(template(body=body), {"rows": list(range(2000))}, "t.docx")
    assert made["word/document.xml"].count(b"1999") == 8


@pytest.mark.parametrize(
    ("words", "printed"),
    [
        (
            "{% for r in rows %}{{ loop.index }}/{{ loop.length }} {{ r }}"
            "{% if not loop.last %}, {% endif %}{% endfor %}",
            "1/3 1, 2/3 2, 3/3 3",
        ),
        ("{% for r in rows if r != 2 %}{{ r }}{% endfor %}", "13"),
        ("{% for r in [] %}a{% else %}none{% endfor %}", "none"),
        ("{% for r in f.gap %}a{% else %}none{% endfor %}", "none"),
        ("{{ x.split('l') | join('-') }}", "he--o"),
        ("{{ rows | map('string') | join(', ') }}", "1, 2, 3"),
        (
            "{{ rows | first }}{{ rows | last }}{{ rows | length }}{{ rows[0] }}{{ rows[-1] }}",
            "13313",
        ),
        ("{{ 'yes' if x == 'hello' and rows else 'no' }}", "yes"),
        ("{{ f.gap | default('-', true) }}{{ y | default('?') }}", "-?"),
        ("{% if x in ['hello', 'a'] %}in{% endif %}", "in"),
        ("{{ x | replace('l', 'L') }}{{ x[1:3] }}", "heLLoel"),
        ("{% set y = x %}{{ y | upper }}", "HELLO"),
        ("{% set y %}<{{ x }}>{% endset %}{{ y }}", "<hello>"),
        (
            "{% macro m(a, b='-') %}{{ a }}{{ b }}{% endmacro %}{{ m(x) }}{{ m(1, b=2) }}",
            "hello-12",
        ),
        (
            "{% macro m() %}({{ caller() }}){% endmacro %}{% call m() %}{{ x }}{% endcall %}",
            "(hello)",
        ),
        (
            "{% with y = x %}{{ y }}{% endwith %}{% filter upper %}{{ x }}{% endfilter %}",
            "helloHELLO",
        ),
        ("{% for i in range(3) %}{{ loop.cycle('a', 'b') }}{% endfor %}", "aba"),
        ("{% for a in ['x'] %}{% for b in rows %}{{ a }}{{ b }}{% endfor %}{% endfor %}", "x1x2x3"),
        ("{% raw %}{{ x }}{% endraw %}{# remark #}", "{{ x }}"),
        ("{{ name.en }} {{ name | inline }} {{ name | chinese }}", "Flask Flask 杯 杯"),
    ],
)
def test_what_documents_need_works(words: str, printed: str) -> None:
    assert filled(words, **CONTEXT) == printed


def test_the_environment_has_no_globals_and_no_loader() -> None:
    env = environment()
    assert env.globals == {}
    assert env.loader is None
    assert not env.filters.keys() & {
        "attr",
        "format",
        "safe",
        "center",
        "indent",
        "batch",
        "slice",
        "tojson",
        "sum",
    }
