"""Names and facts are worked out when asked for, and are all there from the start."""

from collections.abc import Iterator
from typing import Any

import pytest

from docpipe.adapters.yamlfile import load
from docpipe.documents.printer import documents
from docpipe.workspace.audience_view import View
from docpipe.workspace.context import context
from docpipe.workspace.lazy import LazyDict
from docpipe.workspace.template_facts import Absent, Choice, TemplateFacts, facts
from docpipe.workspace.workspace import Workspace
from tests.conftest import ROOT


@pytest.fixture
def made() -> list[str]:
    return []


@pytest.fixture
def names(made: list[str]) -> Iterator[LazyDict]:
    def make(name: str) -> str:
        made.append(name)
        return name.upper()

    yield LazyDict({name: lambda name=name: make(name) for name in ("a", "b", "c")})  # type: ignore[misc]


def test_only_what_is_asked_for_is_worked_out_and_once(names: LazyDict, made: list[str]) -> None:
    assert (names["b"], names["b"], names.get("b")) == ("B", "B", "B")
    assert made == ["b"]
    assert (list(names), list(names.keys()), len(names)) == (["a", "b", "c"], ["a", "b", "c"], 3)
    assert ("a" in names, "x" in names, names.get("x", 1)) == (True, False, 1)
    assert made == ["b"]
    with pytest.raises(KeyError):
        names["x"]


def test_a_copy_has_every_name(names: LazyDict) -> None:
    every = {"a": "A", "b": "B", "c": "C"}
    assert {**names} == dict(names) == dict(names.items()) == every
    assert list(names.values()) == ["A", "B", "C"]
    merged: dict[str, Any] = {}
    merged.update(names)
    assert merged == every


def _facts(text: str) -> TemplateFacts:
    schema = {
        "properties": {
            "currency": {"enum": ["USD"], "x-labels": {"USD": {"en": "Dollar", "zh": "美元"}}},
            "bank": {"properties": {"name": {"type": "string"}}},
            "lines": {
                "items": {"properties": {"id": {"type": "integer"}, "price": {"type": "number"}}}
            },
        }
    }
    found = facts(load(text.encode(), "f.yaml").root, schema, "f")
    assert isinstance(found, TemplateFacts)
    return found


def test_a_fact_is_made_once_and_is_an_attribute_from_then_on() -> None:
    given = _facts("currency: USD\nlines: [{id: 1}]\nmore: 7\n")
    assert vars(given) == {}
    assert isinstance(given.currency, Choice)
    assert given.currency.zh == "美元"
    assert vars(given) == {"currency": "USD"}
    assert given.lines is given.lines
    assert given.lines[0].id == 1
    assert given["more"] == given.more == 7


def test_absent_facts_are_absent_and_unknown_ones_unknown() -> None:
    given = _facts("lines: [{id: 1}]\n")
    assert isinstance(given.bank, Absent)
    assert isinstance(given.bank.name, Absent)
    assert isinstance(given.lines[0].price, Absent)
    with pytest.raises(AttributeError):
        _ = given.nonsense
    with pytest.raises(KeyError):
        given["nonsense"]


def test_facts_list_and_count_every_name_before_any_is_made() -> None:
    given = _facts("more: 7\ncurrency: USD\n")
    assert (list(given), len(given)) == (["currency", "bank", "lines", "more"], 4)
    assert given
    assert _facts("{}")


def test_every_name_of_every_document_can_be_asked_for_alone() -> None:
    workspace = Workspace(ROOT)
    for folder in workspace.order_folders[:3]:
        order = workspace.order(folder)
        for document in documents(workspace, order, workspace.documents.values()):
            audience = document.kind.audience
            whole = context(View(workspace, order, audience), document.edition)
            assert {*whole} == {*dict(whole)}
            for name in whole:
                alone = context(View(workspace, order, audience), document.edition)
                assert type(alone[name]) is type(whole[name]), name
