"""Many orders: in processes or not, all at once or what changed, the same documents."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bench.workspaces import make
from docpipe.adapters import fingerprint
from docpipe.cli.progress import line
from docpipe.documents import render_cache
from docpipe.documents.batch import FEW, batch
from docpipe.documents.order_renderer import Job
from docpipe.documents.outcome import OrderOutcome
from docpipe.reports.table import width
from docpipe.workspace import workspace as workspaces
from docpipe.workspace.traced_workspace import TracedWorkspace
from docpipe.workspace.workspace import Workspace
from tests.conftest import Run, on_a_terminal
from tests.support import ends

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
PROFILE, SHEET, QUOTATION = "customer-profile", "order-sheet", "quotation"
SURVEY = "survey-form"
ORDER = "orders/2026/03/ZF-2026-0002"


def render(
    root: Path,
    *kinds: str,
    orders: tuple[str, ...] = (),
    out: str = "build",
    jobs: int = 1,
    method: str | None = None,
    now: datetime = NOW,
    force: bool = False,
) -> list[OrderOutcome]:
    folders = Workspace(root).select(orders, root)
    job = Job(root, kinds or (SHEET,), root / out, now, force)
    return list(batch(job, folders, jobs, method=method))


def made(outcomes: list[OrderOutcome]) -> list[str]:
    """The documents that were written, as number/file."""
    return [f"{each.number}/{doc.file}" for each in outcomes for doc in each.documents if doc.new]


def tree(folder: Path) -> dict[str, bytes]:
    """The documents below a folder; what docpipe keeps for itself begins with a dot."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not any(part.startswith(".") for part in path.parts[-2:])
    }


@pytest.fixture(autouse=True)
def _files_settle_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests do not wait two seconds; one test below is about just that."""
    monkeypatch.setattr(fingerprint, "SETTLED", 0)


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_processes_make_the_same_and_tell_it_in_the_same_order(tmp_path: Path, method: str) -> None:
    root = tmp_path / "shop"
    make(root, 18)
    alone = render(root, SHEET, PROFILE, out="one")
    assert FEW < len(alone) == 18
    assert render(root, SHEET, PROFILE, out="two", jobs=2, method=method) == alone
    assert tree(root / "one") == tree(root / "two")
    again = render(root, SHEET, PROFILE, out="two", jobs=2, method=method)
    assert made(again) == []
    assert [each.folder for each in again] == [each.folder for each in alone]


def test_a_second_run_parses_no_file_of_an_order(
    shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = render(shop, SHEET, PROFILE)

    def refused(*_: object) -> object:
        raise AssertionError("an order was read")

    monkeypatch.setattr(workspaces, "load_order", refused)
    monkeypatch.setattr("docpipe.workspace.ledger.load_file", refused)
    again = render(shop, SHEET, PROFILE)
    assert made(again) == []
    assert [len(each.documents) for each in again] == [len(each.documents) for each in first]


def change(path: str, old: str, new: str) -> Callable[[Path], None]:
    def do(shop: Path) -> None:
        file = shop / path
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), encoding="utf-8")

    return do


def append(path: str, data: bytes) -> Callable[[Path], None]:
    def do(shop: Path) -> None:
        with (shop / path).open("ab") as file:
            file.write(data)

    return do


def swap(path: str, other: str) -> Callable[[Path], None]:
    def do(shop: Path) -> None:
        shutil.copyfile(shop / other, shop / path)

    return do


def gone(path: str) -> Callable[[Path], None]:
    return lambda shop: (shop / path).unlink()


def same_size_and_time(shop: Path) -> None:
    """An edit that a look at size and time of change alone would miss."""
    file = shop / ORDER / "order.yaml"
    before = file.stat()
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("matt black", "matt white"), encoding="utf-8")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert file.stat().st_size == before.st_size


CHANGES = {
    "a file of the order": change(f"{ORDER}/order.yaml", "matt black", "pale green"),
    "the same size and time": same_size_and_time,
    "the customer": change("customers/MFANO.yaml", "name:", "name: "),
    "a product": change("products/FLASK-750.yaml", "code: FLASK-750", "code:  FLASK-750"),
    "the company": append("company.yaml", b"# more\n"),
    "a template": swap("templates/order-sheet.docx", "templates/customer-profile.docx"),
    "the letterhead": append("templates/letterhead.docx", b"\0"),
    "the logo": append("templates/logo.png", b"\0"),
    "the catalogue": append("templates/catalogue.yaml", b"# more\n"),
    "a schema": append("schemas/feedback.schema.json", b"\n"),
    "a deleted document": gone("build/ZF-2026-0002/order-sheet.docx"),
    "an edited document": append("build/ZF-2026-0002/order-sheet.docx", b"\0"),
    "a new file of the order": append(f"{ORDER}/papers/2026-12-01-letter.txt", b"dear"),
    "a file less": gone(f"{ORDER}/papers/2026-03-14-engraving.pdf"),
}


def recalled(shop: Path, *kinds: str, order: str = ORDER, now: datetime = NOW) -> bool:
    """Whether the order would be passed over."""
    one = render_cache.RenderCache(TracedWorkspace(shop), shop / "build")
    return one.recall(order, kinds or (SHEET,), now) is not None


@pytest.mark.parametrize("what", CHANGES)
def test_whatever_a_document_is_made_from_makes_it_be_made_again(shop: Path, what: str) -> None:
    render(shop)
    assert recalled(shop)
    CHANGES[what](shop)
    assert not recalled(shop)
    render(shop)
    afresh = render(shop, out="afresh")
    assert all(each.sound for each in afresh)
    assert tree(shop / "build") == tree(shop / "afresh")
    assert recalled(shop)


def test_a_change_of_one_order_makes_no_other_again(shop: Path) -> None:
    render(shop, SHEET, QUOTATION)
    CHANGES["a file of the order"](shop)
    again = render(shop, SHEET, QUOTATION)
    assert {name.partition("/")[0] for name in made(again)} == {"ZF-2026-0002"}


def test_a_file_that_is_touched_and_says_the_same_is_not_rendered_again(shop: Path) -> None:
    render(shop)
    (shop / ORDER / "order.yaml").touch()
    os.utime(shop / "build" / "ZF-2026-0002" / "order-sheet.docx")
    assert recalled(shop)


def test_a_missing_master_that_comes_is_noticed(shop: Path) -> None:
    customer = shop / "customers" / "MFANO.yaml"
    text = customer.read_text(encoding="utf-8")
    customer.unlink()
    first = {each.number: each for each in render(shop)}
    assert first["ZF-2026-0002"].left_out
    customer.write_text(text, encoding="utf-8")
    again = {each.number: each for each in render(shop)}
    assert not again["ZF-2026-0002"].left_out
    assert made(list(again.values())) == ["ZF-2026-0002/order-sheet.docx"]


def test_a_survey_that_comes_makes_the_orders_of_its_customer_be_looked_at(shop: Path) -> None:
    render(shop, SURVEY)
    source = shop / "surveys" / "2026-H1" / "MFANO.yaml"
    target = shop / "surveys" / "2026-H2" / "MFANO.yaml"
    target.parent.mkdir()
    shutil.copy(source, target)
    assert not recalled(shop, SURVEY)
    assert recalled(shop, SURVEY, order="orders/2026/02/ZF-2026-0001")


@pytest.fixture
def trade(shop: Path) -> Path:
    """Two orders of one customer: ZF-2026-0004 is opened after the contract of ZF-2026-0002."""
    path = shop / "orders/2026/08/ZF-2026-0004/order.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"(?m)^customer: .*$", "customer: MFANO", text), encoding="utf-8")
    return shop


LATER = "orders/2026/08/ZF-2026-0004"


def test_a_profile_follows_the_past_trade_and_nothing_else_of_other_orders(trade: Path) -> None:
    render(trade, PROFILE)
    before = tree(trade / "build")
    change(f"{ORDER}/shipments/1/packing.yaml", "per_carton: 24", "per_carton:  24")(trade)
    assert recalled(trade, PROFILE, order=LATER), "past trade does not ask what was packed"
    change(f"{ORDER}/contract.yaml", "price: 2.70", "price: 2.80")(trade)
    assert not recalled(trade, PROFILE, order=LATER)
    assert recalled(trade, PROFILE, order="orders/2026/02/ZF-2026-0001"), "another customer's"
    render(trade, PROFILE)
    after = tree(trade / "build")
    name = "ZF-2026-0004/customer-profile.docx"
    assert before[name] != after[name]
    render(trade, PROFILE, out="afresh")
    assert tree(trade / "afresh") == after


def test_a_new_order_of_the_customer_is_past_trade_only_for_later_ones(trade: Path) -> None:
    render(trade, PROFILE)
    shutil.copytree(trade / ORDER, trade / "orders/2026/03/ZF-2026-0009")
    change("orders/2026/03/ZF-2026-0009/order.yaml", "ZF-2026-0002", "ZF-2026-0009")(trade)
    assert not recalled(trade, PROFILE, order=LATER)
    assert recalled(trade, PROFILE, order=ORDER), "it was opened before any of these contracts"
    shutil.rmtree(trade / "orders/2026/03/ZF-2026-0009")
    assert recalled(trade, PROFILE, order=LATER)


class Asked(dict[str, object]):
    """A table that notes what is looked up."""

    def __init__(self, table: object, asked: set[str]) -> None:
        super().__init__(table)  # type: ignore[call-overload]
        self.asked = asked

    def get(self, key: str, default: object = None) -> object:
        self.asked.add(key)
        return super().get(key, default)


def test_past_trade_reads_what_the_ledger_reads(shop: Path) -> None:
    """The ledger's digest covers every kind of file that past trade asks for."""
    from docpipe.workspace.audience_view import View
    from docpipe.workspace.figures.agreement import deal
    from docpipe.workspace.ledger import KINDS

    workspace = Workspace(shop)
    for folder in workspace.order_folders:
        view = View(workspace, workspace.order(folder), "internal")
        asked: set[str] = set()
        view.order.__dict__["by_kind"] = Asked(view.order.by_kind, asked)
        deal(view)
        view.every("feedback")
        assert asked <= set(KINDS), folder


@pytest.mark.parametrize(
    "data", [b"", b"{", b"[]", b"{}", b"\xff\xfe", b'{"root": 1}', b"9" * 9000]
)
def test_a_broken_record_means_that_the_order_is_rendered(shop: Path, data: bytes) -> None:
    render(shop)
    before = tree(shop / "build")
    for record in render_cache.records_folder(shop / "build").iterdir():
        record.write_bytes(data)
    assert not recalled(shop)
    shutil.rmtree(shop / "build" / "ZF-2026-0002")
    render(shop)
    assert tree(shop / "build") == before
    assert recalled(shop)


def test_no_field_of_a_record_is_trusted_for_its_form(shop: Path) -> None:
    render(shop, orders=("ZF-2026-0002",))
    (path,) = render_cache.records_folder(shop / "build").iterdir()
    record = json.loads(path.read_bytes())
    for field in record:
        for value in (None, {"a": 1}):
            path.write_text(json.dumps({**record, field: value}))
            (outcome,) = render(shop, orders=("ZF-2026-0002",))
            assert outcome.sound, (field, value)
            assert [doc.file for doc in outcome.documents] == ["order-sheet.docx"], (field, value)


def test_the_record_of_another_workspace_counts_for_nothing(shop: Path, tmp_path: Path) -> None:
    render(shop)
    other = tmp_path / "other"
    shutil.copytree(shop, other)
    assert not recalled(other)


def test_records_of_other_kinds_of_documents_stay_good(shop: Path) -> None:
    render(shop, SHEET)
    render(shop, QUOTATION)
    assert recalled(shop, SHEET)
    assert recalled(shop, SHEET, QUOTATION)
    assert not recalled(shop, SHEET, PROFILE)
    CHANGES["a file of the order"](shop)
    render(shop, QUOTATION)
    assert not recalled(shop, SHEET)


def test_a_file_changed_just_now_is_read_again(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Within one tick of the clock it could change once more and look the same."""
    monkeypatch.setattr(fingerprint, "SETTLED", 10**18)
    render(shop)
    read: list[Path] = []
    contents = fingerprint.contents

    def noted(folder: Path) -> dict[str, str]:
        read.append(folder)
        return contents(folder)

    monkeypatch.setattr(fingerprint, "contents", noted)
    assert recalled(shop)
    assert read == [shop / ORDER]


def test_a_document_changed_while_it_was_made_is_made_again(shop: Path) -> None:
    path = shop / ORDER / "order.yaml"

    from docpipe.documents.order_renderer import OrderRenderer

    maker = OrderRenderer(Job(shop, (SHEET,), shop / "build", NOW))
    make_one = maker.printer.make

    def disturbed(document: object) -> bytes:
        data = make_one(document)  # type: ignore[arg-type]
        path.write_text(path.read_text(encoding="utf-8") + "# more\n", encoding="utf-8")
        return data

    maker.printer.make = disturbed  # type: ignore[method-assign, assignment]
    assert maker(ORDER).sound
    assert not recalled(shop)


def spoil(shop: Path, file: str, old: str, new: str) -> None:
    change(f"{ORDER}/{file}", old, new)(shop)


def test_what_was_found_is_told_again(docpipe: Run, shop: Path) -> None:
    spoil(shop, "shipments/1/packing.yaml", "per_carton: 24", "per_carton: 25")
    change("orders/2026/02/ZF-2026-0001/contract.yaml", "prevailing_language: en", "x: [")(shop)
    first = docpipe("render", "--doc", SHEET, cwd=shop)
    again = docpipe("render", "--doc", SHEET, cwd=shop)
    assert again.returncode == first.returncode == 1
    assert first.stdout == again.stdout
    assert "drafts made, but it has" in again.stderr
    assert "ZF-2026-0001: left out" in again.stderr
    assert again.stderr.endswith("0 documents made, 5 unchanged, 1 order left out\n")
    chinese = docpipe("--lang", "zh", "render", "--doc", SHEET, cwd=shop)
    assert "文件有错误，未生成单证" in chinese.stderr


def test_a_verdict_is_not_told_beyond_its_time(shop: Path) -> None:
    """An error that a waiver covers comes back on the day after the waiver's last."""
    folder = "orders/2026/08/ZF-2026-0004"
    until = None
    render(shop, orders=("ZF-2026-0004",))
    records = [
        json.loads(p.read_bytes()) for p in render_cache.records_folder(shop / "build").iterdir()
    ]
    until = records[0]["holds"][1]
    assert until is not None, "the order has a deadline ahead"
    end = datetime.fromtimestamp(until, UTC)
    assert recalled(shop, order=folder, now=end - timedelta(seconds=1))
    assert not recalled(shop, order=folder, now=end)
    assert not recalled(shop, order=folder, now=NOW - timedelta(days=1)), "a clock set back"


def test_one_document_that_cannot_be_made_stops_no_other_and_is_tried_again(
    docpipe: Run, shop: Path
) -> None:
    shutil.copy(shop / "templates" / "customer-profile.docx", shop / "templates" / "quotation.docx")
    (shop / "templates" / "quotation.docx").write_bytes(b"no package")
    for _ in range(2):
        done = docpipe("render", "--doc", SHEET, "--doc", QUOTATION, cwd=shop)
        assert done.returncode == 1
        assert "Traceback" not in done.stderr
        assert done.stderr.rstrip().endswith("5 failed") or "failed" in done.stderr
        assert len(done.stdout.splitlines()) == 6


def test_force_makes_everything_again(shop: Path) -> None:
    render(shop)
    assert made(render(shop)) == []
    assert len(made(render(shop, force=True))) == 6


def test_two_renders_at_once_do_no_harm(shop: Path) -> None:
    render(shop, SHEET, QUOTATION, out="alone")
    kinds = ("--doc", SHEET, "--doc", QUOTATION, "--jobs", "2")
    command = [sys.executable, "-m", "docpipe", "render", *kinds]
    both = [subprocess.Popen(command, cwd=shop, stdout=subprocess.DEVNULL) for _ in range(2)]
    assert [each.wait(300) for each in both] == [0, 0]
    assert tree(shop / "build") == tree(shop / "alone")
    assert made(render(shop, SHEET, QUOTATION, now=datetime.now(UTC))) == []


def test_ctrl_c_ends_all_processes(tmp_path: Path) -> None:
    root = tmp_path / "shop"
    make(root, 60)
    out = root / ("o" * 200)  # more lines of output than the pipe holds: it is not through before,
    few = ("--doc", SHEET, "--out", str(out))  # and few enough before others start to help
    command = [sys.executable, "-m", "docpipe", "render", "--jobs", "2", *few]
    with subprocess.Popen(
        command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        start_new_session=True, pipesize=4096,
    ) as process:  # fmt: skip
        path = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        deadline = time.monotonic() + 600
        while len(children := path.read_text().split()) < 2:
            assert time.monotonic() < deadline
            time.sleep(0.001)
        os.killpg(process.pid, signal.SIGINT)
        said = process.communicate(timeout=600)[1]
    assert process.returncode == 130
    assert said.splitlines()[-1] == "docpipe: interrupted"
    assert "Traceback" not in said
    assert all(ends(int(child)) for child in children)
    assert not list(out.rglob(".docpipe-*"))


def test_a_worker_that_is_killed_is_told_and_the_others_go_on(tmp_path: Path) -> None:
    root = tmp_path / "shop"
    make(root, 60)
    out = root / ("o" * 200)  # more lines of output than the pipe holds: it is not through before
    command = ["render", "--jobs", "2", "--doc", SHEET, "--out", str(out)]
    with subprocess.Popen(
        [sys.executable, "-m", "docpipe", *command], cwd=root, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True, pipesize=8192,
    ) as process:  # fmt: skip
        path = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        while len(children := path.read_text().split()) < 2:
            time.sleep(0.001)
        os.kill(int(children[0]), signal.SIGKILL)
        told, said = process.communicate(timeout=600)
    assert process.returncode == 1
    assert said.count("The worker crashed on this order (signal 9)") == 1
    assert len(told.splitlines()) == 59
    assert made(render(root, out=out.name, now=datetime.now(UTC))) != []
    assert len(tree(out)) == 60


def test_the_bar_fits_a_line_and_says_rate_and_time_left() -> None:
    shown = line("orders", 1_234, 10_000, 35.3)
    assert width(shown) < 80
    assert "1,234/10,000 orders, 35/s, left 4:11" in shown
    assert width(line("orders", 1, 1_000_000, 5.0)) < 80
    assert "left" not in line("orders", 0, 10, 1.0)


def test_a_bar_is_shown_on_a_terminal_only_and_taken_away(docpipe: Run, tmp_path: Path) -> None:
    arguments = ("render", "--doc", SHEET, "--doc", QUOTATION, "--force", "--jobs", "1")
    for orders in (40, 160, 640, 2560):  # until it takes the half second after which one wonders
        shop = tmp_path / str(orders)
        make(shop, orders)
        shown = on_a_terminal(shop, *arguments, TERM="xterm", NO_COLOR="1")
        if "░" in shown:
            break
    assert re.search(r"\r[█░]{24} [\d,]+/[\d,]+ orders, [\d.]+/s, left \d:\d\d\x1b\[K", shown)
    assert "\x1b[3" not in shown, "NO_COLOR"
    assert "\r\x1b[K" in shown.rpartition("█")[2] + shown.rpartition("░")[2]
    assert "█" not in on_a_terminal(shop, *arguments, TERM="dumb")
    piped = docpipe(*arguments, cwd=shop)
    assert "█" not in piped.stdout + piped.stderr
    assert "\x1b" not in piped.stdout + piped.stderr
