"""Saving: what changed in trade words, exactly that committed, nobody's work held hostage."""

import os
import subprocess
from pathlib import Path

import pytest

from docpipe.adapters.schemas import SchemaStore
from docpipe.adapters.yamlfile import load
from docpipe.reports.changes import line
from docpipe.workspace.differences import differences
from tests.adapters.git.kit import git
from tests.conftest import ROOT, Run

ORDER = "ZF-2026-0002"
FOLDER = f"orders/2026/03/{ORDER}"
SCHEMAS = SchemaStore({p.name: p.read_bytes() for p in (ROOT / "schemas").glob("*.json")})


def told(kind: str, old: str, new: str, lang: str = "en") -> list[str]:
    """What a person reads about two states of a file."""
    roots = [load(text.encode(), "x.yaml").root for text in (old, new)]
    assert roots[0] is not None
    assert roots[1] is not None
    return [line(d, lang) for d in differences(SCHEMAS.schema(kind), roots[0], roots[1])]


LINES = "lines:\n  - {line: 1, quantity: 100, price: 12.30}\n  - {line: 2, quantity: 5, price: 2}\n"


def test_a_price_is_told_by_its_line() -> None:
    new = LINES.replace("12.30", "12.50")
    assert told("quotation", LINES, new) == ["unit price of line 1: 12.30 -> 12.50"]
    assert told("quotation", LINES, new, "zh") == ["第1行的单价：12.30 → 12.50"]


def test_a_line_put_in_front_changes_no_other() -> None:
    new = LINES.replace("lines:\n", "lines:\n  - {line: 3, quantity: 1, price: 9.99, moq: 7}\n")
    assert told("quotation", LINES, new) == [
        "line 3: added: quantity 1, unit price 9.99, minimum order 7"
    ]
    assert told("quotation", new, LINES, "zh")[0].startswith("第3行：删除：")


@pytest.mark.parametrize(
    ("kind", "old", "new", "words"),
    [
        ("quotation", "valid_until: 2026-04-05", "valid_until: 2026-05-05",
         ["valid until: 2026-04-05 -> 2026-05-05"]),
        ("quotation", "lead_time: {days: 60}", "lead_time: {days: 75}",
         ["days of lead time: 60 -> 75"]),
        ("quotation", "insurance: {rate: 0.3}", "insurance: {rate: 0.30}",
         ["premium rate of insurance offered: 0.3 -> 0.30"]),
        ("quotation", "revision: 1", "revision: 1\nanswer: {verdict: accepted, by: A}",
         ["customer's answer: added: answer accepted, by A"]),
        ("quotation", "remarks: {en: a, zh: 甲}", "remarks: {en: a, zh: 乙}",
         ["remarks: 甲 -> 乙"]),
        ("quotation", "remarks: {en: a}", "remarks: {en: b}", ["remarks: a -> b"]),
        ("order", "certificates: [{en: Form A}]", "certificates: [{en: Form A}, {en: C/O}]",
         ["certificates wanted 2: added: C/O"]),
        ("people", "people: [{email: a@b.c, roles: [legal]}]",
         "people: [{email: x@b.c, roles: []}, {email: a@b.c, roles: [finance]}]",
         ["people x@b.c: added: e-mail x@b.c, roles -",
          "roles of people a@b.c: removed: Legal counsel",
          "roles of people a@b.c: added: Finance officer"]),
        ("contract", "law: {country: CN}", "law: CN", ["law: country CN -> CN"]),
        ("order", "unknown: 1", "unknown: 2", ["unknown: 1 -> 2"]),
        ("quotation", "lines: [{line: 1, breaks: [{from: 5, price: 2}]}]",
         "lines: [{line: 1, breaks: [{from: 5, price: 3}]}]",
         ["unit price of price by quantity 1 of line 1: 2 -> 3"]),
    ],
)  # fmt: skip
def test_differences_speak_the_words_of_the_forms(
    kind: str, old: str, new: str, words: list[str]
) -> None:
    assert [said.lower() for said in told(kind, old, new)] == [word.lower() for word in words]


def test_equal_files_have_no_differences() -> None:
    for path in sorted((ROOT / FOLDER).rglob("*.yaml")):
        hit = SCHEMAS.match(path.relative_to(ROOT / FOLDER).as_posix(), "order")
        if hit:
            text = path.read_text(encoding="utf-8")
            assert told(hit[0].name, text, text + "\n# a remark\n") == []


@pytest.fixture
def kept(shop: Path) -> Path:
    """The sample workspace, saved once, with a person who works in it."""
    (shop / ".gitattributes").write_bytes((ROOT / ".gitattributes").read_bytes())
    git(shop, "init", "--quiet", "--initial-branch=main")
    git(shop, "config", "user.name", "林样")
    git(shop, "config", "user.email", "lin.yang@zefan.example")
    git(shop, "add", "--all")
    git(shop, "commit", "--quiet", "-m", "Begin")
    return shop


def edit(shop: Path, file: str, find: str, put: str) -> None:
    path = shop / FOLDER / file if not (shop / file).exists() else shop / file
    text = path.read_text(encoding="utf-8")
    assert find in text
    path.write_text(text.replace(find, put), encoding="utf-8")


def test_a_save_is_told_committed_and_can_be_taken_back(inside: Run, kept: Path) -> None:
    edit(kept, "quotation.yaml", "valid_until: 2026-04-05", "valid_until: 2026-04-20")
    edit(kept, "company.yaml", "574 0000 0000", "574 0000 0001")
    before = git(kept, "rev-parse", "HEAD")
    done = inside("save", "-m", "As agreed\nby phone", cwd=kept)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[:5] == [
        "company.yaml: changed",
        "  telephone: +86 574 0000 0000 -> +86 574 0000 0001",
        ORDER,
        "  quotation.yaml: changed",
        "    valid until: 2026-04-05 -> 2026-04-20",
    ]
    assert "Saved 2 files as" in done.stderr
    assert git(kept, "log", "-1", "--format=%an|%ae|%cn|%s|%b") == (
        f"林样|lin.yang@zefan.example|林样|As agreed|by phone\n\nOrder: {ORDER}\nStage: feedback\n"
    ).rstrip("\n")
    assert git(kept, "log", "-1", "--format=%ad", "--date=iso").endswith("+0800")
    assert git(kept, "status", "--porcelain") == ""
    command = done.stderr.split("take it back before you sync:\n  docpipe ")[1].split("\n")[0]
    assert inside(*command.split(), cwd=kept).returncode == 0
    assert git(kept, "rev-parse", "HEAD") == before
    assert git(kept, "status", "--porcelain").split() == [
        "M", "company.yaml", "M", f"{FOLDER}/quotation.yaml",
    ]  # fmt: skip


def test_only_the_named_orders_files_are_saved(inside: Run, kept: Path) -> None:
    edit(kept, "quotation.yaml", "moq: 6000", "moq: 5000")
    edit(kept, "company.yaml", "574 0000 0000", "574 0000 0001")
    (kept / "people.yaml").write_text((kept / "people.yaml").read_text() + "# staged\n")
    git(kept, "add", "people.yaml")
    assert inside("save", ORDER, cwd=kept).returncode == 0
    assert git(kept, "show", "--format=%s", "--name-only", "HEAD").splitlines() == [
        f"{ORDER}: quotation.yaml", "", f"{FOLDER}/quotation.yaml",
    ]  # fmt: skip
    assert git(kept, "status", "--porcelain").splitlines() == [" M company.yaml", "M  people.yaml"]


def test_work_is_saved_whatever_is_wrong_with_it(inside: Run, kept: Path) -> None:
    (kept / FOLDER / "contract.yaml").write_bytes(b"{not yaml")
    (kept / FOLDER / "quotation.yaml").write_bytes(b"\xff\xfe")
    (kept / "company.yaml").write_text("nothing: right\n")
    (kept / "people.yaml").write_text("a: [\n")
    done = inside("save", cwd=kept)
    assert done.returncode == 0, done.stderr
    assert "contract.yaml: changed" in done.stdout
    assert git(kept, "status", "--porcelain") == ""
    (kept / "schemas" / "order.schema.json").write_text("{")
    done = inside("save", cwd=kept)
    assert done.returncode == 0, done.stderr
    assert git(kept, "status", "--porcelain") == ""


def test_findings_are_told_after_saving(inside: Run, kept: Path) -> None:
    edit(kept, "quotation.yaml", "price: 3.53", "price: 3.55")
    done = inside("save", ORDER, cwd=kept)
    assert done.returncode == 0
    assert "QUO11" in done.stdout
    assert "Still to do: 2 errors" in done.stderr
    assert git(kept, "rev-list", "--count", "HEAD") == "2"


def test_a_dry_run_saves_nothing(inside: Run, kept: Path) -> None:
    edit(kept, "quotation.yaml", "moq: 6000", "moq: 5000")
    before = (git(kept, "rev-parse", "HEAD"), (kept / ".git/index").read_bytes())
    done = inside("--lang", "zh", "save", "--dry-run", cwd=kept)
    assert "第1行的起订量：6000 → 5000" in done.stdout
    assert done.stderr == "1 个文件有修改，未保存\n"
    assert (git(kept, "rev-parse", "HEAD"), (kept / ".git/index").read_bytes()) == before


def test_nothing_to_save_is_fine(inside: Run, kept: Path) -> None:
    done = inside("save", cwd=kept)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "Nothing has changed\n")


def test_what_nobody_means_is_left(inside: Run, kept: Path) -> None:
    for name in (".quotation.yaml.swp", "~$offer.docx", "notes.yaml~", ".DS_Store"):
        (kept / FOLDER / name).write_text("x")
    (kept / ".gitignore").write_text("/build/\n")
    done = inside("save", cwd=kept)
    assert git(kept, "show", "--format=", "--name-only", "HEAD") == ".gitignore"
    assert "Not saved: " in done.stderr
    assert "~$offer.docx" in done.stderr


def test_an_order_moved_or_taken_away_is_saved_whole(inside: Run, kept: Path) -> None:
    (kept / FOLDER / "inquiry.yaml").unlink()
    git(kept, "mv", f"{FOLDER}/contract.yaml", f"{FOLDER}/agreement.yaml")
    done = inside("save", ORDER, cwd=kept)
    assert "  inquiry.yaml: removed" in done.stdout
    assert "  agreement.yaml: moved from contract.yaml" in done.stdout
    assert git(kept, "status", "--porcelain") == ""
    assert inside("check", cwd=kept).returncode in (0, 1)


def test_no_value_gets_into_a_message(inside: Run, kept: Path) -> None:
    path = next((kept / "orders").rglob("costing.yaml"))
    path.write_text(path.read_text(encoding="utf-8") + "\n# 98765.43\n", encoding="utf-8")
    inside("save", cwd=kept)
    assert "98765" not in git(kept, "log", "-1", "--format=%B")


def test_many_files_have_a_short_subject(inside: Run, kept: Path) -> None:
    for path in sorted((kept / "orders").rglob("*.yaml")):
        path.write_text(path.read_text(encoding="utf-8") + "# x\n", encoding="utf-8")
    inside("save", cwd=kept)
    subject = git(kept, "log", "-1", "--format=%s")
    assert len(subject) <= 72
    assert "more" in subject or "files" in subject


def test_somebody_whom_people_yaml_does_not_know_is_told(inside: Run, kept: Path) -> None:
    git(kept, "config", "user.email", "guest@elsewhere.example")
    edit(kept, "quotation.yaml", "moq: 6000", "moq: 5000")
    done = inside("save", cwd=kept)
    assert done.returncode == 0
    assert "people.yaml does not know guest@elsewhere.example" in done.stderr


def test_without_identity_nothing_is_saved_and_the_way_is_told(inside: Run, kept: Path) -> None:
    git(kept, "config", "--unset", "user.email")
    edit(kept, "quotation.yaml", "moq: 6000", "moq: 5000")
    done = inside("save", cwd=kept)
    assert done.returncode == 4
    assert "does not know who you are" in done.stderr
    assert git(kept, "rev-list", "--count", "HEAD") == "1"


def test_outside_a_repository_and_without_git_it_is_told(
    inside: Run, shop: Path, tmp_path: Path
) -> None:
    assert "is not in a git repository" in inside("save", cwd=shop).stderr
    done = inside("--lang", "zh", "save", cwd=shop, PATH=str(tmp_path))
    assert (done.returncode, done.stderr.splitlines()[0]) == (4, "docpipe: 本机没有安装 git")


def test_a_conflict_names_the_file_and_the_way_out(inside: Run, kept: Path) -> None:
    git(kept, "checkout", "--quiet", "-b", "other")
    edit(kept, "quotation.yaml", "moq: 6000", "moq: 5000")
    git(kept, "commit", "--quiet", "-am", "theirs")
    git(kept, "checkout", "--quiet", "main")
    edit(kept, "quotation.yaml", "moq: 6000", "moq: 4000")
    git(kept, "commit", "--quiet", "-am", "ours")
    subprocess.run(["git", "-c", "user.name=x", "merge", "other"], cwd=kept, capture_output=True,
                   check=False, env={**os.environ})  # fmt: skip
    done = inside("save", cwd=kept)
    assert done.returncode == 1
    assert "quotation.yaml is in conflict" in done.stderr
    assert "git add" in done.stderr


def test_saving_works_from_an_orders_folder_and_for_a_first_commit(inside: Run, shop: Path) -> None:
    git(shop, "init", "--quiet", "--initial-branch=main")
    git(shop, "config", "user.name", "林样")
    git(shop, "config", "user.email", "lin.yang@zefan.example")
    done = inside("save", ".", "-m", "First", cwd=shop / FOLDER)
    assert done.returncode == 0, done.stderr
    names = git(shop, "ls-tree", "-r", "--name-only", "HEAD").splitlines()
    assert names
    assert all(name.startswith(FOLDER) for name in names)
    assert inside("save", cwd=shop).returncode == 0
    assert git(shop, "status", "--porcelain") == ""
