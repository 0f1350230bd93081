"""What the hook refuses is mended by one command, and the rest of that person's work arrives."""

import shlex
from pathlib import Path

import pytest

from docpipe.adapters import sshkeys
from tests.adapters.git.kit import clone, git, is_sound
from tests.conftest import Run
from tests.issuing import FOLDER, ORDER, edit, introduced
from tests.receiving import (
    LIN,
    ZHOU,
    Server,
    accepted,
    change,
    committed,
    give_lin_legal,
    named,
    refused,
)  # fmt: skip

OTHER = "ZF-2026-0003"
REMARK = f"orders/2026/04/{OTHER}/order.yaml"


def publishing(server: Server) -> Path:
    """Lin's clone, where everybody publishes directly."""
    change(server.clone, "company.yaml", _direct, ZHOU)
    accepted(server.push("main"))
    git(server.clone, "fetch", "--quiet")
    return introduced(server.clone, LIN)


def _direct(old: str) -> str:
    return old.replace("flow: pull-request", "flow: direct")


def remark(here: Path, words: str = "# good work\n") -> None:
    """Good work in another order."""
    with (here / REMARK).open("a", encoding="utf-8") as file:
        file.write(words)


def do(inside: Run, here: Path, *words: str, code: int = 0) -> str:
    """What a command says that ends so."""
    done = inside(*words, cwd=here)
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr


def shown(said: str) -> list[str]:
    """The one command that a refusal names to mend it."""
    found = [line.strip() for line in said.splitlines() if line.startswith("  docpipe undo ")]
    assert len(found) == 1, said
    assert "  docpipe sync" in said.splitlines()
    return shlex.split(found[0])[1:]


def mended(inside: Run, server: Server, *, says: str) -> list[str]:
    """Sync is refused for this, the command that it names is run, and sync publishes the rest."""
    here = server.clone
    before = server.tip("main")
    said = do(inside, here, "sync", code=1)
    assert says in said
    assert server.tip("main") == before
    disk = {path: path.read_bytes() for path in here.rglob("*.yaml")}
    command = shown(said)
    do(inside, here, *command)
    do(inside, here, "sync")
    assert server.tip("main") == git(here, "rev-parse", "main") != before
    assert {path: path.read_bytes() for path in here.rglob("*.yaml")} == disk
    assert "# good work" in git(server.bare, "show", f"main:{REMARK}")
    assert git(here, "log", "--format=%an", "-1", "main") == LIN[0]
    assert is_sound(here)
    return command


def test_people_yaml_by_somebody_without_the_role(server: Server, inside: Run) -> None:
    here = publishing(server)
    people = (here / "people.yaml").read_text(encoding="utf-8")
    (here / "people.yaml").write_text(give_lin_legal(people), encoding="utf-8")
    remark(here)
    do(inside, here, "save", "-m", "Both at once")
    edit(here, "quotation.yaml", "days: 60", "days: 75")
    do(inside, here, "save", ORDER, "-m", "And more")
    assert mended(inside, server, says="people.yaml") == ["undo", "people.yaml"]
    assert git(here, "log", "--format=%s", "-2", "main").split("\n") == ["And more", "Both at once"]
    assert "legal" not in git(server.bare, "show", "main:people.yaml").split("zhou.mo")[0]
    assert git(here, "status", "--porcelain").split() == ["M", "people.yaml"]


def test_signing_changed_by_somebody_without_the_role_or_a_key(server: Server, inside: Run) -> None:
    here = publishing(server)
    remark(here)
    change(here, "company.yaml", lambda old: old + "signing: required\n", LIN)
    assert mended(inside, server, says="company.yaml") == ["undo", "company.yaml"]
    do(inside, here, "undo", "--discard", "company.yaml")
    assert git(here, "status", "--porcelain") == ""


def test_an_order_with_errors_saved_together_with_a_good_one(server: Server, inside: Run) -> None:
    here = publishing(server)
    edit(here, "contract.yaml", "prevailing_language: en", "prevailing_lang: en")
    remark(here)
    do(inside, here, "save", "-m", "Both at once")
    assert mended(inside, server, says=ORDER) == ["undo", ORDER]
    assert git(here, "status", "--porcelain").split() == ["M", f"{FOLDER}/contract.yaml"]


def test_an_order_that_only_the_hook_finds_wrong(server: Server, inside: Run) -> None:
    """An order that is on record is deleted: docpipe here has nothing to find in it."""
    here = publishing(server)
    git(here, "rm", "-r", "--quiet", FOLDER)
    remark(here)
    do(inside, here, "save", "-m", "Both at once")
    assert mended(inside, server, says="is deleted") == ["undo", ORDER]
    do(inside, here, "undo", "--discard", ORDER)
    assert (here / FOLDER / "order.yaml").exists()
    assert git(here, "status", "--porcelain") == ""


def test_a_merge_that_puts_the_shared_main_aside_becomes_a_line(
    server: Server, inside: Run, tmp_path: Path
) -> None:
    here = publishing(server)
    elsewhere(server, tmp_path)
    change(here, "people.yaml", give_lin_legal, ZHOU)
    remark(here)
    committed(here, LIN)
    introduced(here, ZHOU)
    git(here, "pull", "--quiet", "--no-rebase", "--no-edit", **named(ZHOU))
    refused(server.push("main"), "go on from other commits")
    do(inside, here, "sync")
    assert git(here, "log", "--merges", "--format=%h", "origin/main~2..main") == ""
    assert git(here, "log", "--format=%an", "-2", "main").split("\n") == [LIN[0], ZHOU[0]]
    assert server.tip("main") == git(here, "rev-parse", "main")


def test_a_merge_with_what_is_refused_is_mended_likewise(
    server: Server, inside: Run, tmp_path: Path
) -> None:
    here = publishing(server)
    elsewhere(server, tmp_path)
    change(here, "people.yaml", give_lin_legal, LIN)
    remark(here)
    committed(here, LIN)
    git(here, "pull", "--quiet", "--no-rebase", "--no-edit", **named(LIN))
    assert mended(inside, server, says="people.yaml") == ["undo", "people.yaml"]


def elsewhere(server: Server, tmp_path: Path) -> None:
    """A colleague publishes something meanwhile."""
    other = clone(server.bare, tmp_path / "other")
    change(other, f"{FOLDER}/order.yaml", lambda old: old + "# a remark\n", ZHOU)
    git(other, "push", "--quiet", "origin", "main")


def with_keys(server: Server, tmp_path: Path) -> Path:
    """Zhou enters everybody's keys; Lin's clone signs."""
    here = publishing(server)
    keys = {who: sshkeys.make(tmp_path / who[1], who[1]) for who in (ZHOU, LIN)}
    other = clone(server.bare, tmp_path / "zhou")
    path = other / "people.yaml"
    said = path.read_text(encoding="utf-8")
    for (_, email), key in keys.items():
        line = f"    email: {email}\n"
        said = said.replace(line, f"{line}    keys:\n      - key: {key.line}\n")
    path.write_text(said, encoding="utf-8")
    committed(other, ZHOU)
    git(other, "push", "--quiet", "origin", "main")
    git(other, "config", "commit.gpgsign", "true")
    git(other, "config", "user.signingkey", str(keys[ZHOU].path))
    for folder in (here, other):
        git(folder, "config", "gpg.format", "ssh")
    git(here, "config", "user.signingkey", str(keys[LIN].path))
    return here


@pytest.mark.openssh
@pytest.mark.parametrize("synced_before", [False, True])
def test_saves_from_before_signing_was_required_are_signed_by_sync(
    synced_before: bool, server: Server, inside: Run, tmp_path: Path
) -> None:
    here = with_keys(server, tmp_path)
    remark(here)
    do(inside, here, "save", "-m", "Unsigned")
    other = tmp_path / "zhou"
    change(other, "company.yaml", lambda old: old + "signing: required\n", ZHOU)
    git(other, "push", "--quiet", "origin", "main")
    if synced_before:  # by plain git, which signs nothing
        git(here, "pull", "--quiet", "--rebase")
        refused(server.push("main"), "is not signed")
    git(here, "commit", "--quiet", "--allow-empty", "-m", "x", **named(ZHOU))
    change(here, f"{FOLDER}/order.yaml", lambda old: old + "# Zhou's, they say\n", ZHOU)
    introduced(here, LIN)
    said = do(inside, here, "sync")
    assert "Published: 2 saves" in said
    assert server.tip("main") == git(here, "rev-parse", "main")
    assert "gpgsig" in git(here, "cat-file", "commit", "main~1")
    shown = git(here, "log", "--format=%an %cn", "-2", "main")
    assert shown.split("\n") == ["Zhou Mo Lin Yang", "Lin Yang Lin Yang"]
    tip = git(here, "rev-parse", "main")
    do(inside, here, "sync")
    assert git(here, "rev-parse", "main") == tip


@pytest.mark.openssh
def test_undo_signs_anew_what_stays(server: Server, inside: Run, tmp_path: Path) -> None:
    here = with_keys(server, tmp_path)
    other = tmp_path / "zhou"
    change(other, "company.yaml", lambda old: old + "signing: required\n", ZHOU)
    git(other, "push", "--quiet", "origin", "main")
    do(inside, here, "sync")
    people = (here / "people.yaml").read_text(encoding="utf-8")
    (here / "people.yaml").write_text(give_lin_legal(people), encoding="utf-8")
    remark(here)
    do(inside, here, "save", "-m", "Both at once")
    mended(inside, server, says="people.yaml")


@pytest.mark.openssh
def test_who_has_no_key_is_told_how_to_get_one(server: Server, inside: Run, tmp_path: Path) -> None:
    here = with_keys(server, tmp_path)
    remark(here)
    do(inside, here, "save", "-m", "Unsigned")
    other = tmp_path / "zhou"
    change(other, "company.yaml", lambda old: old + "signing: required\n", ZHOU)
    git(other, "push", "--quiet", "origin", "main")
    key = git(here, "config", "user.signingkey")
    git(here, "config", "--unset", "user.signingkey")
    before = git(here, "rev-parse", "main")
    assert "docpipe identity --sign" in do(inside, here, "sync", code=1)
    assert git(here, "rev-parse", "main") == before
    git(here, "config", "user.signingkey", key)
    do(inside, here, "sync")
    assert server.tip("main") == git(here, "rev-parse", "main")


def test_a_request_that_cannot_be_merged_is_mended_likewise(
    server: Server, inside: Run, tmp_path: Path
) -> None:
    """With requests it is the merge that is refused, on the host's page."""
    here = introduced(server.clone, LIN)
    people = (here / "people.yaml").read_text(encoding="utf-8")
    (here / "people.yaml").write_text(give_lin_legal(people), encoding="utf-8")
    remark(here)
    do(inside, here, "save", "-m", "Both at once")
    assert "as lin.yang/main" in do(inside, here, "sync")
    refused(server.push("refs/heads/main"), "people.yaml")
    do(inside, here, "undo", "people.yaml")
    do(inside, here, "sync")
    assert git(server.bare, "rev-parse", "lin.yang/main") == git(here, "rev-parse", "main")
    accepted(server.push("main"))
    assert "# good work" in git(server.bare, "show", f"main:{REMARK}")
    assert "[salesperson, legal]" in (here / "people.yaml").read_text(encoding="utf-8")
    do(inside, here, "sync")
