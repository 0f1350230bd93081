"""A shared repository with the hook: it refuses each attack, says why, and lets honest work in."""

import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from docpipe.adapters import sshkeys
from docpipe.adapters.repository import Sign
from tests.adapters.repository.kit import git, repository
from tests.conftest import Run
from tests.issuing import FOLDER, ORDER, blob, introduced
from tests.receiving import (
    APPROVAL,
    DOCUMENT,
    GU,
    LIN,
    STEM,
    ZHOU,
    Pushed,
    Server,
    change,
    committed,
    copied,
    hosted,
    named,
    run,
)

CJK = re.compile("[\u4e00-\u9fff]")


class Cache:
    """One server for all tests, made by the first."""

    server: Server | None = None


@pytest.fixture
def server(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Server:
    """A copy of a shared repository with the hook, and of a clone of it."""
    if Cache.server is None:
        Cache.server = hosted(tmp_path_factory.mktemp("hosted"))
    return copied(Cache.server, tmp_path)


def refused(pushed: Pushed, *words: str) -> None:
    """It was refused, by docpipe, in both languages, with something to do, for this reason."""
    assert not pushed.accepted
    lines = [line.strip() for line in pushed.said.splitlines() if "docpipe" in line]
    assert any(line.startswith("remote: docpipe：") and CJK.search(line) for line in lines)
    english = [line for line in lines if line.startswith("remote: docpipe: ")]
    assert english, pushed.said
    for word in words:
        assert word in english[0], english[0]
    assert english[0].count(". ") >= 1, "no remedy"


def accepted(pushed: Pushed) -> None:
    assert pushed.accepted, pushed.said


def text(server: Server, path: str) -> str:
    """A file on record in the clone."""
    return blob(server.clone, path).decode()


def issue_again(server: Server, **changes: str) -> dict[str, bytes]:
    """The files of a second issue, with some words of the record changed."""
    record = text(server, f"{STEM}.yaml")
    for find, put in changes.items():
        record = re.sub(rf"^{find}: .*$", f"{find}: {put}", record, count=1, flags=re.MULTILINE)
    return {
        f"orders/{ORDER}/{DOCUMENT}/r1.yaml": record.replace("revision: 0", "revision: 1").encode(),
        f"orders/{ORDER}/{DOCUMENT}/r1.docx": blob(server.clone, f"{STEM}.docx"),
    }


def dated() -> tuple[datetime, str]:
    """A moment for a record by its commit, and as its file has it."""
    moment = datetime.now(UTC).replace(microsecond=0)
    return moment, f'"{moment.isoformat()}"'


def trailers(revision: int = 1, order: str = ORDER) -> tuple[tuple[str, str], ...]:
    number = next(iter(Numbers.first))
    return (("Order", order), ("Document", DOCUMENT), ("Number", number),
            ("Revision", str(revision)))  # fmt: skip


class Numbers:
    """The number of the issued contract, which depends on the year."""

    first: tuple[str, ...] = ()


@pytest.fixture(autouse=True)
def _number(request: pytest.FixtureRequest) -> Iterator[None]:
    if "server" in request.fixturenames and Cache.server and not Numbers.first:
        record = text(Cache.server, f"{STEM}.yaml")
        match = re.search(r"^number: (.*)$", record, re.MULTILINE)
        assert match
        Numbers.first = (match[1].strip('"'),)
    yield


# Honest work


def test_honest_work_passes(server: Server) -> None:
    here = server.clone
    assert git(server.bare, "log", "--format=%s", "records").count("\n") == 1
    run(here, "withdraw", ORDER, DOCUMENT, "--reason", "Wrong date")
    order = here / FOLDER / "order.yaml"
    order.write_text(order.read_text(encoding="utf-8") + "# a remark\n", encoding="utf-8")
    run(here, "save", "-m", "A remark")
    run(here, "sync")  # to a branch of one's own, to be reviewed
    accepted(server.push("main"))
    introduced(here, GU)
    run(here, "approve", ORDER, DOCUMENT)
    introduced(here, LIN)
    run(here, "issue", ORDER, DOCUMENT)
    assert server.tip("records") == git(here, "rev-parse", "records")
    assert git(server.bare, "fsck", "--strict", "--no-dangling") == ""


def test_own_branches_may_be_rewritten_and_deleted(server: Server) -> None:
    git(server.clone, "switch", "--quiet", "-c", "lin/order")
    accepted(server.push("lin/order"))
    committed(server.clone, LIN, "--amend", "--allow-empty")
    accepted(server.push("lin/order"))
    accepted(server.push(":lin/order"))


# records


def test_records_are_not_deleted(server: Server) -> None:
    refused(server.push(":records"), "records", "never deleted")
    assert server.tip("records")


def test_records_are_not_rewritten(server: Server) -> None:
    git(server.clone, "update-ref", "refs/heads/records", "records~1")
    refused(server.push("records"), "only ever added to")
    server.record({f"numbers/SC/{datetime.now(UTC).year}/0001.yaml": b"x"})
    refused(server.push("records"), "lacks its last record")


def test_a_merge_is_no_record(server: Server) -> None:
    tree, tip = (git(server.clone, "rev-parse", f"records{end}") for end in ("^{tree}", ""))
    words = ["commit-tree", tree, "-p", tip, "-p", f"{tip}~1", "-m", "x\n\nDocpipe-Record: 1"]
    merge = git(server.clone, *words, **named(LIN))
    refused(server.push(f"{merge}:refs/heads/records"), "joins two histories")


@pytest.mark.parametrize(
    ("path", "why"),
    [
        (f"{STEM}.docx", "changes or removes"),
        (f"{STEM}.yaml", "changes or removes"),
        ("notes.txt", "no such file"),
        (f"orders/{ORDER}/{DOCUMENT}/r01.yaml", "no such file"),
    ],
)
def test_what_is_on_record_stays_and_nothing_else_comes(
    server: Server, path: str, why: str
) -> None:
    made = by_plain_git(server, path, b"other\n", mark=True)
    refused(server.push(f"{made}:refs/heads/records"), why)


def test_plain_commits_are_no_records(server: Server) -> None:
    made = by_plain_git(server, "numbers/SC/2026/0002.yaml", b"x\n", mark=False)
    refused(server.push(f"{made}:refs/heads/records"), "docpipe did not write it")


def by_plain_git(
    server: Server, path: str, data: bytes, *, mark: bool, by: dict[str, str] | None = None
) -> str:
    """A commit on the records that puts these bytes at `path`, by plain git."""
    index = {"GIT_INDEX_FILE": str(server.clone / ".git/attack")}
    (server.clone / ".git/attack").unlink(missing_ok=True)
    git(server.clone, "read-tree", "records", **index)
    name = git(server.clone, "hash-object", "-w", "--stdin", stdin=data)
    git(server.clone, "update-index", "--add", "--cacheinfo", f"100644,{name},{path}", **index)
    tree = git(server.clone, "write-tree", **index)
    words = ["-m", "x", *(["-m", "Docpipe-Record: 1"] if mark else [])]
    return git(server.clone, "commit-tree", tree, "-p", "records", *words, **by or named(LIN))


def test_a_document_has_the_sum_that_its_record_gives(server: Server) -> None:
    moment, at = dated()
    files = issue_again(server, issued_at=at, sha256="f" * 64)
    server.record(files, when=moment, trailers=trailers())
    refused(server.push("records"), "is not the document that its record describes")


def test_the_same_again_is_sound(server: Server) -> None:
    """The forged records of these tests are refused for what they are tested for alone."""
    moment, at = dated()
    server.record(issue_again(server, issued_at=at), when=moment, trailers=trailers())
    accepted(server.push("records"))


def test_a_record_is_in_the_name_of_who_made_it(server: Server) -> None:
    moment, at = dated()
    server.record(issue_again(server, issued_at=at), by=ZHOU, when=moment, trailers=trailers())
    refused(server.push("records"), "says that it is by Lin Yang", "made by Zhou Mo")


def test_a_record_is_made_by_whom_it_names_as_author(server: Server) -> None:
    made = by_plain_git(server, f"{APPROVAL}/9.txt", b"x", mark=True, by=named(LIN, ZHOU))
    refused(server.push(f"{made}:refs/heads/records"), "names Lin Yang", "Zhou Mo")


def test_strangers_put_nothing_on_record(server: Server) -> None:
    server.record({f"{APPROVAL}/2.txt": b"x"}, by=("Eve", "eve@example.com"))
    refused(server.push("records"), "eve@example.com", "does not know")


def test_records_of_tomorrow_wait_for_it(server: Server) -> None:
    server.record({f"{APPROVAL}/2.txt": b"x"}, ago=-7200)
    refused(server.push("records"), "later than now")


def test_a_revision_comes_in_turn(server: Server) -> None:
    moment, at = dated()
    files = {
        path.replace("/r1.", "/r3."): data.replace(b"revision: 1", b"revision: 3")
        for path, data in issue_again(server, issued_at=at).items()
    }
    server.record(files, when=moment, trailers=trailers(3))
    refused(server.push("records"), "the next revision is 1")


def number_file(number: str, document: str = "other") -> bytes:
    return f"number: {number}\norder: {ORDER}\ndocument: {document}\n".encode()


@pytest.mark.parametrize(
    ("sequence", "why"), [("0007", "the next number there is 0002"), ("0002", "one document")]
)
def test_numbers_come_in_turn_and_with_their_document(
    server: Server, sequence: str, why: str
) -> None:
    year = datetime.now(UTC).year
    data = number_file(f"SC-{year}-{sequence}")
    server.record({f"numbers/SC/{year}/{sequence}.yaml": data})
    refused(server.push("records"), why)


def test_a_number_is_given_once(server: Server) -> None:
    """Another order takes the number of the first, by way of the next free file."""
    moment, at = dated()
    other, year, first = "ZF-2026-0001", datetime.now(UTC).year, Numbers.first[0]
    record = text(server, f"{STEM}.yaml").replace(ORDER, other)
    record = re.sub(r"^issued_at: .*$", f"issued_at: {at}", record, flags=re.MULTILINE)
    place = f"orders/{other}/{DOCUMENT}/r0"
    files = {
        f"{place}.yaml": record.encode(),
        f"{place}.docx": blob(server.clone, f"{STEM}.docx"),
        f"numbers/SC/{year}/0002.yaml": number_file(first, DOCUMENT).replace(
            ORDER.encode(), other.encode()
        ),
    }
    server.record(files, when=moment, trailers=trailers(0, other))
    refused(server.push("records"), f"in the company's form it is SC-{year}-0002")


# approvals, and who may give them


def approve(server: Server, by: tuple[str, str], role: str = "legal") -> None:
    """Another approval of the same text in the clone, in somebody's name and role."""
    moment = datetime.now(UTC).replace(microsecond=0)
    record = text(server, f"{APPROVAL}/1.yaml")
    for key, value in {"name": by[0], "email": by[1], "role": role}.items():
        record = re.sub(rf"\b{key}: [^\n,}}]*", f"{key}: {value}", record, count=1)
    record = re.sub(r"^at: .*$", f'at: "{moment.isoformat()}"', record, flags=re.MULTILINE)
    files = {f"{APPROVAL}/2.yaml": record.encode(),
             f"{APPROVAL}/2.txt": blob(server.clone, f"{APPROVAL}/1.txt")}  # fmt: skip
    said = (("Order", ORDER), ("Document", DOCUMENT))
    server.record(files, by=by, when=moment, trailers=said)


def test_the_forged_approval_is_sound_but_for_the_role(server: Server) -> None:
    approve(server, GU)
    accepted(server.push("records"))


def test_nobody_approves_in_a_role_that_he_does_not_have(server: Server) -> None:
    approve(server, LIN)
    refused(server.push("records"), "in the role legal", "Lin Yang")


def give_lin_legal(old: str) -> str:
    return old.replace("roles: [salesperson]", "roles: [salesperson, legal]", 1)


def test_a_role_given_in_the_same_push_does_not_count(server: Server) -> None:
    change(server.clone, "people.yaml", give_lin_legal, ZHOU)
    approve(server, LIN)
    refused(server.push("main", "records"), "as it was before this push")
    accepted(server.push("main"))
    accepted(server.push("records"))


def test_nobody_gives_himself_a_role(server: Server) -> None:
    change(server.clone, "people.yaml", give_lin_legal, LIN)
    refused(server.push("main"), "changes people.yaml", "role admin")
    approve(server, LIN)
    refused(server.push("main", "records"), "Lin Yang")


def test_an_admin_vouches_for_a_branch_that_he_merges(server: Server) -> None:
    git(server.clone, "switch", "--quiet", "-c", "key")
    change(server.clone, "people.yaml", give_lin_legal, LIN)
    git(server.clone, "switch", "--quiet", "main")
    git(server.clone, "merge", "--quiet", "--no-ff", "-m", "join", "key", **named(LIN))
    refused(server.push("main"), "changes people.yaml")
    git(server.clone, "reset", "--quiet", "--hard", "main^")
    git(server.clone, "merge", "--quiet", "--no-ff", "-m", "join", "key", **named(ZHOU))
    accepted(server.push("main"))


def test_an_older_people_file_does_not_come_back(server: Server) -> None:
    """By a line of commits that goes past main, and joins it with its own people.yaml."""
    base = git(server.clone, "rev-parse", "main")
    change(server.clone, "people.yaml", give_lin_legal, ZHOU)
    change(server.clone, "people.yaml", lambda old: old.replace(", legal]", "]", 1), ZHOU)
    accepted(server.push("main"))
    tree = git(server.clone, "rev-parse", "main~1^{tree}")
    words = ["commit-tree", tree, "-p", base, "-p", "main", "-m", "join"]
    merge = git(server.clone, *words, **named(LIN))
    refused(server.push(f"{merge}:refs/heads/main"), "past main")


def test_a_pull_that_joins_is_no_change_of_roles(server: Server) -> None:
    """Somebody's own commits first, the shared main second: what `git pull` makes."""
    base = git(server.clone, "rev-parse", "main")
    change(server.clone, "people.yaml", give_lin_legal, ZHOU)
    accepted(server.push("main"))
    git(server.clone, "switch", "--quiet", "-c", "own", base)
    change(server.clone, f"{FOLDER}/order.yaml", lambda old: old + "# x\n", LIN)
    git(server.clone, "merge", "--quiet", "-m", "pull", "main", **named(LIN))
    accepted(server.push("own:main"))


def test_somebody_stays_admin(server: Server) -> None:
    change(server.clone, "people.yaml", lambda old: old.replace(", admin]", "]"), ZHOU)
    refused(server.push("main"), "nobody would have the role admin")
    git(server.clone, "reset", "--quiet", "--hard", "main^")
    change(server.clone, "people.yaml", lambda old: old + "  broken: [\n", ZHOU)
    refused(server.push("main"), "people.yaml")


def test_a_contract_without_the_approval_it_takes_is_not_issued(server: Server) -> None:
    moment, at = dated()
    files = issue_again(server, issued_at=at)
    path = f"orders/{ORDER}/{DOCUMENT}/r1.yaml"
    files[path] = re.sub(rb"approvals:.*", b"approvals: []\n", files[path], flags=re.DOTALL)
    server.record(files, when=moment, trailers=trailers())
    refused(server.push("records"), "takes the approval of the role legal")


# main


def test_main_is_neither_deleted_nor_rewritten(server: Server) -> None:
    git(server.bare, "config", "receive.denyDeleteCurrent", "ignore")
    refused(server.push(":main"), "never deleted")
    change(server.clone, f"{FOLDER}/order.yaml", lambda old: old + "# x\n", LIN)
    accepted(server.push("main"))
    git(server.clone, "reset", "--quiet", "--hard", "main^")
    refused(server.push("main"), "would lose commits")
    git(server.bare, "config", "docpipe.allowRewrite", "true")
    accepted(server.push("main"))


def test_an_order_with_errors_stays_out(server: Server) -> None:
    bad = change(
        server.clone, f"{FOLDER}/contract.yaml",
        lambda old: old.replace("prevailing_language: en", "prevailing_lang: en"), LIN,
    )  # fmt: skip
    refused(server.push("main"), ORDER, "has errors")
    git(server.clone, "revert", "--no-edit", bad, **named(LIN))
    accepted(server.push("main"))


def test_an_order_with_records_is_not_deleted(server: Server) -> None:
    git(server.clone, "rm", "-r", "--quiet", FOLDER)
    committed(server.clone, LIN)
    refused(server.push("main"), f"Order {ORDER} is deleted", "4 files")
    git(server.clone, "reset", "--quiet", "--hard", "main^")
    git(server.clone, "rm", "--quiet", f"{FOLDER}/order.yaml")
    committed(server.clone, LIN)
    refused(server.push("main"), f"Order {ORDER} is deleted")


def test_an_order_without_records_may_go_and_one_with_them_may_move(server: Server) -> None:
    other = next(
        path for path in git(server.clone, "ls-files", "orders").splitlines()
        if path.endswith("/order.yaml") and ORDER not in path
    )  # fmt: skip
    git(server.clone, "rm", "-r", "--quiet", str(Path(other).parent))
    (server.clone / "orders/2026/04").mkdir(parents=True, exist_ok=True)
    git(server.clone, "mv", FOLDER, f"orders/2026/04/{ORDER}")
    committed(server.clone, LIN)
    accepted(server.push("main"))


# the access log

_ACCESS = "access/lin.yang@zefan.example/desk-0a1b2c"


def entry(
    server: Server, sequence: int, parent: str = "", by: tuple[str, str] = LIN, mark: str = "1",
    tree: str = "", more: tuple[str, ...] = (),
) -> str:  # fmt: skip
    """An entry of the access log, by plain git."""
    tree = tree or git(server.clone, "mktree")
    said = f"Docpipe-Access: {mark}\nSequence: {sequence}\nCommand: open\nOrder: {ORDER}"
    words = [word for each in (parent, *more) if each for word in ("-p", each)]
    subject = f"Open {ORDER} {DOCUMENT} revision 0"
    return git(server.clone, "commit-tree", tree, *words, "-m", subject, "-m", said, **named(by))


def chain(server: Server, length: int) -> list[str]:
    found = [""]
    for sequence in range(1, length + 1):
        found.append(entry(server, sequence, found[-1]))
    return found[1:]


def test_entries_of_one_s_own_pass(server: Server) -> None:
    first, second, third = chain(server, 3)
    accepted(server.push(f"{second}:refs/heads/{_ACCESS}"))
    accepted(server.push(f"{third}:refs/heads/{_ACCESS}"))
    refused(server.push(f":refs/heads/{_ACCESS}"), "never deleted")
    refused(server.push(f"{first}:refs/heads/{_ACCESS}"), "only ever added to")
    other = entry(server, 4, second)
    refused(server.push(f"{other}:refs/heads/{_ACCESS}"), "lacks its last entry")


def test_names_of_branches_hold_any_person(server: Server) -> None:
    odd = ("Odd", "o'dd/x@zefan.example")
    made = entry(server, 1, by=odd)
    accepted(server.push(f"{made}:refs/heads/access/o%27dd%2Fx@zefan.example/pc-000000"))


def test_entries_in_another_s_name_are_refused(server: Server) -> None:
    made = entry(server, 1, by=ZHOU)
    refused(server.push(f"{made}:refs/heads/{_ACCESS}"), "by Zhou Mo", "lin.yang@zefan.example")


def test_what_is_no_entry_is_refused(server: Server) -> None:
    first = entry(server, 1)
    tree = git(server.clone, "rev-parse", "main^{tree}")
    for made, why in {
        entry(server, 2): "its sequence is 2",
        entry(server, 3, first): "its sequence is 3",
        entry(server, 1, mark="2"): "docpipe did not write it",
        entry(server, 1, tree=tree): "it holds files",
        entry(server, 2, first, more=(entry(server, 1, by=ZHOU),)): "joins several histories",
    }.items():
        refused(server.push(f"{made}:refs/heads/{_ACCESS}"), why)
    refused(server.push(f"{first}:refs/heads/access/lin"), "no branch of the access log")


@pytest.mark.parametrize(
    "ref", ["refs/heads/access", "refs/heads/Records", "refs/heads/MAIN", "refs/heads/records/x",
            "refs/replace/" + "0" * 39 + "1", "refs/tags/records", "refs/records"],
)  # fmt: skip
def test_nothing_stands_in_the_way_of_what_is_docpipe_s(server: Server, ref: str) -> None:
    git(server.bare, "update-ref", "-d", "refs/heads/records")
    refused(server.push(f"main:{ref}"))


# signatures


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
    change(server.clone, "company.yaml", lambda old: old + "signing: required\n", ZHOU)
    accepted(server.push("main"))
    git(server.clone, "config", "gpg.format", "ssh")
    git(server.clone, "config", "user.signingkey", str(keys[LIN].path))
    return server, signs[0], signs[1]


def test_what_is_signed_passes_and_what_is_not_does_not(
    signing: tuple[Server, Sign, Sign],
) -> None:
    server, zhou, lin = signing
    moment, at = dated()
    files, tip = issue_again(server, issued_at=at), server.tip("records")
    for sign, why in ((None, "is not signed"), (zhou, "signed with the key of zhou.mo")):
        server.record(files, when=moment, trailers=trailers(), sign=sign)
        refused(server.push("records"), why)
        git(server.clone, "update-ref", "refs/heads/records", tip)
    server.record(files, when=moment, trailers=trailers(), sign=lin)
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
    """Who enters his own key signs with it; an admin who joins that vouches for it."""
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
    refused(server.push(f"{entry(server, 1)}:refs/heads/{_ACCESS}"), "is not signed")
    tree, made = git(server.clone, "mktree"), ""
    for sequence in range(1, 4):
        words = ["commit-tree", "-S", tree, *(["-p", made] if made else []), "-m", "Open"]
        said = f"Docpipe-Access: 1\nSequence: {sequence}"
        made = git(server.clone, *words, "-m", said, **named(LIN))
    accepted(server.push(f"{made}:refs/heads/{_ACCESS}"))


# who pushes


def test_the_server_may_tell_who_pushes(server: Server) -> None:
    git(server.bare, "config", "docpipe.pusher", "GL_USER@zefan.example")
    made = entry(server, 1)
    ref = f"{made}:refs/heads/{_ACCESS}"
    refused(server.push(ref), "does not tell who pushes")
    refused(server.push(ref, GL_USER="zhou.mo"), "zhou.mo@zefan.example pushes it")
    accepted(server.push(ref, GL_USER="lin.yang"))
    change(server.clone, "people.yaml", give_lin_legal, ZHOU)  # says Lin, who is not Zhou
    refused(server.push("main", GL_USER="lin.yang"), "who pushes, did not have the role admin")
    accepted(server.push("main", GL_USER="Zhou.Mo@zefan.example"))


def test_docpipe_passes_on_what_the_server_says_in_one_s_own_language(
    docpipe: Run, server: Server
) -> None:
    git(server.bare, "config", "docpipe.pusher", "GL_USER")
    words = ("withdraw", ORDER, DOCUMENT, "--reason", "Wrong date")
    done = docpipe(*words, cwd=server.clone, GL_USER=ZHOU[1])
    assert done.returncode == 1
    assert "is in the name of Lin Yang" in done.stderr
    assert done.stderr.splitlines()[-1] == "Nothing was recorded"
    assert not CJK.search(done.stderr)
    done = docpipe("--lang", "zh", *words, cwd=server.clone, GL_USER=ZHOU[1])
    assert "署名 Lin Yang" in done.stderr
    assert "in the name of" not in done.stderr
    assert server.tip("records") == git(server.clone, "rev-parse", "records")


def test_sync_passes_on_what_the_server_says(docpipe: Run, server: Server) -> None:
    edit = (server.clone / "company.yaml").read_text(encoding="utf-8")
    direct = edit.replace("flow: pull-request", "flow: direct")
    (server.clone / "company.yaml").write_text(direct, encoding="utf-8")
    committed(server.clone, LIN)
    accepted(server.push("main"))
    git(server.clone, "fetch", "--quiet", "origin")
    change(server.clone, "people.yaml", give_lin_legal, LIN)
    done = docpipe("sync", cwd=server.clone)
    assert done.returncode == 1
    assert "changes people.yaml" in done.stderr
    assert "Mend it, then do it again" in done.stderr
    assert not CJK.search(done.stderr)


# the command


def test_without_people_nothing_goes_on_record(tmp_path: Path) -> None:
    bare = repository(tmp_path / "bare.git", "--bare")
    run(tmp_path, "hook", "install", str(bare))
    here = introduced(repository(tmp_path / "here"), LIN)
    server = Server(bare, here, bare.as_uri())
    server.record({f"{APPROVAL}/1.txt": b"x"})
    refused(server.push("records"), "no main with a people.yaml", "Share main first")


def test_the_hook_is_installed_looked_after_and_kept_apart(
    docpipe: Run, server: Server, tmp_path: Path
) -> None:
    path = server.bare / "hooks/pre-receive"
    fine = docpipe("hook", "install", "--check", str(server.bare), cwd=tmp_path)
    assert fine.returncode == 0
    assert "names are believed" in fine.stdout
    path.chmod(0o644)
    git(server.bare, "config", "core.hooksPath", "/elsewhere")
    git(server.bare, "config", "receive.fsckObjects", "false")
    wrong = docpipe("--lang", "zh", "hook", "install", "--check", str(server.bare), cwd=tmp_path)
    assert wrong.returncode == 1
    assert len(wrong.stdout.splitlines()) == 4
    assert all(CJK.search(line) for line in wrong.stdout.splitlines())
    path.write_text("#!/bin/sh\necho mine >&2; cat >&2\n", encoding="utf-8")
    path.chmod(0o755)
    done = docpipe("hook", "install", str(server.bare), cwd=tmp_path)
    assert done.returncode == 1
    assert f"mv {path} {path}.local" in done.stderr
    path.rename(f"{path}.local")
    git(server.bare, "config", "--unset", "core.hooksPath")
    docpipe("hook", "install", str(server.bare), cwd=tmp_path)
    pushed = server.push("main:refs/heads/x")
    accepted(pushed)
    assert "remote: mine" in pushed.said
    assert "refs/heads/x" in pushed.said


def test_a_hook_is_only_for_bare_repositories(docpipe: Run, server: Server) -> None:
    done = docpipe("hook", "install", ".", cwd=server.clone)
    assert done.returncode == 1
    assert "is not a bare repository" in done.stderr


def test_where_docpipe_is_gone_nothing_is_accepted(server: Server) -> None:
    path = server.bare / "hooks/pre-receive"
    path.write_text(path.read_text(encoding="utf-8").replace(sys.executable, "/no/python"))
    assert not server.push("main:refs/heads/x").accepted


RUBBISH = [
    b"x", b"\0", b"\xff\xfe", b"a b c\n", b"0" * 40 + b" " + b"1" * 40 + b" HEAD\n",
    b"0" * 40 + b" " + b"1" * 40 + b" refs/heads/../x\n", b"\n\n", b"0" * 64 + b" " + b"1" * 64
    + b" refs/heads/main\n", b"1" * 40 + b" " + b"2" * 40 + b" refs/heads/main\n",
    b"0" * 40 + b" " + b"1" * 40 + b" refs/heads/records\n", b"-" * 100_000,
    b"0" * 40 + b" " + b"1" * 40 + b" refs/heads/access/\xff/\xfe\n",
]  # fmt: skip


@pytest.mark.parametrize("lines", RUBBISH, ids=range(len(RUBBISH)))
def test_rubbish_is_refused_in_words(server: Server, lines: bytes) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "docpipe", "hook", "pre-receive"],
        cwd=server.bare, input=lines, capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr.startswith("docpipe：".encode())
    assert b"\ndocpipe: " in done.stderr


def test_an_empty_push_is_none(server: Server) -> None:
    words = [sys.executable, "-m", "docpipe", "hook", "pre-receive"]
    assert subprocess.run(words, cwd=server.bare, input=b"", check=False).returncode == 0
