"""Every fact is used: each field is printed, judged, computed with, or declared a note.

A field counts as used where a template names it, or the code below the rules and steps does. A
field that is kept for the reader of the file alone says so in its schema: `"x-note": true`.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache

import pytest

from docpipe.adapters.schemas.fields import Field
from docpipe.adapters.word import package
from docpipe.workspace.workspace import Workspace
from tests.conftest import ROOT

KINDS = sorted(Workspace(ROOT).schemas.kinds)
TEXT = {"en", "zh"}  # the two halves of a bilingual text


@cache
def _named() -> frozenset[str]:
    """Every name in a template's tags, and every word of the code's string constants."""
    names: set[str] = set()
    for template in sorted((ROOT / "templates").glob("*.docx")):
        parts = package.read(template.read_bytes(), template.name)
        for part in parts.values():
            for tag in re.findall(rb"\{[{%].*?[%}]\}", part):
                names.update(re.findall(r"\w+", re.sub(rb"<[^>]+>", b"", tag).decode()))
    for clause in sorted((ROOT / "templates" / "clauses").glob("*.yaml")):
        names.update(re.findall(r"\w+", clause.read_text(encoding="utf-8")))
    for path in (ROOT / "src" / "docpipe").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                names.update(re.findall(r"\w+", node.value) if len(node.value) < 80 else ())
    return frozenset(names)


def _fields(schema: Field, where: str = "", note: bool = False) -> Iterator[tuple[str, str]]:
    """Every field that is no note: its dotted path and its name."""
    for name, entry in schema.get("properties", {}).items():
        if note or entry.get("x-note"):
            continue
        path = f"{where}.{name}".lstrip(".")
        if name not in TEXT:
            yield path, name
        yield from _fields(entry, path)
    if isinstance(schema.get("items"), dict):
        yield from _fields(schema["items"], where + "[]")


@pytest.mark.parametrize("kind", KINDS)
def test_every_fact_is_used_or_declared_a_note(kind: str) -> None:
    schema = Workspace(ROOT).schemas.schema(kind)
    assert [path for path, name in _fields(schema) if name not in _named()] == []
