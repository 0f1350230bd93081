"""What hook and verify once told differently; at random: tests/soak/test_agreement.py."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from docpipe.adapters.git import Objects, open_repository
from docpipe.steps.receive import receive
from docpipe.trust.invariants import records
from docpipe.trust.judging.approvals import own_work
from docpipe.trust.reprinter import Reprinter
from tests import tampering
from tests.adapters.git.kit import git, repository
from tests.tampering.kit import CONTRACT, edited, swapped


def test_engines_do_not_go_back_though_the_last_document_is_long_ago(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = tampering.shop_with_records(tmp_path)
    steps = tampering.history(shop)
    at = next(i for i, step in enumerate(steps) if f"{CONTRACT}/r1.yaml" in step.files)
    names = git(shop, "rev-list", "--reverse", "records").split()
    steps[at:] = edited(
        [replace(steps[at])], f"{CONTRACT}/r1.yaml",
        lambda old: swapped(old, 'docxtpl: "[^"]+', 'docxtpl: "0.1'),
    )  # fmt: skip
    tampering.rewritten(shop, steps)
    new = git(shop, "rev-parse", "records")
    git(shop, "push", "--quiet", "origin", "records:refs/heads/other")
    bare = tmp_path / "shared.git"
    git(bare, "update-ref", "refs/heads/records", names[at - 1])
    monkeypatch.setattr(records, "_LATEST", 1)  # the one before it is an approval
    line = f"{names[at - 1]} {new} refs/heads/records\n".encode()
    assert "engine-back" in {each.name for each in receive(bare, line, {}, datetime.now(UTC))}


def _saved(shop: Path, name: str, *words: str, **files: str) -> None:
    for path, text in files.items():
        file = shop / "orders/2026/03" / path / "order.yaml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    git(shop, "add", "--all")
    git(shop, "-c", f"user.name={name}", "-c", f"user.email={name}", "commit", "--quiet", *words,
        "-m", "x")  # fmt: skip


@pytest.mark.parametrize(("end", "whose"), [("b", "here"), ("c", "joiner")])
def test_whoever_may_have_changed_an_order_is_known(end: str, whose: str, tmp_path: Path) -> None:
    """Where very many records are verified, that is read once: nobody is left out.

    Neither who changed it by a merge, nor who did what somebody else did too.
    """
    repo = repository(tmp_path / "r")
    _saved(repo, "begin", X="a", Y="a")
    git(repo, "switch", "--quiet", "--create", "work")
    _saved(repo, "there", X="b")
    git(repo, "switch", "--quiet", "main")
    _saved(repo, "here", X="b", Y="b")
    git(repo, "merge", "--quiet", "--no-commit", "--strategy=ours", "work")
    _saved(repo, "joiner", X=end, Y="a")
    tip, opened = git(repo, "rev-parse", "main"), open_repository(repo)
    assert own_work(opened, tip, whose, ["orders/2026/03/X"], "")
    with Objects(opened) as reader:
        reprinter = Reprinter(opened, reader)
        reprinter.know_authors(tip)
        assert reprinter.ever_changed(whose, "orders/2026/03/X")
        assert not reprinter.ever_changed("nobody", "orders/2026/03/X")
