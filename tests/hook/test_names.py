"""Names that a push brings: of orders' folders and files on `main`, and of branches and tags."""

from pathlib import Path

import pytest

from tests.adapters.git.kit import git
from tests.issuing import FOLDER, LIN, ORDER, ZHOU
from tests.receiving import Server, accepted, change, committed, refused
from tests.tampering import paths
from tests.tampering.kit import looked_at
from tests.tampering.mainline import begun, copied, named_by_verify, pushed, save


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where nobody signs."""
    return begun(tmp_path_factory.mktemp("plain"), signed=False)


@pytest.mark.parametrize("name", paths.ATTACKS)
def test_what_would_be_taken_for_another_stays_out(
    name: str, plain: Path, tmp_path: Path
) -> None:  # fmt: skip
    """Past the hook verify names it; then others work on, and whoever takes it away gets through.

    Until then nobody goes on with it.
    """
    deed, code, words = paths.ATTACKS[name]
    shop = copied(plain, tmp_path / "x")
    before = git(shop, "rev-parse", "HEAD")
    deed(shop)
    refused(pushed(shop), words)
    paths.past_the_hook(shop)
    assert named_by_verify(shop) == [code]
    (shop / "customers/KEPT.txt").write_text("x", encoding="utf-8")
    save(shop, LIN)
    accepted(pushed(shop))
    git(shop, "read-tree", "-u", "--reset", before)
    committed(shop, ZHOU)
    accepted(pushed(shop))
    assert named_by_verify(shop) == []


@pytest.mark.parametrize("name", paths.UNHOLDABLE)
def test_what_no_disk_holds_stays_out(name: str, plain: Path, tmp_path: Path) -> None:
    deed, words = paths.UNHOLDABLE[name]
    shop = copied(plain, tmp_path / "x")
    deed(shop)
    refused(pushed(shop), words)
    paths.past_the_hook(shop)
    assert named_by_verify(shop) == ["path-name"]


@pytest.mark.parametrize("name", paths.RIGHTS)
def test_what_stands_for_itself_comes_in(name: str, plain: Path, tmp_path: Path) -> None:
    shop = copied(plain, tmp_path / "x")
    paths.RIGHTS[name](shop)
    accepted(pushed(shop))
    assert named_by_verify(shop) == []


def test_what_is_taken_for_another_is_not_changed(plain: Path, tmp_path: Path) -> None:
    """Neither of the two: on some computers each is the other."""
    shop = copied(plain, tmp_path / "x")
    paths.added("customers/mfano.yaml")(shop)
    paths.past_the_hook(shop)
    change(shop, "customers/MFANO.yaml", lambda old: old + "# x\n", LIN)
    refused(pushed(shop), "customers/MFANO.yaml", "the same as customers/mfano.yaml elsewhere")


def test_the_first_main_is_judged_too(plain: Path, tmp_path: Path) -> None:
    shop = copied(plain, tmp_path / "x")
    deed, _, words = paths.ATTACKS["beside"]
    deed(shop)
    git(tmp_path / "x/shared.git", "update-ref", "-d", "refs/heads/main")
    refused(pushed(shop), words)


def test_either_of_two_folders_of_an_order_on_record_may_go(server: Server) -> None:
    paths.copied_to("orders/2026/04")(server.clone)
    git(server.bare, "fetch", "--quiet", str(server.clone), "main:main")
    git(server.clone, "rm", "-r", "--quiet", FOLDER)
    committed(server.clone, LIN)
    accepted(server.push("main"))
    git(server.clone, "rm", "-r", "--quiet", f"orders/2026/04/{ORDER}")
    (server.clone / f"orders/2026/04/{ORDER}").mkdir()
    (server.clone / f"orders/2026/04/{ORDER}/.kept").write_text("x", encoding="utf-8")
    committed(server.clone, LIN)
    refused(server.push("main"), f"Order {ORDER} is deleted")


def test_an_order_outside_year_and_month_is_judged_alike(server: Server) -> None:
    (server.clone / "orders/now").mkdir()
    git(server.clone, "mv", FOLDER, f"orders/now/{ORDER}")
    committed(server.clone, LIN)
    accepted(server.push("main"))
    home = f"orders/now/{ORDER}"
    change(
        server.clone, f"{home}/contract.yaml",
        lambda old: old.replace("prevailing_language: en", "prevailing_lang: en"), LIN,
    )  # fmt: skip
    refused(server.push("main"), f"Order {ORDER} has errors")
    git(server.clone, "reset", "--quiet", "--hard", "HEAD^")
    git(server.clone, "rm", "-r", "--quiet", home)
    committed(server.clone, LIN)
    refused(server.push("main"), f"Order {ORDER} is deleted")


@pytest.mark.parametrize(
    "ref", ["refs/heads/access", "refs/heads/Records", "refs/heads/MAIN", "refs/heads/records/x",
            "refs/replace/" + "0" * 39 + "1", "refs/tags/records", "refs/records",
            "refs/tags/origin/main", "refs/heads/origin/records", "refs/heads/HEAD",
            "refs/heads/m\u0430in", "refs/heads/rec\u00f6rds", "refs/tags/\uff4d\uff41\uff49\uff4e",
            "refs/tags/rec\u200bords", "refs/heads/FETCH_HEAD/x", "refs/remotes/origin/main",
            "refs/heads/rec0rds", "refs/heads/rnain", "refs/heads/maln", "refs/heads/ma1n",
            "refs/heads/vvitne55", "refs/heads/recorcls", "refs/heads/\u0433nain",
            "refs/heads/\u0430\u0441\u0441\u0435\u0455\u0455", "refs/heads/rec\u53e3rds",
            "refs/stash", "refs/heads/stash", "refs/heads/lin/a\u202eb", "refs/heads/main\u3000",
            "refs/heads/lin/a\ufe0f", "refs/heads/\u2060"],
)  # fmt: skip
def test_nothing_stands_in_the_way_of_what_is_docpipe_s(server: Server, ref: str) -> None:
    git(server.bare, "update-ref", "-d", "refs/heads/records")
    refused(server.push(f"main:{ref}"))


@pytest.mark.parametrize(
    "name", ["records-of-tests", "main-2", "lin/main-page", "lin/main", "合同", "合同草稿",
             "T恤订单", "domain", "caf\u00e9", "access-log"],
)  # fmt: skip
def test_an_honest_branch_comes_in(name: str, server: Server) -> None:
    accepted(server.push(f"main:refs/heads/{name}"))


@pytest.mark.parametrize("digits", [7, 12, 40])
@pytest.mark.parametrize("ref", ["refs/tags/", "refs/heads/"])
def test_nothing_is_named_as_an_object_that_is_there(
    ref: str, digits: int, server: Server
) -> None:  # fmt: skip
    """By such digits docpipe and git name commits; git would show the branch or tag instead."""
    change(server.clone, "company.yaml", lambda old: old + "# x\n", ZHOU)
    here = git(server.clone, "rev-parse", "HEAD")
    name = ref + here[:digits]
    git(server.clone, "push", "--quiet", server.url, "main")
    refused(server.push(f"HEAD^:{name}"), f"would be taken for {here}")
    refused(server.push(f"HEAD^:{name.upper().replace(ref.upper(), ref)}"), here)
    git(server.bare, "update-ref", name, f"{here}^")
    git(server.clone, "fetch", "--quiet", "--tags", "origin")
    found, told = looked_at(server.clone)
    assert [each.code for each in found.violations] == ["ref-name"], told
    accepted(server.push(f":{name}"))


def test_a_tag_may_be_a_day(server: Server) -> None:
    """Unless an object's name happens to begin so."""
    for name in ("20261130", "facade1", "deadbeef0001"):
        accepted(server.push(f"HEAD:refs/tags/{name}"))


def test_names_that_went_round_the_hook_are_told(server: Server) -> None:
    for ref in ("refs/heads/rec0rds", "refs/heads/lin/main", "refs/tags/records"):
        git(server.bare, "update-ref", ref, server.tip("main"))
    git(server.clone, "fetch", "--quiet", "--tags")
    found, told = looked_at(server.clone)
    assert [each.code for each in found.violations] == ["ref-name", "ref-name"], told
    assert "rec0rds would be taken for records" in told
