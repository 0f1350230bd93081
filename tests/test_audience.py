"""Nothing internal leaves the house: canaries in every field that somebody may not see."""

import json
import re
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from docpipe.adapters.schemas import fields, floors
from docpipe.adapters.word import package
from docpipe.documents.printer import Printer, documents
from docpipe.rules.check import check
from docpipe.workspace.audience_view import View
from docpipe.workspace.workspace import Workspace
from tests.support import all_text, data_files, yaml_of

NOW = datetime(2026, 6, 30, 9, tzinfo=UTC)
WORD = "CANARY"
NUMBER = Decimal("61.803")
WHOLE = 61803
DATE = "2031-01-17"
TRACES = re.compile(r"CANARY|61\.80|61,?803|2031-01-17")


class Planter:
    """Puts a canary into every hidden field, those that the samples leave out included."""

    def __init__(self, audience: str, *, wrong: bool) -> None:
        """`audience` is who must not see the canaries; "anybody": those for the house only."""
        self.audience = audience
        self.wrong = wrong
        self.planted: list[str] = []

    def _hides(self, schema: fields.Field) -> bool:
        allowed = fields.audience(schema)
        return (
            allowed == fields.INTERNAL
            if self.audience == "anybody"
            else self.audience not in allowed
        )

    def plant(self, value: Any, schema: fields.Field, where: str, hidden: bool = False) -> Any:
        hidden = hidden or self._hides(schema)
        if isinstance(value, dict):
            return self._mapping(value, schema, where, hidden)
        if isinstance(value, list):
            item = fields.child(schema, 0)
            return [self.plant(each, item, where + "[]", hidden) for each in value]
        return self._scalar(value, schema, where) if hidden else value

    def _mapping(
        self, value: dict[str, Any], schema: fields.Field, where: str, hidden: bool
    ) -> Any:
        planted = dict(value)
        for name, entry in schema.get("properties", {}).items():
            away = hidden or self._hides(entry)
            if name not in planted and away and entry.get("examples"):
                planted[name] = entry["examples"][0]
            if name in planted:
                planted[name] = self.plant(planted[name], entry, f"{where}.{name}", hidden)
        return planted if Draft202012Validator(schema).is_valid(planted) or self.wrong else value

    def _scalar(self, value: Any, schema: fields.Field, where: str) -> Any:
        choices: tuple[Any, ...] = (WORD, NUMBER, WHOLE, DATE)
        fits = [c for c in choices if Draft202012Validator(schema).is_valid(c) != self.wrong]
        if not fits or ("enum" in schema and not self.wrong):
            return value
        self.planted.append(where)
        return fits[0]


def _plant(shop: Path, audience: str, *, wrong: bool) -> Planter:
    """Plant everywhere except where it would cut an order off from its own files."""
    before, planter = Workspace(shop), Planter(audience, wrong=wrong)
    for file in data_files(before):
        assert file.root is not None, file.diagnostics
        schema = before.schemas.schema(file.kind.name)
        planted = planter.plant(file.root.plain(), schema, file.kind.name)
        (shop / file.path).write_text(yaml_of(planted), encoding="utf-8")
    return planter


@pytest.mark.parametrize("audience", ["customer", "supplier", "forwarder", "broker"])
def test_no_canary_reaches_another_audience(shop: Path, audience: str) -> None:
    planter = _plant(shop, audience, wrong=False)
    assert len(planter.planted) > 50
    workspace = Workspace(shop)
    workspace.documents  # noqa: B018  the catalogue itself survives
    printer, seen = Printer(workspace), 0
    for folder in workspace.order_folders:
        for document in documents(workspace, workspace.order(folder), workspace.documents.values()):
            if document.kind.audience == audience:
                parts = package.read(printer.make(document), document.file)
                leaked = TRACES.findall(document.file + all_text(parts))
                assert leaked == [], document.file
                seen += 1
    assert seen or audience != "customer"


@pytest.mark.parametrize(
    "wrong", [False, True], ids=["canaries that fit", "canaries that do not fit"]
)
def test_no_canary_reaches_a_message(shop: Path, wrong: bool) -> None:
    _plant(shop, "anybody", wrong=wrong)
    workspace = Workspace(shop)
    checked = check(workspace, workspace.order_folders, NOW)
    said = [d.message(lang) + d.hint(lang) for d in checked.diagnostics for lang in ("en", "zh")]
    assert [line for line in said if TRACES.search(line)] == []
    assert said or not wrong


def test_the_canaries_sing_in_the_house(shop: Path) -> None:
    """The same canaries do show up in internal documents: the search can find them."""
    _plant(shop, "customer", wrong=False)
    workspace = Workspace(shop)
    printer = Printer(workspace)
    texts = [
        all_text(package.read(printer.make(document), document.file))
        for folder in workspace.order_folders
        for document in documents(workspace, workspace.order(folder), workspace.documents.values())
        if document.kind.audience == "internal"
    ]
    assert any(TRACES.search(each) for each in texts)


OUTSIDE = ("customer", "supplier", "forwarder", "broker")


def _everybody(part: Any) -> Any:
    """The schema with every reader let in everywhere."""
    if isinstance(part, list):
        return [_everybody(each) for each in part]
    if not isinstance(part, dict):
        return part
    opened = {name: _everybody(each) for name, each in part.items()}
    return {**opened, **({"x-audience": [*OUTSIDE, "internal"]} if "x-audience" in part else {})}


def test_no_schema_shows_outside_what_goods_cost(shop: Path) -> None:
    for path in (shop / "schemas").glob("*.json"):
        schema = _everybody(json.loads(path.read_text("utf-8")))
        path.write_text(json.dumps(schema, ensure_ascii=False), "utf-8")
    workspace = Workspace(shop)
    orders = [workspace.order(folder) for folder in workspace.order_folders]
    house = [View(workspace, order) for order in orders]
    for audience in OUTSIDE:
        views = [View(workspace, order, audience) for order in orders]
        assert any(view.every("review") for view in views), "the schemas let everybody in"
        assert not any(view.every("costing") for view in views)
        assert any(view.every("purchase") for view in views) == (audience == "supplier")
        assert views[0].company.find("policy.target_margin") is None
        assert views[0].company.find("policy.review_opinion") is not None
        assert not any(view.node("feedback.solution.cost") for view in views)
    assert any(view.every("costing") for view in house)
    assert any(view.every("purchase") for view in house)
    assert house[0].company.find("policy.target_margin") is not None


def test_a_schema_without_the_field_does_not_let_it_in() -> None:
    closed: fields.Field = {"properties": {"a": {}}, "additionalProperties": False}
    assert floors.floored("logistics", closed) == closed
    opened = floors.floored("logistics", {"properties": {"a": {}}})
    assert fields.audience(fields.child(opened, "freight_settled")) == fields.INTERNAL
    fewer = floors.floored("purchase", {"x-audience": ["internal", "customer"]})
    assert fields.audience(fewer) == fields.INTERNAL
    assert floors.floored("order", closed) is closed
