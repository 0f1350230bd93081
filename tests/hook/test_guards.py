"""What is guarded on `main`: each attack refused by the hook, and named where it went round it."""

from pathlib import Path

import pytest

from tests.receiving import accepted, refused
from tests.tampering import guards, lines
from tests.tampering.mainline import begun, copied, named_by_verify, pushed

pytestmark = pytest.mark.openssh
SIGNED = ("a role", "an account", "approvals", "one's own branch", "an admin who left")
"""Of the attacks on fields those that are also made where everything is signed."""


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where nobody signs."""
    return begun(tmp_path_factory.mktemp("plain"), signed=False)


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where everything is signed."""
    return begun(tmp_path_factory.mktemp("signed"), signed=True)


def attack(shop: Path, how: tuple[guards.Deed, str, str]) -> None:
    """The deed is refused by the hook, and named by verify where it came in all the same."""
    deed, code, words = how
    deed(shop)
    refused(pushed(shop), words)
    found = named_by_verify(shop)
    assert code in found if code else found == []


@pytest.mark.parametrize("name", guards.ATTACKS)
def test_who_may_not_change_it_does_not(name: str, plain: Path, tmp_path: Path) -> None:
    attack(copied(plain, tmp_path / "x"), guards.ATTACKS[name])


@pytest.mark.parametrize("name", SIGNED)
def test_nor_with_a_signature(name: str, signed: Path, tmp_path: Path) -> None:
    attack(copied(signed, tmp_path / "x"), guards.ATTACKS[name])


@pytest.mark.parametrize("name", guards.RIGHTS)
@pytest.mark.parametrize("where", ["plain", "signed"])
def test_who_may_change_it_does(
    name: str, where: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    shop = copied(request.getfixturevalue(where), tmp_path / "x")
    guards.RIGHTS[name](shop)
    accepted(pushed(shop))
    assert named_by_verify(shop) == []


@pytest.mark.parametrize("name", lines.ATTACKS)
def test_the_line_and_its_signatures_hold(name: str, signed: Path, tmp_path: Path) -> None:
    attack(copied(signed, tmp_path / "x"), lines.ATTACKS[name])


@pytest.mark.parametrize("name", lines.RIGHTS)
def test_what_is_right_on_the_line_comes_in(name: str, signed: Path, tmp_path: Path) -> None:
    shop = copied(signed, tmp_path / "x")
    for number, deed in enumerate(lines.RIGHTS[name]):
        deed(shop)
        accepted(pushed(shop))
        assert named_by_verify(shop) == [], number
