"""The timeline of an order: every line of it comes from real commits and records."""

import json
from pathlib import Path

import pytest

from docpipe.diagnostics import DocpipeError
from docpipe.steps.history import history
from docpipe.workspace.workspace import Workspace
from tests.adapters.git.kit import NOON, clone, git
from tests.conftest import Run, copy_workspace
from tests.issuing import FOLDER, LIN, ORDER, edit, introduced, kept, saved

GU = ("顾法", "gu.fa@zefan.example")
OTHER = "ZF-2026-0009"


@pytest.fixture
def trade(shop: Path) -> Path:
    """The sample workspace, saved; its documents take no approvals."""
    return kept(shop)


def told(done: str) -> list[str]:
    """The lines without their times."""
    return [line[18:] if line[:1] == "2" else line for line in done.splitlines()]


def test_facts_are_told_field_by_field_with_the_commit_that_show_takes(
    inside: Run, trade: Path
) -> None:
    edit(trade, "contract.yaml", "price: 2.70", "price: 2.72")
    (trade / FOLDER / "inquiry.yaml").unlink()
    assert inside("save", "-m", "Dearer, by phone", cwd=trade).returncode == 0
    commit = git(trade, "rev-parse", "HEAD")[:10]
    done = inside("history", ORDER, cwd=trade)
    assert (done.returncode, done.stderr) == (0, "")
    lines = told(done.stdout)
    assert lines[0].startswith("Plain Git <plain@git.example> saved ")
    assert lines[1].startswith("  38 files new: contract.yaml, costing.yaml, ")
    assert lines[2:] == [
        f'Lin Yang saved {commit}: "Dearer, by phone"',
        "  contract.yaml: changed",
        "    unit price of line 1: 2.70 -> 2.72",
        "  inquiry.yaml: removed",
    ]
    assert f"{ORDER} as of {commit}" in inside("show", f"{ORDER}@{commit}", cwd=trade).stdout
    here = inside("--lang", "zh", "history", ".", cwd=trade / FOLDER / "shipments")
    assert told(here.stdout)[2:5] == [
        f"林样 保存 {commit}：“Dearer, by phone”",
        "  contract.yaml：已修改",
        "    第1行的单价：2.70 → 2.72",
    ]


def test_documents_and_approvals_are_told_with_what_became_of_them(inside: Run, shop: Path) -> None:
    kept(shop, approvals=True)
    introduced(shop, GU)
    words = ("approve", ORDER, "sales-contract", "--comment", "Law agreed")
    assert inside(*words, cwd=shop).returncode == 0
    introduced(shop, LIN)
    assert inside("issue", ORDER, "sales-contract", cwd=shop).returncode == 0
    saved(shop, "contract.yaml", "price: 2.70", "price: 2.72")
    words = ("withdraw", ORDER, "sales-contract", "--reason", "Wrong price")
    assert inside(*words, cwd=shop).returncode == 0
    lines = told(inside("history", ORDER, cwd=shop).stdout)
    events = [line for line in lines if not line.startswith(" ")]
    assert {
        'Gu Fa approved sales-contract (legal counsel): "Law agreed"',
        "Lin Yang issued SC-2026-0001, sales-contract, revision 0",
    } <= set(events)
    assert 'Lin Yang withdrew SC-2026-0001, sales-contract, revision 0: "Wrong price"' in events
    assert "  today: lapsed: the wording has changed since" in lines
    introduced(shop, GU)
    words = ("approve", "--withdraw", ORDER, "sales-contract", "--reason", "Too early")
    assert inside(*words, cwd=shop).returncode == 0
    lines = told(inside("--lang", "zh", "history", ORDER, cwd=shop).stdout)
    assert "顾法 撤销对 sales-contract 的审批（法务）：“Too early”" in lines
    assert "  目前：已撤销" in lines
    told_all = json.loads(inside("history", ORDER, "--json", cwd=shop).stdout)
    kinds = [event["kind"] for event in told_all["events"]]
    assert sorted(kinds) == ["approval withdrawn", "approved", "issued", "saved", "saved",
                             "withdrawn"]  # fmt: skip
    approved = next(e for e in told_all["events"] if e["kind"] == "approved")
    assert (approved["state"], approved["by"]["email"]) == ("withdrawn", GU[1])
    changed = [file for event in told_all["events"] for file in event.get("files", ())
               if file["kind"] == "changed"]  # fmt: skip
    assert changed == [
        {
            "path": f"{FOLDER}/contract.yaml",
            "kind": "changed",
            "fields": [{"field": "unit price of line 1", "old": "2.70", "new": "2.72"}],
        }
    ]


def test_an_approval_that_cannot_be_judged_says_why(inside: Run, shop: Path) -> None:
    kept(shop, approvals=True)
    introduced(shop, GU)
    assert inside("approve", ORDER, "sales-contract", cwd=shop).returncode == 0
    (shop / FOLDER / "contract.yaml").write_text("lines: {")
    done = inside("history", ORDER, cwd=shop)
    assert done.returncode == 0
    assert "  today: not known: see below" in done.stdout.splitlines()
    assert done.stderr.startswith("Which approvals lapsed is not known: The order ZF-2026-0002 has")
    git(shop, "rm", "-rfq", FOLDER)
    git(shop, "commit", "--quiet", "-m", "Gone")
    done = inside("history", ORDER, cwd=shop)
    assert "  today: the order has no such document" in done.stdout.splitlines()
    assert done.stderr == f"The order {ORDER} is not there any more\n"


def test_a_folder_that_moved_is_followed(inside: Run, trade: Path) -> None:
    saved(trade, "contract.yaml", "price: 2.70", "price: 2.72")
    (trade / "orders/2026/04").mkdir(exist_ok=True)
    git(trade, "mv", FOLDER, f"orders/2026/04/{ORDER}")
    contract = trade / f"orders/2026/04/{ORDER}/contract.yaml"
    contract.write_bytes(contract.read_bytes().replace(b"price: 2.72", b"price: 2.75"))
    git(trade, "commit", "--quiet", "-am", "Move")
    lines = told(inside("history", ORDER, cwd=trade).stdout)
    assert "    unit price of line 1: 2.70 -> 2.72" in lines
    assert lines[-3:] == [
        f"  moved here from {FOLDER}",
        "  contract.yaml: changed",
        "    unit price of line 1: 2.72 -> 2.75",
    ]


def test_an_order_that_got_another_number_keeps_its_past(inside: Run, trade: Path) -> None:
    assert inside("issue", ORDER, "order-sheet", cwd=trade).returncode == 0
    new = f"orders/2026/03/{OTHER}"
    git(trade, "mv", FOLDER, new)
    sheet = trade / new / "order.yaml"
    sheet.write_text(sheet.read_text(encoding="utf-8").replace(ORDER, OTHER), encoding="utf-8")
    git(trade, "commit", "--quiet", "-am", "Renumber")
    lines = told(inside("history", OTHER, cwd=trade).stdout)
    assert any(line.startswith("  38 files new") for line in lines)
    assert any(line.startswith("Lin Yang issued ") for line in lines)
    moved = lines.index(f"  moved here from {FOLDER}")  # within a second any may come first
    assert lines[moved + 1] == "  order.yaml: changed"
    old = inside("history", ORDER, cwd=trade)
    assert "38 files removed" in old.stdout
    assert old.stderr == f"The order {ORDER} is not there any more\n"


def test_the_index_is_not_asked_which_is_large_where_there_are_many_orders(
    inside: Run, trade: Path
) -> None:
    git(trade, "mv", FOLDER, f"orders/2026/04/{ORDER}")
    git(trade, "commit", "--quiet", "-m", "Move")
    (trade / ".git/index").write_bytes(b"nothing that git can read")
    lines = told(inside("history", ORDER, cwd=trade).stdout)
    assert f"  moved here from {FOLDER}" in lines


def test_an_order_may_stand_in_another_year_than_its_number_names(inside: Run, trade: Path) -> None:
    git(trade, "mv", "orders/2026", "orders/2027")
    git(trade, "commit", "--quiet", "-m", "Move")
    lines = told(inside("history", ORDER, cwd=trade).stdout)
    assert f"  moved here from {FOLDER}" in lines


def test_an_order_that_is_gone_has_a_history(inside: Run, trade: Path) -> None:
    saved(trade, "contract.yaml", "price: 2.70", "price: 2.72")
    git(trade, "rm", "-rq", FOLDER)
    git(trade, "commit", "--quiet", "-m", "Cancelled")
    saved(trade, "people.yaml", "# ", "#  ")
    done = inside("history", ORDER, cwd=trade)
    assert "    unit price of line 1: 2.70 -> 2.72" in done.stdout.splitlines()
    assert "saved" in done.stdout.splitlines()[-2]
    assert done.stdout.splitlines()[-1].startswith("  38 files removed: ")
    assert json.loads(inside("history", ORDER, "--json", cwd=trade).stdout)["gone"] is True


@pytest.mark.parametrize(
    "name", ["ZF-2026-9999", "*", "2026", "..", "", "-x", "a[b", "people.yaml"]
)
def test_what_never_was_an_order_is_told(inside: Run, trade: Path, name: str) -> None:
    done = inside("history", "--", name, cwd=trade)
    assert (done.returncode, done.stdout) == (2, "")
    assert "There is and was no order" in done.stderr


def test_what_was_never_saved_is_told(inside: Run, shop: Path) -> None:
    done = inside("history", ORDER, cwd=shop)
    assert (done.returncode, done.stdout) == (4, "")
    git(shop, "init", "--quiet", "--initial-branch=main")
    assert inside("history", ORDER, cwd=shop).returncode == 2
    git(shop, "add", "people.yaml")
    git(shop, "commit", "--quiet", "-m", "Begin")
    done = inside("history", ORDER, cwd=shop)
    assert (done.returncode, done.stdout) == (1, "")
    assert f"Save it: docpipe save {ORDER}" in done.stderr


def test_a_merge_tells_what_it_decided_itself(inside: Run, trade: Path) -> None:
    git(trade, "switch", "--quiet", "-c", "side")
    saved(trade, "contract.yaml", "price: 2.70", "price: 2.80")
    git(trade, "switch", "--quiet", "main")
    saved(trade, "contract.yaml", "price: 2.70", "price: 2.90")
    saved(trade, "quotation.yaml", "moq: 6000", "moq: 5000")
    git(trade, "merge", "--quiet", "--no-commit", "-s", "ours", "side")
    edit(trade, "contract.yaml", "price: 2.90", "price: 2.85")
    git(trade, "commit", "--quiet", "-am", "Meet half way")
    lines = told(inside("history", ORDER, cwd=trade).stdout)
    at = next(i for i, line in enumerate(lines) if "Meet half way" in line)
    assert lines[at + 1 :] == [
        "  contract.yaml: changed", "    unit price of line 1: 2.90 -> 2.85"
    ]  # fmt: skip
    for price in ("2.70 -> 2.80", "2.70 -> 2.90"):
        assert f"    unit price of line 1: {price}" in lines


def test_clocks_that_differ_do_not_turn_commits_round(inside: Run, trade: Path) -> None:
    for price, day in (("2.72", "2026-12-30"), ("2.74", "2020-01-01")):
        text = (trade / FOLDER / "contract.yaml").read_text(encoding="utf-8")
        old = next(line for line in text.splitlines() if "price: 2.7" in line)
        new = old.replace("2.70", price).replace("2.72", price)
        (trade / FOLDER / "contract.yaml").write_text(text.replace(old, new), encoding="utf-8")
        when = f"{day}T12:00:00+0000"
        git(trade, "commit", "--quiet", "-am", price, GIT_AUTHOR_DATE=when, GIT_COMMITTER_DATE=when)
    lines = inside("history", ORDER, cwd=trade).stdout.splitlines()
    prices = [line.strip() for line in lines if "unit price" in line]
    assert [price[-12:] for price in prices] == ["2.70 -> 2.72", "2.72 -> 2.74"]
    assert lines[-3].startswith("2026-12-30 20:00")  # by the company's clock


def test_long_and_hostile_words_stay_on_their_line(inside: Run, trade: Path) -> None:
    edit(trade, "quotation.yaml", "moq: 6000", f'moq: 6000\n    "x\\e[2J": "{"long " * 900}"')
    git(trade, "add", "--all")
    git(trade, "commit", "--quiet", "-m", "Hostile \x1b[2J" + "x" * 5_000)
    done = inside("history", ORDER, cwd=trade)
    assert "\x1b" not in done.stdout
    assert max(map(len, done.stdout.splitlines())) < 300


def test_a_shallow_clone_says_that_there_may_be_more(
    inside: Run, trade: Path, tmp_path: Path
) -> None:
    saved(trade, "contract.yaml", "price: 2.70", "price: 2.72")
    short = introduced(clone(trade, tmp_path / "short", "--depth", "1"))
    done = inside("history", ORDER, cwd=short)
    assert done.returncode == 0
    assert len([line for line in done.stdout.splitlines() if line.startswith("2")]) == 1
    assert done.stderr.startswith("This clone is shallow")


def test_a_reading_is_logged_before_anything_is_read(trade: Path) -> None:
    workspace = Workspace(trade)
    history(workspace, ORDER, NOON, "audit")
    (tip,) = git(trade, "for-each-ref", "--format=%(objectname)", "refs/heads/access").split()
    said = git(trade, "log", "-1", "--format=%s|%(trailers:key=Reason,valueonly)", tip)
    assert said.strip() == f"History {ORDER}|audit"
    git(trade, "config", "user.email", "other@zefan.example")
    git(trade, "branch", "access/other@zefan.example")  # stands in the way
    with pytest.raises(DocpipeError):
        history(workspace, ORDER, NOON)


@pytest.mark.parametrize("digest", ["sha1", "sha256"])
def test_a_workspace_below_the_top_and_other_digests(
    inside: Run, tmp_path: Path, digest: str
) -> None:
    top = tmp_path / "top"
    git(tmp_path, "init", "--quiet", f"--object-format={digest}", "--initial-branch=main", "top")
    copy_workspace(top / "trade")
    introduced(top)
    git(top, "add", "--all")
    git(top, "commit", "--quiet", "-m", "Begin")
    edit(top / "trade", "contract.yaml", "price: 2.70", "price: 2.72")
    git(top, "commit", "--quiet", "-am", "Dearer")
    lines = told(inside("history", ORDER, cwd=top / "trade").stdout)
    assert lines[-2:] == ["  contract.yaml: changed", "    unit price of line 1: 2.70 -> 2.72"]
