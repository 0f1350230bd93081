"""Issued documents: each is the one that its record describes, and comes out the same again."""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from hashlib import sha256

from docpipe.adapters.git import Objects
from docpipe.adapters.word.template import LETTERHEAD
from docpipe.diagnostics import DocpipeError, Text, Value
from docpipe.documents.engines import engines
from docpipe.documents.wording import text_of
from docpipe.trust.formats.issued import Issued, document_of
from docpipe.trust.verification import lineage
from docpipe.trust.verification.faults import ASK, LOOK, Fault, Kind, fault, said
from docpipe.trust.verification.register import Register
from docpipe.trust.verification.remade import Remade, Reprinter, difference
from docpipe.workspace.recorded import RecordedWorkspace

_COUNTED = ("docpipe", "docxtpl", "jinja2")
"""The engines whose versions decide whether bytes or text are compared."""

_ALTERED = Kind(
    "document-altered",
    Text(
        "This is not the document that was issued: its SHA-256 is {found}, on record is {told}",
        "这不是当时签发的单证：其 SHA-256 为 {found}，记录为 {told}",
    ),
    LOOK,
)
_OTHER = Kind(
    "document-other",
    Text(
        "This is not what comes of the facts that it was made from: {where}",
        "单证与据以生成的资料不符：{where}",
    ),
    ASK,
)
_OTHER_ENGINE = Kind(
    "document-other",
    Text(
        "This does not say what comes of the facts that it was made from ({engines}): {where}",
        "单证文字与据以生成的资料不符（{engines}）：{where}",
    ),
    Text(
        "Make it again with the versions of then, to see which of the two is wrong",
        "请用当时的版本重新生成，以判断哪一方有误",
    ),
)
_WORDING = Kind(
    "wording-altered",
    Text(
        "The fingerprint of the wording (text_sha256) is not the one that comes of the facts",
        "文本的指纹（text_sha256）与资料得出的不符",
    ),
    LOOK,
)
_UNMADE = Kind(
    "document-unmade",
    Text(
        "This cannot be made again from what its record names: {why}",
        "无法按记录所列资料重新生成该单证：{why}",
    ),
    ASK,
)
_NO_INPUTS = Kind(
    "inputs-missing",
    Text(
        "This cannot be made again: its inputs are not in this clone: {missing}",
        "无法重新生成该单证：据以生成的资料不在本克隆中：{missing}",
    ),
    Text(
        "Get them: git fetch; or ask {by} to share main", "请获取：git fetch；或请 {by} 共享 main"
    ),
)
_NOT_IN_COMMIT = Kind(
    "inputs-other",
    Text(
        "This names other contents than its commit {commit} has, for {what}",
        "所列内容与其提交 {commit} 不一致：{what}",
    ),
    LOOK,
)


class Outcome(StrEnum):
    """How a document compares with the one made again."""

    BYTES = "bytes"
    TEXT = "text"
    NOT = "not"


class Checked(Value):
    """An issued document and how it was compared; `then` are its facts, where they are here."""

    record: Issued
    outcome: Outcome
    then: RecordedWorkspace | None = None


class Examiner:
    """Holds the issued documents of a register against their records and their inputs."""

    def __init__(self, reader: Objects, register: Register) -> None:
        self._register = register
        self._press = Reprinter(reader)
        self._today = engines()

    def prepare(self, records: Sequence[Issued]) -> None:
        """Look for what these documents were made from, before they are checked."""
        self._press.fetch(records)

    def check(self, record: Issued) -> tuple[Checked, list[Fault]]:
        """One document against its record, its commit and its inputs.

        Raises DocpipeError for what cannot be read.
        """
        faults = list(self._vouched(record))
        if record.file not in self._register.documents.get(record.order, ()):
            return Checked(record, Outcome.NOT), faults
        data = document_of(self._register.source, record)
        if (found := sha256(data).hexdigest()) != record.sha256:
            altered = fault(_ALTERED, record.file, found=found[:12], told=record.sha256[:12])
            return Checked(record, Outcome.NOT), [*faults, altered]
        if missing := self._press.missing(record.inputs):
            lacks = fault(_NO_INPUTS, record.file, missing=missing, by=record.by[0])
            return Checked(record, Outcome.NOT), [*faults, lacks]
        then = self._press.workspace(record)
        outcome, unlike = self._compared(record, then, data)
        faults += unlike
        if any(each.kind is _UNMADE for each in unlike):  # then its facts are not to be asked
            return Checked(record, outcome), faults
        return Checked(record, outcome, then), [*faults, *self._in_commit(record, then)]

    def _vouched(self, record: Issued) -> Iterator[Fault]:
        added, path = self._register.added, f"{record.stem}.yaml"
        told = {"Order": record.order, "Document": record.document, "Number": record.number,
                "Revision": str(record.revision)}  # fmt: skip
        yield from lineage.vouched(added.get(path), path, record.by, record.issued_at, told)
        yield from lineage.together(added, record.file, path)

    def _compared(
        self, record: Issued, then: RecordedWorkspace, data: bytes
    ) -> tuple[Outcome, list[Fault]]:
        made = self._made(record, then)
        if isinstance(made, Fault) or made.data != data or not _is_worded(record, made):
            # a shared file that did not fit its schema then was not there for the document
            made = self._made(record, self._press.workspace(record, strict=True))
        if isinstance(made, Fault):
            return Outcome.NOT, [made]
        worded = [] if _is_worded(record, made) else [fault(_WORDING, f"{record.stem}.yaml")]
        if made.data == data:
            return Outcome.BYTES, worded
        return self._by_text(record, made, data, worded)

    def _by_text(
        self, record: Issued, made: Remade, data: bytes, worded: list[Fault]
    ) -> tuple[Outcome, list[Fault]]:
        """The texts compared, where the engines are not those of then."""
        others = [name for name in _COUNTED if record.engines.get(name) != self._today[name]]
        if others and _text(data) == text_of(made.data):
            return Outcome.TEXT, worded
        where = difference(data, made.data)
        if not others:
            return Outcome.NOT, [*worded, fault(_OTHER, record.file, where=where)]
        versions = [f"{n} {record.engines.get(n, '?')} / {self._today[n]}" for n in others]
        unlike = fault(_OTHER_ENGINE, record.file, where=where, engines=versions)
        return Outcome.NOT, [*worded, unlike]

    def _made(self, record: Issued, then: RecordedWorkspace) -> Remade | Fault:
        try:
            return self._press.make(then, record)
        except DocpipeError as error:
            return fault(_UNMADE, record.file, why=said(error))
        except (LookupError, TypeError, ValueError, AttributeError, OSError) as error:
            return fault(_UNMADE, record.file, why=f"{type(error).__name__}: {error}")

    def _in_commit(self, record: Issued, then: RecordedWorkspace) -> Iterator[Fault]:
        """The commit of main that the record names has the same contents, where it is here."""
        inputs = record.inputs
        saved = self._press.saved(inputs.commit)
        if saved is None:
            return
        kind = then.documents.get(record.kind)
        named = {**inputs.shared, "schemas": inputs.schemas, LETTERHEAD: inputs.letterhead}
        named |= {inputs.folder: inputs.order} if inputs.folder else {}
        named |= {f"templates/{kind.template}": inputs.template} if kind else {}
        others = [p for p, name in named.items() if (e := saved.entry(p)) is None or e.id != name]
        if others:
            what = others[:3]
            yield fault(_NOT_IN_COMMIT, f"{record.stem}.yaml", inputs.commit, what=what)


def _is_worded(record: Issued, made: Remade) -> bool:
    return sha256(made.draft.encode()).hexdigest() == record.text_sha256


def _text(data: bytes) -> str | None:
    try:
        return text_of(data)
    except Exception:  # a damaged .docx: zipfile and lxml raise dozens of kinds
        return None
