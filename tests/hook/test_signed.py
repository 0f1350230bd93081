"""Pushes where everything is signed."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from docpipe.adapters import sshkeys
from docpipe.adapters.git import Sign
from tests.adapters.git.kit import git
from tests.issuing import FOLDER, introduced
from tests.receiving import (
    CHAIN,
    GU,
    LIN,
    ZHOU,
    Server,
    accepted,
    by_main,
    change,
    committed,
    dated,
    entry,
    give_lin_legal,
    issue_again,
    named,
    refused,
    trailers,
)

pytestmark = pytest.mark.openssh


@pytest.fixture
def signing(server: Server, tmp_path: Path) -> tuple[Server, Sign, Sign]:
    """The server where everything is signed; Zhou's and Lin's keys."""
    signs, keys = [], {}
    for who in (ZHOU, LIN):
        keys[who] = key = sshkeys.make(tmp_path / who[1], who[1])
        signs.append(sshkeys.signer(key))
    people = server.clone / "people.yaml"
    said = people.read_text(encoding="utf-8")
    for (_, email), key in keys.items():
        said = said.replace(
            f"    email: {email}\n",
            f"    email: {email}\n    keys:\n      - key: {key.line}\n",
        )
    people.write_text(said, encoding="utf-8")
    git(server.clone, "config", "gpg.format", "ssh")
    git(server.clone, "config", "user.signingkey", str(keys[ZHOU].path))
    company = server.clone / "company.yaml"
    company.write_text(company.read_text(encoding="utf-8") + "signing: required\n", "utf-8")
    committed(server.clone, ZHOU, "-S")
    accepted(server.push("main"))
    git(server.clone, "fetch", "--quiet")
    introduced(server.clone, LIN)
    git(server.clone, "config", "user.signingkey", str(keys[LIN].path))
    return server, signs[0], signs[1]


def test_what_is_signed_passes_and_what_is_not_does_not(
    signing: tuple[Server, Sign, Sign],
) -> None:
    server, zhou, lin = signing
    moment, at = dated()
    files, tip = by_main(server, issue_again(server, issued_at=at)), server.tip("records")
    for sign, why in ((None, "is not signed"), (zhou, "signed with the key of zhou.mo")):
        server.record(files, when=moment, trailers=trailers(server), sign=sign)
        refused(server.push("records"), why)
        git(server.clone, "update-ref", "refs/heads/records", tip)
    server.record(files, when=moment, trailers=trailers(server), sign=lin)
    accepted(server.push("records"))


def test_main_is_signed_where_it_is_asked(signing: tuple[Server, Sign, Sign]) -> None:
    server, _, _ = signing
    change(server.clone, f"{FOLDER}/order.yaml", lambda old: old + "# x\n", LIN)
    refused(server.push("main"), "is not signed")
    git(server.clone, "commit", "--quiet", "--amend", "-S", "--no-edit", **named(LIN))
    accepted(server.push("main"))
    git(server.clone, "commit", "--quiet", "-S", "--allow-empty", "-m", "x", **named(ZHOU))
    refused(server.push("main"), "in the name of Zhou Mo", "lin.yang@zefan.example")


def test_only_an_admin_leaves_off_signing(signing: tuple[Server, Sign, Sign]) -> None:
    server, _, _ = signing
    path = server.clone / "company.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("signing: required\n", ""), "utf-8")
    committed(server.clone, LIN, "-S")
    refused(server.push("main"), "signing in company.yaml")


def test_a_new_key_comes_in_by_an_admin(signing: tuple[Server, Sign, Sign], tmp_path: Path) -> None:
    """A person who adds their own key signs with it; an admin who merges that vouches for it."""
    server, _, _ = signing
    key = sshkeys.make(tmp_path / "gu", GU[1])
    people = server.clone / "people.yaml"
    email = f"    email: {GU[1]}\n"
    entered = f"{email}    keys:\n      - key: {key.line}\n"
    people.write_text(people.read_text(encoding="utf-8").replace(email, entered), "utf-8")
    base = git(server.clone, "rev-parse", "main")
    git(server.clone, "config", "user.signingkey", str(key.path))
    own = committed(server.clone, GU, "-S")
    refused(server.push("main"), "changes people.yaml")
    git(server.clone, "reset", "--quiet", "--hard", base)
    git(server.clone, "config", "user.signingkey", str(tmp_path / f"{ZHOU[1]}.pub"))
    git(server.clone, "merge", "--quiet", "--no-ff", "-S", "-m", "join", own, **named(ZHOU))
    accepted(server.push("main"))


def test_nobody_makes_an_admin_s_merge(signing: tuple[Server, Sign, Sign]) -> None:
    """A merge that only joins need not be signed, but it may not bring roles along."""
    server, _, _ = signing
    base = git(server.clone, "rev-parse", "main")
    path = server.clone / "people.yaml"
    path.write_text(give_lin_legal(path.read_text(encoding="utf-8")), encoding="utf-8")
    own = committed(server.clone, LIN, "-S")
    words = ["commit-tree", f"{own}^{{tree}}", "-p", base, "-p", own, "-m", "join"]
    merge = git(server.clone, *words, **named(ZHOU))
    refused(server.push(f"{merge}:refs/heads/main"), "in the name of Zhou Mo", "did not sign")


def test_a_key_that_is_over_does_not_sign_an_older_day(
    signing: tuple[Server, Sign, Sign], tmp_path: Path
) -> None:
    server, _, _ = signing
    yesterday = datetime.now(UTC) - timedelta(days=2)
    people = server.clone / "people.yaml"
    line = sshkeys.read(tmp_path / LIN[1]).line
    over = f"{line}\n        until: {yesterday.date()}"
    people.write_text(people.read_text(encoding="utf-8").replace(line, over), encoding="utf-8")
    git(server.clone, "config", "user.signingkey", str(tmp_path / f"{ZHOU[1]}.pub"))
    committed(server.clone, ZHOU, "-S")
    accepted(server.push("main"))
    git(server.clone, "config", "user.signingkey", str(tmp_path / f"{LIN[1]}.pub"))
    when = str(int((yesterday - timedelta(days=2)).timestamp())) + " +0000"
    dates = {"GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when}
    words = ["commit", "--quiet", "-S", "--allow-empty", "-m", "x"]
    git(server.clone, *words, **named(LIN), **dates)
    refused(server.push("main"), "did not count on")


def test_entries_of_the_log_are_signed_where_it_is_asked(
    signing: tuple[Server, Sign, Sign],
) -> None:
    server, _, _ = signing
    refused(server.push(f"{entry(server, 1)}:refs/heads/{CHAIN}"), "is not signed")
    made = ""
    for sequence in range(1, 4):
        made = entry(server, sequence, made, words=("-S",))
    accepted(server.push(f"{made}:refs/heads/{CHAIN}"))
