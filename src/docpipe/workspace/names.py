"""File names that work on every computer."""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from docpipe.diagnostics import Diagnostic, Place, Text
from docpipe.workspace import problems

# Source: Microsoft, "Naming Files, Paths, and Namespaces".
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?\Z", re.IGNORECASE)
_FORBIDDEN = re.compile(r'[<>:"|?*\\\x00-\x1f]')
_MAX_BYTES = 255


def natural(parts: Sequence[str]) -> list[tuple[int, int, str]]:
    """A sort key by which "final-2" comes before "final-10"."""
    pieces = [piece for part in parts for piece in re.split(r"(\d+)", part) if piece]
    return [(0, int(p), "") if p.isdecimal() else (1, 0, p) for p in pieces]


def check(path: str, siblings: Iterable[str]) -> list[Diagnostic]:
    """What keeps the file's name from working on Windows, macOS and Linux alike."""
    name = path.rpartition("/")[2]
    reasons = []
    if _RESERVED.match(name) or _FORBIDDEN.search(name) or name[-1] in ". ":
        reasons.append(Text("Windows refuses it", "Windows 不允许"))
    if len(name.encode()) > _MAX_BYTES:
        reasons.append(Text("longer than 255 bytes", "超过 255 字节"))
    if unicodedata.normalize("NFC", name) != name:
        reasons.append(Text("its accents are decomposed", "字符为分解形式"))
    twins = [other for other in siblings if other < path and folded(other) == folded(path)]
    reasons += [Text(f"the same as {twin} elsewhere", f"在别处等同于 {twin}") for twin in twins]
    return [
        Diagnostic(Place(path), problems.NAME, {"name": name, "what": reason}) for reason in reasons
    ]


def folded(path: str) -> str:
    """The path as a file system sees it that ignores case and composition."""
    return unicodedata.normalize("NFC", path).casefold()
