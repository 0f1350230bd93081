"""Approvals: each is of the text beside it, by somebody with the role, before what it allowed."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from hashlib import sha256

from docpipe.diagnostics import DocpipeError, Text, Value
from docpipe.documents.printer import Document, Printer
from docpipe.trust.formats.issued import Issued, order_path
from docpipe.trust.judging.approvals import Approval, Person, approval_at, salesperson
from docpipe.trust.judging.subjects import of_document, text_of, wanted_facts
from docpipe.trust.verification import lineage
from docpipe.trust.verification.documents import Checked
from docpipe.trust.verification.faults import LOOK, STRANGE, Fault, Kind, fault, said
from docpipe.trust.verification.register import Register
from docpipe.trust.verification.roles import Roles
from docpipe.workspace.catalogue import Wanted
from docpipe.workspace.context import Edition

_PLACE = re.compile(r"(?P<folder>.+)/(?P<number>\d+)(?P<end>\.yaml|\.txt|-withdrawn\.yaml)")
_MOST = 1_000
_NO_RECORD = Kind(
    "approval-missing",
    Text("No approval tells of this", "没有与此对应的审批记录"),
    LOOK,
)
_GAP = Kind(
    "approval-gap",
    Text(
        "An approval of {document} is missing: those after it are there",
        "缺少 {document} 的一项审批，其后的审批却在",
    ),
    LOOK,
)
_NO_ROLE = Kind(
    "approval-role",
    Text(
        "This is by {who}, who did not have the role {role} then (people.yaml of {commit})",
        "此项由 {who} 作出，其当时并无 {role} 角色（{commit} 的 people.yaml）",
    ),
    LOOK,
)
_NOT_THERE = Kind(
    "approval-not-there",
    Text("This names the approval {approval}, which is not on record",
         "所列审批 {approval} 不在记录中"),
    LOOK,
)  # fmt: skip
_OTHER_TEXT = Kind(
    "approval-other-text",
    Text("This names {approval}, which approves another text than was issued",
         "所列 {approval} 批准的不是签发的文本"),
    LOOK,
)  # fmt: skip
_LATER = Kind(
    "approval-later",
    Text("This names {approval}, which was put on record only afterwards",
         "所列 {approval} 是事后才记入的"),
    LOOK,
)  # fmt: skip
_TAKEN = Kind(
    "approval-withdrawn",
    Text("This names {approval}, which had been withdrawn by then",
         "所列 {approval} 当时已撤回"),
    LOOK,
)  # fmt: skip
_LACKING = Kind(
    "approval-lacking",
    Text(
        "The catalogue of then asks for an approval as {role}, and none is named",
        "当时的单据目录要求 {role} 审批，但未列出",
    ),
    LOOK,
)
_OWN = Kind(
    "approval-own-work",
    Text("This names {approval}, by which {who} approved his own work",
         "所列 {approval} 是 {who} 审批本人经办的事项"),
    LOOK,
)  # fmt: skip


class Approvals:
    """The approvals of the orders looked at."""

    def __init__(self, register: Register, roles: Roles) -> None:
        self._register, self._roles = register, roles

    def of(self, order: str) -> tuple[dict[str, Approval], list[Fault]]:
        """The approvals on record of an order by path, and what is wrong with them."""
        paths = self._register.approvals.get(order, ())
        there = set(paths)
        found: dict[str, Approval] = {}
        faults = list(_gaps(paths))
        for path in paths:
            match = _PLACE.fullmatch(path)
            assert match is not None  # the register has no others
            record = f"{match['folder']}/{match['number']}.yaml"
            if record not in there:
                faults.append(fault(_NO_RECORD, path))
            elif path == record:
                try:
                    found[path] = approval_at(self._register.source, match["folder"], path, there)
                    faults += self._sound(order, found[path])
                except DocpipeError as error:
                    faults.append(fault(STRANGE, path, why=said(error)))
        return found, faults

    def _sound(self, order: str, approval: Approval) -> Iterator[Fault]:
        yield from self._vouched(order, approval.path, approval.by, approval.at)
        added = self._register.added
        yield from lineage.together(
            added, approval.path.removesuffix("yaml") + "txt", approval.path
        )
        if taken := approval.withdrawn:
            yield from self._vouched(order, _withdrawal(approval.path), taken.by, taken.at)
        by, roles = approval.by, self._roles.at(datetime.fromisoformat(approval.at))
        if roles is not None and not roles.has(
            by.email, by.role, datetime.fromisoformat(approval.at)
        ):
            yield fault(_NO_ROLE, approval.path, roles.commit, who=f"{by.name} <{by.email}>",
                        role=by.role)  # fmt: skip

    def _vouched(self, order: str, path: str, by: Person, at: str) -> Iterator[Fault]:
        commit = self._register.added.get(path)
        told = {"Order": order, "Document": path.split("/")[3]}
        moment = datetime.fromisoformat(at)
        yield from lineage.vouched(commit, path, (by.name, by.email), moment, told)

    def behind(self, checked: Checked, found: Mapping[str, Approval]) -> Iterator[Fault]:
        """The approvals that a document's record names, and those that it needed."""
        record, needed = checked.record, dict[str, _Needed]()
        try:
            needed = dict(_needed(checked))
        except DocpipeError as error:
            yield fault(STRANGE, f"{record.stem}.yaml", why=said(error))
        texts = {folder: each.sha256 for folder, each in needed.items()}
        texts[f"approvals/{order_path(record.order)}/{record.document}"] = record.text_sha256
        yield from self._named(record, found, texts if checked.then is not None else None)
        for folder, each in needed.items():
            named = [found[path] for path in record.approvals if path in found]
            here = [approval for approval in named if approval.path.startswith(f"{folder}/")]
            yield from _given(f"{record.stem}.yaml", each, here)

    def _named(
        self, record: Issued, found: Mapping[str, Approval], texts: Mapping[str, str] | None
    ) -> Iterator[Fault]:
        """Those that the record names; `texts` are the digests of what they may approve."""
        path = f"{record.stem}.yaml"
        at = self._at(path)
        for name in record.approvals:
            if name not in self._register.approvals.get(record.order, ()):
                yield fault(_NOT_THERE, path, approval=name)
            elif name in found:
                digest = sha256(found[name].text.encode()).hexdigest()
                if texts is not None and digest != texts.get(name.rpartition("/")[0]):
                    yield fault(_OTHER_TEXT, path, approval=name)
                if self._at(name) > at:
                    yield fault(_LATER, path, approval=name)
                if found[name].withdrawn and self._at(_withdrawal(name)) < at:
                    yield fault(_TAKEN, path, approval=name)

    def _at(self, path: str) -> int:
        """Which commit put a file there; the last one for none."""
        commit = self._register.added.get(path)
        places = self._register.places
        return places[commit.id] if commit is not None else len(places)


class _Needed(Value):
    """What must be approved: the roles, the text's digest, and whose work it is."""

    wanted: tuple[Wanted, ...]
    sha256: str
    own: str


def _needed(checked: Checked) -> Iterator[tuple[str, _Needed]]:
    """What of a document must be approved, by the folder of its approvals.

    Raises DocpipeError for facts that the catalogue of then does not name.
    """
    record, then = checked.record, checked.then
    kind = then.documents.get(record.kind) if then is not None else None
    if then is None or kind is None or not (kind.approvals or kind.facts_approved):
        return
    order = then.order(record.inputs.folder)
    document = Document(order, Edition(kind, record.name), f"{record.document}.docx")
    subject = of_document(document)
    own = salesperson(subject)
    yield subject.folder, _Needed(subject.wanted, record.text_sha256, own)
    for facts in wanted_facts(then, document) if kind.facts_approved else ():
        digest = sha256(text_of(Printer(then), facts).encode()).hexdigest()
        yield facts.folder, _Needed(facts.wanted, digest, own)


def _given(path: str, needed: _Needed, named: Sequence[Approval]) -> Iterator[Fault]:
    """The roles whose approval lacks, or is of somebody's own work."""
    for wanted in needed.wanted:
        given = [approval for approval in named if approval.by.role == wanted.role]
        if not given:
            yield fault(_LACKING, path, role=wanted.role)
        elif not wanted.own_work and all(each.by.email == needed.own for each in given):
            yield fault(_OWN, path, approval=given[0].path, who=given[0].by.name)


def _withdrawal(path: str) -> str:
    return f"{path.removesuffix('.yaml')}-withdrawn.yaml"


def _gaps(paths: Iterable[str]) -> Iterator[Fault]:
    """Approvals of a document count from 1 without a gap."""
    there: dict[str, set[int]] = {}
    for match in map(_PLACE.fullmatch, paths):
        if match:
            there.setdefault(match["folder"], set()).add(int(match["number"]))
    for folder, numbers in there.items():
        for gone in sorted(set(range(1, min(max(numbers), _MOST))) - numbers):
            yield fault(_GAP, f"{folder}/{gone}.yaml")
