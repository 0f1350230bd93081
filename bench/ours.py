"""docpipe's own engine, behind one function: whatever makes its documents is called here alone."""

import io
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from docpipe.adapters.word import package
from docpipe.adapters.word.letterhead import transplant
from docpipe.adapters.word.render import render

Engine = Callable[[Mapping[str, Any], int | None], bytes]
"""Facts, and the level of deflation or None for stored entries -> the bytes of a .docx."""


class Source(NamedTuple):
    """What a template is made ready from: the bytes of its files, and its name in messages."""

    template: bytes
    letterhead: bytes | None
    logo: bytes | None
    name: str

    @classmethod
    def read(cls, folder: Path) -> "Source":
        """The files of a sample's folder."""
        template, letterhead, logo = (
            (folder / name).read_bytes()
            for name in ("template.docx", "letterhead.docx", "logo.png")
        )
        return cls(template, letterhead, logo, "templates/sales-contract.docx")


def prepare(source: Source) -> Engine:
    """The template made ready: all that is done once, however many documents follow."""
    parts = joined(source)

    def make(facts: Mapping[str, Any], deflate: int | None = None) -> bytes:
        made = package.write(render(parts, facts, source.name))
        return made if deflate is None else _deflated(made, deflate)

    return make


def joined(source: Source) -> package.Parts:
    """The template's parts with the letterhead in them."""
    parts = package.read(source.template, source.name)
    if source.letterhead is None:
        return parts
    letterhead = package.read(source.letterhead, "templates/letterhead.docx")
    return transplant(parts, letterhead, source.logo)


def _deflated(data: bytes, level: int) -> bytes:
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as stored,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive,
    ):
        for info in stored.infolist():
            archive.writestr(info, stored.read(info), zipfile.ZIP_DEFLATED, level)
    return buffer.getvalue()
