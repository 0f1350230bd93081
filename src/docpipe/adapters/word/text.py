"""The text of a Word document, as a person reads it: for goldens and for comparing."""

import re
from collections.abc import Iterator
from typing import Any

from docpipe.adapters.word.package import Parts

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BREAKS = {f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}tab": "\t"}


def body(parts: Parts) -> str:
    """The body's text: a line per paragraph, table cells apart by " | ", a line per row."""
    return "\n".join(_blocks(_root(parts["word/document.xml"]).find(f"{_W}body")))


def everything(parts: Parts) -> str:
    """All text of all parts: body, headers, footers, footnotes, properties."""
    texts = [
        re.sub(r"<[^>]+>", " ", part.decode("utf-8"))
        for name, part in sorted(parts.items())
        if name.endswith(".xml")
    ]
    return "\n".join(texts)


def headers_and_footers(parts: Parts) -> str:
    """The text of headers and footers, a line per paragraph."""
    names = sorted(n for n in parts if re.search(r"word/.*(header|footer)\d*\.xml$", n))
    return "\n".join(line for name in names for line in _blocks(_root(parts[name])))


def _root(data: bytes) -> Any:
    from lxml import etree

    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))


def _blocks(parent: Any) -> Iterator[str]:
    for child in parent:
        if child.tag == f"{_W}p":
            yield _paragraph(child)
        elif child.tag == f"{_W}tbl":
            for row in child.iter(f"{_W}tr"):
                yield " | ".join("\n".join(_blocks(cell)) for cell in row.findall(f"{_W}tc"))
        elif child.tag == f"{_W}sdt":
            yield from _blocks(child.find(f"{_W}sdtContent"))


def _paragraph(paragraph: Any) -> str:
    pieces = []
    for node in paragraph.iter():
        if node.tag == f"{_W}t":
            pieces.append(node.text or "")
        elif node.tag in _BREAKS and node.getparent().tag == f"{_W}r":
            pieces.append(_BREAKS[node.tag])
    return "".join(pieces)
