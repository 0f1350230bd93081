"""The few names and readings of WordprocessingML that several modules need."""

import posixpath
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
VML = "{urn:schemas-microsoft-com:vml}"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
DOCUMENT = "word/document.xml"
CONTENT_TYPES = "[Content_Types].xml"


def parse(data: bytes) -> Any:
    """The root element; nothing is fetched and no entity resolved. Raises lxml's XMLSyntaxError."""
    from lxml import etree

    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))


def serialize(tree: Any) -> bytes:
    """An element as a part."""
    from lxml import etree

    text: bytes = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
    return text


def relations_of(part: str) -> str:
    """The name of the part that holds the relations of `part` ("" is the package itself)."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def target(part: str, relation: Any) -> str:
    """The part that a relation of `part` points to: from its folder, or from the root."""
    address = str(relation.get("Target") or "")
    if address.startswith("/"):
        return posixpath.normpath(address.lstrip("/"))
    return posixpath.normpath(posixpath.join(posixpath.dirname(part), address))


def kind(relation: Any) -> str:
    """The last word of a relation's type: "header", "image" ..."""
    return str(relation.get("Type") or "").rsplit("/", 1)[-1]


def is_external(relation: Any) -> bool:
    """Whether what the relation points to is outside the document."""
    return (relation.get("TargetMode") or "").strip().lower() == "external"
