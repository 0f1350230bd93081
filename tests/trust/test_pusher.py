"""Where the server tells who pushes: what they may push."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from docpipe.steps.receive import receive
from tests.adapters.git.kit import git, repository
from tests.conftest import copy_workspace
from tests.issuing import kept
from tests.receiving import GU, LIN, ZHOU, change

QIAN = ("Qian Zhang", "qian.zhang@zefan.example")
STRANGER = ("Eve", "eve@example.com")
CLAUSE = "templates/clauses/law.yaml"


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clone of a shared repository whose server tells who pushes; the hook is asked by itself."""
    base = tmp_path_factory.mktemp("pusher")
    shop = kept(copy_workspace(base / "shop"))
    bare = repository(base / "shared.git", "--bare")
    git(bare, "config", "docpipe.pusher", "GL_USER")
    git(shop, "push", "--quiet", str(bare), "main")
    return shop


def codes(shop: Path, pusher: str) -> set[str]:
    """Why a push of the last commit to main is refused."""
    old, new = git(shop, "rev-parse", "HEAD^", "HEAD").split()
    bare = shop.parent / "shared.git"
    git(shop, "push", "--quiet", "--force", str(bare), "HEAD:refs/heads/other")
    line = f"{old} {new} refs/heads/main\n".encode()
    found = {each.name for each in receive(bare, line, {"GL_USER": pusher}, datetime.now(UTC))}
    git(shop, "reset", "--quiet", "--hard", old)
    return found


@pytest.mark.parametrize(
    ("who", "may"), [(GU, True), (ZHOU, True), (LIN, False), (QIAN, False), (STRANGER, False)]
)
def test_what_is_guarded_is_pushed_by_somebody_with_one_of_its_roles(
    who: tuple[str, str], may: bool, shop: Path
) -> None:
    """Clauses are guarded: the roles legal and admin change them."""
    change(shop, CLAUSE, lambda old: old.replace("law", "Law", 1), GU)
    assert ("guard-pusher" in codes(shop, who[1])) is not may


@pytest.mark.parametrize("who", [GU, LIN, STRANGER])
def test_what_is_not_guarded_is_pushed_by_anybody(who: tuple[str, str], shop: Path) -> None:
    change(shop, "customers/MFANO.yaml", lambda old: f"{old}\n", GU)
    assert "guard-pusher" not in codes(shop, who[1])
