"""Sections of a document: which headers they show, and on what page."""

from typing import Any

from docpipe.adapters.word.ooxml import DOCUMENT, R, W, parse, serialize
from docpipe.adapters.word.parts import Parts

_SETTINGS = "word/settings.xml"
_FIRST_PAGE = f"{W}titlePg"
_REFERENCES = (f"{W}headerReference", f"{W}footerReference")
# Source: ECMA-376-1, 17.6.17: the order of what a section holds.
_ORDER = [
    W + name
    for name in (
        "headerReference", "footerReference", "footnotePr", "endnotePr", "type", "pgSz", "pgMar",
        "paperSrc", "pgBorders", "lnNumType", "pgNumType", "cols", "formProt", "vAlign",
        "noEndnote", "titlePg", "textDirection", "bidi", "rtlGutter", "docGrid",
        "printerSettings", "sectPrChange",
    )
]  # fmt: skip


def last(document: Any) -> Any:
    """The last section of a document, which is the whole document's where it is the only one."""
    return next(iter(_sections(document)[-1:]), None)


def rewrite(parts: Parts, letterhead: Parts, model: Any, references: dict[str, str]) -> None:
    """Give every section of the document the letterhead's headers, page size and margins."""
    document = parse(parts[DOCUMENT])
    if last(document) is None:
        document.find(f"{W}body").append(document.makeelement(f"{W}sectPr", {}))
    for section in _sections(document):
        for child in [child for child in section if child.tag in _REFERENCES]:
            section.remove(child)
        for reference in (child for child in model if child.tag in _REFERENCES):
            new = section.makeelement(reference.tag, dict(reference.attrib))
            new.set(f"{R}id", references[reference.get(f"{R}id")])
            _put(section, new)
        _same_first_page(section, model.find(_FIRST_PAGE) is not None)
        _same_page(section, model)
    parts[DOCUMENT] = serialize(document)
    _same_even_pages(parts, letterhead)


def _sections(document: Any) -> list[Any]:
    """All sections but those that tracked changes remember."""
    all_of_them = document.iter(f"{W}sectPr")
    return [found for found in all_of_them if found.getparent().tag != f"{W}sectPrChange"]


def _put(section: Any, new: Any) -> None:
    """Insert where the order of a section wants it."""
    rank = _ORDER.index(new.tag)
    later = [i for i, child in enumerate(section) if child.tag in _ORDER[rank + 1 :]]
    section.insert(later[0] if later else len(section), new)


def _same_first_page(section: Any, wanted: bool) -> None:
    """A first page of its own, where the letterhead has one."""
    own = section.find(_FIRST_PAGE)
    if own is not None and not wanted:
        section.remove(own)
    elif own is None and wanted:
        _put(section, section.makeelement(_FIRST_PAGE, {}))


def _same_page(section: Any, model: Any) -> None:
    for name in ("pgSz", "pgMar"):
        wanted, own = model.find(W + name), section.find(W + name)
        if wanted is None:
            continue
        if own is None:
            _put(section, section.makeelement(wanted.tag, dict(wanted.attrib)))
        elif name == "pgMar":
            own.attrib.update(wanted.attrib)
        else:
            _resize(own, wanted)


def _resize(size: Any, wanted: Any) -> None:
    """The letterhead's paper, lying where the template's lies."""
    short, long = sorted((wanted.get(f"{W}w"), wanted.get(f"{W}h")), key=float)
    landscape = size.get(f"{W}orient") == "landscape"
    size.set(f"{W}w", long if landscape else short)
    size.set(f"{W}h", short if landscape else long)


def _same_even_pages(parts: Parts, letterhead: Parts) -> None:
    """Headers of even pages show only where the settings say so."""
    if _SETTINGS not in parts:
        return
    tag = f"{W}evenAndOddHeaders"
    model = parse(letterhead[_SETTINGS]).find(tag) if _SETTINGS in letterhead else None
    settings = parse(parts[_SETTINGS])
    own = settings.find(tag)
    if own is not None and model is None:
        settings.remove(own)
    elif own is None and model is not None:
        stop = settings.find(f"{W}defaultTabStop")
        settings.insert(len(settings) if stop is None else settings.index(stop) + 1, model)
    else:
        return
    parts[_SETTINGS] = serialize(settings)
