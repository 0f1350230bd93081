"""What is filed of an order: records and documents in pairs, revisions in a row, withdrawals."""

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import pairwise

from docpipe.adapters.yamlfile import Node
from docpipe.diagnostics import DocpipeError, Text
from docpipe.trust.formats.issued import Issued, data_at, folder_of, record_at
from docpipe.trust.verification import lineage
from docpipe.trust.verification.faults import LOOK, STRANGE, Fault, Kind, fault, said
from docpipe.trust.verification.register import Register

_PLACE = re.compile(r"(?P<stem>(?P<document>.+)/r(?P<revision>\d+))(?P<end>\..*|-withdrawn\.yaml)")
_MOST = 1_000  # revisions of a document that are told as missing
_NO_RECORD = Kind(
    "record-missing",
    Text("No record tells of this document", "没有说明该单证的记录"),
    LOOK,
)
_NO_DOCUMENT = Kind(
    "document-missing",
    Text("The document is not on record, only what is told of it",
         "记录中没有该单证，只有对它的说明"),
    LOOK,
)  # fmt: skip
_GAP = Kind(
    "revision-gap",
    Text("Revision {revision} of {document} is missing",
         "缺少 {document} 的第 {revision} 版"),
    LOOK,
)  # fmt: skip
_RENUMBERED = Kind(
    "number-changed",
    Text("The number here is {number}, but {document} was first issued as {first}",
         "此处编号为 {number}，而 {document} 首次签发的编号为 {first}"),
    LOOK,
)  # fmt: skip
_NOTHING = Kind(
    "withdrawal-of-nothing",
    Text("This withdraws what is not on record here", "所撤回的内容并不在记录中"),
    LOOK,
)
_BEFORE = Kind(
    "revision-order",
    Text("This was put on record by the commit {commit}, before revision {other}",
         "此版由提交 {commit} 记入，早于第 {other} 版"),
    LOOK,
)  # fmt: skip
_DOUBTFUL = Text("This is not as docpipe writes it", "这不是 docpipe 写入的样子")


def filed(register: Register, order: str) -> tuple[list[Issued], list[Fault]]:
    """The records of an order by document and revision, and what is wrong with its files."""
    paths = register.documents.get(order, ())
    there = set(paths)
    found: list[Issued] = []
    faults: list[Fault] = []
    for path in paths:
        match = _PLACE.fullmatch(path)
        assert match is not None  # the register has no others
        stem = match["stem"]
        try:
            if match["end"] == ".yaml":
                found.append(record_at(register.source, path, ()))
                if f"{stem}.docx" not in there:
                    faults.append(fault(_NO_DOCUMENT, f"{stem}.docx"))
            elif match["end"] == ".docx":
                faults += [] if f"{stem}.yaml" in there else [fault(_NO_RECORD, path)]
            else:
                faults += _withdrawal(register, path, stem, there)
        except DocpipeError as error:
            faults.append(fault(STRANGE, path, why=said(error)))
    found.sort(key=lambda record: (record.document, record.revision))
    return found, [*faults, *_gaps(paths), *_renumbered(found), *_in_order(register, found)]


def moment(root: Node) -> datetime:
    """When something says it was put on record. Raises ValueError for no moment with an offset."""
    at = datetime.fromisoformat(root.text("at"))
    if at.utcoffset() is None:
        raise ValueError(root.text("at"))
    return at


def _withdrawal(register: Register, path: str, stem: str, there: Container[str]) -> Iterator[Fault]:
    try:
        root = data_at(register.source, path)
        order, document, number = (root.text(key) for key in ("order", "document", "number"))
        revision, by = root.count("revision"), (root.text("by.name"), root.text("by.email"))
        at = moment(root)
    except (KeyError, TypeError, ValueError):
        yield fault(STRANGE, path, why=_DOUBTFUL)
        return
    if f"{folder_of(order)}/{document}/r{revision}" != stem or f"{stem}.yaml" not in there:
        yield fault(_NOTHING, path)
    told = {"Order": order, "Document": document, "Number": number, "Revision": str(revision)}
    yield from lineage.vouched(register.added.get(path), path, by, at, told)


def _gaps(paths: Iterable[str]) -> Iterator[Fault]:
    """Revisions count from 0 without a gap."""
    there: dict[str, set[int]] = {}
    for match in map(_PLACE.fullmatch, paths):
        if match and match["end"] in (".yaml", ".docx"):
            there.setdefault(match["document"], set()).add(int(match["revision"]))
    for document, revisions in there.items():
        for gone in sorted(set(range(min(max(revisions), _MOST))) - revisions):
            yield fault(_GAP, f"{document}/r{gone}.yaml", revision=gone)


def _in_order(register: Register, records: Sequence[Issued]) -> Iterator[Fault]:
    """A revision was put on record after the one before it."""
    for before, record in pairwise(records):
        if before.document == record.document:
            one, two = (register.added.get(f"{each.stem}.yaml") for each in (before, record))
            if one and two and register.places[one.id] > register.places[two.id]:
                yield fault(_BEFORE, f"{record.stem}.yaml", two.id, other=before.revision)


def _renumbered(records: Sequence[Issued]) -> Iterator[Fault]:
    """A document keeps its number."""
    first: dict[str, str] = {}
    for record in records:
        number = first.setdefault(record.document, record.number)
        if record.number != number:
            yield fault(_RENUMBERED, f"{record.stem}.yaml", number=record.number, first=number)
