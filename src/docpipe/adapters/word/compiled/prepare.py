"""What docxtpl makes of a template before a fact is known: its parts, and the source of each.

docxtpl itself runs here, once, with places held open where rendered text would stand. So all that
it does to a package (parts rewritten, dropped or renamed, properties added) is done by it.
"""

import io
import re
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import Environment

from docpipe.adapters.word import package
from docpipe.adapters.word.compiled.bail import NotCoveredError
from docpipe.adapters.word.parts import Parts
from docpipe.diagnostics import Value

_ROOT = re.compile(r"\s*(<([\w:]+)[^<>]*[^/<>]>)(.*)(</\2>)\s*", re.DOTALL)
_SECTION = re.compile(r"<w:sectPr[ />]")
_CONTROL = re.compile(r"\{[%{#][-+]|[-+][%}#]\}")
_PROPERTIES = ("author", "comments", "identifier", "language", "subject", "title")
"""Source: docxtpl 0.20.2, DocxTemplate.render_properties."""


class TemplateSource(Value):
    """One open place: Jinja source between `root`'s tags, or a property's text (`root` is "")."""

    token: str
    root: str
    jinja: str


class PreparedTemplate(Value):
    """The package as docxtpl would save it, each open place held by its token."""

    parts: Parts
    sources: tuple[TemplateSource, ...]


def prepare(template: Parts, environment: Environment) -> PreparedTemplate:
    """Let docxtpl prepare `template`. Raises NotCoveredError for what compiling cannot follow."""
    preparing = _Preparing(io.BytesIO(package.write(template)))
    preparing.render({}, environment)
    buffer = io.BytesIO()
    preparing.save(buffer)
    return PreparedTemplate(package.unpack(buffer.getvalue()), tuple(preparing.sources))


class _Preparing(DocxTemplate):  # type: ignore[misc]
    """docxtpl's template, which keeps sources instead of rendering them."""

    def __init__(self, file: io.BytesIO) -> None:
        super().__init__(file)
        self.sources: list[TemplateSource] = []
        self._seen: set[int] = set()
        self._sections = 0
        self._plain_end = False

    def render_xml_part(self, src_xml: str, part: Any, context: Any, jinja_env: Any = None) -> str:
        if part is self.docx.part:
            self._sections = len(_SECTION.findall(src_xml))
            self._plain_end = src_xml.endswith(("</w:sectPr></w:body>", "<w:sectPr/></w:body>"))
        if "{{" not in src_xml and "{%" not in src_xml and "{#" not in src_xml:
            text: str = super().render_xml_part(src_xml, part, context, jinja_env)
            return text
        if id(part) in self._seen:
            raise NotCoveredError("docxtpl renders a part twice")
        self._seen.add(id(part))
        whole = _ROOT.fullmatch(src_xml)
        if whole is None or "{" in whole[1]:
            raise NotCoveredError("a tag at the root of a part")
        return f"{whole[1]}{self._hold(whole[2], whole[3])}{whole[4]}"

    def render_footnotes(self, context: Any, jinja_env: Any = None) -> None:
        """docxtpl renders them once for each section; it finds none in a body held open."""
        wanted = [
            part
            for part in self.docx.part.package.iter_parts()
            if part.content_type.endswith("footnotes+xml") and self._sections
        ]
        for part in wanted:
            xml = self.patch_xml(part.blob.decode("utf-8"))
            if "{" in xml and not (self._sections == 1 and self._plain_end):
                raise NotCoveredError("footnotes of several sections")
            part._blob = self.render_xml_part(xml, part, context, jinja_env).encode("utf-8")

    def render_properties(self, context: Any, jinja_env: Any = None) -> None:
        properties = self.docx.core_properties
        for name in _PROPERTIES:
            initial = getattr(properties, name)
            tagged = "{" in initial
            template = None if tagged else jinja_env.from_string(initial)
            value = self._hold("", initial) if template is None else template.render(context)
            setattr(properties, name, value)

    def _hold(self, root: str, jinja: str) -> str:
        if _CONTROL.search(jinja):
            raise NotCoveredError("white space control")
        token = f"docpipe{len(self.sources)}open"
        self.sources.append(TemplateSource(token, root, jinja))
        return token
