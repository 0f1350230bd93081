"""LibreOffice: .docx to PDF."""

import contextlib
import os
import shutil
import signal
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
SECONDS = 60
SECONDS_EACH = 60

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
    """A PDF beside each .docx, made with a profile of its own: one run for each folder.

    Raises DocpipeError (the surroundings) where LibreOffice is missing or made no PDF; what it
    could make is there.
    """
    if not files:
        return []
    program = find()
    if program is None:
        raise DocpipeError(_MISSING, _GET, exit_code=SURROUNDINGS)
    missing: list[str] = []
    with tempfile.TemporaryDirectory(prefix="docpipe-", ignore_cleanup_errors=True) as scratch:
        out = Path(scratch) / "out"
        for folder in dict.fromkeys(file.parent for file in files):
            group = [file for file in files if file.parent == folder]
            _convert(program, group, out)
            missing += _collect(group, out)
    if missing:
        raise DocpipeError(_FAILED, _TRY, exit_code=SURROUNDINGS, files=missing)
    return [file.with_suffix(".pdf") for file in files]


def _convert(program: str, files: Sequence[Path], out: Path) -> None:
    """Run LibreOffice; what it does not make in time is told by what is missing."""
    profile = (out.parent / "profile").as_uri()
    command = [
        program, f"-env:UserInstallation={profile}", "--headless", "--norestore",
        "--convert-to", "pdf", "--outdir", str(out), *(str(file.resolve()) for file in files),
    ]  # fmt: skip
    quiet = subprocess.DEVNULL
    with subprocess.Popen(
        command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True
    ) as process:
        try:
            process.wait(SECONDS + SECONDS_EACH * len(files))
        except BaseException as error:  # also Ctrl-C: nothing goes on in the background
            _end(process)
            if not isinstance(error, subprocess.TimeoutExpired):
                raise


def _end(process: subprocess.Popen[bytes]) -> None:
    """End LibreOffice, which is a script that has started the program proper."""
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()


def _collect(files: Sequence[Path], out: Path) -> list[str]:
    """Put each PDF beside its document; the names of those that were not made."""
    missing = []
    for file in files:
        pdf = out / f"{file.stem}.pdf"
        if pdf.is_file():
            shutil.move(pdf, file.with_suffix(".pdf"))
        else:
            missing.append(file.name)
    return missing
