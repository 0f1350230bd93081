"""One letterhead for all documents: its header, footer, styles, theme and page go into a template.

A template keeps a copy of its own so that a person who opens it sees the right look; what is
printed always comes from the letterhead.
"""

import posixpath
from typing import Any

from docpipe.adapters.word import logo as logo_
from docpipe.adapters.word import sections
from docpipe.adapters.word.ooxml import (
    CONTENT_TYPES,
    DOCUMENT,
    RELATIONS,
    TYPES,
    W,
    is_external,
    kind,
    parse,
    relations_of,
    serialize,
    target,
)
from docpipe.adapters.word.parts import Parts
from docpipe.diagnostics import DocpipeError, Text

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_STYLES = "word/styles.xml"
_REPLACED = {
    _STYLES: ("styles", f"{_WORD}.styles+xml"),
    "word/theme/theme1.xml": ("theme", "application/vnd.openxmlformats-officedocument.theme+xml"),
    "word/fontTable.xml": ("fontTable", f"{_WORD}.fontTable+xml"),
}
_PREFIX = "letterhead-"
_BROKEN = Text("The letterhead cannot be used: it has no {what}", "抬头模板无法使用：缺少 {what}")


def transplant(template: Parts, letterhead: Parts, logo: bytes | None) -> Parts:
    """`template` with the letterhead's headers, footers, styles, theme, page size and margins.

    `logo` replaces the letterhead's picture. Landscape templates stay landscape. Styles that only
    the template knows are kept. Raises DocpipeError for a letterhead without styles or a page.
    """
    if _STYLES not in letterhead:
        raise DocpipeError(_BROKEN, what=_STYLES)
    model = sections.last(parse(letterhead[DOCUMENT]))
    if model is None:
        raise DocpipeError(_BROKEN, what="w:sectPr")
    joined = _Joined(template, letterhead)
    joined.replace_looks()
    references = joined.bring_headers(logo)
    sections.rewrite(joined.parts, letterhead, model, references)
    return joined.finished()


class _Joined:
    """The template on its way: its parts, the document's relations and the content types."""

    def __init__(self, template: Parts, letterhead: Parts) -> None:
        self.template = template
        self.letterhead = letterhead
        self.relations = _relations(template, DOCUMENT)
        self.types = parse(template[CONTENT_TYPES])
        self.parts = self._without_headers()

    def _without_headers(self) -> Parts:
        """The template's parts but its headers and footers, and what refers to them."""
        gone = {CONTENT_TYPES, relations_of(DOCUMENT)}
        for relation in list(self.relations):
            if kind(relation) in ("header", "footer"):
                part = target(DOCUMENT, relation)
                gone |= {part, relations_of(part)}
                self.relations.remove(relation)
        for entry in self.types.findall(f"{{{TYPES}}}Override"):
            if entry.get("PartName", "").lstrip("/") in gone:
                self.types.remove(entry)
        return {name: data for name, data in self.template.items() if name not in gone}

    def replace_looks(self) -> None:
        """Take styles, theme and fonts from the letterhead; keep the template's own styles."""
        for name, (what, content) in _REPLACED.items():
            if name not in self.letterhead:
                continue
            self.parts[name] = self.letterhead[name]
            self.parts.pop(relations_of(name), None)
            self._bring_related(name, name, None)
            if not any(target(DOCUMENT, relation) == name for relation in self.relations):
                self._relate(f"rIdLetterhead-{what}", f"{_OFFICE}/{what}", name)
            self._declare(name, content)
        self.parts[_STYLES] = _merged_styles(self.letterhead, self.template)

    def bring_headers(self, logo: bytes | None) -> dict[str, str]:
        """Copy header and footer parts in; the letterhead's relation id -> the new one."""
        references: dict[str, str] = {}
        for relation in _relations(self.letterhead, DOCUMENT):
            what = kind(relation)
            if what not in ("header", "footer"):
                continue
            source = target(DOCUMENT, relation)
            name = f"word/{_PREFIX}{posixpath.basename(source)}"
            self.parts[name] = self.letterhead[source]
            self._bring_related(source, name, logo if what == "header" else None)
            references[relation.get("Id")] = new_id = f"rIdLetterhead{len(references) + 1}"
            self._relate(new_id, relation.get("Type"), name)
            self._declare(name, f"{_WORD}.{what}+xml")
        return references

    def _bring_related(self, source: str, name: str, logo: bytes | None) -> None:
        """Bring along what a part shows: its pictures and fonts; `logo` for its first picture."""
        if relations_of(source) not in self.letterhead:
            return
        relations = _relations(self.letterhead, source)
        first = logo_.first_picture(self.letterhead[source]) if logo is not None else None
        for relation in relations:
            if is_external(relation):
                continue
            original = target(source, relation)
            stem, suffix = posixpath.splitext(posixpath.basename(original))
            data = self.letterhead[original]
            if logo is not None and first and relation.get("Id") == first:
                data, suffix = logo, logo_.suffix(logo)
                self.parts[name] = logo_.fitted(self.parts[name], first, logo)
            copy = f"{posixpath.dirname(original)}/{_PREFIX}{stem}{suffix}"
            self.parts[copy] = data
            relation.set("Target", posixpath.relpath(copy, posixpath.dirname(name)))
            self._know(suffix.lstrip(".").lower())
        self.parts[relations_of(name)] = serialize(relations)

    def _relate(self, new_id: str, type_: str, name: str) -> None:
        attributes = {"Id": new_id, "Type": type_, "Target": posixpath.relpath(name, "word")}
        self.relations.append(
            self.relations.makeelement(f"{{{RELATIONS}}}Relationship", attributes)
        )

    def _declare(self, name: str, content: str) -> None:
        declared = {entry.get("PartName") for entry in self.types.findall(f"{{{TYPES}}}Override")}
        if f"/{name}" not in declared:
            attributes = {"PartName": f"/{name}", "ContentType": content}
            self.types.append(self.types.makeelement(f"{{{TYPES}}}Override", attributes))

    def _know(self, extension: str) -> None:
        """Say what kind of file the extension stands for, as the letterhead does."""
        if any(_extension(entry) == extension for entry in self.types):
            return
        known = parse(self.letterhead[CONTENT_TYPES])
        said = {_extension(entry): entry.get("ContentType") for entry in known}
        content = said.get(extension) or f"image/{extension}"
        attributes = {"Extension": extension, "ContentType": content}
        self.types.insert(0, self.types.makeelement(f"{{{TYPES}}}Default", attributes))

    def finished(self) -> Parts:
        """All parts."""
        self.parts[relations_of(DOCUMENT)] = serialize(self.relations)
        self.parts[CONTENT_TYPES] = serialize(self.types)
        return self.parts


def _relations(parts: Parts, part: str) -> Any:
    data = parts.get(relations_of(part), f'<Relationships xmlns="{RELATIONS}"/>'.encode())
    return parse(data)


def _extension(entry: Any) -> str:
    return str(entry.get("Extension") or "").lower()


def _merged_styles(letterhead: Parts, template: Parts) -> bytes:
    styles = parse(letterhead[_STYLES])
    known = {style.get(f"{W}styleId") for style in styles.findall(f"{W}style")}
    own = parse(template[_STYLES]) if _STYLES in template else ()
    for style in own:
        if style.tag == f"{W}style" and style.get(f"{W}styleId") not in known:
            styles.append(style)
    return serialize(styles)
