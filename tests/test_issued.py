"""What was issued: how it stands to today's facts, withdrawn, handed out as a copy."""

import json
import shutil
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest

from docpipe.adapters.git import Record, Records, Signature, open_repository
from docpipe.adapters.word import package
from docpipe.diagnostics import DocpipeError
from docpipe.steps.export import DocumentQuery, ExportRequest, export
from docpipe.steps.issue import issue
from docpipe.steps.issued import DocumentState, issued
from docpipe.steps.show import show
from docpipe.workspace.traced_workspace import TracedWorkspace
from docpipe.workspace.workspace import Workspace
from tests.adapters.git.kit import git, is_sound
from tests.conftest import Run
from tests.issuing import FOLDER, ORDER, SHELF, blob, edit, introduced, kept, read, saved, shared

NOON = datetime(2026, 11, 25, 4, tzinfo=UTC)
NEW_YEAR = datetime(2026, 12, 31, 16, 30, tzinfo=UTC)  # 2027 by the company's clock


@pytest.fixture
def trade(shop: Path) -> Path:
    return kept(shop)


def put(shop: Path, document: str, now: datetime = NOON, name: str = "") -> str:
    """Issue a document; its number."""
    return issue(TracedWorkspace(shop), FOLDER, document, name, now).issued.number


def states(shop: Path) -> dict[tuple[str, int], DocumentState]:
    found = issued(Workspace(shop), FOLDER).standings
    return {(s.issued.document, s.issued.revision): s.state for s in found}


def test_numbers_begin_anew_with_the_companys_year(trade: Path) -> None:
    assert put(trade, "commercial-invoice-1") == "CI-2026-0001"
    assert put(trade, "order-sheet") == "OS-2026-0001"
    saved(trade, "customers/MFANO.yaml", "Mombasa", "Nairobi")
    assert put(trade, "order-sheet", NEW_YEAR) == "OS-2026-0001"
    assert put(trade, "quotation", NEW_YEAR) == "QT-2027-0001"
    assert read(trade, f"orders/{SHELF}/quotation/r0.yaml").text("issued_at") == (
        "2027-01-01T00:30:00+08:00"
    )


@pytest.fixture
def careful(shop: Path) -> Path:
    """A workspace in which a contract takes the approval of legal."""
    return kept(shop, approvals=True)


def test_a_contract_is_not_issued_without_the_approval_of_exactly_this_text(
    careful: Path, inside: Run
) -> None:
    refused = inside("issue", ORDER, "sales-contract", cwd=careful)
    assert refused.returncode == 1
    assert "not approved: legal" in refused.stderr
    chinese = inside("--lang", "zh", "issue", ORDER, "sales-contract", cwd=careful)
    assert "尚未审批：法" in chinese.stderr
    assert git(careful, "for-each-ref", "refs/heads/records") == ""
    introduced(careful, ("法务", "gu.fa@zefan.example"))
    approved = inside("approve", ORDER, "sales-contract", cwd=careful)
    assert approved.returncode == 0, approved.stderr
    introduced(careful)
    done = inside("issue", ORDER, "sales-contract", cwd=careful)
    assert done.returncode == 0, done.stderr
    record = read(careful, f"orders/{SHELF}/sales-contract/r0.yaml")
    assert [row.value for row in record.rows("approvals")] == [
        f"approvals/{SHELF}/sales-contract/1.yaml"
    ]
    saved(
        careful,
        "contract.yaml",
        "Commercial invoice, 3 originals",
        "Commercial invoice, 4 originals",
    )
    again = inside("issue", ORDER, "sales-contract", cwd=careful)
    assert "not approved: legal" in again.stderr, "the approval lapsed with the text"


def test_what_still_holds_is_current_and_what_does_not_is_stale(trade: Path) -> None:
    for document in ("sales-contract", "quotation", "customer-profile"):
        put(trade, document)
    assert set(states(trade).values()) == {DocumentState.CURRENT}
    edit(trade, "contract.yaml", "price: 3.53", "price: 3.63")
    assert states(trade) == {
        ("sales-contract", 0): DocumentState.STALE,
        ("quotation", 0): DocumentState.CURRENT,
        ("customer-profile", 0): DocumentState.CURRENT,
    }


def test_a_stale_document_shows_the_lines_that_differ(inside: Run, trade: Path) -> None:
    put(trade, "sales-contract")
    edit(trade, "customers/MFANO.yaml", "Mombasa 80100", "Nairobi 00100")
    done = inside("issued", ORDER, cwd=trade)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        "SC-2026-0001\t0\tsales-contract\tstale\t2026-11-25\t林样",
        "SC-2026-0001 revision 0 (stale):",
        "  - Plot 12, Sample Industrial Area, Mombasa 80100, Kenya",
        "  + Plot 12, Sample Industrial Area, Nairobi 00100, Kenya",
    ]
    assert "第 0 版（已过时）" in inside("--lang", "zh", "issued", ORDER, cwd=trade).stdout


def test_a_new_form_alone_makes_nothing_stale(trade: Path) -> None:
    put(trade, "order-sheet")
    other = (trade / "templates/customer-profile.docx").read_bytes()
    (trade / "templates/order-sheet.docx").write_bytes(other)
    assert states(trade) == {("order-sheet", 0): DocumentState.CURRENT}


def test_a_document_about_other_orders_never_counts_as_stale(trade: Path) -> None:
    put(trade, "customer-profile")
    edit(trade, "customers/MFANO.yaml", "Mombasa", "Nairobi")
    assert states(trade) == {("customer-profile", 0): DocumentState.CURRENT}


def test_a_document_that_the_files_no_longer_make_is_stale(inside: Run, trade: Path) -> None:
    put(trade, "quotation")
    (trade / FOLDER / "quotation.yaml").unlink()
    assert states(trade) == {("quotation", 0): DocumentState.STALE}
    assert "no longer make this document" in inside("issued", ORDER, cwd=trade).stdout


def test_where_the_template_is_not_here_the_state_is_not_known(inside: Run, tmp_path: Path) -> None:
    _, (one, two) = shared(tmp_path, "ab")
    other = (one / "templates/customer-profile.docx").read_bytes()
    (one / "templates/order-sheet.docx").write_bytes(other)
    git(one, "commit", "--quiet", "-am", "never pushed")
    file = one / "templates/order-sheet.docx"
    file.write_bytes(package.write(package.unpack(file.read_bytes()) | {"docProps/x.txt": b"x"}, 6))
    git(one, "commit", "--quiet", "-am", "which the other has not fetched")
    git(one, "push", "--quiet", "origin", "main")
    assert inside("issue", ORDER, "order-sheet", cwd=one).returncode == 0
    done = inside("issued", ORDER, cwd=two)
    assert "\tnot known\t" in done.stdout, done.stdout + done.stderr
    assert "missing" in done.stdout


def test_the_next_revision_supersedes_the_first(inside: Run, trade: Path) -> None:
    put(trade, "sales-contract")
    saved(trade, "customers/MFANO.yaml", "Mombasa", "Nairobi")
    put(trade, "sales-contract")
    assert states(trade) == {
        ("sales-contract", 0): DocumentState.SUPERSEDED,
        ("sales-contract", 1): DocumentState.CURRENT,
    }


def test_a_withdrawal_is_a_record_and_deletes_nothing(inside: Run, trade: Path) -> None:
    number = put(trade, "sales-contract")
    document = blob(trade, f"orders/{SHELF}/sales-contract/r0.docx")
    words = ("withdraw", ORDER, "sales-contract", "--reason", "Wrong port: see #3\n\x07")
    done = inside(*words, cwd=trade)
    assert (done.returncode, done.stdout.strip()) == (0, number)
    assert "revision 0: withdrawn" in done.stderr
    record = read(trade, f"orders/{SHELF}/sales-contract/r0-withdrawn.yaml")
    assert record.text("reason") == "Wrong port: see #3"
    assert record.text("by.email") == "lin.yang@zefan.example"
    assert blob(trade, f"orders/{SHELF}/sales-contract/r0.docx") == document
    assert states(trade) == {("sales-contract", 0): DocumentState.WITHDRAWN}
    tip = git(trade, "rev-parse", "records")
    again = inside("--lang", "zh", *words, cwd=trade)
    assert "此前已撤回：Wrong port" in again.stderr
    assert git(trade, "rev-parse", "records") == tip
    assert put(trade, "sales-contract") == number
    assert states(trade)["sales-contract", 1] == DocumentState.CURRENT


def test_withdrawing_what_was_not_issued_or_by_a_stranger_is_refused(
    inside: Run, trade: Path
) -> None:
    done = inside("withdraw", ORDER, "quotation", "--reason", "x", cwd=trade)
    assert (done.returncode, "was issued" in done.stderr) == (2, True)
    put(trade, "quotation")
    assert inside("withdraw", ORDER, "quotation", "--reason", " ", cwd=trade).returncode == 2
    introduced(trade, ("Guest", "guest@x.example"))
    done = inside("--lang", "zh", "withdraw", ORDER, "quotation", "--reason", "x", cwd=trade)
    assert (done.returncode, "people.yaml 中没有" in done.stderr) == (1, True)
    assert states(trade) == {("quotation", 0): DocumentState.CURRENT}


def test_nothing_issued_is_told(inside: Run, trade: Path) -> None:
    done = inside("issued", ORDER, cwd=trade)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "Nothing was issued yet\n")
    done = inside("--lang", "zh", "export", ORDER, "quotation", cwd=trade)
    assert (done.returncode, "没有签发过单证" in done.stderr) == (2, True)


def test_a_copy_has_the_parts_that_were_issued_in_fewer_bytes(inside: Run, trade: Path) -> None:
    put(trade, "sales-contract")
    done = inside("export", ORDER, "sales-contract", cwd=trade)
    assert done.stdout == f"build/{ORDER}/SC-2026-0001.docx\n", done.stderr
    data = blob(trade, f"orders/{SHELF}/sales-contract/r0.docx")
    copy = (trade / done.stdout.strip()).read_bytes()
    assert package.unpack(copy) == package.unpack(data)
    assert len(copy) < len(data) / 2


def test_a_named_revision_is_exported_under_its_own_name(inside: Run, trade: Path) -> None:
    put(trade, "sales-contract")
    saved(trade, "customers/MFANO.yaml", "Mombasa", "Nairobi")
    put(trade, "sales-contract")
    words = ("export", ORDER, "SC-2026-0001", "--out", "out")
    assert inside(*words, cwd=trade).stdout == "out/SC-2026-0001-r1.docx\n"
    assert inside(*words, "--revision", "0", cwd=trade).stdout == "out/SC-2026-0001.docx\n"
    assert inside(*words, "--revision", "2", cwd=trade).returncode == 2
    inside("withdraw", ORDER, "sales-contract", "--reason", "Wrong port", cwd=trade)
    done = inside(*words, cwd=trade)
    assert (done.returncode, "--revision 1" in done.stderr) == (1, True)
    done = inside(*words, "--revision", "1", cwd=trade)
    assert (done.returncode, "was withdrawn: Wrong port" in done.stderr) == (0, True)


@pytest.mark.office
def test_a_copy_as_pdf(inside: Run, trade: Path) -> None:
    put(trade, "sales-contract")
    done = inside("export", ORDER, "sales-contract", "--pdf", cwd=trade)
    assert (trade / done.stdout.strip()).read_bytes().startswith(b"%PDF"), done.stderr


def asked(command: str, reason: str = "") -> ExportRequest:
    return ExportRequest(command, reason, NOON)


def entries(trade: Path) -> list[str]:
    """The access log, by plain git: subject, reason and command."""
    form = "%s|%(trailers:key=Reason,valueonly,separator=%x2C)|%(trailers:key=Command,valueonly)"
    tips = git(trade, "for-each-ref", "--format=%(objectname)", "refs/heads/access").split()
    lines = git(trade, "log", "--reverse", f"--format={form}", *tips) if tips else ""
    return [line for line in lines.splitlines() if line]


def test_what_is_read_is_logged_first_and_else_not_handed_out(trade: Path, tmp_path: Path) -> None:
    put(trade, "sales-contract")
    wanted, out = DocumentQuery(FOLDER, "sales-contract"), tmp_path / "out"
    export(Workspace(trade), wanted, out, asked("export", "to the bank"))
    subject = f"Export {ORDER} sales-contract revision 0"
    assert entries(trade) == [f"{subject}|to the bank|export"]
    shutil.rmtree(out)
    branch = git(trade, "for-each-ref", "--format=%(refname)", "refs/heads/access")
    for ref in (branch, branch.replace("heads", "docpipe/seen")):
        git(trade, "update-ref", "-d", ref)
    git(trade, "branch", "access")  # stands in the way of access/<person>/<device>
    with pytest.raises(DocpipeError):
        export(Workspace(trade), wanted, out, asked("export"))
    assert not out.exists()
    with pytest.raises(DocpipeError):
        show(Workspace(trade), ORDER, "HEAD", "", NOON)


def test_every_command_that_shows_leaves_an_entry_and_one_that_fails_none(
    inside: Run, trade: Path, tmp_path: Path
) -> None:
    put(trade, "sales-contract")
    saved(trade, "company.yaml", "flow:", "reading_reason: required\nflow:")
    for words in (("export", ORDER, "sales-contract"), ("show", ORDER)):
        done = inside(*words, cwd=trade)
        assert (done.returncode, done.stdout) == (2, "")
        assert "read only with a reason" in done.stderr
        done = inside(*words, "--reason", "audit", cwd=trade)
        assert done.returncode == 0, done.stderr
    assert inside("show", "ZF-1999-0001", "--reason", "audit", cwd=trade).returncode == 2
    assert [row.partition(" ")[0] for row in entries(trade)] == ["Export", "Show"]
    assert all("|audit|" in row for row in entries(trade))
    said = inside("log", cwd=trade).stdout.splitlines()
    assert [row.split("\t")[2] for row in said] == ["export", "show"]
    for words, code in ((("log", "verify"), 0), (("log", "checkpoint"), 0), (("witness",), 2)):
        done = inside(*words, cwd=trade)
        assert done.returncode == code, done.stderr
    kept = tmp_path / "kept"
    kept.write_text(inside("log", "checkpoint", cwd=trade).stdout)
    done = inside("--lang", "zh", "log", "verify", "--checkpoint", str(kept), cwd=trade)
    assert "的检查点" in done.stdout
    assert "仅凭链条不能证明其末端" in done.stderr
    told = json.loads(inside("log", "verify", "--json", cwd=trade).stdout)
    assert (told["sound"], told["entries"], told["faults"]) == (True, 2, [])


def test_open_shows_a_copy_that_cannot_be_changed_by_mistake(
    inside: Run, trade: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(trade, "sales-contract")
    tools = tmp_path / "tools"
    tools.mkdir()
    program = tools / "xdg-open"
    program.write_text(f'#!/bin/sh\nprintf "%s" "$1" > {tmp_path}/shown\n')
    program.chmod(0o755)
    path = f"{tools}:/usr/bin:/bin"
    done = inside("open", ORDER, "sales-contract", cwd=trade, PATH=path, TMPDIR=str(tmp_path))
    assert done.returncode == 0, done.stderr
    copy = Path((tmp_path / "shown").read_text())
    assert copy == Path(done.stdout.strip())
    assert copy.name == "SC-2026-0001.docx"
    assert stat.S_IMODE(copy.stat().st_mode) == 0o400
    program.unlink()
    done = inside("open", ORDER, "sales-contract", cwd=trade, PATH=path, TMPDIR=str(tmp_path))
    assert (done.returncode, "docpipe export" in done.stderr) == (4, True)
    assert len(list(tmp_path.glob("docpipe-*"))) == 1


def test_with_the_remote_out_of_reach_what_is_known_is_shown_and_said_so(
    inside: Run, tmp_path: Path
) -> None:
    remote, (one,) = shared(tmp_path, "a")
    assert inside("issue", ORDER, "order-sheet", cwd=one).returncode == 0
    remote.rename(tmp_path / "away.git")
    done = inside("issued", ORDER, cwd=one)
    assert (done.returncode, len(done.stdout.splitlines())) == (0, 1)
    assert "As this clone knows it." in done.stderr
    done = inside("--lang", "zh", "export", ORDER, "order-sheet", cwd=one)
    assert (done.returncode, "这是本克隆已知的最新版" in done.stderr) == (0, True)
    done = inside("withdraw", ORDER, "order-sheet", "--reason", "x", cwd=one)
    assert (done.returncode, "cannot be reached" in done.stderr) == (4, True)
    assert is_sound(one)


def test_another_clone_sees_what_was_issued_and_withdrawn(inside: Run, tmp_path: Path) -> None:
    _, (one, two) = shared(tmp_path, "ab")
    inside("issue", ORDER, "order-sheet", cwd=one)
    inside("withdraw", ORDER, "order-sheet", "--reason", "x", cwd=two)
    assert states(one) == {("order-sheet", 0): DocumentState.WITHDRAWN}


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("r0.yaml", b"a: [\n"),
        ("r0.yaml", b"document: order-sheet\n"),
        ("r0.yaml", None),
        ("r0.docx", b"PK"),
    ],
)
def test_a_record_that_is_not_ours_is_named_and_nothing_handed_out(
    file: str, content: bytes | None, inside: Run, trade: Path
) -> None:
    put(trade, "order-sheet")
    home = f"orders/{SHELF}/order-sheet"
    whole = {name: blob(trade, f"{home}/{name}") for name in ("r0.yaml", "r0.docx")}
    forged = whole["r0.yaml"].replace(b"OS-2026-0001", b'"../../evil"')
    whole[file] = forged if content is None else content
    git(trade, "update-ref", "-d", "refs/heads/records")
    by = Signature("x", "x@x.example", NOON)
    files = {f"{home}/{name}": data for name, data in whole.items()}
    records = Records(open_repository(trade))
    records.append(lambda _: Record(files, "x"), by)
    done = inside("export", ORDER, "order-sheet", cwd=trade)
    assert done.returncode in (1, 4), done.stderr
    assert "order-sheet/r0" in done.stderr or "fingerprint differs" in done.stderr
    assert not (trade / "build").exists()
