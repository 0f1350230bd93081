"""Tables that no other list is at hand for, as they were looked over: `--accept`, `git diff`."""

import ast
import importlib
import inspect
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path

import pytest

ACCEPTED = Path(__file__).parent / "data" / "tables.txt"
MODULES = ("customs", "incoterms", "units", "words_en")
PLAIN = (Mapping, tuple, frozenset, str, Decimal)


def _tables(of: str) -> Iterator[str]:
    """Each entry of what a module gives a public name to."""
    module = importlib.import_module(f"docpipe.standards.{of}")
    for node in ast.parse(inspect.getsource(module)).body:
        target = node.target if isinstance(node, ast.AnnAssign) else None
        targets = node.targets if isinstance(node, ast.Assign) else [target]
        for name in (each.id for each in targets if isinstance(each, ast.Name)):
            value = getattr(module, name)
            if name.startswith("_") or not isinstance(value, PLAIN):
                continue
            rows = value.items() if isinstance(value, Mapping) else [("", value)]
            for key, entry in rows:
                told = sorted(entry) if isinstance(entry, frozenset) else entry
                yield f"{of}.{name} {key}: {told!r}"


def test_the_tables_are_as_accepted(request: pytest.FixtureRequest) -> None:
    found = "".join(f"{row}\n" for module in MODULES for row in _tables(module))
    if request.config.getoption("--accept"):
        ACCEPTED.write_text(found, "utf-8", newline="\n")
    assert found == ACCEPTED.read_text("utf-8")
