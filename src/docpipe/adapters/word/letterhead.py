"""One letterhead for all documents: its header, footer, styles, theme and page go into a template.

A template keeps a copy of its own so that a person who opens it sees the right look; what is
printed always comes from the letterhead.
"""

import posixpath
from typing import Any

from docpipe.adapters.word.package import Parts

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_DOCUMENT = "word/document.xml"
_REPLACED = ("word/styles.xml", "word/theme/theme1.xml", "word/fontTable.xml")
_PREFIX = "letterhead-"
_REFERENCES = (f"{{{_W}}}headerReference", f"{{{_W}}}footerReference")


def transplant(template: Parts, letterhead: Parts, logo: bytes | None) -> Parts:
    """`template` with the letterhead's headers, footers, styles, theme, page size and margins.

    `logo` replaces the letterhead's picture. Landscape templates stay landscape. Styles that only
    the template knows are kept.
    """
    parts = _without_own_headers(template)
    for name in _REPLACED:
        if name in letterhead:
            parts[name] = letterhead[name]
    parts["word/styles.xml"] = _merged_styles(letterhead, template)
    references = _copy_headers(parts, letterhead, logo)
    _rewrite_sections(parts, letterhead, references)
    return parts


def _xml(data: bytes) -> Any:
    from lxml import etree

    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))


def _bytes(tree: Any) -> bytes:
    from lxml import etree

    text: bytes = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
    return text


def _rels_name(part: str) -> str:
    folder, name = posixpath.split(part)
    return f"{folder}/_rels/{name}.rels"


def _relations(parts: Parts, part: str) -> Any:
    data = parts.get(_rels_name(part), f'<Relationships xmlns="{_RELS}"/>'.encode())
    return _xml(data)


def _without_own_headers(template: Parts) -> Parts:
    """The template without its header and footer parts, and without references to them."""
    relations = _relations(template, _DOCUMENT)
    gone = set()
    for relation in list(relations):
        if relation.get("Type").rsplit("/", 1)[-1] in ("header", "footer"):
            gone.add(posixpath.join("word", relation.get("Target")))
            relations.remove(relation)
    gone |= {_rels_name(part) for part in gone}
    parts = {name: data for name, data in template.items() if name not in gone}
    parts[_rels_name(_DOCUMENT)] = _bytes(relations)
    types = _xml(parts["[Content_Types].xml"])
    for entry in types.findall(f"{{{_TYPES}}}Override"):
        if entry.get("PartName").lstrip("/") in gone:
            types.remove(entry)
    parts["[Content_Types].xml"] = _bytes(types)
    return parts


def _merged_styles(letterhead: Parts, template: Parts) -> bytes:
    styles = _xml(letterhead["word/styles.xml"])
    known = {style.get(f"{{{_W}}}styleId") for style in styles.findall(f"{{{_W}}}style")}
    own = _xml(template["word/styles.xml"]) if "word/styles.xml" in template else ()
    for style in own:
        if style.tag == f"{{{_W}}}style" and style.get(f"{{{_W}}}styleId") not in known:
            styles.append(style)
    return _bytes(styles)


def _copy_headers(parts: Parts, letterhead: Parts, logo: bytes | None) -> dict[str, str]:
    """Copy header and footer parts in; returns the letterhead's relation id -> the new one."""
    relations = _relations(parts, _DOCUMENT)
    types = _xml(parts["[Content_Types].xml"])
    references: dict[str, str] = {}
    for relation in _relations(letterhead, _DOCUMENT):
        kind = relation.get("Type").rsplit("/", 1)[-1]
        if kind not in ("header", "footer"):
            continue
        source = posixpath.join("word", relation.get("Target"))
        name = _PREFIX + posixpath.basename(source)
        parts[f"word/{name}"] = letterhead[source]
        _copy_media(parts, letterhead, source, name, logo)
        references[relation.get("Id")] = new_id = f"rIdLetterhead{len(references) + 1}"
        attributes = {"Id": new_id, "Type": relation.get("Type"), "Target": name}
        relations.append(relations.makeelement(f"{{{_RELS}}}Relationship", attributes))
        content = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"
        attributes = {"PartName": f"/word/{name}", "ContentType": content}
        types.append(types.makeelement(f"{{{_TYPES}}}Override", attributes))
    _know_pictures(types)
    parts[_rels_name(_DOCUMENT)] = _bytes(relations)
    parts["[Content_Types].xml"] = _bytes(types)
    return references


def _copy_media(
    parts: Parts, letterhead: Parts, source: str, name: str, logo: bytes | None
) -> None:
    """Bring along what a header shows: its pictures, the first of which is the logo."""
    if _rels_name(source) not in letterhead:
        return
    relations = _relations(letterhead, source)
    for relation in relations:
        if relation.get("TargetMode") == "External":
            continue
        target = posixpath.normpath(posixpath.join("word", relation.get("Target")))
        copy = f"word/media/{_PREFIX}{posixpath.basename(target)}"
        is_logo = logo is not None and relation.get("Type").endswith("/image")
        parts[copy] = logo if is_logo and logo is not None else letterhead[target]
        relation.set("Target", posixpath.relpath(copy, "word"))
    parts[_rels_name(f"word/{name}")] = _bytes(relations)


def _know_pictures(types: Any) -> None:
    known = {entry.get("Extension") for entry in types.findall(f"{{{_TYPES}}}Default")}
    if "png" not in known:
        attributes = {"Extension": "png", "ContentType": "image/png"}
        types.insert(0, types.makeelement(f"{{{_TYPES}}}Default", attributes))


def _rewrite_sections(parts: Parts, letterhead: Parts, references: dict[str, str]) -> None:
    """Give every section of the document the letterhead's headers, page size and margins."""
    model = _xml(letterhead[_DOCUMENT]).findall(f".//{{{_W}}}sectPr")[-1]
    document = _xml(parts[_DOCUMENT])
    for section in document.iter(f"{{{_W}}}sectPr"):
        for child in [child for child in section if child.tag in _REFERENCES]:
            section.remove(child)
        for position, reference in enumerate(r for r in model if r.tag in _REFERENCES):
            new = section.makeelement(reference.tag, dict(reference.attrib))
            new.set(f"{{{_R}}}id", references[reference.get(f"{{{_R}}}id")])
            section.insert(position, new)
        _same_first_page(section, model)
        _same_page(section, model)
    parts[_DOCUMENT] = _bytes(document)


def _same_first_page(section: Any, model: Any) -> None:
    """Have a header of its own on the first page where the letterhead has one."""
    tag, after = f"{{{_W}}}titlePg", f"{{{_W}}}docGrid"
    own = section.find(tag)
    if own is None and model.find(tag) is not None:
        grid = section.find(after)
        position = len(section) if grid is None else list(section).index(grid)
        section.insert(position, section.makeelement(tag, {}))
    elif own is not None and model.find(tag) is None:
        section.remove(own)


def _same_page(section: Any, model: Any) -> None:
    size, margins = section.find(f"{{{_W}}}pgSz"), section.find(f"{{{_W}}}pgMar")
    wanted, wanted_margins = model.find(f"{{{_W}}}pgSz"), model.find(f"{{{_W}}}pgMar")
    if margins is not None and wanted_margins is not None:
        margins.attrib.update(wanted_margins.attrib)
    if size is None or wanted is None:
        return
    width, height = wanted.get(f"{{{_W}}}w"), wanted.get(f"{{{_W}}}h")
    if size.get(f"{{{_W}}}orient") == "landscape":
        width, height = height, width
    size.set(f"{{{_W}}}w", width)
    size.set(f"{{{_W}}}h", height)
