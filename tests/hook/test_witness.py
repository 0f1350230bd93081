"""Checkpoints: a witness adds to its own, and nobody else does, nor takes one back."""

import hashlib
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from docpipe.adapters import sshkeys
from tests.adapters.git.kit import git
from tests.conftest import Run
from tests.issuing import introduced
from tests.receiving import (
    GU,
    LIN,
    ZHOU,
    Server,
    accepted,
    named,
    refused,
    run,
)

BRANCH = "witness/nightly"
MARK = "Docpipe-Witness: 1"


@pytest.fixture
def watched(server: Server) -> Server:
    """The server with a first checkpoint of Zhou's."""
    introduced(server.clone, ZHOU)
    run(server.clone, "witness", "--name", "nightly", "--push")
    return server


def forged(
    server: Server, parent: str = BRANCH, by: tuple[str, str] = ZHOU, *, text: str = "",
    author: tuple[str, str] | None = None, mark: str = MARK, more: dict[str, str] | None = None,
    words: tuple[str, ...] = (), when: datetime | None = None,
) -> str:  # fmt: skip
    """A checkpoint by plain git, on top of another; by itself as the one before it."""
    clone = server.clone
    when = when or datetime.now(UTC)
    text = dated(text or f"{git(clone, 'show', f'{BRANCH}:checkpoint.txt')}\n", when)
    said_when = f"@{int(when.timestamp())} +0000"
    dates = {"GIT_AUTHOR_DATE": said_when, "GIT_COMMITTER_DATE": said_when}
    files = {"checkpoint.txt": text, **(more or {})}
    blobs = {
        name: git(clone, "hash-object", "-w", "--stdin", stdin=data.encode())
        for name, data in files.items()
    }
    rows = "".join(f"100644 blob {blob}\t{name}\n" for name, blob in blobs.items())
    tree = git(clone, "mktree", stdin=rows.encode())
    above = ["-p", parent] if parent else []
    said = ["-m", "Witness what is on record", "-m", mark]
    return git(clone, "commit-tree", *words, *above, *said, tree, **named(author or by, by),
               **dates)  # fmt: skip


def dated(text: str, when: datetime) -> str:
    """A checkpoint's text with another date, whole if it was."""
    lines = text.splitlines(keepends=True)
    sound = without(text) == text
    changed = "".join([lines[0], when.isoformat(timespec="seconds") + "\n", *lines[2:]])
    return without(changed) if sound else changed


def without(text: str, branch: str = "", tip: str = "") -> str:
    """A checkpoint without a branch, or with it at another tip; whole."""
    body = re.sub(r"sha256 .*\n?\Z", "", text)
    row = f"{tip} {branch}\n" if tip else ""
    if branch:
        body, count = re.subn(rf"(?m)^[0-9a-f]+ {re.escape(branch)}\n", row, body)
        assert count == 1
    return f"{body}sha256 {hashlib.sha256(body.encode()).hexdigest()}\n"


def test_checkpoints_are_only_added_to(watched: Server) -> None:
    server, first = watched, watched.tip(BRANCH)
    run(server.clone, "witness", "--name", "nightly", "--push")
    assert server.tip(BRANCH) != first

    refused(server.push(f":{BRANCH}"), "never deleted")
    refused(server.push(f"{first}:refs/heads/{BRANCH}"), "lacks", "only ever added to")
    refused(server.push(f"main:refs/heads/{BRANCH}"), "lacks", "only ever added to")
    refused(server.push("main:refs/heads/witness"), "would be taken for witness")
    accepted(server.push(f"{first}:refs/heads/witness/other"))
    assert git(server.clone, "rev-parse", BRANCH) == server.tip(BRANCH)


def test_nothing_but_checkpoints_comes_in(watched: Server) -> None:
    server, ref = watched, f"refs/heads/{BRANCH}"
    text = f"{git(server.clone, 'show', f'{BRANCH}:checkpoint.txt')}\n"
    other = forged(server, parent="")
    for wrong, why in (
        (forged(server, mark="x"), "not what docpipe witness writes"),
        (forged(server, more={"x": "x"}), "not what docpipe witness writes"),
        (forged(server, text=text.replace("main", "mian")), "checkpoint.txt is not whole"),
        (forged(server, words=("-p", other)), "is out of line"),
        (forged(server, parent=other, words=("-p", BRANCH)), "joins several histories"),
    ):
        refused(server.push(f"{wrong}:{ref}"), why)
    refused(server.push("main:refs/heads/witness/new"), "is no checkpoint")
    refused(server.push(f"{BRANCH}:{ref}/x"), "no branch of a witness")
    accepted(server.push(f"{forged(server)}:{ref}"))


def test_a_witness_is_one_person_s(docpipe: Run, watched: Server) -> None:
    server, ref = watched, f"refs/heads/{BRANCH}"
    refused(server.push(f"{forged(server, by=LIN)}:{ref}"), "by Lin Yang", ZHOU[1])
    refused(server.push(f"{forged(server, author=LIN)}:{ref}"), "its author is Lin Yang")
    refused(server.push(f"{forged(server, forged(server, by=LIN))}:{ref}"), "by Lin Yang")
    git(server.bare, "config", "docpipe.pusher", "GL_USER")
    refused(server.push(f"{forged(server)}:{ref}", GL_USER=LIN[1]), f"{LIN[1]} pushes it")
    accepted(server.push(f"{forged(server)}:{ref}", GL_USER=ZHOU[1]))
    git(server.clone, "fetch", "--quiet", "origin", f"+{ref}:{ref}")
    words = ("--lang", "zh", "witness", "--name", "nightly", "--push")
    done = docpipe(*words, cwd=server.clone, GL_USER=LIN[1])
    assert done.returncode == 1
    assert f"推送者却是 {LIN[1]}" in done.stderr
    assert "pushes it" not in done.stderr


def test_no_checkpoint_has_less_than_the_one_before_it(watched: Server) -> None:
    server, ref = watched, f"refs/heads/{BRANCH}"
    text = f"{git(server.clone, 'show', f'{BRANCH}:checkpoint.txt')}\n"
    before = git(server.clone, "rev-parse", "records~1")
    made = forged(server, text=without(text, "records"))
    refused(server.push(f"{made}:{ref}"), "leaves out records")
    made = forged(server, text=without(text, "records", before))
    refused(server.push(f"{made}:{ref}"), f"records at {before[:12]}", "does not go on from")
    made = forged(server, forged(server, text=without(text, "records", before)))
    refused(server.push(f"{made}:{ref}"), f"records at {before[:12]}")


@pytest.mark.openssh
def test_checkpoints_are_signed_where_it_is_asked(watched: Server, tmp_path: Path) -> None:
    server, ref = watched, f"refs/heads/{BRANCH}"
    keys = {who: sshkeys.make(tmp_path / who[1], who[1]) for who in (ZHOU, GU)}
    people, company = server.clone / "people.yaml", server.clone / "company.yaml"
    said = people.read_text("utf-8")
    for (_, email), key in keys.items():
        entry = f"    email: {email}\n"
        said = said.replace(entry, f"{entry}    keys:\n      - key: {key.line}\n")
    people.write_text(said, "utf-8")
    company.write_text(company.read_text("utf-8") + "signing: required\n", "utf-8")
    git(server.clone, "config", "gpg.format", "ssh")
    git(server.clone, "config", "user.signingkey", str(keys[ZHOU].path))
    git(server.clone, "add", "--all")
    git(server.clone, "commit", "--quiet", "-S", "-m", "x", **named(ZHOU))
    accepted(server.push("main"))
    refused(server.push(f"{forged(server)}:{ref}"), "is not signed")
    early, text = forged(server), git(server.clone, "show", f"{BRANCH}:checkpoint.txt")
    late = without(f"{text}\n", "main", git(server.clone, "rev-parse", "main"))
    both = forged(server, forged(server, text=late), words=("-S",), text=late)
    refused(server.push(f"{both}:{ref}"), "is not signed")
    another = ("-S" + str(keys[GU].path),)
    refused(server.push(f"{forged(server, words=another)}:{ref}"), f"with the key of {GU[1]}")
    accepted(server.push(f"{forged(server, early, words=('-S',), text=late)}:{ref}"))
    git(server.clone, "fetch", "--quiet", "origin", f"{ref}:{ref}")
    run(server.clone, "witness", "--name", "nightly", "--push")

    new = sshkeys.make(tmp_path / "new", ZHOU[1])
    old = keys[ZHOU].line
    until = f"\n        until: {datetime.now(UTC).date() - timedelta(days=2)}"
    both = f"{old}\n      - key: {new.line}"
    for signer, find, add in ((keys[ZHOU], old, both), (new, old, f"{old}{until}")):
        people.write_text(people.read_text("utf-8").replace(find, add), "utf-8")
        git(server.clone, "config", "user.signingkey", str(signer.path))
        git(server.clone, "commit", "--quiet", "-S", "-am", "x", **named(ZHOU))
        accepted(server.push("main"))
    when = datetime.now(UTC) - timedelta(days=4)
    words = (f"-S{keys[ZHOU].path}",)
    refused(server.push(f"{forged(server, words=words, when=when)}:{ref}"), "did not count on")
    accepted(server.push(f"{forged(server, words=('-S',))}:{ref}"))
