"""Approvals: who may give them, which wording they are about, and what makes them lapse."""

import os
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest

from docpipe.adapters.git import Objects, Records, open_repository
from docpipe.adapters.yamlfile import load
from docpipe.adapters.yamlfile.dump import written
from docpipe.cli.console import now
from docpipe.diagnostics import DocpipeError
from docpipe.documents.printer import Printer
from docpipe.reports import approvals as report
from docpipe.trust.document_choice import to_issue
from docpipe.trust.judging.approvals import COUNTS, Missing, judged
from docpipe.trust.judging.approvals import lacking as missing
from docpipe.trust.judging.roles import shared_roles
from docpipe.trust.judging.subjects import of_document, text_of
from docpipe.workspace.workspace import Workspace
from tests import issuing
from tests.adapters.git.kit import clone, git, is_sound, on_record, put, repository
from tests.conftest import Run
from tests.issuing import FOLDER, ORDER, edit, introduced

SHELF = f"ZF-2026-00xx/{ORDER}"
CONTRACT = f"approvals/{SHELF}/sales-contract"
SALES, LEGAL, MANAGER = "lin.yang", "gu.fa", "zhou.mo"
SECOND_LEGAL = (
    "\n  - name: {en: Fa Er, zh: 法二}\n    email: fa.er@zefan.example\n"
    "    department: legal\n    roles: [legal]\n"
)


def be(folder: Path, who: str) -> None:
    introduced(folder, (who, f"{who}@zefan.example"))


def commit(shop: Path, who: str = SALES) -> None:
    email = f"{who}@zefan.example"
    git(shop, "add", "--all")
    git(shop, "commit", "--quiet", "-m", "x", GIT_AUTHOR_NAME=who, GIT_AUTHOR_EMAIL=email,
        GIT_COMMITTER_EMAIL=email)  # fmt: skip


def lacking(shop: Path, document: str = "sales-contract") -> list[Missing]:
    """What is missing by the files on disk and the records of this clone."""
    workspace, repo = Workspace(shop), open_repository(shop)
    found = to_issue(workspace, workspace.order(FOLDER), document, "")
    subject = of_document(found)
    with Objects(repo) as reader:
        records, roles = Records(repo).source(reader), shared_roles(repo, reader)
        text = text_of(Printer(workspace), subject)
        return missing(workspace, subject, judged(workspace, records, subject, now(), roles, text))


def states(shop: Path) -> list[str]:
    return [judged.state for each in lacking(shop) for judged in each.refused]


@pytest.fixture
def kept(shop: Path) -> Path:
    """The sample workspace without a shared repository, its legal counsel at work in it."""
    issuing.kept(shop, approvals=True)
    be(shop, LEGAL)
    return shop


@pytest.fixture
def desks(shop: Path, tmp_path: Path) -> tuple[Path, Path, Path]:
    """A bare shared repository, and the clones of sales and of legal."""
    remote = repository(tmp_path / "shared.git", "--bare")
    issuing.kept(shop, approvals=True)
    git(shop, "remote", "add", "origin", remote.as_uri())
    git(shop, "push", "--quiet", "origin", "main")
    be(shop, SALES)
    legal = clone(remote, tmp_path / "legal")
    be(legal, LEGAL)
    return remote, shop, legal


def test_an_approval_by_the_role_counts_and_is_on_record(inside: Run, kept: Path) -> None:
    assert [each.role for each in lacking(kept)] == ["legal"]
    done = inside("approve", ORDER, "sales-contract", "--comment", 'a: "b"\n# c', cwd=kept)
    assert done.returncode == 0, done.stderr
    assert done.stderr == (
        f"Approved by gu.fa (legal counsel), on record as: {CONTRACT}/1.yaml\nTo take it back:\n"
        f'  docpipe approve --withdraw {ORDER} sales-contract --reason "Why"\n'
    )
    assert on_record(kept) == [f"{CONTRACT}/1.txt", f"{CONTRACT}/1.yaml"]
    record = load(git(kept, "show", f"records:{CONTRACT}/1.yaml").encode(), "1.yaml").root
    assert record is not None
    assert list(record.plain()) == [
        "document", "order", "by", "at", "comment", "text_sha256", "commit",
        "folder",
    ]  # fmt: skip
    assert record.text("comment") == 'a: "b" # c'
    assert record.text("by.role") == "legal"
    assert record.text("commit") == git(kept, "rev-parse", "HEAD")
    text = git(kept, "show", f"records:{CONTRACT}/1.txt")
    assert "USD 107,160.00" in text
    assert "DRAFT" not in text
    assert lacking(kept) == []
    assert is_sound(kept)
    assert git(kept, "status", "--porcelain") == ""


@pytest.mark.parametrize("who", [SALES, MANAGER, "stranger"])
def test_others_may_not_approve(inside: Run, kept: Path, who: str) -> None:
    be(kept, who)
    done = inside("approve", ORDER, "sales-contract", cwd=kept)
    assert done.returncode == 1
    assert f"{who}@zefan.example may not approve this: it takes the role legal" in done.stderr
    assert on_record(kept) == []
    assert "须有角色：法务" in inside("--lang", "zh", "approve", ORDER, "sales-contract",
                                cwd=kept).stderr  # fmt: skip


def test_nobody_approves_an_order_of_their_own(inside: Run, kept: Path) -> None:
    edit(kept, "people.yaml", "roles: [salesperson]", "roles: [salesperson, legal]")
    commit(kept, MANAGER)
    be(kept, SALES)
    done = inside("approve", ORDER, "sales-contract", cwd=kept)
    assert done.returncode == 1
    assert "is the order's salesperson" in done.stderr
    assert on_record(kept) == []


def test_nobody_approves_what_they_changed_last(inside: Run, kept: Path) -> None:
    edit(kept, "contract.yaml", "\n", "\n# looked at\n")
    commit(kept, LEGAL)
    done = inside("approve", ORDER, "sales-contract", cwd=kept)
    assert done.returncode == 1
    assert "is the last who changed its files" in done.stderr
    edit(kept, "quotation.yaml", "\n", "\n# looked at\n")
    commit(kept, SALES)
    assert inside("approve", ORDER, "sales-contract", cwd=kept).returncode == 0


def test_own_work_may_be_approved_where_the_catalogue_says_so(inside: Run, kept: Path) -> None:
    edit(kept, "templates/catalogue.yaml", "{role: legal}", "{role: legal, own_work: true}")
    edit(kept, "people.yaml", "roles: [salesperson]", "roles: [salesperson, legal]")
    commit(kept, MANAGER)
    be(kept, SALES)
    assert inside("approve", ORDER, "sales-contract", cwd=kept).returncode == 0
    assert lacking(kept) == []


def test_a_role_that_somebody_gave_himself_does_not_count(
    inside: Run, desks: tuple[Path, Path, Path]
) -> None:
    remote, sales, _ = desks
    be(sales, "fa.er")
    with (sales / "people.yaml").open("a", encoding="utf-8") as people:
        people.write(SECOND_LEGAL)
    assert inside("check", cwd=sales).returncode == 0
    refused = "fa.er@zefan.example may not approve this"
    done = inside("approve", ORDER, "sales-contract", cwd=sales)
    assert done.returncode == 1
    assert refused in done.stderr
    git(sales, "commit", "--quiet", "--all", "-m", "I am legal")
    done = inside("approve", ORDER, "sales-contract", cwd=sales)
    assert done.returncode == 1
    assert refused in done.stderr
    assert on_record(remote) == []
    git(sales, "push", "--quiet", "origin", "main")
    assert inside("approve", ORDER, "sales-contract", cwd=sales).returncode == 0


def test_without_a_shared_repository_an_unsaved_role_does_not_count(
    inside: Run, kept: Path
) -> None:
    be(kept, "fa.er")
    with (kept / "people.yaml").open("a", encoding="utf-8") as people:
        people.write(SECOND_LEGAL)
    assert inside("approve", ORDER, "sales-contract", cwd=kept).returncode == 1
    git(kept, "switch", "--quiet", "--create", "mine")
    git(kept, "commit", "--quiet", "--all", "-m", "I am legal")
    done = inside("approve", ORDER, "sales-contract", cwd=kept)
    assert done.returncode == 1
    assert "may not approve this" in done.stderr


def test_an_approval_reaches_every_clone(inside: Run, desks: tuple[Path, Path, Path]) -> None:
    remote, sales, legal = desks
    assert inside("approve", ORDER, "sales-contract", cwd=legal).returncode == 0
    assert on_record(remote) == [f"{CONTRACT}/1.txt", f"{CONTRACT}/1.yaml"]
    done = inside("approvals", ORDER, cwd=sales)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[0] == "sales-contract"
    assert done.stdout.rstrip().endswith(": counts")


def test_two_who_approve_at_once_are_both_on_record(
    docpipe: Run, desks: tuple[Path, Path, Path]
) -> None:
    remote, sales, legal = desks
    edit(sales, "people.yaml", "roles: [manager, admin]", "roles: [manager, admin, legal]")
    commit(sales)
    git(sales, "push", "--quiet", "origin", "main")
    be(sales, MANAGER)
    with ThreadPoolExecutor(2) as pool:
        run = partial(docpipe, "approve", ORDER, "sales-contract")
        done = list(pool.map(lambda desk: run(cwd=desk), (sales, legal)))
    assert [each.returncode for each in done] == [0, 0], [each.stderr for each in done]
    names = [path for path in on_record(remote) if path.endswith(".yaml")]
    assert names == [f"{CONTRACT}/1.yaml", f"{CONTRACT}/2.yaml"]


def test_a_changed_price_makes_it_lapse_and_its_line_is_shown(inside: Run, kept: Path) -> None:
    inside("approve", ORDER, "sales-contract", cwd=kept)
    for file in ("contract.yaml", "quotation.yaml"):
        edit(kept, file, "price: 2.70", "price: 2.72")
    done = inside("approvals", ORDER, cwd=kept)
    assert done.returncode == 1
    assert "lapsed: the wording has changed since" in done.stdout
    assert "24,000 | PCS | 2.70 | 64,800.00" in done.stdout
    assert "24,000 | PCS | 2.72 | 65,280.00" in done.stdout
    assert "FLASK-1000" not in done.stdout
    assert done.stdout.splitlines()[-1] == "  missing: legal counsel"
    assert "已失效：文本此后有改动" in inside("--lang", "zh", "approvals", ORDER, cwd=kept).stdout
    (lack,) = lacking(kept)
    said = "\n".join(report.missing([lack], "en"))
    assert "2.70 | 64,800.00" in said
    assert said.startswith("missing: legal counsel")
    commit(kept)
    assert inside("approve", ORDER, "sales-contract", cwd=kept).returncode == 0
    assert on_record(kept)[-1] == f"{CONTRACT}/2.yaml"
    assert lacking(kept) == []


def test_layout_and_letterhead_lapse_nothing(inside: Run, kept: Path) -> None:
    inside("approve", ORDER, "sales-contract", cwd=kept)
    path = kept / FOLDER / "contract.yaml"
    path.write_text("# laid out anew\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    other = kept / "templates" / "packing-list.docx"
    (kept / "templates" / "letterhead.docx").write_bytes(other.read_bytes())
    assert lacking(kept) == []


def test_the_same_again_is_the_same_record(inside: Run, kept: Path) -> None:
    inside("approve", ORDER, "sales-contract", cwd=kept)
    tip = git(kept, "rev-parse", "records")
    done = inside("approve", ORDER, "sales-contract", "--comment", "again", cwd=kept)
    assert done.returncode == 0
    assert done.stderr.startswith("Already approved by gu.fa (legal counsel) at 20")
    assert git(kept, "rev-parse", "records") == tip


def test_a_withdrawn_approval_stays_on_record_and_does_not_count(inside: Run, kept: Path) -> None:
    inside("approve", ORDER, "sales-contract", cwd=kept)
    withdraw = ("approve", "--withdraw", ORDER, "sales-contract", "--reason", "law is open")
    be(kept, SALES)
    done = inside(*withdraw, cwd=kept)
    assert done.returncode == 1
    assert "no approval of sales-contract that you could withdraw" in done.stderr
    be(kept, LEGAL)
    assert inside(*withdraw, cwd=kept).returncode == 0
    assert on_record(kept) == [
        f"{CONTRACT}/1-withdrawn.yaml", f"{CONTRACT}/1.txt", f"{CONTRACT}/1.yaml"
    ]  # fmt: skip
    assert states(kept) == ["withdrawn"]
    done = inside("approvals", ORDER, cwd=kept)
    assert "law is open" in done.stdout
    assert inside(*withdraw, cwd=kept).returncode == 1
    assert inside("approve", ORDER, "sales-contract", cwd=kept).returncode == 0
    assert lacking(kept) == []


def test_whoever_loses_the_role_loses_their_approvals(inside: Run, kept: Path) -> None:
    inside("approve", ORDER, "sales-contract", cwd=kept)
    edit(kept, "people.yaml", "roles: [legal]", "roles: [finance]")
    assert lacking(kept) == []
    commit(kept, MANAGER)
    assert states(kept) == ["no role"]
    assert "gu.fa no longer has the role" in inside("approvals", ORDER, cwd=kept).stdout


def test_whoever_becomes_the_salesperson_loses_their_approval(inside: Run, kept: Path) -> None:
    inside("approve", ORDER, "sales-contract", cwd=kept)
    edit(kept, "order.yaml", f"salesperson: {SALES}@", f"salesperson: {LEGAL}@")
    assert states(kept) == ["own work"]
    said = inside("approvals", ORDER, cwd=kept).stdout
    assert "does not count: gu.fa is the order's salesperson" in said


def test_two_roles_take_two_people(inside: Run, kept: Path) -> None:
    edit(kept, "templates/catalogue.yaml", "[{role: legal}]", "[{role: legal}, {role: manager}]")
    edit(kept, "people.yaml", "roles: [legal]", "roles: [legal, manager]")
    commit(kept, SALES)
    assert inside("approve", ORDER, "sales-contract", cwd=kept).returncode == 0
    assert inside("approve", ORDER, "sales-contract", cwd=kept).returncode == 0
    assert [each.role for each in lacking(kept)] == ["manager"]
    be(kept, MANAGER)
    assert inside("approve", ORDER, "sales-contract", cwd=kept).returncode == 0
    assert lacking(kept) == []


@pytest.mark.parametrize(
    "file", [f"{FOLDER}/contract.yaml", "customers/MFANO.yaml", "company.yaml",
             "templates/clauses/law.yaml", "schemas/contract.schema.json"],
)  # fmt: skip
def test_facts_that_are_not_saved_are_not_approved(inside: Run, kept: Path, file: str) -> None:
    path = kept / file
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    done = inside("approve", ORDER, "sales-contract", cwd=kept)
    assert done.returncode == 1
    assert done.stderr.startswith(f"docpipe: Not saved yet: {file}\n")
    assert "docpipe save" in done.stderr
    assert on_record(kept) == []


@pytest.mark.parametrize(
    ("name", "counts"),
    [("x.json", True), ("x.yaml", True), ("x.yml", True), ("x.json~", False), (".x.swp", False)],
)
def test_a_new_file_among_the_schemas_counts_unless_an_editor_left_it(
    inside: Run, kept: Path, name: str, counts: bool
) -> None:
    (kept / "schemas" / name).write_text("{}\n", encoding="utf-8")
    done = inside("approve", ORDER, "sales-contract", cwd=kept)
    assert (f"Not saved yet: schemas/{name}" in done.stderr) is counts, done.stderr
    assert bool(on_record(kept)) is not counts


def test_a_file_that_git_ignores_is_not_approved(inside: Run, kept: Path) -> None:
    git(kept, "rm", "--quiet", "--cached", "customers/MFANO.yaml")
    (kept / ".gitignore").write_text("MFANO.yaml\n")
    commit(kept)
    done = inside("approve", ORDER, "sales-contract", cwd=kept)
    assert done.returncode == 1
    assert "customers/MFANO.yaml is used and not saved" in done.stderr


def test_what_does_not_matter_may_be_unsaved(inside: Run, kept: Path) -> None:
    (kept / "markets" / "notes.txt").write_text("x")
    (kept / FOLDER / "~$contract.docx").write_text("x")
    other = kept / "products" / "OTHER.yaml"
    other.write_text("not: {finished")
    assert inside("approve", ORDER, "sales-contract", cwd=kept).returncode == 0


def test_an_unreachable_shared_repository_refuses(
    inside: Run, desks: tuple[Path, Path, Path]
) -> None:
    remote, _, legal = desks
    remote.rename(remote.with_name("gone.git"))
    for words in (("approve", ORDER, "sales-contract"), ("approvals", ORDER)):
        done = inside(*words, cwd=legal)
        assert done.returncode == 4
        assert "cannot be reached" in done.stderr
    assert on_record(legal) == []


def test_an_empty_shared_repository_gives_nobody_a_role(
    inside: Run, kept: Path, tmp_path: Path
) -> None:
    remote = repository(tmp_path / "empty.git", "--bare")
    git(kept, "remote", "add", "origin", remote.as_uri())
    done = inside("approve", ORDER, "sales-contract", cwd=kept)
    assert done.returncode == 1
    assert "no shared main yet" in done.stderr


def test_names_that_fit_nothing_are_told(inside: Run, kept: Path) -> None:
    done = inside("approve", ORDER, "sales-contrat", cwd=kept)
    assert done.returncode == 2
    assert "sales-contract" in done.stderr
    done = inside("approve", ORDER, "quotation", cwd=kept)
    assert done.returncode == 1
    assert '"quotation" takes no approval' in done.stderr
    done = inside("approve", ORDER, "commercial-invoice", cwd=kept)
    assert "takes no approval" in done.stderr
    assert inside("approve", "--withdraw", ORDER, "sales-contract", cwd=kept).returncode == 2
    assert inside("approve", ORDER, "sales-contract", "--reason", "x", cwd=kept).returncode == 2
    done = inside("approve", ORDER, "sales-contract", "--comment", "x" * 3000, cwd=kept)
    assert "More than 2,000 characters" in done.stderr
    assert on_record(kept) == []


def test_an_order_with_broken_files_is_not_approved(inside: Run, kept: Path) -> None:
    edit(kept, "quotation.yaml", "\n", "\n{")
    commit(kept)
    done = inside("approve", ORDER, "sales-contract", cwd=kept)
    assert done.returncode == 1
    assert "errors that leave figures missing" in done.stderr


@pytest.mark.parametrize("what", ["text", "record", "copied", "missing"])
def test_a_record_that_is_not_what_it_says_stops_everything(
    inside: Run, kept: Path, what: str
) -> None:
    inside("approve", ORDER, "sales-contract", cwd=kept)
    yaml, text = (git(kept, "show", f"records:{CONTRACT}/1.{end}") for end in ("yaml", "txt"))
    forged = {
        "text": (yaml, text.replace("2.70", "2.50")),
        "record": ("{", text),
        "copied": (yaml.replace(ORDER, "ZF-2026-0001"), text),
        "missing": (yaml, None),
    }[what]
    put(kept, f"{CONTRACT}/2.yaml", forged[0].encode())
    if forged[1] is not None:
        put(kept, f"{CONTRACT}/2.txt", forged[1].encode())
    with pytest.raises(
        DocpipeError, match=r"2\.yaml on the branch records is not as docpipe writes it"
    ):
        lacking(kept)
    assert inside("approvals", ORDER, cwd=kept).returncode == 1


def test_an_approval_that_is_dated_ahead_does_not_count_yet(inside: Run, kept: Path) -> None:
    inside("approve", ORDER, "sales-contract", cwd=kept)
    yaml = git(kept, "show", f"records:{CONTRACT}/1.yaml").replace('at: "20', 'at: "21')
    repo = open_repository(kept)
    with Objects(repo) as reader:
        text = Records(repo).source(reader).read(f"{CONTRACT}/1.txt", 10**7)
    inside("approve", "--withdraw", ORDER, "sales-contract", "--reason", "x", cwd=kept)
    put(kept, f"{CONTRACT}/2.txt", text)
    put(kept, f"{CONTRACT}/2.yaml", yaml.encode())
    assert states(kept) == ["withdrawn", "ahead"]


def test_a_document_that_takes_no_approval_lacks_none(kept: Path) -> None:
    assert lacking(kept, "quotation") == []


def test_records_are_read_as_they_were_written() -> None:
    record = {
        "a": 'no "\\ : # ~ 中\u2026\U0001f600', "b": {"c": 3, "d/e": [True, "yes", "0123"]},
        "f": [],
    }  # fmt: skip
    loaded = load(written(record), "x.yaml")
    assert loaded.diagnostics == []
    assert loaded.root is not None
    assert loaded.root.plain() == record


def test_counts_is_what_the_report_calls_it(inside: Run, kept: Path) -> None:
    assert COUNTS == "counts"
    assert os.environ.get("DOCPIPE_LANG") is None
    inside("approve", ORDER, "sales-contract", "--comment", "好", cwd=kept)
    done = inside("--lang", "zh", "approvals", ORDER, cwd=kept)
    head, given, remark = done.stdout.splitlines()
    assert head == "sales-contract"
    assert given.startswith("  1. gu.fa（法务），")
    assert given.endswith("：有效")
    assert remark.strip() == "“好”"
