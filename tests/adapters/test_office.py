"""PDF by LibreOffice: what is said where it is missing, hangs, or makes nothing."""

import contextlib
import os
import signal
import stat
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from docpipe.adapters import office
from docpipe.adapters.office import batch, conversion, fonts
from docpipe.adapters.word import package
from docpipe.diagnostics import DocpipeError
from docpipe.diagnostics.error import SURROUNDINGS
from tests.adapters.kit import template
from tests.conftest import Run
from tests.support import ends


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "papers" / "发票 1.docx"
    path.parent.mkdir()
    path.write_bytes(package.write(template("invoice")))
    return path


def program(folder: Path, script: str) -> None:
    """Something on the PATH that is called soffice."""
    path = folder / "soffice"
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IEXEC)


def test_where_it_is_missing_the_message_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(DocpipeError) as caught:
        office.needed()
    assert caught.value.exit_code == SURROUNDINGS
    for lang in ("en", "zh"):
        for way in ("apt install", "brew install", "winget install"):
            assert way in caught.value.say(lang)


def test_render_tells_it_with_the_documents_made(docpipe: Run, shop: Path, tmp_path: Path) -> None:
    done = docpipe(
        "render",
        "ZF-2026-0002",
        "--doc",
        "quotation",
        "--pdf",
        "--out",
        "o",
        cwd=shop,
        PATH=str(tmp_path),
    )
    assert done.returncode == SURROUNDINGS, done.stdout + done.stderr
    assert "PDF needs LibreOffice" in done.stderr
    assert "Traceback" not in done.stderr
    assert list((shop / "o").rglob("*.docx"))


def told(files: Sequence[Path], jobs: int = 1) -> dict[str, str | None]:
    """What became of each document, by its name."""
    return {
        file.name: problem.en if problem is not None else None
        for file, problem in office.convert(office.needed(), files, jobs)
    }


def documents(folder: Path, count: int) -> list[Path]:
    folder.mkdir(exist_ok=True)
    files = [folder / f"{number}.docx" for number in range(count)]
    for file in files:
        file.write_bytes(package.write(template(f"invoice {file.stem}")))
    return files


@pytest.fixture
def stub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Put a script on the PATH that is called soffice."""

    def put(script: str) -> None:
        bin_ = tmp_path / "bin"
        bin_.mkdir()
        program(bin_, script)
        monkeypatch.setenv("PATH", f"{bin_}:{os.environ['PATH']}")

    return put


def test_a_program_that_hangs_is_ended_with_its_children(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stub: Callable[[str], None]
) -> None:
    stub(f"echo $$ > {tmp_path}/pid; sleep 900 & echo $! > {tmp_path}/child; wait")
    for patience in (1, 10, 100):  # a busy machine may not even have started it by then
        monkeypatch.setattr(batch, "SECONDS_START", patience)
        assert "was stopped" in str(told([file])[file.name])
        if (tmp_path / "child").exists():
            break
    for name in ("pid", "child"):
        assert ends(int((tmp_path / name).read_text())), name


@pytest.mark.parametrize("script", ["exit 0", "exit 77", "kill -9 $$", "echo broken >&2; exit 1"])
def test_a_program_that_makes_nothing_is_told_by_the_files(
    script: str, file: Path, stub: Callable[[str], None]
) -> None:
    stub(script)
    assert file.name in str(told([file])[file.name])
    assert not file.with_suffix(".pdf").exists()


def test_a_program_that_does_not_work_at_all_is_given_up(
    tmp_path: Path, stub: Callable[[str], None]
) -> None:
    stub(f"echo >> {tmp_path}/starts; exit 77")
    said = told(documents(tmp_path / "many", 60))
    assert len(said) == 60
    assert all(said.values())
    assert len((tmp_path / "starts").read_text()) <= 2 * batch.HOPELESS


def test_nothing_to_make_needs_no_process(stub: Callable[[str], None], tmp_path: Path) -> None:
    stub(f"touch {tmp_path}/started")
    assert told([]) == {}
    assert not (tmp_path / "started").exists()


def test_no_more_processes_run_than_work_and_cores_allow() -> None:
    assert conversion.processes(1, 8) == 1
    assert 1 <= conversion.processes(1_000, 2) <= 2


@pytest.mark.office
def test_a_pdf_stands_beside_each_document_also_of_equal_names(file: Path, tmp_path: Path) -> None:
    other = tmp_path / "elsewhere" / file.name
    other.parent.mkdir()
    other.write_bytes(package.write(template("another")))
    assert told([file, other]) == {file.name: None}
    for path, said in ((file, "invoice"), (other, "another")):
        assert said in text(path.with_suffix(".pdf"))
    assert not list(Path.home().rglob("libreoffice")), "it has a profile of its own"


def text(pdf: Path) -> str:
    return subprocess.run(
        ["pdftotext", pdf, "-"], capture_output=True, text=True, check=True
    ).stdout


@pytest.mark.office
@pytest.mark.parametrize("bad", [0, 1, 2])
def test_what_is_no_document_is_told_and_the_others_are_made(bad: int, tmp_path: Path) -> None:
    files = documents(tmp_path / "many", 3)
    files[bad].write_bytes(b"PK\x03\x04 damaged")
    said = told(files)
    assert said.pop(files[bad].name) == f"LibreOffice cannot read {files[bad].name}"
    assert set(said.values()) == {None}
    assert not files[bad].with_suffix(".pdf").exists()


def offices() -> dict[int, Path]:
    """LibreOffice processes that this test process has started, and where they write."""
    found = {}
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            line = (entry / "cmdline").read_bytes().decode().split("\0")
            if "soffice.bin" in line[0] and "--outdir" in line and _is_ours(int(entry.name)):
                found[int(entry.name)] = Path(line[line.index("--outdir") + 1])
    return found


def _is_ours(pid: int) -> bool:
    while pid > 1:
        if pid == os.getpid():
            return True
        pid = int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    return False


@pytest.fixture
def disturbed() -> Iterator[Callable[[signal.Signals, int], set[int]]]:
    """Send a signal to LibreOffice when it has made a few PDFs, to so many processes in turn."""
    over = threading.Event()
    threads = []

    def disturb(number: signal.Signals, times: int) -> set[int]:
        hit: set[int] = set()

        def watch() -> None:
            while not over.is_set() and len(hit) < times:
                for pid, out in offices().items():
                    if pid not in hit and len(list(out.glob("*.pdf"))) >= 3:
                        os.kill(pid, number)
                        hit.add(pid)
                time.sleep(0.005)

        threads.append(threading.Thread(target=watch))
        threads[-1].start()
        return hit

    yield disturb
    over.set()
    for thread in threads:
        thread.join()


@pytest.mark.office
def test_all_is_made_although_libreoffice_is_killed_in_the_middle(
    tmp_path: Path, disturbed: Callable[[signal.Signals, int], set[int]]
) -> None:
    files = documents(tmp_path / "many", 60)
    killed = disturbed(signal.SIGKILL, 2)
    assert set(told(files).values()) == {None}
    assert len(killed) == 2
    for file in files:
        assert f"invoice {file.stem}" in text(file.with_suffix(".pdf"))
    assert offices() == {}


@pytest.mark.office
def test_a_document_at_which_it_hangs_is_told_and_the_others_are_made(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    disturbed: Callable[[signal.Signals, int], set[int]],
) -> None:
    monkeypatch.setattr(batch, "SECONDS_START", 30)
    monkeypatch.setattr(batch, "SECONDS_EACH", 6)
    files = documents(tmp_path / "many", 60)
    disturbed(signal.SIGSTOP, 1)
    said = told(files)
    assert len(said) == 60
    hung = [name for name, problem in said.items() if problem is not None]
    assert len(hung) == 1
    assert (
        said[hung[0]]
        == f"LibreOffice was still converting {hung[0]} after 6 seconds and was stopped"
    )
    assert {file.name for file in files if not file.with_suffix(".pdf").exists()} == set(hung)
    assert offices() == {}


@pytest.mark.office
def test_who_stops_asking_ends_libreoffice(tmp_path: Path) -> None:
    answers = office.convert(office.needed(), documents(tmp_path / "many", 30), 2)
    next(answers)
    answers.close()  # type: ignore[attr-defined]
    assert offices() == {}


@pytest.mark.office
def test_a_font_that_nobody_has_is_lacking_and_one_that_is_here_is_not() -> None:
    assert fonts.lacking(["Liberation Sans", "No Such Face"]) == ["No Such Face"]


@pytest.mark.office
def test_a_second_render_converts_what_changed(docpipe: Run, shop: Path) -> None:
    def render(*more: str) -> str:
        kinds = ("--doc", "quotation", "--doc", "proforma-invoice")
        done = docpipe("render", "ZF-2026-0002", *kinds, "--pdf", *more, cwd=shop)
        assert done.returncode == 0, done.stderr
        assert "Traceback" not in done.stderr
        return done.stderr.splitlines()[-1]

    home = shop / "build" / "ZF-2026-0002"
    assert render() == "2 PDFs made"
    before = {path: path.stat().st_mtime_ns for path in home.glob("*.pdf")}
    assert render() == "0 PDFs made, 2 unchanged"
    assert before == {path: path.stat().st_mtime_ns for path in home.glob("*.pdf")}
    (home / "quotation.pdf").write_bytes(b"edited")
    assert render() == "1 PDF made, 1 unchanged"
    assert (home / "quotation.pdf").read_bytes().startswith(b"%PDF")
    path = shop / "orders/2026/03/ZF-2026-0002/quotation.yaml"
    path.write_text(path.read_text() + "\n# touched\n")
    assert render() == "0 PDFs made, 2 unchanged"
    assert render("--force") == "2 PDFs made"
