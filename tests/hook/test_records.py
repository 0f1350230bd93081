"""Pushes to `records`: documents, numbers, approvals."""

import re
from datetime import UTC, datetime

import pytest

from docpipe.trust.formats.places import documents_of
from tests.adapters.git.kit import git
from tests.issuing import FOLDER, ORDER, blob
from tests.receiving import (
    APPROVAL,
    DOCUMENT,
    GU,
    LIN,
    STEM,
    ZHOU,
    Server,
    accepted,
    by_main,
    change,
    dated,
    give_lin_legal,
    issue_again,
    named,
    number,
    refused,
    text,
    trailers,
)


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
    refused(server.push(f"{merge}:refs/heads/records"), "merges two histories")


@pytest.mark.parametrize(
    ("path", "why"),
    [
        (f"{STEM}.docx", "changes or removes"),
        (f"{STEM}.yaml", "changes or removes"),
        ("notes.txt", "no such file"),
        (f"{documents_of(ORDER)}/{DOCUMENT}/r01.yaml", "no such file"),
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
    main = git(server.clone, "rev-parse", "refs/remotes/origin/main")
    words = ["-m", "x", *(["-m", f"Main: {main}\nDocpipe-Record: 1"] if mark else [])]
    return git(server.clone, "commit-tree", tree, "-p", "records", *words, **by or named(LIN))


def test_a_document_has_the_sum_that_its_record_gives(server: Server) -> None:
    moment, at = dated()
    files = issue_again(server, issued_at=at, sha256="f" * 64)
    server.record(files, when=moment, trailers=trailers(server))
    refused(server.push("records"), "This is not the document that was issued")


def test_the_same_again_is_sound(server: Server) -> None:
    """The forged records of these tests are refused for what they are tested for alone."""
    moment, at = dated()
    server.record(issue_again(server, issued_at=at), when=moment, trailers=trailers(server))
    accepted(server.push("records"))


@pytest.mark.parametrize(
    "path", ["company.yaml", "templates/catalogue.yaml", f"{FOLDER}/order.yaml"]
)
def test_nothing_is_issued_from_what_main_has_otherwise_by_now(server: Server, path: str) -> None:
    """An account, an approval asked for or a price that was changed since is not got around."""
    moment, at = dated()
    files = issue_again(server, issued_at=at)
    change(server.clone, path, lambda old: old + "# corrected\n", ZHOU)
    accepted(server.push("main"))
    server.record(files, when=moment, trailers=trailers(server))
    refused(server.push("records"), "has moved on", path.removesuffix("/order.yaml"))


def test_other_orders_go_on_while_a_document_is_issued(server: Server) -> None:
    other = "orders/2026/02/ZF-2026-0001/order.yaml"
    moment, at = dated()
    files = issue_again(server, issued_at=at)
    change(server.clone, other, lambda old: old + "# a remark\n", LIN)
    accepted(server.push("main"))
    server.record(files, when=moment, trailers=trailers(server))
    accepted(server.push("records"))


def test_a_record_is_in_the_name_of_who_made_it(server: Server) -> None:
    moment, at = dated()
    server.record(
        issue_again(server, issued_at=at), by=ZHOU, when=moment, trailers=trailers(server)
    )
    refused(server.push("records"), "says that it is by Lin Yang", "made by Zhou Mo")


def test_a_record_is_made_by_whom_it_names_as_author(server: Server) -> None:
    moment, at = dated()
    files = issue_again(server, issued_at=at)
    server.record(files, when=moment, trailers=trailers(server))
    made = git(server.clone, "cat-file", "commit", "records").replace(
        "committer Lin Yang <lin.yang@", "committer Zhou Mo <zhou.mo@"
    )
    name = git(server.clone, "hash-object", "-w", "-t", "commit", "--stdin",
               stdin=made.encode() + b"\n")  # fmt: skip
    refused(server.push(f"{name}:refs/heads/records"), "by Lin Yang", "made by Zhou Mo")


@pytest.mark.parametrize(
    ("find", "put"),
    [
        ("\n\n", "\nencoding UTF-7\n\n"),
        (" +0000\n", " -9959\n"),
        ("\n\n", "\n\nApprove: all of it\n\n"),
        ("Issue ", "Approve "),
    ],
)
def test_a_record_s_commit_has_one_form(server: Server, find: str, put: str) -> None:
    """What plain git shows of it is what was judged."""
    moment, at = dated()
    server.record(issue_again(server, issued_at=at), when=moment, trailers=trailers(server))
    made = git(server.clone, "cat-file", "commit", "records") + "\n"
    assert find in made
    made = made.replace(find, put, 1 if find == "\n\n" else -1)
    name = git(server.clone, "hash-object", "-w", "-t", "commit", "--stdin", stdin=made.encode())
    refused(server.push(f"{name}:refs/heads/records"), "records refused")


@pytest.mark.parametrize("more", [b"# paid in full\n", b'approved_by: "Gu Fa"\n', b"\r\n"])
def test_a_record_s_file_has_one_form(server: Server, more: bytes) -> None:
    moment, at = dated()
    files = issue_again(server, issued_at=at)
    path = next(each for each in files if each.endswith(".yaml"))
    server.record({**files, path: files[path] + more}, when=moment, trailers=trailers(server))
    refused(server.push("records"), "one form")


def test_strangers_put_nothing_on_record(server: Server) -> None:
    eve = ("Eve", "eve@example.com")
    approve(server, eve)
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
    server.record(files, when=moment, trailers=trailers(server, 3))
    refused(server.push("records"), "r1.yaml", "Revision 1 of sales-contract is missing")


def number_file(number: str, document: str = "other") -> bytes:
    return f"number: {number}\norder: {ORDER}\ndocument: {document}\n".encode()


@pytest.mark.parametrize(
    ("sequence", "why"),
    [("0007", "0002.yaml: This number is missing"), ("0002", "issues no document with it")],
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
    other, year, first = "ZF-2026-0001", datetime.now(UTC).year, number(server)
    record = text(server, f"{STEM}.yaml").replace(ORDER, other)
    record = re.sub(r"^issued_at: .*$", f"issued_at: {at}", record, flags=re.MULTILINE)
    place = f"{documents_of(other)}/{DOCUMENT}/r0"
    files = {
        f"{place}.yaml": record.encode(),
        f"{place}.docx": blob(server.clone, f"{STEM}.docx"),
        f"numbers/SC/{year}/0002.yaml": number_file(first, DOCUMENT).replace(
            ORDER.encode(), other.encode()
        ),
    }
    server.record(files, when=moment, trailers=trailers(server, 0, other))
    refused(server.push("records"), f"in the company's form it is SC-{year}-0002")


def approve(server: Server, by: tuple[str, str], role: str = "legal") -> None:
    """Another approval of the same text in the clone, in somebody's name and role."""
    moment = datetime.now(UTC).replace(microsecond=0)
    record = text(server, f"{APPROVAL}/1.yaml")
    for key, value in {"name": by[0], "email": by[1], "role": role}.items():
        record = re.sub(rf"\b{key}: [^\n,}}]*", f'{key}: "{value}"', record, count=1)
    record = re.sub(r"^at: .*$", f'at: "{moment.isoformat()}"', record, flags=re.MULTILINE)
    main = git(server.clone, "rev-parse", "refs/remotes/origin/main")
    record = re.sub(r"^commit: .*$", f'commit: "{main}"', record, flags=re.MULTILINE)
    files = {f"{APPROVAL}/2.yaml": record.encode(),
             f"{APPROVAL}/2.txt": blob(server.clone, f"{APPROVAL}/1.txt")}  # fmt: skip
    said = (("Order", ORDER), ("Document", DOCUMENT))
    server.record(files, by=by, when=moment, trailers=said)


def test_the_forged_approval_is_sound_but_for_the_role(server: Server) -> None:
    approve(server, GU)
    accepted(server.push("records"))


def test_nobody_approves_in_a_role_that_they_do_not_have(server: Server) -> None:
    approve(server, LIN)
    refused(server.push("records"), "did not have the role legal", "Lin Yang")


def test_a_role_given_in_the_same_push_does_not_count(server: Server) -> None:
    change(server.clone, "people.yaml", give_lin_legal, ZHOU)
    approve(server, LIN)
    refused(server.push("main", "records"), "did not have the role legal")
    accepted(server.push("main"))
    refused(server.push("records"), "did not have the role legal")  # it names the main before
    git(server.clone, "update-ref", "refs/heads/records", "records~1")
    git(server.clone, "fetch", "--quiet")
    approve(server, LIN)
    refused(server.push("records"), "approved their own work")


def test_nobody_gives_himself_a_role(server: Server) -> None:
    change(server.clone, "people.yaml", give_lin_legal, LIN)
    refused(server.push("main"), "changes people.yaml", "role admin")
    approve(server, LIN)
    refused(server.push("main", "records"), "Lin Yang")


@pytest.mark.parametrize(
    ("author", "committer"), [(LIN, GU), (GU, LIN), (("Gu Fa", "GU.FA@zefan.example"),) * 2]
)
def test_nobody_approves_what_they_had_a_hand_in(
    server: Server, author: tuple[str, str], committer: tuple[str, str]
) -> None:
    """As author or committer, in capitals or not."""
    path = server.clone / FOLDER / "order.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "# a remark\n", encoding="utf-8")
    git(server.clone, "commit", "--quiet", "-am", "x", **named(author, committer))
    accepted(server.push("main"))
    git(server.clone, "fetch", "--quiet")
    approve(server, GU)
    refused(server.push("records"), "approved their own work")


def test_an_admin_vouches_for_a_branch_that_they_merge(server: Server) -> None:
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
    refused(server.push(f"{merge}:refs/heads/main"), "go on from other commits")


def test_a_pull_that_joins_puts_no_main_aside(server: Server) -> None:
    """Somebody's own commits first, the shared main second: what `git pull` makes."""
    base = git(server.clone, "rev-parse", "main")
    change(server.clone, "people.yaml", give_lin_legal, ZHOU)
    accepted(server.push("main"))
    git(server.clone, "switch", "--quiet", "-c", "own", base)
    change(server.clone, f"{FOLDER}/order.yaml", lambda old: old + "# x\n", LIN)
    git(server.clone, "merge", "--quiet", "-m", "pull", "main", **named(LIN))
    refused(server.push("own:main"), "go on from other commits")
    git(server.clone, "rebase", "--quiet", "main", **named(LIN))
    accepted(server.push("own:main"))


def test_somebody_stays_admin(server: Server) -> None:
    change(server.clone, "people.yaml", lambda old: old.replace(", admin]", "]"), ZHOU)
    refused(server.push("main"), "nobody has the role admin")
    git(server.clone, "reset", "--quiet", "--hard", "main^")
    change(server.clone, "people.yaml", lambda old: old + "  broken: [\n", ZHOU)
    refused(server.push("main"), "people.yaml")


def test_a_contract_without_the_approval_it_takes_is_not_issued(server: Server) -> None:
    moment, at = dated()
    files = issue_again(server, issued_at=at)
    path = f"{documents_of(ORDER)}/{DOCUMENT}/r1.yaml"
    files[path] = re.sub(rb"approvals:.*", b"approvals: []\n", files[path], flags=re.DOTALL)
    server.record(files, when=moment, trailers=trailers(server))
    refused(server.push("records"), "asks for an approval as legal")


def test_a_document_is_one_that_the_order_has(server: Server) -> None:
    """By facts that can be read in the main that it names."""
    change(server.clone, f"{FOLDER}/contract.yaml", lambda _: "lines: [\n", LIN)
    git(server.bare, "fetch", "--quiet", str(server.clone), "main:main")  # past the hook
    git(server.clone, "fetch", "--quiet")
    moment, at = dated()
    files = by_main(server, issue_again(server, issued_at=at))
    server.record(files, when=moment, trailers=trailers(server))
    pushed = server.push("records")
    refused(pushed)
    assert "of the kind sales-contract" in pushed.said


def test_no_record_is_made_by_an_older_main_than_the_one_before(server: Server) -> None:
    old = git(server.clone, "rev-parse", "main")
    new = change(server.clone, "customers/MFANO.yaml", lambda text: f"{text}\n", LIN)
    accepted(server.push("main"))
    git(server.clone, "fetch", "--quiet")
    approve(server, GU)
    accepted(server.push("records"))
    git(server.clone, "update-ref", "refs/remotes/origin/main", old)
    moment, at = dated()
    server.record(issue_again(server, issued_at=at), when=moment, trailers=trailers(server))
    refused(server.push("records"), f"by an older main ({old[:12]})", f"before it ({new[:12]})")
