"""Bytes of a file to text, or the reason why not."""

import codecs
import re

from docpipe.adapters.yamlfile import problems
from docpipe.diagnostics import Diagnostic, Place, Text

MAX_BYTES = 2_000_000
_WIDE = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_INVISIBLE = re.compile("\r(?!\n)|[\x85\u2028\u2029\ufeff]")


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
    return _invisible(text, file) or text


def _undecodable(data: bytes, offset: int, file: str) -> Diagnostic:
    before = data[:offset].removeprefix(codecs.BOM_UTF8).decode("utf-8", "replace")
    byte = f"0x{data[offset]:02X}"
    what = Text(f"byte {byte}", f"字节 {byte}")
    if _is_gbk(data):
        what = Text(f"byte {byte}; it looks like GBK", f"字节 {byte}，像是 GBK 编码")
    return Diagnostic(_end_of(before, file), problems.ENCODING, {"what": what})


def _is_gbk(data: bytes) -> bool:
    try:
        text = data.decode("gbk")
    except UnicodeDecodeError:
        return False
    return bool(re.search("[\u4e00-\u9fff]", text))


def _invisible(text: str, file: str) -> Diagnostic | None:
    """Line ends that some programs see and others do not: a comment could hide a field."""
    found = _INVISIBLE.search(text)
    if found is None:
        return None
    code = f"U+{ord(found[0]):04X}"
    what = Text(f"invisible character {code}", f"含不可见字符 {code}")
    place = _end_of(text[: found.start()], file)
    return Diagnostic(place, problems.ENCODING, {"what": what})


def _end_of(before: str, file: str) -> Place:
    last = before.rfind("\n")
    return Place(file, before.count("\n") + 1, len(before) - last)
