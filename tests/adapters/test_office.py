"""PDF by LibreOffice: what is said where it is missing, hangs, or makes nothing."""

import os
import stat
import time
from pathlib import Path

import pytest

from docpipe.adapters import office
from docpipe.adapters.word import package
from docpipe.diagnostics import DocpipeError
from docpipe.diagnostics.error import SURROUNDINGS
from tests.adapters.kit import template
from tests.conftest import Run


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
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(DocpipeError) as caught:
        office.to_pdf([file])
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


def test_a_program_that_hangs_is_ended_with_its_children(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bin_ = tmp_path / "bin"
    bin_.mkdir()
    program(bin_, f"echo $$ > {tmp_path}/pid; sleep 300 & echo $! > {tmp_path}/child; wait")
    monkeypatch.setenv("PATH", f"{bin_}:{os.environ['PATH']}")
    monkeypatch.setattr(office, "SECONDS", 1)
    monkeypatch.setattr(office, "SECONDS_EACH", 0)
    start = time.perf_counter()
    with pytest.raises(DocpipeError) as caught:
        office.to_pdf([file])
    assert time.perf_counter() - start < 20
    assert caught.value.exit_code == SURROUNDINGS
    assert file.name in caught.value.say("en")
    time.sleep(0.2)
    for name in ("pid", "child"):
        assert not is_running(int((tmp_path / name).read_text())), name


def is_running(pid: int) -> bool:
    status = Path(f"/proc/{pid}/stat")
    return status.exists() and status.read_text().rpartition(")")[2].split()[0] != "Z"


@pytest.mark.parametrize("script", ["exit 0", "exit 77", "kill -9 $$", "echo broken >&2; exit 1"])
def test_a_program_that_makes_nothing_is_told_by_the_files(
    script: str, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bin_ = tmp_path / "bin"
    bin_.mkdir()
    program(bin_, script)
    monkeypatch.setenv("PATH", f"{bin_}:{os.environ['PATH']}")
    with pytest.raises(DocpipeError, match="made no PDF of"):
        office.to_pdf([file])
    assert not file.with_suffix(".pdf").exists()


def test_nothing_to_make_needs_no_program(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert office.to_pdf([]) == []


@pytest.mark.office
def test_a_pdf_stands_beside_each_document_also_of_equal_names(file: Path, tmp_path: Path) -> None:
    other = tmp_path / "elsewhere" / file.name
    other.parent.mkdir()
    other.write_bytes(file.read_bytes())
    made = office.to_pdf([file, other])
    assert made == [file.with_suffix(".pdf"), other.with_suffix(".pdf")]
    for path in made:
        assert path.read_bytes().startswith(b"%PDF")
    assert not list(Path.home().rglob("libreoffice")), "it has a profile of its own"


@pytest.mark.office
def test_what_is_no_document_is_told_and_the_others_are_made(file: Path) -> None:
    bad = file.with_name("bad.docx")
    bad.write_bytes(b"PK\x03\x04 damaged")
    with pytest.raises(DocpipeError, match=r"made no PDF of bad\.docx$"):
        office.to_pdf([bad, file])
    assert file.with_suffix(".pdf").exists()
