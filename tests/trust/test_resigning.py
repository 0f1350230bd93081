"""Whether saves that are not shared yet have to be signed anew where they are put."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from docpipe.adapters import git as adapter
from docpipe.adapters.git import Objects, Signature, open_repository
from docpipe.trust.judging.resigning import Resigning
from tests.adapters.git.kit import git, repository
from tests.conftest import ROOT
from tests.issuing import LIN
from tests.signing import enter, key, public

pytestmark = pytest.mark.openssh


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """Signatures are asked for, and Lin has a key that people.yaml knows."""
    shop = repository(tmp_path / "shop")
    for name in ("company.yaml", "people.yaml"):
        (shop / name).write_bytes((ROOT / name).read_bytes())
    lin = key(tmp_path / "keys" / "lin", "-t", "ed25519")
    enter(shop, LIN[1], f"key: {public(lin)}")
    for name, value in (("user.name", LIN[0]), ("user.email", LIN[1]), ("gpg.format", "ssh"),
                        ("user.signingkey", f"{lin}.pub")):  # fmt: skip
        git(shop, "config", name, value)
    _asking(shop, asks=True)
    return shop


def _asking(shop: Path, *, asks: bool) -> None:
    path = shop / "company.yaml"
    text = path.read_text("utf-8").replace("signing: required\n", "")
    path.write_text(f"signing: required\n{text}" if asks else text, "utf-8")
    _saved(shop)


def _saved(shop: Path, *words: str) -> None:
    git(shop, "add", "--all")
    git(shop, "-c", f"user.name={LIN[0]}", "-c", f"user.email={LIN[1]}", "commit", "--quiet",
        "--allow-empty", "-m", "x", *words)  # fmt: skip


def _fits(shop: Path) -> bool:
    """Whether the last commit is signed as the one before it asks for."""
    repo = open_repository(shop)
    onto, last = git(shop, "rev-parse", "HEAD^", "HEAD").split()
    with Objects(repo) as reader:
        by = Signature(*LIN, datetime.now(UTC))
        return Resigning(reader, by, lambda: None).fits(
            onto, adapter.history(repo, last, known=onto)
        )


def _nobody(shop: Path) -> None:
    (shop / "people.yaml").write_text("people: nobody\n", "utf-8")
    _saved(shop)


def _without_a_key(shop: Path) -> None:
    git(shop, "config", "--unset", "user.signingkey")


def _another_key(shop: Path) -> None:
    other = key(shop.parent / "keys" / "other", "-t", "ed25519")
    git(shop, "config", "user.signingkey", f"{other}.pub")


def _not_asked(shop: Path) -> None:
    _asking(shop, asks=False)


@pytest.mark.parametrize(
    ("deed", "fits"),
    [(_not_asked, True), (_nobody, True), (_another_key, True), (_without_a_key, False),
     (lambda shop: None, False)],
    ids=["not asked", "nobody known", "a key that does not count", "no key", "a key that counts"],
)  # fmt: skip
def test_a_save_without_a_signature(deed: Callable[[Path], None], fits: bool, shop: Path) -> None:
    deed(shop)
    _saved(shop)
    assert _fits(shop) is fits


def test_a_save_that_is_signed_stays_as_it_is(shop: Path) -> None:
    _saved(shop, "-S")
    assert _fits(shop)
