"""An access log or records that the hook refuses, put right by one command."""

from pathlib import Path

import pytest

from tests.adapters.git.kit import clone, git
from tests.conftest import Run
from tests.hook.test_mended import do, with_keys
from tests.issuing import ORDER, introduced
from tests.receiving import DOCUMENT, LIN, ZHOU, Server, accepted, change, entry, refused

LOGS = ("for-each-ref", "--format=%(refname:lstrip=2)", "refs/heads/access/lin.yang@zefan.example/")


def log(here: Path) -> str:
    """Lin's branch of the access log."""
    (branch,) = git(here, *LOGS).split()
    return branch


def test_a_log_with_an_entry_in_anothers_name_makes_room_for_a_new_one(
    server: Server, inside: Run
) -> None:
    here = introduced(server.clone, LIN)
    do(inside, here, "history", ORDER)
    branch = log(here)
    accepted(server.push(branch))
    foreign = entry(server, 2, git(here, "rev-parse", branch), by=ZHOU)
    git(here, "update-ref", f"refs/heads/{branch}", foreign)
    do(inside, here, "history", ORDER)
    refused(server.push(branch), "by Zhou Mo")
    tip = git(here, "rev-parse", branch)
    said = do(inside, here, "log", "repair")
    assert "A new log was begun" in said
    assert "by Zhou Mo" in said
    kept = next(word for word in said.split() if word.startswith("refs/docpipe/aside/"))
    assert git(here, "rev-parse", kept.rstrip(".")) == tip
    young = log(here)
    assert young != branch
    do(inside, here, "history", ORDER)
    do(inside, here, "sync")
    assert server.tip(young) == git(here, "rev-parse", young)
    first = git(here, "log", "--format=%B", "--reverse", young).split("Docpipe-Access")[1]
    assert f"Reason: After {branch} up to {tip[:12]}, which origin refused" in first
    assert str(inside("log", "verify", "--fetch", cwd=here).returncode) == "0"
    assert "in order" in do(inside, here, "log", "repair")


@pytest.mark.openssh
def test_entries_from_before_signing_was_required_are_set_aside(
    server: Server, inside: Run, tmp_path: Path
) -> None:
    here = with_keys(server, tmp_path)
    do(inside, here, "sync")
    away = git(here, "remote", "get-url", "origin")
    git(here, "remote", "set-url", "origin", "file:///nowhere/at/all")
    do(inside, here, "history", ORDER)  # nobody can be reached
    git(here, "remote", "set-url", "origin", away)
    other = tmp_path / "zhou"
    change(other, "company.yaml", lambda old: old + "signing: required\n", ZHOU)
    git(other, "push", "--quiet", "origin", "main")
    do(inside, here, "sync")
    refused(server.push(log(here)), "is not signed")
    assert "A new log was begun" in do(inside, here, "log", "repair")
    assert server.tip(log(here)) == git(here, "rev-parse", log(here))
    do(inside, here, "log", "verify", "--fetch")


def test_what_docpipe_did_not_write_is_set_aside_and_the_log_goes_on(
    server: Server, inside: Run
) -> None:
    here = introduced(server.clone, LIN)
    do(inside, here, "history", ORDER)
    branch = log(here)
    strange = entry(server, 2, git(here, "rev-parse", branch), mark="2")
    git(here, "update-ref", f"refs/heads/{branch}", strange)
    assert "docpipe log repair" in do(inside, here, "history", ORDER, code=1)
    assert "as docpipe wrote it last" in do(inside, here, "log", "repair")
    do(inside, here, "history", ORDER)
    assert server.tip(branch) == git(here, "rev-parse", f"{branch}~1")
    accepted(server.push(branch))


def forged(here: Path) -> str:
    """A record by plain git, on top of the others."""
    tree = git(here, "rev-parse", "records^{tree}")
    made = git(here, "commit-tree", "-p", "records", "-m", "x\n\nDocpipe-Record: 1\n", tree)
    git(here, "branch", "--force", "records", made)
    return made


def test_records_by_plain_git_are_put_aside_and_work_goes_on(server: Server, inside: Run) -> None:
    here = introduced(server.clone, LIN)
    before = server.tip("records")
    made = forged(here)
    inside("log", "verify", "--fetch", cwd=here)  # which may have seen it
    assert "docpipe doctor --fix" in do(inside, here, "sync", code=1)
    assert "never had them" in inside("doctor", cwd=here).stdout
    assert git(here, "rev-parse", "records") == made
    inside("doctor", "--fix", cwd=here)
    assert git(here, "rev-parse", "records") == before
    assert git(here, "rev-parse", f"refs/docpipe/aside/records/{made[:12]}") == made
    do(inside, here, "sync")
    do(inside, here, "withdraw", ORDER, DOCUMENT, "--reason", "Wrong date")
    assert server.tip("records") == git(here, "rev-parse", "records") != before
    do(inside, here, "log", "verify", "--fetch")


def test_records_that_went_apart_by_plain_git_are_put_aside(
    server: Server, inside: Run, tmp_path: Path
) -> None:
    here = introduced(server.clone, LIN)
    made = forged(here)
    other = introduced(clone(server.bare, tmp_path / "other"), LIN)
    do(inside, other, "withdraw", ORDER, DOCUMENT, "--reason", "Wrong date")
    assert "rewritten" in do(inside, here, "sync", code=1)
    inside("doctor", "--fix", cwd=here)
    assert git(here, "rev-parse", "records") == server.tip("records") != made
    do(inside, here, "sync")


def test_records_that_the_shared_repository_lost_stay(server: Server, inside: Run) -> None:
    """A server that was restored from a backup: this clone is the witness, and gives them back."""
    here = introduced(server.clone, LIN)
    do(inside, here, "withdraw", ORDER, DOCUMENT, "--reason", "Wrong date")
    last = server.tip("records")
    git(server.bare, "update-ref", "refs/heads/records", f"{last}~1")
    said = inside("doctor", "--fix", cwd=here).stdout
    assert "lacks 1 records that this clone has" in said
    assert git(here, "rev-parse", "records") == last
    do(inside, here, "sync")
    assert server.tip("records") == last
