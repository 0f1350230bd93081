"""LibreOffice: .docx to PDF."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from docpipe.diagnostics import DocpipeError, Text
from docpipe.diagnostics.error import SURROUNDINGS

_NAMES = ("soffice", "libreoffice")
_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
)
_SECONDS_EACH = 60

_MISSING = Text(
    "PDF needs LibreOffice, which is not here; the .docx files are written",
    "生成 PDF 需要 LibreOffice，本机没有；.docx 已生成",
)
_GET = Text(
    "Debian/Ubuntu: apt install libreoffice-writer fonts-noto-cjk; "
    "macOS: brew install --cask libreoffice; "
    "Windows: winget install TheDocumentFoundation.LibreOffice",
    "Debian/Ubuntu：apt install libreoffice-writer fonts-noto-cjk；"
    "macOS：brew install --cask libreoffice；"
    "Windows：winget install TheDocumentFoundation.LibreOffice",
)
_FAILED = Text("LibreOffice made no PDF of {files}", "LibreOffice 未能把 {files} 转成 PDF")
_TRY = Text("Open the .docx to see what is wrong with it", "请打开 .docx 查看问题")


def find() -> str | None:
    """LibreOffice's program, or None."""
    found = next((path for name in _NAMES if (path := shutil.which(name))), None)
    return found or next((place for place in _PLACES if Path(place).is_file()), None)


def to_pdf(files: Sequence[Path]) -> list[Path]:
    """A PDF beside each .docx, in one run of LibreOffice with a profile of its own.

    Raises DocpipeError (the surroundings) where LibreOffice is missing or made no PDF.
    """
    program = find()
    if program is None:
        raise DocpipeError(_MISSING, _GET, exit_code=SURROUNDINGS)
    with tempfile.TemporaryDirectory(prefix="docpipe-") as scratch:
        for folder in dict.fromkeys(file.parent for file in files):
            group = [file for file in files if file.parent == folder]
            _convert(program, group, Path(scratch) / "out")
            _collect(group, Path(scratch) / "out")
    return [file.with_suffix(".pdf") for file in files]


def _convert(program: str, files: Sequence[Path], out: Path) -> None:
    profile = (out.parent / "profile").as_uri()
    command = [
        program, f"-env:UserInstallation={profile}", "--headless", "--norestore",
        "--convert-to", "pdf", "--outdir", str(out), *(str(file.resolve()) for file in files),
    ]  # fmt: skip
    seconds = 60 + _SECONDS_EACH * len(files)
    try:
        subprocess.run(
            command, capture_output=True, timeout=seconds, check=False, env={**os.environ}
        )
    except subprocess.TimeoutExpired:
        return  # what is missing is told by _collect


def _collect(files: Sequence[Path], out: Path) -> None:
    made = {file: out / f"{file.stem}.pdf" for file in files}
    missing = [file.name for file, pdf in made.items() if not pdf.is_file()]
    for file, pdf in made.items():
        if pdf.is_file():
            shutil.move(pdf, file.with_suffix(".pdf"))
    if missing:
        raise DocpipeError(_FAILED, _TRY, exit_code=SURROUNDINGS, files=missing)
