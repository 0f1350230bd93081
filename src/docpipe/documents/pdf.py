"""PDFs of the documents rendered: only of those that changed since the last one was made."""

import contextlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docpipe.adapters import fingerprint, office
from docpipe.adapters.office import fonts
from docpipe.diagnostics import DocpipeError, Text
from docpipe.documents.outcome import OrderOutcome
from docpipe.documents.render_cache import read_record, write_record

_FONTS = Text(
    "These fonts are not on this machine: {lacking}. The PDFs show {shown} in their place, and "
    "lines may break elsewhere than in Word",
    "本机没有以下字体：{lacking}。PDF 以 {shown} 代替，换行可能与 Word 中不同",
)
_OTHERS = Text("others", "其他字体")
_RECORD = "pdf.json"
_LOOKED_AT = 20
"""Documents whose fonts are looked at: all are made from the same few templates."""


class Pdfs:
    """Gathers documents as orders are done, then converts them.

    As with documents, a record in the user's cache says of which .docx, with which LibreOffice
    and which fonts each PDF was made. With `force` all are made again.
    """

    def __init__(self, out: Path, force: bool) -> None:
        self.program = office.needed()
        self.unchanged = 0
        self._out, self._force = out, force
        self._maker = _identity_of(self.program)
        self._wanted: dict[Path, tuple[str, list[int]]] = {}

    def add(self, outcome: OrderOutcome) -> None:
        """The order's documents are to be had as PDF."""
        known = {} if self._force else self._read(outcome.folder)
        home = self._out / outcome.number
        there = fingerprint.identities(home)
        for made in outcome.documents:
            if self._is_converted(home, made.file, known.get(made.file), there):
                self.unchanged += 1
            elif made.file in there:
                self._wanted[home / made.file] = (outcome.folder, there[made.file])

    @property
    def count(self) -> int:
        """How many are to be converted."""
        return len(self._wanted)

    def convert(self, jobs: int) -> Iterator[office.Converted]:
        """Convert them, telling of each; up to `jobs` at a time."""
        if not self._wanted:
            return
        for converted in office.convert(self.program, list(self._wanted), jobs):
            if converted.problem is None:
                self._keep(*self._wanted[converted.file], converted.file)
            yield converted

    def substituted(self) -> Text | None:
        """Which fonts the PDFs show in place of those that are not here; None for none."""
        named: set[str] = set()
        shown: set[str] = set()
        for file in list(self._wanted)[:: max(1, self.count // _LOOKED_AT)]:
            with contextlib.suppress(OSError, ValueError):
                named |= fonts.named(file.read_bytes())
                shown |= fonts.embedded(file.with_suffix(".pdf"))
        lacking = fonts.lacking(named)
        instead = sorted(shown - {name.replace(" ", "") for name in named})
        if not lacking:
            return None
        return _FONTS.filled(lacking=lacking, shown=instead or _OTHERS)

    def _is_converted(self, home: Path, file: str, known: Any, there: dict[str, list[int]]) -> bool:
        """Whether the PDF stands there as it was made, of the document as it stands there."""
        try:
            digest, identity, pdf = known
        except (TypeError, ValueError):
            return False
        if pdf is None or there.get(Path(file).with_suffix(".pdf").name) != pdf:
            return False
        return bool(there.get(file) == identity) or fingerprint.of_file(home / file) == digest

    def _read(self, folder: str) -> dict[str, Any]:
        try:
            record = json.loads(read_record(self._out, folder, _RECORD))
            files: dict[str, Any] = record["files"]
            return files if record["maker"] == self._maker and isinstance(files, dict) else {}
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return {}

    def _keep(self, folder: str, before: list[int], file: Path) -> None:
        """Put a PDF on record, unless its document was replaced; else it is made again."""
        with contextlib.suppress(OSError, DocpipeError):
            pdf = fingerprint.identity(file.with_suffix(".pdf").lstat())
            entry = [fingerprint.of_file(file), before, pdf]
            if fingerprint.identity(file.lstat()) != before:
                return
            record = {"maker": self._maker, "files": {**self._read(folder), file.name: entry}}
            write_record(self._out, folder, json.dumps(record).encode(), _RECORD)


def _identity_of(program: str) -> str:
    """What a PDF depends on besides its document: the program, and the fonts that it finds."""
    path = Path(program).resolve()
    return f"{path} {fingerprint.identity(path.stat())} {fonts.installed()}"
