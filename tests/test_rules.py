"""The rules as a body: each has its words, its manual page, its case, its stage."""

import ast
import inspect
import re
import string
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from docpipe.diagnostics import LANGUAGES, Problem, Severity, Text
from docpipe.rules import ESTATE_MODULES, ORDER_MODULES, Case, estate_rules, order_rules
from docpipe.rules.check import check_order
from docpipe.rules.engine import OrderRule, judge_order
from docpipe.steps.explain import page, problems
from docpipe.workspace.audience_view import View
from docpipe.workspace.stage import stages
from docpipe.workspace.workspace import Workspace
from tests import casebook

RULES: list[Problem] = [rule.problem for rule in (*estate_rules(), *order_rules())]
PREFIXES = {
    "MAS", "CAT", "ORD", "PAP", "DAT", "INQ", "QUO", "CON", "AMD", "LCR", "REC", "REV", "PUR",
    "PRO", "QUA", "STK", "LOG", "INS", "CUS", "PCK", "SHP", "FBK", "SUR", "SUP", "WVR",
}  # fmt: skip
NOW = datetime.fromisoformat(casebook.DEFAULT_NOW)
SORTS = {"order_rule": ORDER_MODULES, "estate_rule": ESTATE_MODULES}


@pytest.mark.parametrize("sort", SORTS)
def test_every_file_with_rules_of_a_sort_is_imported_for_it(sort: str) -> None:
    folder = casebook.ROOT / "src/docpipe/rules"
    having = {
        path.stem
        for path in folder.glob("*.py")
        if re.search(rf"^@{sort}\(", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert having == set(SORTS[sort])


def _named(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def _expected() -> Iterator[tuple[str, str]]:
    """Case and code of every finding that a case expects."""
    for folder in casebook.cases():
        for line in casebook.Case(folder).expected.splitlines():
            match = re.match(r"\S.*?:\d+:\d+ ([A-Z]{3,4}\d\d)", line)
            assert match, f"{folder.name}: {line}"
            yield folder.name, match[1]


@pytest.fixture(scope="module")
def codes_in_cases() -> Counter[str]:
    return Counter(code for _, code in _expected())


def _workspace(number: str, target: Path) -> tuple[Workspace, str]:
    order = casebook.order_folder(number)
    casebook.lay_out(target, order)
    return casebook.opened(target), order


@pytest.mark.parametrize("problem", RULES, ids=lambda problem: problem.code)
def test_a_rule_says_the_same_in_both_languages(problem: Problem) -> None:
    for text in (problem.message, problem.hint, problem.manual):
        assert text.en.strip() and text.zh.strip()
        assert re.search(r"[\u4e00-\u9fff]", text.zh), text.zh
    assert _named(problem.message.en) == _named(problem.message.zh)
    assert _named(problem.hint.en) == _named(problem.hint.zh)
    assert not problem.message.en.endswith(".") and not problem.message.zh.endswith("。")


JUDGED = [each for each in problems().values() if each.code.isupper()]
"""What a check finds; invariants are held by tests/test_invariants.py."""


@pytest.mark.parametrize("problem", JUDGED, ids=lambda problem: problem.code)
def test_a_rule_has_a_failing_case(problem: Problem, codes_in_cases: Counter[str]) -> None:
    assert codes_in_cases[problem.code], f"no case in tests/cases fails {problem.code}"


def test_codes_are_unique_and_begin_with_their_stage() -> None:
    codes = [problem.code for problem in RULES]
    assert [code for code, count in Counter(codes).items() if count > 1] == []
    assert {code[:3] for code in codes} == PREFIXES
    assert all(re.fullmatch(r"[A-Z]{3}\d\d", code) for code in codes)


def test_cases_expect_only_codes_that_exist() -> None:
    known = set(problems())
    assert [pair for pair in _expected() if pair[1] not in known] == []


@pytest.mark.parametrize("rule", order_rules(), ids=lambda rule: rule.problem.code)
def test_a_rule_needs_and_guards_what_exists(rule: OrderRule, schemas: Workspace) -> None:
    kinds = set(schemas.schemas.kinds)
    assert kinds >= {*rule.needs, *rule.reads}
    assert rule.gate in {"", *stages(schemas.schemas)}
    if rule.gate or rule.structural:
        assert rule.problem.severity == Severity.ERROR
        assert not rule.waivable


@pytest.fixture(scope="module")
def schemas() -> Workspace:
    return Workspace(casebook.ROOT)


REGISTER = Path(__file__).parent / "rules.txt"


def _register() -> Iterator[str]:
    """A line for each rule: code and severity, and what makes it run."""
    for rule in estate_rules():
        yield f"{rule.problem.code} {rule.problem.severity.name.lower()} workspace"
    for rule in order_rules():
        marks = [name for name in ("structural", "whole") if getattr(rule, name)]
        marks += [f"gate={rule.gate}"] if rule.gate else []
        marks += [f"needs={','.join(rule.needs)}"]
        marks += [f"reads={','.join(rule.reads)}"] if rule.reads else []
        yield " ".join([rule.problem.code, rule.problem.severity.name.lower(), *marks])


def test_the_rules_are_as_accepted(request: pytest.FixtureRequest) -> None:
    """What stops a document, and what waits for what, changes on purpose only."""
    found = "".join(f"{line}\n" for line in _register())
    if request.config.getoption("--accept"):
        REGISTER.write_text(found, "utf-8", newline="\n")
    assert found == REGISTER.read_text("utf-8")


OPENED = dict.fromkeys(("incoterm", "lines", "product", "unit"), "order") | {"contract": "contract"}
"""Parts of a case that open a file without asking whether it is there."""


def _opened(function: Callable[..., object]) -> set[str]:
    """The kinds of files that a rule opens so, by itself or through its helpers."""
    kinds, ahead, seen = set(), [function], set()
    while ahead:
        seen.add(judge := ahead.pop())
        for node in ast.walk(ast.parse(inspect.getsource(judge))):
            if isinstance(node, ast.Name):
                helper = vars(inspect.getmodule(judge)).get(node.id)
                ours = inspect.isfunction(helper) and helper.__module__.startswith("docpipe.rules")
                ahead += [helper] if ours and helper not in seen else []
            called = getattr(getattr(node, "func", None), "attr", "")
            if isinstance(node, ast.Attribute) and getattr(node.value, "id", "") == "case":
                kinds |= {OPENED[node.attr]} if node.attr in OPENED else set()
            elif called == "file" and getattr(node.func.value, "id", "") == "case":
                kinds.add(node.args[0].value)
    return kinds


@pytest.mark.parametrize("rule", order_rules(), ids=lambda rule: rule.problem.code)
def test_a_rule_opens_only_what_it_needs(rule: OrderRule) -> None:
    assert _opened(rule.judge) <= {*rule.needs}


def test_every_rule_runs_on_a_sample_and_is_content(tmp_path: Path) -> None:
    run: set[str] = set()
    for number, now in casebook.SAMPLES.items():
        workspace, order = _workspace(number, tmp_path / number)
        case = Case(View(workspace, workspace.order(order)), datetime.fromisoformat(now))
        for rule in order_rules():
            if all(case.has(kind) for kind in rule.needs):
                run.add(rule.problem.code)
                assert list(rule.judge(case)) == [], rule.problem.code
    idle = {rule.problem.code for rule in order_rules() if rule.needs != ("waivers",)} - run
    assert {code for code in idle if not code.startswith("WVR")} == set()


def test_gates_judge_an_order_that_is_about_to_enter(tmp_path: Path) -> None:
    workspace, folder = _workspace("ZF-2026-0002", tmp_path)
    home = tmp_path / folder
    kept = ("order.yaml", "quotation.yaml", "costing.yaml", "contract.yaml")
    for path in [path for path in home.rglob("*") if path.is_file() and path.name not in kept]:
        path.unlink()
    view = View(workspace, workspace.order(folder))
    assert _codes(Case(view, NOW)) == set()
    assert {"REV05", "REV12"} <= _codes(Case(view, NOW, entering="production"))


def _codes(case: Case) -> set[str]:
    return {rule.problem.code for rule, _ in judge_order(order_rules(), case)}


def test_what_cannot_be_read_is_not_missing(tmp_path: Path) -> None:
    workspace, folder = _workspace("ZF-2026-0002", tmp_path)
    for path in (tmp_path / folder).rglob("*.yaml"):
        if path.name != "order.yaml":
            path.write_text("{", "utf-8")
    found = check_order(workspace, folder, NOW).diagnostics
    assert {diagnostic.code for diagnostic in found} == {"YAML03"}


def test_the_tests_of_rules_can_fail() -> None:
    half = Problem("ZZZ99", Severity.NOTE, Text("{sum}", "{total}"), Text("", ""), Text("x", ""))
    with pytest.raises(AssertionError):
        test_a_rule_says_the_same_in_both_languages(half)
    with pytest.raises(AssertionError):
        test_a_rule_has_a_failing_case(half, Counter())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_can_be_explained(language: str) -> None:
    pages = [page(code, language) for code in problems()]
    assert all(len(text) > 40 for text in pages)
