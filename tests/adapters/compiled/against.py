"""One template, printed by compiled code and by docxtpl: part by part."""

import io
from collections.abc import Callable, Mapping
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree

from docpipe.adapters.word import package
from docpipe.adapters.word.compiled.build import build
from docpipe.adapters.word.compiled.compiled import Compiled
from docpipe.adapters.word.parts import Parts

Facts = Mapping[str, Any] | Callable[[DocxTemplate], Mapping[str, Any]]


def environment() -> SandboxedEnvironment:
    """All of Jinja, shut in, as a user of docxtpl would set it up."""
    return SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)


def by_docxtpl(template: Parts, facts: Facts, env: Any = None) -> Parts:
    """What docxtpl makes; raises what it raises."""
    document = DocxTemplate(io.BytesIO(package.write(template)))
    document.render(dict(_given(facts, document)), env or environment())
    buffer = io.BytesIO()
    document.save(buffer)
    return package.unpack(buffer.getvalue())


def by_compiled(template: Parts, facts: Facts, env: Any = None) -> Parts | None:
    """What compiled code makes; None where it leaves it to docxtpl."""
    env = env or environment()
    compiled = Compiled(build(template, env, mend=False), lambda: env)
    document = DocxTemplate(io.BytesIO(package.write(template)))
    made = compiled.render(_given(facts, document))
    return None if made is None else package.unpack(made)


def why_not(template: Parts) -> str:
    """Why a template is not compiled; "" where it is."""
    return build(template, environment(), mend=False).why


def assert_equal(made: Parts, wanted: Parts) -> None:
    """Every part is the same: XML in its canonical form, anything else to the byte."""
    assert sorted(made) == sorted(wanted)
    for name, data in made.items():
        if name.endswith((".xml", ".rels")):
            assert canonical(data) == canonical(wanted[name]), name
        else:
            assert data == wanted[name], name


def canonical(data: bytes) -> bytes:
    """Canonical XML; "not well-formed" where it is no XML."""
    try:
        text: bytes = etree.tostring(etree.fromstring(data), method="c14n")
    except etree.XMLSyntaxError:
        return b"not well-formed"
    return text


def _given(facts: Facts, document: DocxTemplate) -> Mapping[str, Any]:
    return facts(document) if callable(facts) else facts
