"""Every folder of tests/cases: make the bad input, check it, compare the findings."""

import re
from datetime import datetime
from pathlib import Path

import pytest

from docpipe.diagnostics import LANGUAGES, Diagnostic
from docpipe.reports.findings import line
from docpipe.rules.check import check
from tests import casebook

LEFTOVER = re.compile(r"\{[a-z_]+\}")


@pytest.mark.parametrize("folder", casebook.cases(), ids=lambda folder: folder.name)
def test_case(folder: Path, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    case = casebook.Case(folder)
    workspace = case.build(tmp_path)
    found = check(workspace, [case.order], case.now).diagnostics
    _speaks_both_languages(found)
    assert casebook.told(found) & casebook.internal_values(workspace, case.order) == set()
    said = casebook.lines(found, case.order)
    if request.config.getoption("--accept") and not case.right:
        (folder / "expected.txt").write_text(said, "utf-8", newline="\n")
    assert said == case.expected, f"{case.root.text('says')} (accept with: pytest --accept)"
    assert bool(said) != case.right, "a case is found fault with, or says that it is right"


def _speaks_both_languages(found: list[Diagnostic]) -> None:
    for language in LANGUAGES:
        for diagnostic in found:
            text = diagnostic.message(language) + diagnostic.hint(language)
            assert not LEFTOVER.search(text), text
            assert "\n" not in line(diagnostic, language)


@pytest.mark.parametrize("number", casebook.SAMPLES)
def test_an_unchanged_sample_gives_no_finding(number: str, tmp_path: Path) -> None:
    order = casebook.order_folder(number)
    casebook.lay_out(tmp_path, order)
    workspace = casebook.opened(tmp_path)
    checked = check(workspace, [order], datetime.fromisoformat(casebook.SAMPLES[number]))
    assert casebook.lines(checked.diagnostics, order) == ""
