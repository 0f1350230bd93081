"""LibreOffice's program: where it is, and one run of it over several documents."""

import contextlib
import queue
import re
import subprocess
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

from docpipe.adapters import programs
from docpipe.diagnostics import DocpipeError, Text
from docpipe.diagnostics.error import SURROUNDINGS

_NAMES = ("soffice", "libreoffice")
_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
)
_MISSING = Text(
    "PDF needs LibreOffice, which is not installed; the .docx files are written",
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


def find() -> str | None:
    """LibreOffice's program, or None."""
    found = programs.find(*_NAMES)
    return found or next((place for place in _PLACES if Path(place).is_file()), None)


def needed() -> str:
    """LibreOffice's program. Raises DocpipeError (the surroundings) where there is none."""
    program = find()
    if program is None:
        raise DocpipeError(_MISSING, _GET, exit_code=SURROUNDINGS)
    return program


def version(program: str) -> str:
    """LibreOffice's version, such as "7.4.7.2"; "" where it does not start."""
    found = re.search(r"[0-9]+(\.[0-9]+)+", programs.answer(program, "--version"))
    return found[0] if found else ""


class OfficeRun:
    """One process that converts `files` to PDF in `out`, in their order.

    Its profile is its own, so that it neither meets a LibreOffice that somebody works with nor
    leaves anything behind.
    """

    def __init__(self, program: str, files: Sequence[Path], out: Path, profile: Path) -> None:
        command = [
            program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore",
            "--nologo", "--convert-to", "pdf", "--outdir", str(out), *map(str, files),
        ]  # fmt: skip
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            env=programs.variables(),
            encoding="utf-8",
            errors="replace",
        )
        self._lines: queue.SimpleQueue[str] = queue.SimpleQueue()
        threading.Thread(target=self._listen, daemon=True).start()

    def lines(self, patience: float) -> Iterator[str]:
        """What it says, line by line, until it ends.

        Raises TimeoutError where it says nothing for `patience` seconds.
        """
        while True:
            try:
                line = self._lines.get(timeout=patience)
            except queue.Empty:
                raise TimeoutError from None
            if not line:
                self._lines.put("")  # whoever listens again hears at once that it is over
                return
            yield line

    def finish(self) -> bool:
        """Wait for its end; whether it ended as it should. Else whatever it has started ends."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            if self._process.wait(5) == 0:
                return True
        self.end()
        return False

    def end(self) -> None:
        """End it now: a script that has started the program proper."""
        programs.end(self._process)
        self._process.wait()

    def _listen(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout as stream:
            for line in stream:
                self._lines.put(line)
        self._lines.put("")
