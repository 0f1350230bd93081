"""File names that work on every computer."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from docpipe.diagnostics import Diagnostic, Place, Text
from docpipe.workspace import problems

# Source: Microsoft, "Naming Files, Paths, and Namespaces".
_RESERVED = re.compile(
    r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$) *(\..*)?\Z", re.IGNORECASE
)
_FORBIDDEN = re.compile(r'[<>:"|?*\\\x00-\x1f]')
_MAX_BYTES = 255


def natural(parts: Sequence[str]) -> list[tuple[int, int, str]]:
    """A sort key by which "final-2" comes before "final-10"."""
    pieces = [piece for part in parts for piece in re.split(r"(\d+)", part) if piece]
    return [_number(p) if p.isdecimal() else (1, 0, p) for p in pieces]


def _number(digits: str) -> tuple[int, int, str]:
    digits = digits.lstrip("0")
    return (0, len(digits), digits)


def check(path: str, siblings: Iterable[str]) -> list[Diagnostic]:
    """What keeps the file's name from working on Windows, macOS and Linux alike.

    A folder's name is told at the first of the `siblings` in it.
    """
    spellings, first_in = _index(tuple(siblings))
    reasons = []
    for place in _ways(path):
        if first_in.get(place, path) == path:
            name = place.rpartition("/")[2]
            reasons += [(name, reason) for reason in _faults(name)]
    for place in _ways(path):
        twin = spellings.get(folded(place), place)
        if twin != place:
            reason = Text(f"the same as {twin} elsewhere", f"在别处等同于 {twin}")
            reasons.append((path.rpartition("/")[2], reason))
            break
    return [
        Diagnostic(Place(path), problems.NAME, {"name": name, "what": reason})
        for name, reason in reasons
    ]


def _faults(name: str) -> Iterator[Text]:
    if _RESERVED.match(name) or _FORBIDDEN.search(name) or name[-1] in ". ":
        yield Text("Windows refuses it", "Windows 不允许")
    if len(name.encode("utf-8", "surrogateescape")) > _MAX_BYTES:
        yield Text("longer than 255 bytes", "超过 255 字节")
    if name.isascii():
        return
    if re.search("[\ud800-\udfff]", name):
        yield Text("it is not UTF-8", "不是 UTF-8 编码")
    if unicodedata.normalize("NFC", name) != name:
        yield Text("its accents are decomposed", "字符为分解形式")


@lru_cache(maxsize=8)
def _index(paths: tuple[str, ...]) -> tuple[dict[str, str], dict[str, str]]:
    """The first spelling of each file and folder, and the first file in each."""
    spellings: dict[str, str] = {}
    first_in: dict[str, str] = {}
    for path in sorted(paths):
        for place in _ways(path):
            spellings.setdefault(folded(place), place)
            first_in.setdefault(place, path)
    return spellings, first_in


def _ways(path: str) -> Iterator[str]:
    """The folders on the way to a file, and the file."""
    parts = path.split("/")
    return ("/".join(parts[: count + 1]) for count in range(len(parts)))


def folded(path: str) -> str:
    """The path as a file system sees it that ignores case and composition."""
    if path.isascii():
        return path.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())
