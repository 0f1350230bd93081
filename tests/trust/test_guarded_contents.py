"""What is guarded and what is free, field by field."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from docpipe.adapters.git import CommitSource, Objects
from docpipe.trust.judging.guards import GUARDS, Guarded
from tests.adapters.git.kit import git, opened, repository
from tests.conftest import ROOT, copy_workspace
from tests.tampering.mainline import rewrite

CATALOGUE, COMPANY = "templates/catalogue.yaml", "company.yaml"
CUSTOMER = "schemas/customer.schema.json"


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    shop = repository(copy_workspace(tmp_path_factory.mktemp("base") / "shop"))
    git(shop, "add", "--all")
    git(shop, "commit", "--quiet", "-m", "Begin")
    return shop


def changed(shop: Path) -> list[str]:
    """The files in which something guarded differs between the last commit and the files now."""
    old = git(shop, "rev-parse", "HEAD^{tree}")
    git(shop, "add", "--all")
    new = git(shop, "write-tree")
    git(shop, "reset", "--quiet", "--hard")
    with Objects(opened(shop)) as reader:
        found = Guarded().changed(CommitSource(reader, old), CommitSource(reader, new))
    return list(dict.fromkeys(guard.path for guard in found))


def schema(shop: Path, path: str, change: Callable[[dict[str, Any]], object]) -> None:
    file = shop / path
    read = json.loads(file.read_text(encoding="utf-8"))
    change(read)
    file.write_text(json.dumps(read, ensure_ascii=False), encoding="utf-8")


@pytest.mark.parametrize(
    ("path", "find", "put", "guarded"),
    [
        (CATALOGUE, "    stage: order\n", "    stage: archive\n", True),
        (CATALOGUE, "    when: [inquiry.replies]\n", "", True),
        (CATALOGUE, "    when: [outcome.result]", "    when: [outcome.nothing]", True),
        (CATALOGUE, "approvals: [{role: manager}]", "approvals: [{role: legal}]", True),
        (CATALOGUE, "  - id: order-sheet", "  - id: order-paper", True),
        (CATALOGUE, "    date: market.date\n", "", False),
        (CATALOGUE, "zh: 订单表", "zh: 订单", True),
        (CATALOGUE, "zh: 低于目标利润率的价格", "zh: 低价", False),
        (CATALOGUE, "of: [contract.payment]", "of: [contract.claims]", True),
        (CATALOGUE, "- id: payment-terms", "- id: payment", True),
        (CATALOGUE, "{role: legal}", "{ role: legal }", False),
        (COMPANY, "deposit", "deposit", False),
        (COMPANY, "language: zh", "language: en", False),
        (COMPANY, "retention_years: 10", "retention_years: 9", False),
        (COMPANY, "swift: SMPLCNBN", "swift: SMPLCNB0", True),
        (COMPANY, "currencies: [USD,", "currencies: [GBP, USD,", True),
        (COMPANY, "target_margin: 0.10", "target_margin: 0.1", True),
        (COMPANY, "language: zh", "language: zh\nreading_reason: none", True),
        (COMPANY, "language: zh", "language: zh\ndocument_number: '{code}-{sequence}'", True),
    ],
)
def test_fields(path: str, find: str, put: str, guarded: bool, base: Path) -> None:
    if find != put:
        rewrite(base, path, find, put)
    assert changed(base) == ([path] if guarded else [])


def test_the_order_of_entries_and_names_does_not_matter(base: Path) -> None:
    text = (base / CATALOGUE).read_text(encoding="utf-8")
    head, first, rest = text.split("  - id: ", 2)
    assert text.count("\nfacts:\n") == 1
    moved = f"{head}  - id: {rest}".replace("\nfacts:\n", f"\n  - id: {first}facts:\n", 1)
    (base / CATALOGUE).write_text(moved, encoding="utf-8")
    assert changed(base) == []


@pytest.mark.parametrize(
    ("change", "guarded"),
    [
        (lambda s: s.update(title="Buyer · 买方"), False),
        (lambda s: s["properties"].update(hobby={"type": "string"}), False),
        (lambda s: s["properties"].update(hobby={"examples": [{"x-audience": ["a"]}]}), False),
        (lambda s: s["properties"].update(examples={"x-audience": ["internal"]}), True),
        (lambda s: s["properties"].update(hobby={"x-audience": ["internal"]}), True),
        (lambda s: s.pop("x-audience"), True),
        (lambda s: s["x-file"].update(names={}), True),
    ],
)
def test_schemas(change: Callable[[dict[str, Any]], object], guarded: bool, base: Path) -> None:
    schema(base, CUSTOMER, change)
    assert changed(base) == (["schemas"] if guarded else [])


def test_references_that_lead_to_an_audience_are_guarded(base: Path) -> None:
    schema(base, "schemas/common.schema.json", lambda s: s["$defs"].update(
        secret={"x-audience": ["internal"]}, way={"$ref": "#/$defs/secret"}))  # fmt: skip
    schema(base, CUSTOMER, lambda s: s["properties"].update(
        hidden={"$ref": "common.schema.json#/$defs/way"}))  # fmt: skip
    git(base, "commit", "--quiet", "--all", "-m", "x")
    try:
        schema(base, CUSTOMER, lambda s: s["properties"]["hidden"].update(
            {"$ref": "common.schema.json#/$defs/text"}))  # fmt: skip
        assert changed(base) == ["schemas"]
        schema(base, CUSTOMER, lambda s: s["properties"].update(
            open={"$ref": "common.schema.json#/$defs/text"}))  # fmt: skip
        assert changed(base) == []
    finally:
        git(base, "reset", "--quiet", "--hard", "HEAD^")


@pytest.mark.parametrize("text", ["{", "[" * 5_000, "[]", '{"$ref": "#"}'])
def test_schemas_that_cannot_be_read_count_as_changed(text: str, base: Path) -> None:
    (base / CUSTOMER).write_text(text, encoding="utf-8")
    assert changed(base) == ["schemas"]
    (base / "schemas/notes.txt").write_text("x")
    assert changed(base) == []


def test_every_guard_reads_well(base: Path) -> None:
    for guard in GUARDS:
        assert all(guard.what), guard
        assert (ROOT / guard.path).exists()
