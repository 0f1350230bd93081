"""Issuing: a number each, for good, from what is saved; the same again is the same record."""

import hashlib
import random
import re
from pathlib import Path

import pytest

from docpipe.adapters.word import package, text
from docpipe.documents.wording import wording
from tests.adapters.git.kit import git, hook, is_sound
from tests.conftest import Run
from tests.issuing import (
    FOLDER,
    ORDER,
    SHELF,
    blob,
    edit,
    given,
    introduced,
    issued_files,
    kept,
    read,
    saved,
    shared,
    started,
)


@pytest.fixture
def trade(shop: Path) -> Path:
    return kept(shop)


def records(folder: Path) -> list[str]:
    tips = git(folder, "for-each-ref", "--format=%(objectname)", "refs/heads/records")
    return git(folder, "rev-list", tips).splitlines() if tips else []


def test_a_document_gets_its_number_and_goes_on_record(inside: Run, trade: Path) -> None:
    before = (git(trade, "rev-parse", "main"), (trade / ".git/index").read_bytes())
    done = inside("issue", ORDER, "sales-contract", cwd=trade)
    assert done.returncode == 0, done.stderr
    number = done.stdout.strip()
    assert number.startswith("SC-20")
    assert number.endswith("-0001")
    stem = f"orders/{SHELF}/sales-contract/r0"
    record = read(trade, f"{stem}.yaml")
    data = blob(trade, f"{stem}.docx")
    assert record.text("number") == number
    assert record.text("sha256") == hashlib.sha256(data).hexdigest()
    assert record.text("by.email") == "lin.yang@zefan.example"
    assert record.text("issued_at").endswith("+08:00")
    assert record.text("inputs.commit") == git(trade, "rev-parse", "main")
    assert record.text("inputs.order") == git(trade, "rev-parse", f"main:{FOLDER}")
    assert record.text("inputs.schemas") == git(trade, "rev-parse", "main:schemas")
    template = git(trade, "rev-parse", "main:templates/sales-contract.docx")
    assert record.text("inputs.template") == template
    named = record["inputs"]["shared"].fields
    assert {"customers/MFANO.yaml", "company.yaml", "people.yaml"} <= set(named)
    assert all(git(trade, "rev-parse", f"main:{p}") == str(n.value) for p, n in named.items())
    assert given(trade) == {number: (ORDER, "sales-contract")}
    assert (git(trade, "rev-parse", "main"), (trade / ".git/index").read_bytes()) == before
    assert is_sound(trade)


def test_nothing_is_issued_by_a_main_before_that_of_the_last_record(
    inside: Run, trade: Path
) -> None:
    git(trade, "-c", "user.name=x", "commit", "--quiet", "--allow-empty", "-m", "later")
    assert inside("issue", ORDER, "order-sheet", cwd=trade).returncode == 0
    before = records(trade)
    git(trade, "reset", "--quiet", "--hard", "HEAD^")
    done = inside("issue", ORDER, "sales-contract", cwd=trade)
    assert done.returncode == 1
    assert "The shared main moved on" in done.stderr
    assert records(trade) == before


def test_the_issued_form_bears_the_number_and_no_draft_mark(inside: Run, trade: Path) -> None:
    number = inside("issue", ORDER, "order-sheet", cwd=trade).stdout.strip()
    parts = package.unpack(blob(trade, f"orders/{SHELF}/order-sheet/r0.docx"))
    told = text.body(parts) + text.headers_and_footers(parts)
    assert number in told
    assert "DRAFT" not in told
    day = read(trade, f"orders/{SHELF}/order-sheet/r0.yaml").text("issued_at")[:10]
    assert day in text.body(parts)


def test_a_contract_keeps_the_date_of_its_facts(inside: Run, trade: Path) -> None:
    inside("issue", ORDER, "sales-contract", cwd=trade)
    parts = package.unpack(blob(trade, f"orders/{SHELF}/sales-contract/r0.docx"))
    day = read(trade, f"orders/{SHELF}/sales-contract/r0.yaml").text("issued_at")[:10]
    assert day not in text.body(parts)


def test_the_same_again_is_the_same_record(inside: Run, trade: Path) -> None:
    first = inside("issue", ORDER, "order-sheet", cwd=trade)
    tip = records(trade)
    again = inside("issue", ORDER, "order-sheet", cwd=trade)
    assert (again.returncode, again.stdout) == (0, first.stdout)
    assert "nothing has changed since" in again.stderr
    assert (
        "此后资料没有变化"
        in inside("--lang", "zh", "issue", ORDER, "order-sheet", cwd=trade).stderr
    )
    assert records(trade) == tip


def test_facts_that_print_the_same_are_no_new_revision(inside: Run, trade: Path) -> None:
    inside("issue", ORDER, "sales-contract", cwd=trade)
    tip = records(trade)
    saved(trade, "order.yaml", "channel: ", "# a remark\nchannel: ")
    assert inside("issue", ORDER, "sales-contract", cwd=trade).returncode == 0
    assert records(trade) == tip


def test_a_new_template_alone_is_no_new_revision(inside: Run, trade: Path) -> None:
    inside("issue", ORDER, "order-sheet", cwd=trade)
    tip = records(trade)
    other = (trade / "templates/customer-profile.docx").read_bytes()
    (trade / "templates/order-sheet.docx").write_bytes(other)
    git(trade, "commit", "--quiet", "-am", "another form")
    again = inside("issue", ORDER, "order-sheet", cwd=trade)
    assert "nothing has changed since" in again.stderr, again.stderr
    assert records(trade) == tip


def test_changed_facts_are_the_next_revision_of_the_same_number(inside: Run, trade: Path) -> None:
    first = inside("issue", ORDER, "sales-contract", cwd=trade).stdout
    saved(trade, "customers/MFANO.yaml", "Mombasa", "Nairobi")
    done = inside("issue", ORDER, "sales-contract", cwd=trade)
    assert done.returncode == 0, done.stderr
    assert done.stdout == first
    assert "revision 1" in done.stderr
    record = read(trade, f"orders/{SHELF}/sales-contract/r1.yaml")
    assert record.text("number") == first.strip()
    assert list(given(trade)) == [first.strip()]
    told = text.body(package.unpack(blob(trade, f"orders/{SHELF}/sales-contract/r1.docx")))
    assert "Nairobi" in told
    assert re.search(r"Revision 版次[^\w]*1\n", told), told


def test_numbers_count_per_code_in_the_companys_form(inside: Run, trade: Path) -> None:
    form = 'document_number: "{year}_{code}.{sequence:03}"\n'
    saved(trade, "company.yaml", "time_zone:", form + "time_zone:")
    numbers = [
        inside("issue", *words, cwd=trade).stdout.strip()
        for words in (
            ("ZF-2026-0004", "commercial-invoice", "--name", "2"),
            ("ZF-2026-0004", "commercial-invoice", "--name", "1"),
            (ORDER, "order-sheet"),
        )
    ]
    assert [number[4:] for number in numbers] == ["_CI.001", "_CI.002", "_OS.001"]


@pytest.mark.parametrize(
    "form", ["{code}-{sequence:04}", "{year}-{sequence}", "{code}-{year}",
             "{code}{year}{sequence}/x", "{code}-{year}-{sequence:04}{order}"],
)  # fmt: skip
def test_a_form_that_could_give_a_number_twice_is_refused(
    form: str, inside: Run, trade: Path
) -> None:
    saved(trade, "company.yaml", "time_zone:", f'document_number: "{form}"\ntime_zone:')
    done = inside("check", ORDER, cwd=trade)
    assert "Form of document numbers" in done.stdout
    assert inside("issue", ORDER, "order-sheet", cwd=trade).returncode == 1
    assert records(trade) == []


REFUSALS = {
    "an order with errors": (1, "ZF-2026-0002 has", "签发单证", "docpipe check"),
    "a file not saved": (1, "Not saved yet: orders/", "尚未保存", f"docpipe save {ORDER}"),
    "a shared file not saved": (1, "Not saved yet: customers/", "尚未保存", "docpipe save"),
    "a file that git ignores": (1, "is used and not saved", ".gitignore 将其排除", "docpipe save"),
    "nothing ever saved": (1, "people.yaml is not saved", "people.yaml 尚未保存", "docpipe save"),
    "a stranger who added themself": (1, "people.yaml is not saved", "people.yaml 尚未保存",
                                       "docpipe save"),
    "another order not saved": (1, "Not saved yet: orders/2026/02", "尚未保存", "docpipe save"),
    "a schema not saved": (1, "Not saved yet: schemas/", "尚未保存", "docpipe save"),
    "a template not saved": (1, "Not saved yet: templates/", "尚未保存", "docpipe save"),
    "no repository": (4, "is not in a git repository", "不在 git 仓库中", "git init"),
    "no identity": (4, "does not know who you are", "git 不知道您是谁", "docpipe identity --email"),
    "a stranger": (1, "people.yaml does not know guest@x.example",
                   "people.yaml 中没有 guest@x.example", "docpipe identity"),
    "an unknown order": (2, "There is no order", "没有订单", "docpipe list"),
    "an unknown document": (2, "has no document", "没有可签发的单证", "sales-contract"),
    "one of several": (2, "several such documents", "多份这种单证", "invoice-2"),
    "a document too early": (1, "does not have all", "尚不足以生成", "amendment"),
    "a remote out of reach": (4, "cannot be reached", "无法访问共享仓库", "docpipe doctor"),
    "a remote that refuses": (1, "does not accept the record", "拒绝接收该记录", "records"),
}  # fmt: skip


def _spoil(case: str, shop: Path, base: Path) -> tuple[str, str]:
    """Bring about the trouble; the order and document to ask for."""
    match case:
        case "an order with errors":
            saved(shop, "quotation.yaml", "price: 3.53", "price: 3.55")
        case "a file not saved":
            edit(shop, "order.yaml", "channel: ", "# new\nchannel: ")
        case "a shared file not saved":
            edit(shop, "customers/MFANO.yaml", "\n", "\n# new\n")
        case "a file that git ignores":
            git(shop, "rm", "--quiet", "--cached", f"{FOLDER}/order.yaml")
            (shop / ".gitignore").write_text("order.yaml\n")
            git(shop, "add", ".gitignore")
            git(shop, "commit", "--quiet", "-m", "hide it")
        case "nothing ever saved":
            git(shop, "update-ref", "-d", "refs/heads/main")
        case "no repository":
            (shop / ".git").rename(base / "away")
        case "no identity":
            git(shop, "config", "--unset", "user.email")
        case "a stranger":
            introduced(shop, ("Guest", "guest@x.example"))
        case "a stranger who added themself":
            introduced(shop, ("Guest", "guest@x.example"))
            edit(shop, "people.yaml", "lin.yang@zefan.example", "guest@x.example")
        case "another order not saved":
            edit(shop, "orders/2026/02/ZF-2026-0001/order.yaml", "channel:", "# new\nchannel:")
            return ORDER, "customer-profile"
        case "a schema not saved":
            edit(shop, "schemas/order.schema.json", "\n", "\n\n")
        case "a template not saved":
            other = (shop / "templates/customer-profile.docx").read_bytes()
            (shop / "templates/order-sheet.docx").write_bytes(other)
        case "an unknown order":
            return "ZF-2026-9999", "order-sheet"
        case "an unknown document":
            return ORDER, "love-letter"
        case "one of several":
            return "ZF-2026-0004", "commercial-invoice"
        case "a document too early":
            return ORDER, "contract-amendment"
        case "a remote out of reach":
            git(shop, "remote", "add", "origin", (base / "nowhere.git").as_uri())
        case "a remote that refuses":
            git(base, "clone", "--quiet", "--bare", str(shop), "wall.git")
            hook(base / "wall.git", "pre-receive", "echo protected >&2; exit 1")
            git(shop, "remote", "add", "origin", (base / "wall.git").as_uri())
    return ORDER, "order-sheet"


@pytest.mark.parametrize("case", REFUSALS)
def test_a_refusal_reads_well_and_leaves_nothing(
    case: str, inside: Run, trade: Path, tmp_path: Path
) -> None:
    code, english, chinese, way = REFUSALS[case]
    words = _spoil(case, trade, tmp_path)
    for lang, told in (("en", english), ("zh", chinese)):
        done = inside("--lang", lang, "issue", *words, cwd=trade)
        assert done.returncode == code, done.stderr
        assert told in done.stderr
        assert way in done.stderr
        assert "{" not in done.stderr
    if case != "no repository":
        assert records(trade) == []


def test_the_findings_that_stand_in_the_way_are_told(inside: Run, trade: Path) -> None:
    saved(trade, "quotation.yaml", "price: 3.53", "price: 3.55")
    done = inside("issue", ORDER, "order-sheet", cwd=trade)
    assert "QUO11" in done.stdout


def test_a_record_is_at_the_remote_before_it_is_told(inside: Run, tmp_path: Path) -> None:
    remote, (one, two) = shared(tmp_path, "ab")
    number = inside("issue", ORDER, "order-sheet", cwd=one).stdout.strip()
    assert given(remote) == {number: (ORDER, "order-sheet")}
    same = inside("issue", ORDER, "order-sheet", cwd=two)
    assert (same.returncode, same.stdout.strip()) == (0, number)
    assert len(records(remote)) == 1


@pytest.mark.soak
def test_twenty_issues_from_four_clones_at_once_give_each_number_once(tmp_path: Path) -> None:
    remote, clones = shared(tmp_path, "abcd", orders=18)
    orders = [f"ZF-2026-{1000 + number}" for number in range(18)]
    asked = [*orders, *orders[:2]]  # two documents are asked for by two at once
    random.Random(7).shuffle(asked)
    running = [
        started(clones[n % 4], "issue", order, "order-sheet") for n, order in enumerate(asked)
    ]
    told = {}
    for order, process in zip(asked, running, strict=True):
        out, err = process.communicate(timeout=300)
        assert process.returncode == 0, err
        assert told.setdefault(order, out) == out
    numbers = given(remote)
    assert sorted(int(n[-4:]) for n in numbers) == list(range(1, 19))
    assert {told[order].strip(): (order, "order-sheet") for order in orders} == numbers
    assert issued_files(remote) == set(numbers.values())
    assert all(is_sound(folder) for folder in (remote, *clones))


@pytest.mark.parametrize(
    ("file", "find", "put", "times"),
    [
        ("orders/2026/04/ZF-2026-0003/order.yaml", "\n", "\n# looked at\n", 1),
        ("order.yaml", "laser-engraved on every", "laser-etched on every", 2),
    ],
    ids=["another order", "this order"],
)
def test_what_somebody_saves_meanwhile_is_taken_in_or_does_not_matter(
    file: str, find: str, put: str, times: int,
    inside: Run, trade: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    made: list[str] = []

    def meanwhile(*asked: object) -> str:
        if not made:
            saved(trade, file, find, put)
        made.append(wording(*asked))  # type: ignore[arg-type]
        return made[-1]

    monkeypatch.setattr("docpipe.steps.issue.wording", meanwhile)
    done = inside("issue", ORDER, "order-sheet", cwd=trade)
    assert done.returncode == 0, done.stderr
    assert len(made) == times
    assert ("laser-etched" in made[-1]) == (times == 2)
    record = read(trade, f"orders/{SHELF}/order-sheet/r0.yaml")
    assert record.text("inputs.order") == git(trade, "rev-parse", f"main:{FOLDER}")
    assert inside("verify", cwd=trade).returncode == 0
