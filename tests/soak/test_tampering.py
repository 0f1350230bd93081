"""200 random tamperings with what is on record, by plain git: `verify` names each."""

import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import tampering
from tests.tampering import Tampering

COUNT = 200
SHARE = 20  # in a test, so that several run at once

pytestmark = pytest.mark.soak


def _chosen() -> list[tuple[Tampering, int]]:
    """Each kind as often as the others, each time by another chance."""
    kinds = tampering.ALONE + tampering.SHARED
    return [(kinds[number % len(kinds)], number) for number in range(COUNT)]


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
