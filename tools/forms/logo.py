"""The sample company's mark: two sails on the water. Replace `templates/logo.png` by your own."""

import math
import struct
import zlib
from pathlib import Path

from .theme import ACCENT

_SIZE, _FINE = 192, 4
_LIGHT = "8FA9B3"


def _sail(x: float, y: float, mast: float, reach: float) -> bool:
    """Whether the point lies in the sail between a mast and the curve that leaves its top."""
    if not 0.06 <= y <= 0.74:
        return False
    belly = reach * math.pow((y - 0.06) / 0.68, 0.62)
    return mast <= x <= mast + belly if reach > 0 else mast + belly <= x <= mast


def _water(x: float, y: float) -> bool:
    crest = 0.9 - 0.3 * (x - 0.5) ** 2
    return 0.1 <= x <= 0.9 and crest - 0.035 <= y <= crest + 0.035


def _ink(x: float, y: float) -> int:
    """0 paper, 1 accent, 2 light."""
    x = 0.1 + 0.8 * x
    if _sail(x, y, 0.44, 0.46) or _water(x, y):
        return 1
    return 2 if _sail(x, y - 0.16 * (0.74 - y), 0.38, -0.27) else 0


def _pixel(column: int, row: int) -> bytes:
    paper, count = (255, 255, 255), _FINE * _FINE
    inks = [paper, tuple(bytes.fromhex(ACCENT)), tuple(bytes.fromhex(_LIGHT))]
    seen = [
        inks[_ink((column + (i + 0.5) / _FINE) / _SIZE, (row + (j + 0.5) / _FINE) / _SIZE)]
        for i in range(_FINE)
        for j in range(_FINE)
    ]
    return bytes(sum(ink[channel] for ink in seen) // count for channel in range(3))


def _chunk(kind: bytes, content: bytes) -> bytes:
    check = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", check)


def draw(path: Path) -> None:
    """Write the mark as a small PNG."""
    rows = (b"\0" + b"".join(_pixel(x, y) for x in range(_SIZE)) for y in range(_SIZE))
    header = struct.pack(">IIBBBBB", _SIZE, _SIZE, 8, 2, 0, 0, 0)
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", header)
        + _chunk(b"IDAT", zlib.compress(b"".join(rows), 9))
        + _chunk(b"IEND", b"")
    )
