"""The company's logo in the place of the letterhead's picture."""

import struct
from typing import Any

from docpipe.adapters.word.ooxml import R, parse, serialize
from docpipe.diagnostics import DocpipeError, Text

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
_STRANGE = Text(
    "The logo is neither a PNG nor a JPEG picture, which Word could show",
    "标志图片既不是 PNG 也不是 JPEG，Word 无法显示",
)
_SAVE = Text(
    "Save it as PNG and name that in company.yaml", "请另存为 PNG，并在 company.yaml 中改名"
)


def suffix(logo: bytes) -> str:
    """The file name's end for a picture. Raises DocpipeError for what Word could not show."""
    if logo.startswith(_PNG) and len(logo) > 24:
        return ".png"
    if logo.startswith(_JPEG) and _size(logo) is not None:
        return ".jpeg"
    raise DocpipeError(_STRANGE, _SAVE)


def first_picture(header: bytes) -> str | None:
    """The relation id of the first picture that a header shows."""
    for blip in parse(header).iter(f"{_A}blip"):
        return str(blip.get(f"{R}embed") or "") or None
    return None


def fitted(header: bytes, picture: str, logo: bytes) -> bytes:
    """The header with the place of the picture cut to the logo's proportions, never larger."""
    size = _size(logo)
    root = parse(header)
    blips = [blip for blip in root.iter(f"{_A}blip") if blip.get(f"{R}embed") == picture]
    changed = [_fit(blip, *size) for blip in blips] if size else []
    return serialize(root) if any(changed) else header


def _fit(blip: Any, width: int, height: int) -> bool:
    drawing = next(blip.iterancestors(f"{_WP}inline", f"{_WP}anchor"), None)
    extent = drawing.find(f"{_WP}extent") if drawing is not None else None
    if drawing is None or extent is None or not width or not height:
        return False
    wide, high = int(extent.get("cx")), int(extent.get("cy"))
    scale = min(wide / width, high / height)
    new = round(width * scale), round(height * scale)
    if abs(new[0] - wide) * 100 <= wide and abs(new[1] - high) * 100 <= high:
        return False  # the same but for rounding
    for place in (extent, *drawing.iter(f"{_A}ext")):
        if place.get("cx"):
            place.set("cx", str(new[0]))
            place.set("cy", str(new[1]))
    return True


def _size(logo: bytes) -> tuple[int, int] | None:
    """Width and height in pixels; None for a picture that is cut off."""
    if logo.startswith(_PNG):
        return struct.unpack(">II", logo[16:24])
    at = 2
    while at + 9 < len(logo) and logo[at] == 0xFF:
        marker, length = logo[at + 1], int.from_bytes(logo[at + 2 : at + 4], "big")
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            return int.from_bytes(logo[at + 7 : at + 9], "big"), int.from_bytes(
                logo[at + 5 : at + 7], "big"
            )
        at += 2 + length
    return None
