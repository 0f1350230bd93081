"""A rendered document put right: a cell or table that conditions emptied is damage to Word."""

import re

from docpipe.adapters.word.ooxml import CONTENT_TYPES, W, kind, parse, serialize, target
from docpipe.adapters.word.parts import Parts

_PACKAGE = "_rels/.rels"
_PROPERTIES = "core-properties"
_TABLE = re.compile(rb"<w:tbl[ >]")


def repaired(parts: Parts, template: Parts) -> Parts:
    """`parts` with no table without rows, and a paragraph at the end of every cell.

    Properties that the template does not have are not there either: python-docx dates its own.
    """
    parts = without_strange_properties(parts, template)
    return {
        name: _repaired(data) if name.startswith("word/") and _TABLE.search(data) else data
        for name, data in parts.items()
    }


def without_strange_properties(parts: Parts, template: Parts) -> Parts:
    """`parts` without the properties that python-docx adds to a template that has none."""
    if any(kind(relation) == _PROPERTIES for relation in parse(template[_PACKAGE])):
        return parts
    return _without_properties(parts)


def _without_properties(parts: Parts) -> Parts:
    relations, types = parse(parts[_PACKAGE]), parse(parts[CONTENT_TYPES])
    gone = set()
    for relation in [r for r in relations if kind(r) == _PROPERTIES]:
        gone.add(target("", relation))
        relations.remove(relation)
    for entry in [e for e in types if e.get("PartName", "").lstrip("/") in gone]:
        types.remove(entry)
    kept = {name: data for name, data in parts.items() if name not in gone}
    return kept | {_PACKAGE: serialize(relations), CONTENT_TYPES: serialize(types)}


def _repaired(data: bytes) -> bytes:
    root = parse(data)
    changed = False
    for table in list(root.iter(f"{W}tbl")):
        if next(table.iter(f"{W}tr"), None) is None:
            table.getparent().remove(table)
            changed = True
    for cell in root.iter(f"{W}tc"):
        if len(cell) == 0 or cell[-1].tag != f"{W}p":
            cell.append(cell.makeelement(f"{W}p", {}))
            changed = True
    return serialize(root) if changed else data
