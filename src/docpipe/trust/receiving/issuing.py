"""Documents that a push puts on record: each with its record, its number and its approvals."""

import re
from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256

from docpipe.adapters.git import Commit
from docpipe.adapters.yamlfile import Node
from docpipe.diagnostics import DocpipeError, Text
from docpipe.trust.formats.issued import (
    Issued,
    data_at,
    document_of,
    folder_of,
    order_path,
    record_at,
)
from docpipe.trust.formats.numbers import in_form
from docpipe.trust.invariants.push import PolicyBefore
from docpipe.trust.receiving import approving
from docpipe.trust.receiving.growing import RecordsSoFar
from docpipe.trust.receiving.refusals import REDO, Refused, Why, from_error, refused
from docpipe.trust.verification import lineage
from docpipe.workspace.catalogue import DocumentKind

_COUNT = r"(?:0|[1-9]\d{0,8})"
_DOCUMENT = re.compile(
    rf"(?P<stem>(?P<folder>orders/[^/]+/[^/]+/[^/]+)/r(?P<revision>{_COUNT}))"
    r"(?P<end>\.docx|\.yaml|-withdrawn\.yaml)"
)
_NUMBER = re.compile(
    r"(?P<folder>numbers/(?P<code>[^/]+)/(?P<year>\d{4}))/(?P<sequence>\d{4,12})\.yaml"
)
_REVISION_FILE = re.compile(rf"r({_COUNT})\.yaml")
_AGAIN = Text(
    "Do it again with docpipe issue: it takes the next free number",
    "请用 docpipe issue 重做：它会取下一个编号",
)
_SHARE = Text(
    "Share main first (docpipe sync, or git push origin main), then issue again",
    "请先共享 main（docpipe sync 或 git push origin main），再重新签发",
)
_TURN = Why(
    "number-out-of-turn",
    Text(
        "{path} is out of turn: the next number there is {next}", "{path} 不连续：下一号应为 {next}"
    ),
    _AGAIN,
)
_FORM = Why(
    "number-form",
    Text(
        "{path} gives the number {number}; in the company's form it is {expected}",
        "{path} 分配的编号为 {number}，按公司编号格式应为 {expected}",
    ),
    _AGAIN,
)
_ONE = Why(
    "number-document",
    Text(
        "The commit {commit} does not put one document with its one number on record",
        "提交 {commit} 没有将一份单证与其编号一并记入",
    ),
    REDO,
)
_OTHER = Why(
    "number-other",
    Text(
        "{path} does not give the number {number} to {document} of order {order}",
        "{path} 没有将编号 {number} 分配给订单 {order} 的 {document}",
    ),
    _AGAIN,
)
_ALTERED = Why(
    "document-altered",
    Text(
        "{path} is not the document that its record describes: its SHA-256 is {found}, "
        "on record is {told}",
        "{path} 与其记录不符：SHA-256 为 {found}，记录为 {told}",
    ),
    REDO,
)
_REVISION = Why(
    "revision-out-of-turn",
    Text("{path} is out of turn: the next revision is {next}", "{path} 不连续：下一版应为 r{next}"),
    REDO,
)
_RENUMBERED = Why(
    "number-changed",
    Text(
        "{path} gives the number {number}, but {document} was first issued as {first}",
        "{path} 写的编号为 {number}，而 {document} 首次签发的编号为 {first}",
    ),
    REDO,
)
_UNKNOWN = Why(
    "kind-unknown",
    Text(
        "{path} is of the kind {kind}, and the catalogue on main has no such document for it",
        "{path} 的单证种类为 {kind}，与 main 的单证目录不符",
    ),
    _SHARE,
)
_LACKING = Why(
    "approval-missing",
    Text(
        "{path} takes the approval of the role {role}, and names none that counts",
        "{path} 须经角色 {role} 审批，而所列审批无一有效",
    ),
    Text(
        "Have it approved (docpipe approvals {order}), then issue it again",
        "请先完成审批（docpipe approvals {order}），再重新签发",
    ),
)
_VOUCHED = Why("record-differs", Text("{why}", "{why}"), REDO)
_NOTHING = Why(
    "withdrawal-of-nothing",
    Text("{path} withdraws what is not on record there", "{path} 所撤回的内容并不在记录中"),
    REDO,
)
_STRANGE = Why(
    "record-unreadable",
    Text("{path} is not as docpipe writes it", "{path} 不是 docpipe 写入的样子"),
    REDO,
)


class Documents:
    """Judges what commits add below `orders/` and `numbers/`; takes the paths it knows from `left`.

    The house of before the push tells how numbers look and which approvals a document takes.
    """

    def __init__(self, before: PolicyBefore, ref: str, source: RecordsSoFar) -> None:
        self._before, self._ref, self._source = before, ref, source
        self._given: list[re.Match[str]] = []

    def numbers(self, commit: Commit, left: list[str]) -> Iterator[Refused]:
        """Numbers come in turn. To be asked before the source has the commit."""
        self._given = _taken(_NUMBER, left)
        for match in self._given:
            following = self._source.last(match["folder"]) + 1
            if int(match["sequence"]) != following:
                yield refused(self._ref, _TURN, path=match[0], next=f"{following:04}")

    def judge(self, commit: Commit, left: list[str]) -> Iterator[Refused]:
        """The documents of a commit, and what it withdraws."""
        found = _taken(_DOCUMENT, left)
        taken = [match for match in found if match["end"] == "-withdrawn.yaml"]
        made = {match["stem"]: match for match in found if match not in taken}
        ends = {match[0] for match in found}
        whole = all({f"{stem}.docx", f"{stem}.yaml"} <= ends for stem in made)
        if len(made) > 1 or not whole or (self._given and not made) or (made and taken):
            yield refused(self._ref, _ONE, commit=commit.id[:12])
            return
        for match in made.values():
            yield from self._issued(commit, match)
        for match in taken:
            yield from self._withdrawn(commit, match)

    def _issued(self, commit: Commit, match: re.Match[str]) -> Iterator[Refused]:
        path = f"{match['stem']}.yaml"
        try:
            record = record_at(self._source, path, ())
            data = document_of(self._source, record)
        except DocpipeError as error:
            yield from_error(self._ref, "record-unreadable", error, REDO)
            return
        if (found := sha256(data).hexdigest()) != record.sha256:
            yield refused(self._ref, _ALTERED, path=record.file, found=found[:12],
                          told=record.sha256[:12])  # fmt: skip
        told = {"Order": record.order, "Document": record.document, "Number": record.number,
                "Revision": str(record.revision)}  # fmt: skip
        yield from self._vouched(commit, path, record.by, record.issued_at, told)
        yield from self._in_turn(match, record)
        yield from self._in_house(record, path)

    def _in_turn(self, match: re.Match[str], record: Issued) -> Iterator[Refused]:
        """Revisions count from 0; the first brings the number, the others keep it."""
        names = self._source.names(match["folder"])
        there = [int(m[1]) for name in names if (m := _REVISION_FILE.fullmatch(name))]
        following = max((number for number in there if number != record.revision), default=-1)
        path = f"{record.stem}.yaml"
        if record.revision != following + 1:
            yield refused(self._ref, _REVISION, path=path, next=following + 1)
            return
        if (record.revision == 0) != (len(self._given) == 1) or len(self._given) > 1:
            yield refused(self._ref, _OTHER, path="numbers/", number=record.number,
                          document=record.document, order=record.order)  # fmt: skip
            return
        if record.revision == 0:
            yield from self._number(self._given[0], record)
            return
        first = record_at(self._source, f"{match['folder']}/r{record.revision - 1}.yaml", ())
        if first.number != record.number:
            yield refused(self._ref, _RENUMBERED, path=path, number=record.number,
                          document=record.document, first=first.number)  # fmt: skip

    def _number(self, given: re.Match[str], record: Issued) -> Iterator[Refused]:
        """The number's file names the document, stands in its year, and is in the form."""
        wanted = record.number, record.order, record.document
        root = self._read(given[0])
        told = tuple(root.text(key, "") for key in ("number", "order", "document")) if root else ()
        if told != wanted or int(given["year"]) != record.issued_at.year:
            yield refused(self._ref, _OTHER, path=given[0], number=record.number,
                          document=record.document, order=record.order)  # fmt: skip
            return
        year, sequence = int(given["year"]), int(given["sequence"])
        expected = in_form(self._before.policy.workspace, given["code"], year, sequence)
        kind = self._before.policy.workspace.documents.get(record.kind)
        if record.number != expected or (kind and kind.code != given["code"]):
            yield refused(self._ref, _FORM, path=given[0], number=record.number, expected=expected)

    def _in_house(self, record: Issued, path: str) -> Iterator[Refused]:
        """The catalogue has such a document, and the approvals that it takes are there."""
        kind = self._kind(record.document)
        if kind is None or kind.id != record.kind:
            yield refused(self._ref, _UNKNOWN, path=path, kind=record.kind)
            return
        for wanted in kind.approvals:
            if not any(self._counts(record, name, wanted.role) for name in record.approvals):
                yield refused(self._ref, _LACKING, path=path, role=wanted.role, order=record.order)

    def _kind(self, document: str) -> DocumentKind | None:
        """The kind of a document of this name: names begin with it."""
        kinds = self._before.policy.workspace.documents.values()
        fit = [kind for kind in kinds if f"{document}-".startswith(f"{kind.id}-")]
        return max(fit, key=lambda kind: len(kind.id), default=None)

    def _counts(self, record: Issued, name: str, role: str) -> bool:
        """Whether an approval is in this role and of this text, and was not taken back."""
        approval = approving.at(self._source, name)
        return (
            approval is not None
            and name.rpartition("/")[0] == f"approvals/{order_path(record.order)}/{record.document}"
            and approval.by.role == role
            and approval.withdrawn is None
            and sha256(approval.text.encode()).hexdigest() == record.text_sha256
            and self._before.roles.has(approval.by.email, role, record.issued_at)
        )

    def _withdrawn(self, commit: Commit, match: re.Match[str]) -> Iterator[Refused]:
        path, root = match[0], self._read(match[0])
        try:
            assert root is not None
            said = {key: root.text(key) for key in ("order", "document", "number")}
            revision, at = root.count("revision"), datetime.fromisoformat(root.text("at"))
            by = root.text("by.name"), root.text("by.email")
        except (AssertionError, KeyError, TypeError, ValueError):
            yield refused(self._ref, _STRANGE, path=path)
            return
        stem = f"{folder_of(said['order'])}/{said['document']}/r{revision}"
        if stem != match["stem"] or self._source.entry(f"{stem}.yaml") is None:
            yield refused(self._ref, _NOTHING, path=path)
        told = {key.capitalize(): value for key, value in said.items()}
        yield from self._vouched(commit, path, by, at, told | {"Revision": str(revision)})

    def _vouched(
        self, commit: Commit, path: str, by: tuple[str, str], at: datetime, told: dict[str, str]
    ) -> Iterator[Refused]:
        for fault in lineage.vouched(commit, path, by, at, told):
            why = Text(fault.message("en"), fault.message("zh"))
            yield refused(self._ref, _VOUCHED, why=why)

    def _read(self, path: str) -> Node | None:
        try:
            return data_at(self._source, path)
        except (DocpipeError, ValueError, OSError):
            return None


def _taken(pattern: re.Pattern[str], left: list[str]) -> list[re.Match[str]]:
    """The paths that fit, taken out of `left`."""
    found = [match for match in map(pattern.fullmatch, left) if match]
    left[:] = [path for path in left if not pattern.fullmatch(path)]
    return found
