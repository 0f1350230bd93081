"""Regular expressions of a workspace: the same verdicts everywhere, and none takes for ever."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docpipe.adapters.schemas import SchemaStore, validate
from docpipe.adapters.schemas.patterns import (
    PatternError,
    TooDearError,
    _parts,
    _quick,
    bounded,
    demand_usable,
    fits,
)
from docpipe.adapters.yamlfile import load
from docpipe.diagnostics import DocpipeError
from tests.conftest import ROOT, Run
from tests.support import soon

FILE = {"path": "f.yaml", "stage": "order", "scope": "order"}
ENDLESS = "a" * 60 + "!"


def _shipped(part: Any) -> Iterator[tuple[str, list[str]]]:
    if isinstance(part, dict):
        if isinstance(part.get("pattern"), str):
            yield part["pattern"], [*map(str, part.get("examples", []))]
        yield from ((form, []) for form in part.get("x-file", {}).get("names", {}).values())
    for each in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        yield from _shipped(each)


SHIPPED = sorted(
    {
        (pattern, *examples)
        for path in (ROOT / "schemas").glob("*.json")
        for pattern, examples in _shipped(json.loads(path.read_text(encoding="utf-8")))
    }
)
HOSTILE = [
    "",
    "a\n",
    "\n",
    "１２",
    "2026-02-30",
    "中文",
    "a" * 400,
    "\v",
    "-",
    "a-b",
    "{code}",
    "٣",
]


def _found_by_re2(pattern: str, text: str) -> bool:
    return all(part.found(text.encode()) for part in _parts(pattern))


@pytest.mark.parametrize("shipped", SHIPPED, ids=lambda shipped: shipped[0][:40])
def test_shipped_patterns_mean_what_they_meant(shipped: tuple[str, ...]) -> None:
    pattern, *examples = shipped
    before = re.compile(pattern.replace("$(?!\\n)", r"\Z"), re.ASCII)
    for text in (*examples, *(f"{each}\n" for each in examples), *HOSTILE):
        assert fits(pattern, text) == _found_by_re2(pattern, text) == bool(before.search(text))


PIECES = st.sampled_from(
    ["a", "b", "-", "[a-c]", "[^a]", r"\d", r"\w", r"[\s\d]", r"\.", ".", "(a|b)", "(ab)?",
     "(a|-b)", "(-[a-z]+)*", "a*", "[ab]+", "b{1,3}", "c{2}", r"\s", "x?", "^", "$",
     r"\b", "[]a]", "中", r"[^\s]", r"\-"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=6).map("".join), st.text("ab-cx1 .\n\v中１", max_size=20))
def test_both_engines_judge_alike(pattern: str, text: str) -> None:
    quick = _quick(pattern)
    if quick is not None:
        assert (quick.search(text) is not None) == _found_by_re2(pattern, text)


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("(a+)+$", ENDLESS, False),
        ("(x+x+)+y", "x" * 5000, False),
        ("^(([a-z])+.)+[A-Z]([a-z])+$", "a" * 5000, False),
        ("a?" * 40 + "a" * 40, "a" * 39, False),
        ("(a|aa)(a|aa)(a|aa)(a|aa)(a|aa)(a|aa)(a|aa)(a|aa)(a|aa)(a|aa)(a|aa)b", "a" * 60, False),
        (".*.*.*.*.*=", "x" * 20_000, False),
        ("^(?=.*[0-9])(?!.*x)[a-z0-9]+$", "a1", True),
        ("^(?=.*[0-9])(?!.*x)[a-z0-9]+$", "a1x", False),
        ("^(?=.*[0-9])(?!.*x)[a-z0-9]+$", "a", False),
        (r"^[\u4e00-\u9fff]+$", "中" * 70, True),
        ("^a+$", "a" * 70 + "\n", False),
        (r"^(\s)+$", "\v" * 70, True),
        (r"^(\d)+$", "１" * 70, False),
        ("^(a)+$", "\ud800", False),
    ],
)
def test_no_pattern_takes_for_ever(pattern: str, text: str, found: bool) -> None:
    with soon(5):
        assert fits(pattern, text) is found


@pytest.mark.parametrize(
    "pattern",
    [r"(a)\1", "a(?=b)(c+)+", "(", "[a", "(a+){2000}", "(?<=a)b", "*a", "a" * 3000, "^(?=a)b|c",
     "^(?=a)*b", "^(?=a", "((a{1,99}){1,99}){1,99}", r"\p{Nonsense}"],
)  # fmt: skip
def test_what_cannot_be_judged_is_refused_in_both_languages(pattern: str) -> None:
    with pytest.raises(PatternError) as refused:
        demand_usable(pattern)
    assert "cannot be used" in refused.value.say("en")
    assert "无法使用" in refused.value.say("zh")
    with pytest.raises(PatternError):
        fits(pattern, "a" * 100)


def test_a_text_that_draws_a_pattern_out_is_given_up() -> None:
    pattern = "(a|b)*a(a|b){900}$"
    with soon(60), pytest.raises(TooDearError), bounded():
        for _ in range(100):
            fits(pattern, "ab" * 5_000)


def _store(**schema: Any) -> SchemaStore:
    return SchemaStore({"f.schema.json": json.dumps({"x-file": FILE, **schema}).encode()})


def _codes(store: SchemaStore, text: str) -> list[str]:
    root = load(text.encode(), "f.yaml").root
    assert root is not None
    return [each.code for each in validate(root, store.schema("f"))]


def test_a_file_that_takes_too_long_is_a_finding() -> None:
    store = _store(type="array", items={"pattern": "(a|b)*a(a|b){900}$"})
    text = "".join(f"- {'ab' * 5_000}\n" for _ in range(50))
    with soon(60):
        assert _codes(store, text) == ["SCH10"]


def test_names_of_fields_are_judged_by_the_same_engine() -> None:
    store = _store(
        properties={"b": {"type": "string"}},
        patternProperties={"(a+)+$": {"type": "integer"}},
        additionalProperties=False,
    )
    with soon(5):
        assert _codes(store, f"{'a' * 40}: 1\nb: x\n") == []
        assert _codes(store, f"{'a' * 40}: x\n") == ["SCH03"]
        assert _codes(store, f"{ENDLESS}: 1\n") == ["SCH02"]


@pytest.mark.parametrize(
    "schema",
    [
        {"properties": {"a": {"pattern": "(a)\\1"}}},
        {"items": {"anyOf": [{"pattern": "["}]}},
        {"patternProperties": {"(?<=a)b": {}}},
        {"$dynamicRef": "https://example.com/schema.json"},
        {"unevaluatedProperties": False},
    ],
)
def test_a_schema_that_cannot_be_judged_is_named(schema: Any) -> None:
    with pytest.raises(DocpipeError, match=r"f\.schema\.json cannot be used"):
        _store(**schema).schema("f")


def test_a_field_may_be_called_pattern() -> None:
    _store(properties={"pattern": {"type": "string"}}, examples=[{"pattern": "("}]).schema("f")


def test_the_name_of_a_file_takes_no_schema_for_ever() -> None:
    file = {**FILE, "path": "{name}.yaml", "names": {"name": "(a+)+$"}}
    store = _store(**{"x-file": file})
    with soon(5):
        assert store.match(f"{ENDLESS}.yaml", "order") is None
    with pytest.raises(DocpipeError, match=r"f\.schema\.json cannot be used"):
        _store(**{"x-file": {**file, "names": {"name": "(a)\\1"}}})


def test_what_few_ways_fit_loads_no_engine() -> None:
    code = "import sys; from docpipe.adapters.schemas.patterns import fits; "
    code += r"fits(r'^ZF-\d{4}-\d{4}$', 'ZF-2026-0002'); fits('^final-', 'final-1'); "
    subprocess.run([sys.executable, "-c", code + "sys.exit('re2' in sys.modules)"], check=True)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("company.yaml", r"'^ZF-\d{4}-\d{4}$'", r"'^(([ZF0-9-])+)+x$'"),
        ("templates/catalogue.yaml", '"^preshipment-"', '"(([a-z0-9-])+)+!$"'),
        ("schemas/order.schema.json", '"title": "', '"pattern": "^(([^~]+)+)+~$", "title": "'),
    ],
)
def test_no_command_waits_for_a_pattern(
    shop: Path, inside: Run, file: str, old: str, new: str
) -> None:
    path = shop / file
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with soon(60):
        inside("check", "ZF-2026-0002", cwd=shop)
        inside("render", "ZF-2026-0002", "--out", "out", cwd=shop)
        inside("new", f"ZF-2026-{1:030}", "--customer", "NONE", cwd=shop)
