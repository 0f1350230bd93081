"""Handing out an issued document: first it is logged, then a copy is written."""

import hashlib
import tempfile
from datetime import datetime
from pathlib import Path

from docpipe.adapters import git
from docpipe.adapters.atomic_write import write_whole
from docpipe.adapters.git import Objects, Records
from docpipe.diagnostics import DocpipeError, Text, Value
from docpipe.diagnostics.error import SURROUNDINGS
from docpipe.trust.accesslog.logged import Reading, logged
from docpipe.trust.caught_up import caught_up
from docpipe.trust.document_choice import demand_in_force, issued_before
from docpipe.trust.formats.issued import Issued, document_of
from docpipe.workspace.workspace import Workspace

_LEVEL = 9
_DAMAGED = Text(
    "{number} revision {revision} on record is not what was issued: its fingerprint differs",
    "记录中的 {number} 第 {revision} 版与签发时不符：指纹不一致",
)
_HANDS_OFF = Text(
    "Nothing was exported. The repository administrator should find out why",
    "没有导出任何内容。请仓库管理员查明原因",
)


class DocumentQuery(Value):
    """Which issued document is meant: one of an order, and the last revision for None."""

    folder: str
    document: str
    name: str = ""
    revision: int | None = None


class ExportRequest(Value):
    """Who hands out what: which command, why, and when; that goes into the access log."""

    command: str
    reason: str
    now: datetime


class Handed(Value):
    """What was handed out, where its copy stands, and why it may not be the last revision."""

    issued: Issued
    path: Path
    behind: DocpipeError | None


def export(
    workspace: Workspace,
    wanted: DocumentQuery,
    out: Path,
    asked: ExportRequest,
    *,
    pdf: bool = False,
) -> Handed:
    """Write a copy of an issued document into `out`: the .docx, smaller by deflating, or a PDF.

    Its parts are those that were issued, byte for byte. That it is read is on record before.
    Raises DocpipeError: no such document, it was withdrawn and no revision is named, it is not
    what was issued, the access log cannot be written, no LibreOffice, a full disk.
    """
    from docpipe.adapters import office

    program = office.needed() if pdf else ""
    issued, data, behind = _found(workspace, wanted)
    stem = f"{issued.number}-r{issued.revision}" if issued.revision else issued.number
    read = Reading(issued.order, issued.document, issued.kind, issued.number, str(issued.revision))
    logged(workspace, read, asked.reason, asked.command, asked.now)
    copy = _pdf(program, data) if pdf else _deflated(data)
    path = out / f"{stem}.{'pdf' if pdf else 'docx'}"
    write_whole(path, copy)
    return Handed(issued, path, behind)


def _found(
    workspace: Workspace, wanted: DocumentQuery
) -> tuple[Issued, bytes, DocpipeError | None]:
    """The record and the document. Raises DocpipeError where it is not what was issued."""
    repo = git.open_repository(workspace.root)
    behind = caught_up(repo)
    order = wanted.folder.rpartition("/")[2]
    with Objects(repo, verify=True) as reader:
        records = Records(repo).source(reader)
        issued = issued_before(records, order, wanted.document, wanted.name, wanted.revision)
        if wanted.revision is None:
            demand_in_force(issued)
        data = document_of(records, issued)
    if hashlib.sha256(data).hexdigest() != issued.sha256:
        raise DocpipeError(_DAMAGED, _HANDS_OFF, exit_code=SURROUNDINGS,
                           number=issued.number, revision=issued.revision)  # fmt: skip
    return issued, data, behind


def _deflated(data: bytes) -> bytes:
    from docpipe.adapters.word import package

    return package.write(package.unpack(data), _LEVEL)


def _pdf(program: str, data: bytes) -> bytes:
    from docpipe.adapters import office

    with tempfile.TemporaryDirectory(prefix="docpipe-") as scratch:
        file = Path(scratch) / "document.docx"
        file.write_bytes(data)
        for converted in office.convert(program, [file], 1):
            if converted.problem is not None:
                raise DocpipeError(converted.problem, exit_code=SURROUNDINGS)
        return file.with_suffix(".pdf").read_bytes()
