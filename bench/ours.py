"""docpipe's own engine, behind one function: whatever makes its documents is called here alone."""

from __future__ import annotations

from docpipe.adapters.cache import user_cache
from docpipe.adapters.word.template import Template

TYPE_CHECKING = False  # typing is dearer to load than the engine
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    Engine = Callable[[Mapping[str, Any], int | None], bytes]
    """Facts, and the level of deflation or None for stored entries -> the bytes of a .docx."""


class Source:
    """What a template is made ready from: the bytes of its files, and its name in messages."""

    def __init__(
        self, template: bytes, letterhead: bytes | None, logo: bytes | None, name: str
    ) -> None:
        self.template = template
        self.letterhead = letterhead
        self.logo = logo
        self.name = name

    @classmethod
    def read(cls, folder: str) -> Source:
        """The files of a sample's folder."""
        template, letterhead, logo = (
            _bytes(f"{folder}/{name}") for name in ("template.docx", "letterhead.docx", "logo.png")
        )
        return cls(template, letterhead, logo, "templates/sales-contract.docx")


def _bytes(path: str) -> bytes:
    with open(path, "rb") as file:  # no pathlib: what is loaded is measured
        return file.read()


def prepare(source: Source) -> Engine:
    """The template made ready: all that is done once, however many documents follow."""
    kept = user_cache("templates", "")
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
