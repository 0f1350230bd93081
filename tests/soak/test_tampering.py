"""200 random tamperings with what is on record, by plain git: `verify` names each."""

import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import tampering
from tests.tampering import Tampering

COUNT, SIGNED = 200, 20
SHARE = 20  # in a test, so that several run at once

pytestmark = pytest.mark.soak


def _chosen() -> list[tuple[Tampering, int]]:
    """Each kind as often as the others, each time by another chance."""
    kinds = tampering.ALONE + tampering.SHARED
    return [(kinds[number % len(kinds)], number) for number in range(COUNT)]


def test_signatures_tell_of_what_nothing_else_can(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOCPIPE_CACHE", str(tmp_path / "cache"))
    shop = tampering.shop_with_signed_records(tmp_path / "base")
    found, told = tampering.looked_at(shop)
    assert (found.signed, found.violations) == (True, ()), told
    for number in range(SIGNED):
        how = tampering.SIGNED[number % len(tampering.SIGNED)]
        tampering.demand_named(shop, tmp_path / str(number), how, random.Random(number))
        shutil.rmtree(tmp_path / str(number))


@pytest.fixture
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("DOCPIPE_CACHE", str(tmp_path / "cache"))
    shop = tampering.shop_with_records(tmp_path / "base")
    yield shop
    shutil.rmtree(shop.parent)


@pytest.mark.parametrize("first", range(0, COUNT, SHARE))
def test_every_tampering_is_named(first: int, base: Path, tmp_path: Path) -> None:
    for how, number in _chosen()[first : first + SHARE]:
        copy = tmp_path / str(number)
        tampering.demand_named(base, copy, how, random.Random(number))
        shutil.rmtree(copy)
