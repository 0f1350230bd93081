"""Small Word documents, made by hand so that each part of them can be wrong."""

import io
import zipfile
from collections.abc import Mapping
from typing import Any

from docpipe.adapters.word import package, text
from docpipe.adapters.word.render import render

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CT = "http://schemas.openxmlformats.org/package/2006/content-types"
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55"
    "0000000a4944415478da63fcff1f000302020 0efa5b0b70000000049454e44ae426082".replace(" ", "")
)


def escaped(value: str) -> str:
    return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def paragraph(words: str) -> str:
    return f'<w:p><w:r><w:t xml:space="preserve">{escaped(words)}</w:t></w:r></w:p>'


def document(body: str) -> bytes:
    return f'<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>{body}</w:body></w:document>'.encode()


def relations(*entries: tuple[str, str] | tuple[str, str, str]) -> bytes:
    """Entries are (kind, target) or (kind, target, mode); ids count from rId1."""
    lines = [
        f'<Relationship Id="rId{n}" Type="{R}/{entry[0]}" Target="{entry[1]}"'
        + (f' TargetMode="{entry[2]}"' if len(entry) > 2 else "")
        + "/>"
        for n, entry in enumerate(entries, 1)
    ]
    return f'<Relationships xmlns="{RELS}">{"".join(lines)}</Relationships>'.encode()


def types(**overrides: str) -> bytes:
    """`header1="header"` declares word/header1.xml."""
    known = {"document": "document.main", **overrides}
    entries = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{WORD}.{kind}+xml"/>'
        for name, kind in known.items()
    )
    defaults = {
        "rels": "application/vnd.openxmlformats-package.relationships+xml",
        "xml": "application/xml",
        "png": "image/png",
    }
    entries += "".join(
        f'<Default Extension="{name}" ContentType="{kind}"/>' for name, kind in defaults.items()
    )
    return f'<Types xmlns="{CT}">{entries}</Types>'.encode()


def template(*words: str, body: str = "", **parts: bytes) -> package.Parts:
    """A template of paragraphs; `parts` by name with "__" for "/"."""
    made = {
        "[Content_Types].xml": types(),
        "_rels/.rels": relations(("officeDocument", "word/document.xml")),
        "word/document.xml": document(body or "".join(map(paragraph, words))),
    }
    return made | {name.replace("__", "/"): data for name, data in parts.items()}


def zipped(parts: Mapping[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def filled(words: str, **context: Any) -> str:
    """The text that a template of one paragraph comes to."""
    return text.body(render(template(words), context, "t.docx"))
