"""Invariants: each with words and a page in both languages, in docs/trust.md, and with a test."""

import re
from functools import cache
from pathlib import Path

import pytest

from docpipe.trust.invariants.engine import Invariant
from docpipe.trust.invariants.registry import all_invariants
from tests.conftest import ROOT

ALL = all_invariants()
TRUST = (ROOT / "docs/trust.md").read_text(encoding="utf-8")
ROWS = [line for line in TRUST.splitlines() if line.startswith("| ") and line.count(" | ") == 3]


def _named(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))


@pytest.mark.parametrize("it", ALL, ids=lambda it: it.code)
def test_it_says_the_same_in_both_languages(it: Invariant[object]) -> None:
    for text in (it.words.message, it.words.hint, it.words.mend, it.page):
        assert text.en.strip() and text.zh.strip()
        assert _named(text.en) == _named(text.zh)
    assert re.search(r"[\u4e00-\u9fff]", it.page.zh)
    assert not it.words.message.en.endswith(".")


@pytest.mark.parametrize("it", ALL, ids=lambda it: it.code)
def test_the_page_on_trust_says_what_it_proves(it: Invariant[object]) -> None:
    assert any(f"`{it.code}`" in row for row in ROWS), it.code


def test_the_page_on_trust_names_no_other_codes() -> None:
    codes = {code for row in ROWS for code in re.findall(r"`([a-z]+(?:-[a-z]+)*)`", _second(row))}
    assert codes <= {it.code for it in ALL}


def _second(row: str) -> str:
    return row.split(" | ")[1]


@cache
def _tests() -> str:
    files = (ROOT / "tests").rglob("*.py")
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


def test_the_tests_named_on_the_page_are_there() -> None:
    named = [name for row in ROWS for name in re.findall(r"`([^`]+)`", row.split(" | ")[3])]
    assert len(named) > 20
    for name in named:
        there = (ROOT / name).exists() if "/" in name else f"def {name}(" in _tests()
        assert there, name


def test_a_code_is_written_once() -> None:
    """Whatever asks for a code finds one function: no second place judges the same."""
    source = [path.read_text("utf-8") for path in Path(ROOT / "src").rglob("*.py")]
    for it in ALL:
        places = sum(len(re.findall(rf'invariant\(\s*"{it.code}"', text)) for text in source)
        assert places <= 1, it.code
