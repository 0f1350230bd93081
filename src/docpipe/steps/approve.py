"""Approve: a person with the role puts on record that exactly this wording, or these facts, fit."""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime

from docpipe.adapters import git
from docpipe.diagnostics import DocpipeError, Text, Value
from docpipe.documents.printer import Printer
from docpipe.trust.committed_inputs import CommittedInputs, demand_sound
from docpipe.trust.formats.approval import Approval, approval_files, approvals_on_record, taken_back
from docpipe.trust.formats.places import APPROVAL, TAKEN, Place
from docpipe.trust.formats.reading import Person
from docpipe.trust.judging.approvals import (
    Judged,
    counting,
    judged,
    may_take_back,
    own_work,
    role_title,
)
from docpipe.trust.judging.roles import Roles, roles_at, shared_roles
from docpipe.trust.judging.signing import for_records
from docpipe.trust.judging.subjects import Subject, subject_called, text_of
from docpipe.trust.recording import again, put_on_record, record
from docpipe.workspace.company_time import local_time
from docpipe.workspace.traced_workspace import TracedWorkspace
from docpipe.workspace.workspace import Workspace

_LONGEST = 2_000
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
_NOT_ASKED = Text('"{document}" takes no approval', "“{document}”无需审批")
_CATALOGUE = Text(
    "templates/catalogue.yaml says which documents take one (approvals)",
    "哪些单证需要审批，见 templates/catalogue.yaml 的 approvals",
)
_NO_ROLE = Text(
    "{email} may not approve this: it takes the role {roles}",
    "{email} 无权审批此项：须有角色：{roles}",
)
_WHO = Text(
    "Roles count only from people.yaml as main has it ({commit})",
    "角色以 main 上的 people.yaml 为准（{commit}）",
)
_OWN = Text(
    "Nobody approves their own work, and {email} is {why}",
    "不得审批本人经办的事项：{email} 是{why}",
)
_SALES = Text("the order's salesperson", "该订单的业务员")
_AUTHOR = Text("the last who changed its files ({commit})", "最后修改其文件的人（{commit}）")
_ANOTHER = Text("Ask another colleague who has the role", "请由另一位有该角色的同事审批")
_TOO_LONG = Text("More than {limit} characters", "超过 {limit} 个字符")
_NOTHING = Text(
    "There is no approval of {document} that you could withdraw",
    "{document} 没有可由您撤销的审批",
)
_WHOSE = Text(
    "You can withdraw your own and those of a role that you have: docpipe approvals {order}",
    "可撤销本人的审批，或本人所任角色的审批；请看：docpipe approvals {order}",
)


class Given(Value):
    """An approval on record, and whether it is new; it was there where the same was approved."""

    approval: Approval
    role: Text
    new: bool


def approve(workspace: Workspace, folder: str, what: str, comment: str, now: datetime) -> Given:
    """Put on record that the person approves the order's document or facts `what` as of today.

    Raises DocpipeError: facts that are not saved and shared, a document or facts that are not there
    or take no approval, no role, one's own work, records or roles out of reach.
    """
    comment = _line(comment)
    repo = git.open_repository(workspace.root)
    by = git.Signature(*git.identity(repo), local_time(workspace, now))
    return again(lambda: _approved(workspace, repo, folder, what, comment, by))


def _approved(
    workspace: Workspace, repo: git.Repository, folder: str, what: str, comment: str,
    by: git.Signature,
) -> Given:  # fmt: skip
    traced = TracedWorkspace(workspace.root)
    with git.Objects(repo) as reader:
        inputs = CommittedInputs(repo, reader)
        demand_sound(traced, folder, by.when)
        traced.begin(folder)  # what is touched from here on is what the text is made from
        subject, text = _wanted(traced, folder, what)
        roles = roles_at(repo, reader, inputs.main)
        open_to = _open_roles(traced, repo, subject, by, roles)
        inputs.demand(traced, folder, {file.path for file in subject.order.files})
    given: list[Given] = []

    def make(records: git.CommitSource) -> git.Record | None:
        found = judged(traced, records, subject, by.when, roles, text)
        old = next((each for each in counting(found) if each.by.email == by.email), None)
        role = old.by.role if old else _role(open_to, found)
        approval = old or Approval(
            Place(APPROVAL, _free(found), subject.order.number, subject.name),
            Person(by.name, by.email, role), by.when.replace(microsecond=0), comment, text,
            inputs.main, subject.order.folder,
        )  # fmt: skip
        given[:] = [Given(approval, role_title(traced, role), old is None)]
        return None if old else _record(subject, approval_files(approval), APPROVAL, inputs.main)

    put_on_record(repo, make, by, for_records(repo, by, inputs.main), inputs.main)
    return given[0]


def withdraw(
    workspace: Workspace, folder: str, what: str, reason: str, now: datetime
) -> list[Approval]:
    """Take back one's approvals of a document or facts, or those of the role that one has.

    Returns those taken back. Nothing is deleted: each withdrawal is a new record. Raises
    DocpipeError where there is nothing to take back, or records or roles are out of reach.
    """
    reason = _line(reason)
    repo = git.open_repository(workspace.root)
    by = git.Signature(*git.identity(repo), local_time(workspace, now))
    subject = subject_called(workspace, workspace.order(folder), what)
    return again(lambda: _withdrawn(workspace, repo, subject, reason, by))


def _withdrawn(
    workspace: Workspace, repo: git.Repository, subject: Subject, reason: str, by: git.Signature
) -> list[Approval]:
    with git.Objects(repo) as reader:
        roles = shared_roles(repo, reader)
    taken: list[Approval] = []

    def make(records: git.CommitSource) -> git.Record:
        there = approvals_on_record(records, subject.folder)
        taken[:] = [each for each in there if not each.withdrawn and may_take_back(each, by, roles)]
        if not taken:
            order, called = subject.order.number, subject.name
            raise DocpipeError(_NOTHING, _WHOSE, document=called, order=order)
        me, files = Person(by.name, by.email), dict[str, bytes]()
        for each in taken:
            files |= taken_back(each, me, by.when, reason)
        return _record(subject, files, TAKEN, roles.commit)

    put_on_record(repo, make, by, for_records(repo, by, roles.commit), roles.commit)
    return taken


def _wanted(workspace: TracedWorkspace, folder: str, what: str) -> tuple[Subject, str]:
    """What is approved, and its text."""
    subject = subject_called(workspace, workspace.order(folder), what)
    if not subject.wanted:
        raise DocpipeError(_NOT_ASKED, _CATALOGUE, document=subject.name)
    return subject, text_of(Printer(workspace), subject)


def _open_roles(
    workspace: Workspace,
    repo: git.Repository,
    subject: Subject,
    by: git.Signature,
    roles: Roles,
) -> list[str]:
    """The wanted roles in which the person may approve.

    Raises DocpipeError where they have none of them, or it would be their own work.
    """
    email = by.email
    held = [wanted for wanted in subject.wanted if roles.has(email, wanted.role, by.when)]
    if not held:
        titles = [role_title(workspace, wanted.role) for wanted in subject.wanted]
        raise DocpipeError(_NO_ROLE, _WHO, email=email, roles=titles, commit=roles.commit[:12])
    own = own_work(repo, roles.commit, email, subject.paths, subject.salesperson)
    fit = [wanted.role for wanted in held if wanted.own_work or not own]
    if not fit:
        why = _SALES if isinstance(own, bool) else _AUTHOR.filled(commit=own.id[:10])
        raise DocpipeError(_OWN, _ANOTHER, email=email, why=why)
    return fit


def _role(open_to: Sequence[str], found: Sequence[Judged]) -> str:
    """The role that an approval is given in: of those open to the person, one not filled yet.

    One person fills one role, so that two wanted roles take two people.
    """
    filled = {approval.by.role for approval in counting(found)}
    return next((role for role in open_to if role not in filled), open_to[0])


def _free(found: Iterable[Judged]) -> int:
    return max((each.approval.number for each in found), default=0) + 1


def _record(subject: Subject, files: dict[str, bytes], sort: str, main: str) -> git.Record:
    return record(files, sort, main, {"Order": subject.order.number, "Document": subject.name})


def _line(text: str) -> str:
    """A remark on one line, without what nobody can print. Raises DocpipeError for a long one."""
    line = " ".join(_UNPRINTABLE.sub(" ", text).split())
    if len(line) > _LONGEST:
        raise DocpipeError(_TOO_LONG, exit_code=2, limit=_LONGEST)
    return line
