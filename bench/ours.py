"""docpipe's own engine, behind one function: whatever makes its documents is called here alone."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from docpipe.adapters.cache import user_cache

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
    from docpipe.adapters.word.template import Template

    kept = user_cache("templates")
    template = Template(source.name, source.template, source.letterhead, source.logo, kept)
    if template.compiled.artifact.why:
        raise RuntimeError(f"{source.name} is not compiled: {template.compiled.artifact.why}")
    return template.render


def joined(source: Source) -> dict[str, bytes]:
    """The template's parts with the letterhead in them."""
    from docpipe.adapters.word import package
    from docpipe.adapters.word.letterhead import transplant

    parts = package.read(source.template, source.name)
    if source.letterhead is None:
        return parts
    letterhead = package.read(source.letterhead, "templates/letterhead.docx")
    return transplant(parts, letterhead, source.logo)
