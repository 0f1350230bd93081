"""Approve: a person with the role puts on record that exactly this wording, or these facts, fit."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from docpipe.adapters import git
from docpipe.adapters.yamlfile.writing import written
from docpipe.diagnostics import DocpipeError, Text
from docpipe.documents.printer import Printer
from docpipe.trust import committed
from docpipe.trust.judging.approvals import (
    Approval,
    Judged,
    Person,
    counting,
    judged,
    on_record,
    role_title,
    salesperson,
)
from docpipe.trust.judging.roles import Roles, shared_roles
from docpipe.trust.judging.signing import for_records
from docpipe.trust.judging.subjects import Subject, subject_called, text_of
from docpipe.workspace.moment import local_time
from docpipe.workspace.traced import TracedWorkspace
from docpipe.workspace.workspace import Workspace

_LONGEST = 2_000
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
_NOT_ASKED = Text('"{document}" takes no approval', "“{document}”无需审批")
_CATALOGUE = Text(
    "templates/catalogue.yaml says which documents take one (approvals)",
    "哪些单据需要审批，见 templates/catalogue.yaml 的 approvals",
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
    "Nobody approves his own work, and {email} is {why}", "不得审批本人经办的事项：{email} 是{why}"
)
_SALES = Text("the order's salesperson", "该订单的业务员")
_AUTHOR = Text("the last who changed its files ({commit})", "最后修改其文件的人（{commit}）")
_ANOTHER = Text("Ask another colleague who has the role", "请由另一位有该角色的同事审批")
_TOO_LONG = Text("More than {limit} characters", "超过 {limit} 个字符")
_NOTHING = Text(
    "There is no approval of {document} that you could withdraw",
    "{document} 没有可由您撤回的审批",
)
_WHOSE = Text(
    "You can withdraw your own and those of a role that you have: docpipe approvals {order}",
    "可撤回本人的审批，或本人所任角色的审批；请看：docpipe approvals {order}",
)


@dataclass(frozen=True)
class Given:
    """An approval on record, and whether it is new; it was there where the same was approved."""

    approval: Approval
    role: Text
    new: bool


def approve(workspace: Workspace, folder: str, what: str, comment: str, now: datetime) -> Given:
    """Put on record that the person approves the order's document or facts `what` as of today.

    Raises DocpipeError: facts that are not saved, a document or facts that are not there or take
    no approval, no role, one's own work, records or roles out of reach.
    """
    comment = _line(comment)
    repo = git.open_repository(workspace.root)
    name, email = git.identity(repo)
    by = git.Signature(name, email, local_time(workspace, now))
    traced = TracedWorkspace(workspace.root)
    with git.Objects(repo) as reader:
        subject, text = _saved_text(traced, repo, reader, folder, what, now)
        roles = shared_roles(repo, reader)
        open_to = _open_roles(traced, repo, subject, by, roles)
    commit = repo.resolve("HEAD")
    given: list[Given] = []

    def make(records: git.CommitSource) -> git.Record | None:
        found = judged(traced, records, subject, now, roles, text)
        old = next((each for each in counting(found) if each.by.email == email), None)
        role = old.by.role if old else _role(open_to, found)
        approval = old or Approval(
            _free(subject.folder, found), Person(name, email, role),
            by.when.isoformat(timespec="seconds"), comment, text, commit, None,
        )  # fmt: skip
        given[:] = [Given(approval, role_title(traced, role), old is None)]
        return None if old else _record(subject, approval)

    git.Records(repo).append(make, by, for_records(workspace, repo, by))
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
    name, email = git.identity(repo)
    subject = subject_called(workspace, workspace.order(folder), what)
    with git.Objects(repo) as reader:
        roles = shared_roles(repo, reader)
    by = git.Signature(name, email, local_time(workspace, now))
    taken: list[Approval] = []

    def make(records: git.CommitSource) -> git.Record:
        there = on_record(records, subject.folder)
        taken[:] = [
            each for each in there if not each.withdrawn and _may_take(each, email, roles, now)
        ]
        if not taken:
            order, called = subject.order.number, subject.name
            raise DocpipeError(_NOTHING, _WHOSE, document=called, order=order)
        own = {"by": {"name": name, "email": email}, "at": by.when.isoformat(timespec="seconds")}
        files = {
            each.path.removesuffix(".yaml") + "-withdrawn.yaml": written(
                {"approval": each.path, **own, "reason": reason}
            )
            for each in taken
        }
        title = f"Withdraw approval of {subject.order.number} {subject.name}"
        return git.Record(files, title, trailers=_trailers(subject))

    git.Records(repo).append(make, by, for_records(workspace, repo, by))
    return taken


def _may_take(approval: Approval, email: str, roles: Roles, now: datetime) -> bool:
    return approval.by.email == email or roles.has(email, approval.by.role, now)


def _saved_text(
    workspace: TracedWorkspace,
    repo: git.Repository,
    reader: git.Objects,
    folder: str,
    what: str,
    now: datetime,
) -> tuple[Subject, str]:
    """What is approved and its text, made from facts that are all saved."""
    basis = [folder, *committed.HOUSE]
    committed.demand_saved(workspace, repo, reader, basis)
    workspace.begin(folder)
    committed.demand_sound(workspace, folder, now)
    order = workspace.order(folder)
    subject = subject_called(workspace, order, what)
    if not subject.wanted:
        raise DocpipeError(_NOT_ASKED, _CATALOGUE, document=subject.name)
    text = text_of(Printer(workspace), subject)
    basis += [file.path for file in order.files] + committed.touched(workspace)
    committed.demand_saved(workspace, repo, reader, basis)  # now that it is known what was read
    return subject, text


def _open_roles(
    workspace: Workspace,
    repo: git.Repository,
    subject: Subject,
    by: git.Signature,
    roles: Roles,
) -> list[str]:
    """The wanted roles in which the person may approve.

    Raises DocpipeError where he has none of them, or it would be his own work.
    """
    email = by.email
    held = [wanted for wanted in subject.wanted if roles.has(email, wanted.role, by.when)]
    if not held:
        titles = [role_title(workspace, wanted.role) for wanted in subject.wanted]
        raise DocpipeError(_NO_ROLE, _WHO, email=email, roles=titles, commit=roles.commit[:10])
    why = _own_work(repo, subject, email)
    fit = [wanted.role for wanted in held if wanted.own_work or why is None]
    if not fit:
        raise DocpipeError(_OWN, _ANOTHER, email=email, why=why)
    return fit


def _own_work(repo: git.Repository, subject: Subject, email: str) -> Text | None:
    """Why it is the person's own work; None where it is not."""
    if email == salesperson(subject):
        return _SALES
    head = repo.resolve("HEAD")
    for path in subject.paths:
        for last in git.history(repo, head, path, renames=False, limit=1):
            if last.author.email == email:
                return Text(*(words.format(commit=last.id[:10]) for words in _AUTHOR))
    return None


def _role(open_to: Sequence[str], found: Sequence[Judged]) -> str:
    """The role that an approval is given in: of those open to the person, one not filled yet.

    One person fills one role, so that two wanted roles take two people.
    """
    filled = {approval.by.role for approval in counting(found)}
    return next((role for role in open_to if role not in filled), open_to[0])


def _free(folder: str, found: Iterable[Judged]) -> str:
    return f"{folder}/{max((each.approval.number for each in found), default=0) + 1}.yaml"


def _record(subject: Subject, approval: Approval) -> git.Record:
    data = approval.text.encode("utf-8")
    by = approval.by
    said = {
        "document": subject.name,
        "order": subject.order.number,
        "by": {"name": by.name, "email": by.email, "role": by.role},
        "at": approval.at,
        "comment": approval.comment,
        "text_sha256": sha256(data).hexdigest(),
        "commit": approval.commit,
    }
    files = {approval.path: written(said), approval.path.removesuffix("yaml") + "txt": data}
    title = f"Approve {subject.order.number} {subject.name}"
    return git.Record(files, title, trailers=_trailers(subject))


def _trailers(subject: Subject) -> list[tuple[str, str]]:
    return [("Order", subject.order.number), ("Document", subject.name)]


def _line(text: str) -> str:
    """A remark on one line, without what nobody can print. Raises DocpipeError for a long one."""
    line = " ".join(_UNPRINTABLE.sub(" ", text).split())
    if len(line) > _LONGEST:
        raise DocpipeError(_TOO_LONG, exit_code=2, limit=_LONGEST)
    return line
