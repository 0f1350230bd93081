"""Issue: a document gets its number and goes on record, once and for all."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from docpipe.adapters import git
from docpipe.adapters.git import CommitSource, Objects
from docpipe.diagnostics import Diagnostic, DocpipeError, Severity, Text, Value
from docpipe.documents.engines import engines
from docpipe.documents.printer import Document, Printer
from docpipe.documents.wording import name_of, text_of, wording
from docpipe.rules.check import check_order
from docpipe.steps.identity import entry_of
from docpipe.trust.committed_inputs import CommittedInputs, demand_people_saved
from docpipe.trust.document_choice import to_issue
from docpipe.trust.formats.issued import (
    Inputs,
    Issued,
    document_of,
    on_record,
    told_of,
    written_record,
)
from docpipe.trust.formats.numbers import next_number, number_file
from docpipe.trust.formats.places import RECORD
from docpipe.trust.formats.reading import Person
from docpipe.trust.judging import subjects
from docpipe.trust.judging.approvals import counting, judged, lacking
from docpipe.trust.judging.roles import Roles, roles_at
from docpipe.trust.judging.signing import for_records
from docpipe.trust.recorded_printer import final, today
from docpipe.trust.recording import again, put_on_record, record
from docpipe.workspace.company_time import local_time
from docpipe.workspace.traced_workspace import TracedWorkspace
from docpipe.workspace.workspace import Workspace

_ERRORS = Text(
    "Order {order} has {count} errors; nothing is issued from it",
    "订单 {order} 有 {count} 个错误，不能签发单证",
)
_ERROR = Text(
    "Order {order} has an error; nothing is issued from it",
    "订单 {order} 有 1 个错误，不能签发单证",
)
_MEND = Text("Fix what docpipe check {order} finds", "请先改正 docpipe check {order} 指出的问题")
_STRANGER = Text(
    "people.yaml does not know {email}; only colleagues issue and withdraw documents",
    "people.yaml 中没有 {email}；只有登记在册的同事才能签发和撤回单证",
)
_ENTER = Text(
    "Ask an admin to add you, or say who you are: docpipe identity --email ...",
    "请管理员（admin）登记，或设置身份：docpipe identity --email ...",
)
_MISSING = Text(
    "{document} of order {order} is not approved: {what}",
    "订单 {order} 的 {document} 尚未审批：{what}",
)
_ASK = Text(
    "See what is missing with docpipe approvals {order}; then a colleague with the role runs "
    "docpipe approve",
    "缺少的审批见 docpipe approvals {order}，请该角色的同事运行 docpipe approve",
)


class HasErrors(DocpipeError):
    """An order with errors; `diagnostics` are these."""

    def __init__(self, order: str, diagnostics: Sequence[Diagnostic]) -> None:
        count = len(diagnostics)
        super().__init__(_ERROR if count == 1 else _ERRORS, _MEND, order=order, count=count)
        self.diagnostics = diagnostics


class Result(Value):
    """What is on record. `commit` put it there now; None where it had been issued before."""

    issued: Issued
    commit: str | None


def issue(
    workspace: TracedWorkspace,
    folder: str,
    wanted: str,
    name: str,
    now: datetime,
) -> Result:
    """Put the document `wanted` (of `name`, where there are several) of an order on record.

    Issued before from facts that print the same, it is that record. Raises DocpipeError: errors in
    the order, files that are not saved, no such document, approvals that lack, nobody whom
    people.yaml knows, no key where one is asked for, and whatever keeps `Records.append` from
    recording; nothing is recorded then.
    """
    fresh = [workspace]

    def attempt() -> Result:
        return _issued(fresh.pop() if fresh else TracedWorkspace(workspace.root), folder, wanted,
                       name, now)  # fmt: skip

    return again(attempt)


def _issued(
    workspace: TracedWorkspace, folder: str, wanted: str, name: str, now: datetime
) -> Result:
    repo = git.open_repository(workspace.root)
    by = actor(workspace, repo, now)
    demand_no_errors(workspace, folder, now)
    with Objects(repo) as reader:
        committed = CommittedInputs(repo, reader)
        roles = roles_at(repo, reader, committed.main)
        sign = for_records(repo, by, committed.main)
        document = to_issue(workspace, workspace.order(folder), wanted, name)
        workspace.begin(folder)  # what is touched from here on is what the document is made from
        job = _Issue(workspace, reader, committed, document, by, roles)
        commit = put_on_record(repo, job.make, by, sign, committed.main)
    return Result(job.result(), commit)


def actor(workspace: Workspace, repo: git.Repository, now: datetime) -> git.Signature:
    """Who works here, now by the company's clock. Raises DocpipeError for a stranger.

    Whom people.yaml knows only since nobody saved it is one.
    """
    name, email = git.identity(repo)
    demand_people_saved(repo)
    if entry_of(workspace, email) is None:
        raise DocpipeError(_STRANGER, _ENTER, email=email)
    return git.Signature(name, email, local_time(workspace, now))


def demand_no_errors(workspace: Workspace, folder: str, now: datetime) -> None:
    """Raises HasErrors."""
    checked = check_order(workspace, folder, now)
    errors = [d for d in checked.diagnostics if d.severity == Severity.ERROR]
    if errors:
        raise HasErrors(checked.order.number, errors)


class _Issue:
    """One issuing: asked for its record again each time that somebody else was faster."""

    def __init__(
        self, workspace: TracedWorkspace, reader: Objects, committed: CommittedInputs,
        document: Document, by: git.Signature, roles: Roles,
    ) -> None:  # fmt: skip
        self._workspace, self._reader = workspace, reader
        self._committed, self._document, self._by = committed, document, by
        self._roles, self._printer = roles, Printer(workspace)
        self._text = wording(self._printer, document)
        facts = subjects.wanted_facts(workspace, document)
        self._subjects = [(each, subjects.text_of(self._printer, each)) for each in facts]
        self._subjects.append((subjects.of_document(document), self._text))
        self._inputs: Inputs = committed.of_document(workspace, document)
        self._read = set(workspace.touched)
        self._result: Issued | None = None

    def result(self) -> Issued:
        """What is on record now."""
        assert self._result is not None
        return self._result

    def make(self, records: CommitSource) -> git.Record | None:
        """What to add to the records as they are; None where the document is there already."""
        document = name_of(self._document)
        order = self._document.order.number
        before = [r for r in on_record(records, order) if r.document == document]
        if before and not before[-1].withdrawn and self._is_same(records, before[-1]):
            self._result = before[-1]
            return None
        approvals, lacks = self._approvals(records)
        if lacks:
            raise DocpipeError(_MISSING, _ASK, document=document, order=order, what=lacks)
        files: dict[str, bytes] = {}
        if before:
            number, revision = before[-1].number, before[-1].revision + 1
        else:
            given = next_number(self._workspace, records, self._document.kind.code,
                                self._by.when.year, order, document)  # fmt: skip
            files |= number_file(given)
            number, revision = given.number, 0
        return self._recorded(files, number, revision, approvals)

    def _is_same(self, records: CommitSource, before: Issued) -> bool:
        """Whether today's facts print what was issued; a new template alone changes no fact."""
        if before.text_sha256 == _digest(self._text.encode()):
            return True
        try:
            now = today(self._workspace, self._reader, before, self._document)
        except DocpipeError:  # the template of then is not here, or cannot print these facts
            return False
        return now == text_of(document_of(records, before))

    def _approvals(self, records: CommitSource) -> tuple[list[str], list[Text]]:
        """The approvals on record that count, and the roles whose approval lacks."""
        named: list[str] = []
        lacks: list[Text] = []
        for subject, text in self._subjects:
            found = judged(self._workspace, records, subject, self._by.when, self._roles, text)
            named += [approval.path for approval in counting(found)]
            lacks += [each.title for each in lacking(self._workspace, subject, found)]
        return sorted(named), lacks

    def _recorded(
        self, files: dict[str, bytes], number: str, revision: int, approvals: Sequence[str]
    ) -> git.Record:
        by, document = self._by, self._document
        day = by.when.date().isoformat()
        made = final(self._workspace, document, number, revision, day)
        data = self._printer.make(made)
        if not self._workspace.touched <= self._read:  # printed only on what is issued
            self._inputs = self._committed.of_document(self._workspace, document)
        self._result = issued = Issued(
            document=name_of(document), order=document.order.number, kind=document.kind.id,
            name=document.edition.name, number=number, revision=revision,
            issued_at=by.when.replace(microsecond=0), by=Person(by.name, by.email),
            sha256=_digest(data), text_sha256=_digest(self._text.encode()), inputs=self._inputs,
            engines=engines(), approvals=tuple(approvals),
        )  # fmt: skip
        files |= {issued.file: data, issued.path: written_record(issued)}
        return record(files, RECORD, self._committed.main, told_of(issued))


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
