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
_DIGITS = "0123456789"
_MAX_BYTES = 255
_MAX_PATH = 200  # Windows takes 259 with the folder of the clone before it


def natural(parts: Sequence[str]) -> list[tuple[int, int, str]]:
    """A sort key by which "final-2" comes before "final-10"."""
    pieces = [piece for part in parts for piece in re.split(r"([0-9]+)", part) if piece]
    return [_number(p) if p[0] in _DIGITS else (1, 0, p) for p in pieces]


def _number(digits: str) -> tuple[int, int, str]:
    digits = digits.lstrip("0")
    return (0, len(digits), digits)


def check(paths: Iterable[str]) -> list[Diagnostic]:
    """What keeps these files' names from working on Windows, macOS and Linux alike.

    A folder's name is told at the first file in it.
    """
    first_in = _places(sorted(paths))
    return [
        Diagnostic(Place(first_in[place]), problems.NAME,
                   {"name": place.rpartition("/")[2], "what": reason})
        for place, reason in faults(first_in, first_in)
    ]  # fmt: skip


def faults(paths: Iterable[str], present: Iterable[str]) -> Iterator[tuple[str, Text]]:
    """The files and folders on the way to `paths` whose names do not work everywhere, and why.

    `present` are all files and folders that might be taken for one of them. Of several that are
    taken for one the first is not told, unless the others are `present` alone.
    """
    places = _places(paths).keys()
    spellings: dict[tuple[str, str], list[str]] = {}
    for place in places | set(present):
        folder, _, name = place.rpartition("/")
        spellings.setdefault((folder, folded(name)), []).append(place)
    for place in sorted(places):
        folder, _, name = place.rpartition("/")
        yield from ((place, reason) for reason in _faults(name))
        if len(folder) <= _MAX_PATH < len(place):
            yield place, _LONG
        first, *others = sorted(spellings[folder, folded(name)])
        if first != place:
            yield place, _twin(first)
        elif others and places.isdisjoint(others):
            yield place, _twin(others[0])


_LONG = Text("its path is longer than 200 characters", "路径超过 200 个字符")


@lru_cache(maxsize=4096)
def _faults(name: str) -> tuple[Text, ...]:
    return tuple(_found(name))


def _found(name: str) -> Iterator[Text]:
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


def _twin(other: str) -> Text:
    return Text(f"the same as {other} elsewhere", f"在别处等同于 {other}")


def _places(paths: Iterable[str]) -> dict[str, str]:
    """The files, and the folders on the way to them, each with the first file that it leads to."""
    first: dict[str, str] = {}
    for path in paths:
        place = path
        while place and place not in first:
            first[place] = path
            place = place.rpartition("/")[0]
    return first


def folded(path: str) -> str:
    """The path as a file system sees it that ignores case and composition."""
    if path.isascii():
        return path.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())
