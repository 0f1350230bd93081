"""The fonts that documents name and this machine lacks."""

import io
import re
import zipfile
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from docpipe.adapters import fingerprint, programs

_PARTS = re.compile(r"word/(document|styles|header[0-9]*|footer[0-9]*|footnotes)\.xml")
_NAMED = re.compile(rb"<w:rFonts [^>]*>")
_FAMILY = re.compile(rb' w:(?:ascii|hAnsi|eastAsia|cs)="([^"]+)"')
_EMBEDDED = re.compile(rb"/BaseFont\s*/(?:[A-Z]{6}\+)?([A-Za-z0-9]+)")


def installed() -> str:
    """A digest of the fonts that this machine has; "" where fontconfig is not here to tell."""
    said = _ask("fc-list")
    return fingerprint.digest("\n".join(sorted(said.splitlines())).encode()) if said else ""


def named(document: bytes) -> set[str]:
    """The font families that a .docx names."""
    found: set[str] = set()
    with zipfile.ZipFile(io.BytesIO(document)) as package:
        for name in package.namelist():
            if _PARTS.fullmatch(name):
                for element in _NAMED.findall(package.read(name)):
                    found.update(family.decode() for family in _FAMILY.findall(element))
    return found


def embedded(pdf: Path) -> set[str]:
    """The names of the fonts in a PDF, without weight and style: LiberationSans."""
    return {name.decode() for name in _EMBEDDED.findall(pdf.read_bytes())}


def chinese() -> list[str] | None:
    """The font families that have Chinese; None where fontconfig is not here to tell."""
    if programs.find("fc-list") is None:
        return None
    said = _ask("fc-list", ":lang=zh-cn", "family")
    return sorted({line.partition(",")[0] for line in said.splitlines() if line.strip()})


def lacking(families: Iterable[str]) -> list[str]:
    """Those that this machine does not have, sorted; none where fontconfig is not here to tell."""
    return sorted(family for family in set(families) if not _is_here(family))


@cache
def _is_here(family: str) -> bool:
    said = _ask("fc-match", "-f", "%{family}", family)
    return not said or family.casefold() in (each.casefold() for each in said.split(","))


def _ask(program: str, *arguments: str) -> str:
    """What fontconfig says; "" where it is not here."""
    path = programs.find(program)
    return programs.answer(path, *arguments) if path else ""
