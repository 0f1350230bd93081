"""A witness and its own checkpoints: whose it believes, and what it says of the others."""

import hashlib
import re
from datetime import timedelta
from pathlib import Path

import pytest

from docpipe.diagnostics import DocpipeError
from docpipe.reports import access_verified
from docpipe.steps.witness import Witnessed, witness
from docpipe.workspace.workspace import Workspace
from tests.adapters.git import kit
from tests.adapters.git.kit import git
from tests.issuing import LIN, ZHOU, introduced
from tests.logs import NOON, access_branches, chain, key_of, office, read, sign_with, signs
from tests.signing import key, public

BRANCH = "witness/nightly"
LATER = NOON + timedelta(days=1)
SAID = "Witness what is on record\n\nDocpipe-Witness: 1\n"


def look(folder: Path, *, push: bool = False, hours: int = 0) -> Witnessed:
    when = LATER + timedelta(hours=hours)
    return witness(Workspace(folder), "nightly", [], when, push=push)


def told(found: Witnessed) -> list[tuple[str, str]]:
    """What is wrong, remarks left out."""
    wrong = (each for each in found.verdict.faults if not each.remark)
    return [(each.code, each.message("en")) for each in wrong]


def words(found: Witnessed) -> str:
    return "\n".join(access_verified.summary(found.verdict, "en"))


def forged(
    folder: Path, parent: str, who: tuple[str, str] = ZHOU, *, less: str = "", more: str = "",
    sign: Path | None = None, hours: int = 0, author: tuple[str, str] | None = None,
) -> str:  # fmt: skip
    """A checkpoint by plain git on top of another, without a branch, or with a row more."""
    body = re.sub(r"sha256 .*\Z", "", git(folder, "show", f"{parent}:checkpoint.txt"))
    body = re.sub(rf"(?m)^[0-9a-f]+ {re.escape(less)}\n", "", body) if less else body
    moment = LATER + timedelta(hours=hours)
    head, rows = body.splitlines()[0], [*body.splitlines()[2:], *more.splitlines()]
    rows.sort(key=lambda row: row.partition(" ")[2])
    body = "".join(f"{line}\n" for line in (head, moment.isoformat(), *rows))
    text = f"{body}sha256 {hashlib.sha256(body.encode()).hexdigest()}\n"
    blob = git(folder, "hash-object", "-w", "--stdin", stdin=text.encode())
    tree = git(folder, "mktree", stdin=f"100644 blob {blob}\tcheckpoint.txt\n".encode())
    when = f"@{int(moment.timestamp())} +0800"
    by = author or who
    names = {
        "GIT_AUTHOR_NAME": by[0], "GIT_AUTHOR_EMAIL": by[1], "GIT_AUTHOR_DATE": when,
        "GIT_COMMITTER_NAME": who[0], "GIT_COMMITTER_EMAIL": who[1], "GIT_COMMITTER_DATE": when,
    }  # fmt: skip
    using = ["-c", "gpg.format=ssh", "-c", f"user.signingkey={sign}.pub"] if sign else []
    command = [*using, "commit-tree", *(["-S"] if sign else []), "-p", parent, tree]
    return git(folder, *command, stdin=SAID.encode(), **names)


def put(remote: Path, clone: Path, commit: str) -> None:
    """Onto the witness's branch at the remote, which has no hook."""
    git(clone, "push", "--quiet", "--force", str(remote), f"{commit}:refs/heads/{BRANCH}")


def job(path: Path, remote: Path, key: Path | None = None) -> Path:
    """A new clone, as a scheduled job has each time; Zhou's."""
    new = introduced(kit.clone(remote, path), ZHOU)
    return sign_with(new, key) if key else new


@pytest.fixture
def eye(tmp_path: Path) -> tuple[Path, Path, str]:
    """A remote that asks for signatures, Zhou's clone that watches it, its first checkpoint."""
    remote, (a, eye) = office(tmp_path, "a", "eye", signed=True)
    signs(eye, ZHOU)
    chain(a, 3)
    git(a, "push", "--quiet", "origin", *access_branches(a))
    return remote, eye, look(eye, push=True).commit


@pytest.mark.openssh
def test_a_forged_checkpoint_is_named_and_not_believed(
    eye: tuple[Path, Path, str], tmp_path: Path
) -> None:
    remote, clone, first = eye
    (log,) = access_branches(remote)
    lin, zhou = key_of(clone, LIN), key_of(clone, ZHOU)
    for number, (bad, code, why) in enumerate((
        (forged(clone, first, less=log), "signature", "is not signed"),
        (forged(clone, first, LIN, less=log, sign=lin), "checkpoint-person", f"by {LIN[0]}"),
        (forged(clone, first, less=log, sign=lin), "signature", f"with the key of {LIN[1]}"),
        (forged(clone, first, less=log, sign=zhou, author=LIN), "checkpoint-person",
         f"its author is {LIN[0]}"),
        (forged(clone, first, less=log, sign=zhou), "checkpoint-less", f"leaves out {log}"),
    )):  # fmt: skip
        put(remote, clone, bad)
        new = job(tmp_path / str(number), remote, zhou)
        found = look(new, push=True)
        assert found.commit == ""
        ((kind, message),) = told(found)
        assert kind == code
        assert bad[:12] in message
        assert why in message
        *_, remark = found.verdict.faults
        assert (remark.code, remark.remark) == ("checkpoint-good", True)
        assert f"git show {first[:12]}:checkpoint.txt" in remark.hint("en")
        assert git(remote, "rev-parse", BRANCH) == bad
        # what was taken away is still held against the last good one
        tip = git(remote, "rev-parse", log)
        git(remote, "update-ref", f"refs/heads/{log}", f"{log}~1")
        assert [kind for kind, _ in told(look(job(tmp_path / f"{number}b", remote, zhou)))] == [
            code,
            "rewritten",
        ]
        git(remote, "update-ref", f"refs/heads/{log}", tip)


@pytest.mark.openssh
def test_one_s_own_line_is_followed_and_what_was_checked_is_said(
    eye: tuple[Path, Path, str], tmp_path: Path
) -> None:
    remote, clone, first = eye
    second = look(job(tmp_path / "new", remote, key_of(clone, ZHOU)), push=True, hours=1)
    assert git(remote, "rev-parse", f"{BRANCH}^") == first
    assert f"1 on {BRANCH}, all by {ZHOU[1]}" in words(second)
    assert "of them 1 had to be signed and are, by the keys in people.yaml of main" in words(second)
    third = look(clone, push=True, hours=2)
    assert git(remote, "rev-parse", f"{BRANCH}^") == second.commit
    assert "checkpoints: 2 on" in words(third)
    signs(clone, LIN)  # somebody else, on the same branch
    (one,) = told(look(clone, hours=3))
    assert f"by {ZHOU[0]}" in one[1]
    assert LIN[1] in one[1]


@pytest.mark.openssh
def test_two_lines_of_one_witness_are_named(eye: tuple[Path, Path, str]) -> None:
    remote, clone, first = eye
    zhou = key_of(clone, ZHOU)
    look(clone, hours=1)
    other = forged(clone, first, sign=zhou)
    put(remote, clone, other)
    found = look(clone, push=True, hours=2)
    ((kind, message),) = told(found)
    assert (kind, other[:12] in message) == ("checkpoints-apart", True)
    assert git(remote, "rev-parse", BRANCH) == other


@pytest.mark.openssh
def test_a_key_that_is_over_signs_no_checkpoint_on_top_of_a_newer(
    eye: tuple[Path, Path, str], tmp_path: Path
) -> None:
    remote, clone, _ = eye
    old = key_of(clone, ZHOU)
    new = key(tmp_path / "new-key")
    path = clone / "people.yaml"
    day = LATER.date()
    mine = f"{{key: {public(old)}}}"
    assert mine in path.read_text("utf-8")
    both = f"{{key: {public(old)}, until: {day}}}, {{key: {public(new)}, from: {day}}}"
    path.write_text(path.read_text("utf-8").replace(mine, both), "utf-8")
    git(clone, "commit", "--quiet", "-S", "-am", "Change the key")
    git(clone, "push", "--quiet", "origin", "main")
    sign_with(clone, new)
    look(clone, push=True)  # by either key on that day
    second = look(clone, push=True, hours=48)
    assert second.verdict.sound
    put(remote, clone, forged(clone, second.commit, sign=old, hours=0))
    ((_, message),) = told(look(clone, hours=49))
    assert "did not count on" in message


@pytest.mark.openssh
def test_main_says_whether_a_checkpoint_is_signed(eye: tuple[Path, Path, str]) -> None:
    _, clone, _ = eye
    company = clone / "company.yaml"  # files of an old day: they asked for nothing
    company.write_text(company.read_text("utf-8").replace("signing: required\n", ""), "utf-8")
    assert look(clone).signed
    git(clone, "config", "--unset", "user.signingkey")
    with pytest.raises(DocpipeError, match="no signing key is set up"):
        look(clone)


def test_without_signing_the_names_are_what_there_is(tmp_path: Path) -> None:
    remote, (eye,) = office(tmp_path, "eye")
    introduced(eye, ZHOU)
    first = look(eye, push=True)
    assert f"none on {BRANCH} yet" in words(first)
    assert "by their e-mail alone" in words(look(eye, push=True, hours=1))
    tip = git(remote, "rev-parse", BRANCH)
    for bad, why in ((forged(eye, tip, LIN), f"by {LIN[0]}"),
                     (forged(eye, tip, less="main"), "leaves out main")):  # fmt: skip
        put(remote, eye, bad)
        found = look(eye, hours=2)
        (wrong, remark), (fault_in_chinese, _) = (
            [line for line, _ in access_verified.faults(found.verdict, lang)]
            for lang in ("en", "zh")
        )
        assert why in wrong
        assert f"git show {bad[:12]}" in wrong
        assert f"git show {tip[:12]}:checkpoint.txt" in remark
        assert f"检查点 {bad[:12]}" in fault_in_chinese
        assert access_verified.witnessed(found, "en") == "No checkpoint was written"
    put(remote, eye, tip)
    assert look(eye, hours=2).verdict.sound


@pytest.mark.openssh
def test_checkpoints_from_before_signing_was_asked_for_still_count(tmp_path: Path) -> None:
    remote, (eye,) = office(tmp_path, "eye", signed=True)
    signs(eye, ZHOU)
    zhou, company = key_of(eye, ZHOU), eye / "company.yaml"
    asking = company.read_text("utf-8")
    git(eye, "config", "commit.gpgsign", "false")
    signed = []
    for text in (asking.replace("signing: required\n", ""), asking):
        company.write_text(text, "utf-8")
        git(eye, "commit", "--quiet", "-S", "-am", "x")  # dated after all of these checkpoints
        git(eye, "push", "--quiet", "origin", "main")
        signed.append(look(eye, push=True, hours=-72).signed)
    assert signed == [False, True]
    found = look(job(tmp_path / "new", remote, zhou), hours=-71)
    assert f"2 on {BRANCH}" in words(found)
    assert "of them 1 had to be signed" in words(found)
    older = f"{git(eye, 'rev-parse', 'main~1')} main\n"
    for number, (bad, why) in enumerate((
        (forged(eye, BRANCH), "is not signed"),
        (forged(eye, BRANCH, less="main", more=older), "it has main at"),
    )):  # fmt: skip
        put(remote, eye, bad)
        ((_, message),) = told(look(job(tmp_path / str(number), remote, zhou)))
        assert why in message


def test_a_long_line_of_checkpoints_is_gone_along(tmp_path: Path) -> None:
    remote, (a, eye) = office(tmp_path, "a", "eye")
    introduced(eye, ZHOU)
    log = chain(a, 2)
    for number in range(10):
        read(a, 2 + number)
        git(a, "push", "--quiet", "origin", log)
        look(eye, push=True, hours=number)
    found = look(eye, hours=10)
    assert found.verdict.sound
    assert "checkpoints: 10 on" in words(found)
    tips = [git(a, "rev-parse", f"{log}~{back}") for back in (0, 3)]
    bad = forged(eye, found.commit, less=log, more=f"{tips[1]} {log}\n", hours=11)
    put(remote, eye, forged(eye, bad, less=log, more=f"{tips[0]} {log}\n", hours=12))
    ((_, message),) = told(look(eye, hours=13))
    assert f"{bad[:12]} on {BRANCH}" in message
    assert f"{log} at {tips[1][:12]}, which does not go on from {tips[0][:12]}" in message
