"""Pushes to `main` of files that are everybody's."""

from pathlib import Path

import pytest

from tests.adapters.git.kit import git
from tests.receiving import LIN, ZHOU, accepted, change, committed, refused
from tests.tampering import shared_files
from tests.tampering.mainline import begun, copied, named_by_verify, pushed
from tests.tampering.paths import past_the_hook


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where nobody signs."""
    return begun(tmp_path_factory.mktemp("plain"), signed=False)


@pytest.mark.parametrize("name", shared_files.ATTACKS)
def test_what_would_stop_everybody_stays_out(name: str, plain: Path, tmp_path: Path) -> None:
    """Past the hook verify names it; it keeps no other work out, and a push may mend it."""
    deed, words = shared_files.ATTACKS[name]
    shop = copied(plain, tmp_path / "x")
    before = git(shop, "rev-parse", "HEAD")
    deed(shop)
    refused(pushed(shop), words)
    past_the_hook(shop)
    assert named_by_verify(shop) == (["shared-errors"] if name in shared_files.STOPS else [])
    other = next(path for path in git(shop, "ls-files", "products").splitlines())
    change(shop, other, lambda old: old + "# x\n", LIN)
    accepted(pushed(shop))
    git(shop, "read-tree", "-u", "--reset", before)
    committed(shop, ZHOU)
    accepted(pushed(shop))
    assert named_by_verify(shop) == []
