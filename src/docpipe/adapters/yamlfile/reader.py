"""Bytes of a file to text, or the reason why not."""

import codecs

from docpipe.adapters.yamlfile import problems
from docpipe.diagnostics import Diagnostic, Place, Text

MAX_BYTES = 2_000_000
_WIDE = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_SEPARATORS = {
    "\x85": Text("invisible line separator U+0085", "含不可见分行符 U+0085"),
    "\u2028": Text("invisible line separator U+2028", "含不可见分行符 U+2028"),
    "\u2029": Text("invisible paragraph separator U+2029", "含不可见分段符 U+2029"),
}


def decode(data: bytes, file: str) -> str | Diagnostic:
    """The text of a YAML file, its byte order mark removed, or a diagnostic."""
    if len(data) > MAX_BYTES:
        return Diagnostic(Place(file), problems.SIZE, {"bytes": len(data), "limit": MAX_BYTES})
    if data.startswith(_WIDE) or b"\0" in data[:4]:
        what = Text("it looks like UTF-16 or UTF-32", "像是 UTF-16 或 UTF-32")
        return Diagnostic(Place(file), problems.ENCODING, {"what": what})
    try:
        text = data.removeprefix(codecs.BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError as error:
        return _undecodable(data, error.start, file)
    return _separator(text, file) or text


def _undecodable(data: bytes, offset: int, file: str) -> Diagnostic:
    before = data[:offset].removeprefix(codecs.BOM_UTF8).decode("utf-8", "replace")
    what = Text(f"byte 0x{data[offset]:02X}", f"字节 0x{data[offset]:02X}")
    return Diagnostic(_end_of(before, file), problems.ENCODING, {"what": what})


def _separator(text: str, file: str) -> Diagnostic | None:
    for char, what in _SEPARATORS.items():
        if char in text:
            place = _end_of(text[: text.index(char)], file)
            return Diagnostic(place, problems.ENCODING, {"what": what})
    return None


def _end_of(before: str, file: str) -> Place:
    last = before.rfind("\n")
    return Place(file, before.count("\n") + 1, len(before) - last)
