"""The text of a Word document, as a person reads it: for goldens and for comparing."""

import re
from collections.abc import Iterator
from typing import Any

from docpipe.adapters.word.ooxml import DOCUMENT, W, parse
from docpipe.adapters.word.parts import Parts

_BREAKS = {f"{W}br": "\n", f"{W}cr": "\n", f"{W}tab": "\t", f"{W}noBreakHyphen": "-"}
_TEXT, _RUN, _PARAGRAPH, _TABLE = (f"{W}{name}" for name in ("t", "r", "p", "tbl"))
_ROW, _CELL = f"{W}tr", f"{W}tc"
_WRAPPERS = {f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins")}
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_UNREAD = {f"{W}pPr", f"{W}rPr", _FALLBACK}  # how it looks, and what older programs show instead


def body(parts: Parts) -> str:
    """The body's text: a line per paragraph, table cells apart by " | ", a line per row."""
    return "\n".join(_blocks(parse(parts[DOCUMENT]).find(f"{W}body")))


def headers_and_footers(parts: Parts) -> str:
    """The text of headers and footers, a line per paragraph."""
    names = sorted(n for n in parts if re.search(r"word/.*(header|footer)[0-9]*\.xml$", n))
    return "\n".join(line for name in names for line in _blocks(parse(parts[name])))


def _blocks(parent: Any) -> Iterator[str]:
    for child in parent:
        if child.tag == _PARAGRAPH:
            yield "".join(_pieces(child, False))
        elif child.tag == _TABLE:
            for row in _inner(child, _ROW):
                cells = _inner(row, _CELL)
                yield " | ".join("\n".join(_blocks(cell)) for cell in cells)
        elif child.tag in _WRAPPERS:
            yield from _blocks(child)


def _inner(parent: Any, tag: str) -> Iterator[Any]:
    """The rows of a table or the cells of a row: its own, not those of tables within."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _inner(child, tag)


def _pieces(parent: Any, in_run: bool) -> list[str]:
    """A list, since thousands of documents are read for their text in one run."""
    pieces: list[str] = []
    for child in parent:
        tag = child.tag
        if tag in _UNREAD:
            continue
        if tag == _TEXT:
            pieces.append(child.text or "")
        elif tag not in _BREAKS:
            pieces += _pieces(child, tag == _RUN)
        elif in_run:
            pieces.append(_BREAKS[tag])
    return pieces
