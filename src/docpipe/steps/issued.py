"""Issued: what is on record of an order, and what still holds of it."""

import difflib
from collections.abc import Iterator
from enum import StrEnum

from docpipe.adapters import git
from docpipe.adapters.git import CommitSource, Objects, Records
from docpipe.diagnostics import DocpipeError, Text, Value
from docpipe.documents.printer import Document, documents
from docpipe.documents.wording import name_of, text_of
from docpipe.trust.caught_up import caught_up
from docpipe.trust.formats.issued import Issued, document_of, on_record
from docpipe.trust.recorded_printer import today
from docpipe.workspace.workspace import Workspace

_GONE = Text("The order's files no longer make this document", "订单现有资料已不能生成这份单证")


class DocumentState(StrEnum):
    """How an issued document stands to today's facts; `UNKNOWN` where that cannot be told here."""

    CURRENT = "current"
    STALE = "stale"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"
    UNKNOWN = "unknown"


class Standing(Value):
    """An issued document and its state.

    `old` and `new` are the lines of its text that differ from what today's facts print; `why` says
    what else there is to say of the state.
    """

    issued: Issued
    state: DocumentState
    changes: tuple[tuple[str, str], ...] = ()
    """Lines that differ, in order: ("-", line as issued) or ("+", line as of today)."""
    why: Text | None = None


class Overview(Value):
    """Everything issued of an order; `behind` says why it may not be all, None where it is."""

    standings: tuple[Standing, ...]
    behind: DocpipeError | None


def issued(workspace: Workspace, folder: str) -> Overview:
    """Every revision of every issued document of an order, with its state.

    The remote's records are taken over first, where it can be reached. Raises DocpipeError for
    records that are not docpipe's.
    """
    repo = git.open_repository(workspace.root)
    behind = caught_up(repo)
    with Objects(repo) as reader:
        records = Records(repo).source(reader)
        found = on_record(records, folder.rpartition("/")[2])
        standings = _standings(workspace, folder, reader, records, found) if found else ()
        return Overview(tuple(standings), behind)


def _standings(
    workspace: Workspace, folder: str, reader: Objects, records: CommitSource, found: list[Issued]
) -> Iterator[Standing]:
    order = workspace.order(folder)
    there = {name_of(d): d for d in documents(workspace, order, workspace.documents.values())}
    last = {record.document: record.revision for record in found}
    for record in found:
        if record.withdrawn:
            reason = record.withdrawn.reason
            yield Standing(record, DocumentState.WITHDRAWN, why=Text(reason, reason))
        elif record.revision < last[record.document]:
            yield Standing(record, DocumentState.SUPERSEDED)
        else:
            yield _compared(workspace, reader, records, record, there.get(record.document))


def _compared(
    workspace: Workspace, reader: Objects, records: CommitSource, record: Issued,
    document: Document | None,
) -> Standing:  # fmt: skip
    """Today's facts through the template of then, held against what was issued."""
    if document is None:
        return Standing(record, DocumentState.STALE, why=_GONE)
    if document.kind.stage == "customer" and document.kind.audience == "internal":
        return Standing(record, DocumentState.CURRENT)  # draws on other orders, which go on
    before = text_of(document_of(records, record))
    try:
        now = today(workspace, reader, record, document)
    except DocpipeError as error:
        return Standing(record, DocumentState.UNKNOWN, why=error.whole)
    changes = tuple(_differing(before, now))
    return Standing(record, DocumentState.STALE if changes else DocumentState.CURRENT, changes)


def _differing(before: str, now: str) -> Iterator[tuple[str, str]]:
    """Lines as issued and as of today; as many for as many stand in pairs, to be read together."""
    old, new = before.splitlines(), now.splitlines()
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for tag, start, stop, low, high in matcher.get_opcodes():
        if tag == "equal":
            continue
        gone, come = [("-", line) for line in old[start:stop]], [("+", n) for n in new[low:high]]
        if len(gone) == len(come):
            yield from (line for pair in zip(gone, come, strict=True) for line in pair)
        else:
            yield from (*gone, *come)
