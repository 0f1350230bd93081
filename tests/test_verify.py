"""Verify: what was issued is what is on record, and whatever was done to it is named."""

import random
from pathlib import Path

import pytest

from tests import tampering
from tests.tampering import Tampering

FEW: tuple[Tampering, ...] = (
    tampering.flip_a_byte_of_a_document, tampering.change_a_document_and_its_record,
    tampering.edit_a_record, tampering.reuse_a_number, tampering.leave_a_whole_commit_out,
    tampering.leave_a_number_out, tampering.replace_an_object, tampering.change_a_paper,
    tampering.change_an_approved_text_and_its_record, tampering.approve_without_the_role,
    tampering.cut_this_clones_records, tampering.redate_a_commit, tampering.reauthor_a_commit,
    tampering.put_commits_in_another_order, tampering.insert_an_unmarked_commit,
    tampering.change_a_file_afterwards, tampering.alter_an_object_on_the_disk,
    tampering.cut_the_shared_records, tampering.leave_the_withdrawal_out,
    tampering.cut_here_without_a_trace,
)  # fmt: skip
"""All of them: tests/soak/test_tampering.py."""


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(autouse=True)
def _one_cache(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Templates are compiled once for all tests here."""
    monkeypatch.setenv("DOCPIPE_CACHE", str(cache))


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A shop with twelve records, and its shared repository."""
    return tampering.shop_with_records(tmp_path_factory.mktemp("base"))


@pytest.mark.parametrize("how", FEW, ids=lambda how: how.__name__)
def test_what_was_done_is_named(how: Tampering, base: Path, tmp_path: Path) -> None:
    tampering.demand_named(base, tmp_path / "copy", how, random.Random(how.__name__))
