"""Whether an approval counts: one answer for whoever approves, issues, receives and verifies."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from hashlib import sha256

from docpipe.adapters import git
from docpipe.adapters.schemas import fields
from docpipe.adapters.source import Source
from docpipe.diagnostics import Text, Value
from docpipe.documents.printer import Document
from docpipe.documents.wording import Passage
from docpipe.trust.formats.approval import Approval, approvals_on_record
from docpipe.trust.judging.clocks import APART
from docpipe.trust.judging.roles import Roles
from docpipe.trust.judging.subjects import Subject, changed
from docpipe.workspace.catalogue import Wanted
from docpipe.workspace.differences import Difference
from docpipe.workspace.workspace import Workspace

COUNTS, LAPSED, WITHDRAWN = "counts", "lapsed", "withdrawn"
NO_ROLE, OWN, UNASKED, AHEAD = "no role", "own work", "unasked", "ahead"
"""What has become of an approval. It counts, or: what was approved changed; it was taken back; its
giver does not have the role (any more); they are the order's salesperson; the catalogue asks for no
such role; it is dated later than now."""


class Needed(Value):
    """What has to be approved: in which roles, the text's SHA-256, and whose work it is.

    `folder` is where its approvals stand on record, `own` the e-mail of the order's salesperson.
    """

    folder: str
    wanted: tuple[Wanted, ...]
    text_sha256: str
    own: str


def needed(subject: Subject, text: str) -> Needed:
    """What a subject needs whose text is this."""
    digest = sha256(text.encode()).hexdigest()
    return Needed(subject.folder, subject.wanted, digest, subject.salesperson)


def state(approval: Approval, need: Needed, roles: Roles, now: datetime) -> str:
    """What has become of an approval by this moment: the gravest reason why it does not count."""
    by = approval.by
    wanted = next((each for each in need.wanted if each.role == by.role), None)
    if approval.withdrawn is not None:
        return WITHDRAWN
    if wanted is None or approval.place.folder != need.folder:
        return UNASKED
    if not roles.has(by.email, by.role, now):
        return NO_ROLE
    if by.email.lower() == need.own.lower() and not wanted.own_work:
        return OWN
    if approval.at > now + APART:
        return AHEAD
    if sha256(approval.text.encode()).hexdigest() != need.text_sha256:
        return LAPSED
    return COUNTS


def may_take_back(approval: Approval, by: git.Signature, roles: Roles) -> bool:
    """Whether a person may take an approval back: their own, or one in a role that they have."""
    return approval.by.email == by.email or roles.has(by.email, approval.by.role, by.when)


def own_work(
    repo: git.Repository, commit: str, email: str, paths: Sequence[str], salesperson: str
) -> git.Commit | bool:
    """Whether it is the person's own work by a commit of `main`: false where it is not.

    True for the order's salesperson; the commit where they were the last who changed the files.
    """
    me = email.lower()
    if me == salesperson.lower():
        return True
    for path in paths:
        for last in git.history(repo, commit, path, renames=False, limit=1):
            if me in (last.author.email.lower(), last.committer.email.lower()):
                return last
    return False


class Judged(Value):
    """An approval, what has become of it, and where the wording, or the facts, lapsed from it."""

    approval: Approval
    state: str
    passages: tuple[Passage, ...] = ()
    fields: tuple[Difference, ...] = ()


class Missing(Value):
    """A role whose approval is missing, and the approvals in that role that do not count."""

    role: str
    title: Text
    refused: tuple[Judged, ...]


def lacking(workspace: Workspace, subject: Subject, found: Sequence[Judged]) -> list[Missing]:
    """The roles in which none of the judged approvals counts."""
    filled = {approval.by.role for approval in counting(found)}
    return [
        Missing(
            wanted.role,
            _title(workspace, subject, wanted.role),
            tuple(each for each in found if each.approval.by.role == wanted.role),
        )
        for wanted in subject.wanted
        if wanted.role not in filled
    ]


def _title(workspace: Workspace, subject: Subject, role: str) -> Text:
    """The role as people call it; with what it approves where that is no document."""
    title, name = role_title(workspace, role), subject.title
    if isinstance(subject.about, Document):
        return title
    return Text(f"{title.en} ({name.en})", f"{title.zh}（{name.zh}）")


def judged(
    workspace: Workspace,
    records: Source,
    subject: Subject,
    now: datetime,
    roles: Roles,
    today: str,
) -> list[Judged]:
    """What has become of each approval of the subject, whose text is `today`.

    Raises DocpipeError where the records cannot be read.
    """
    need, found = needed(subject, today), list[Judged]()
    for approval in approvals_on_record(records, subject.folder):
        what = state(approval, need, roles, now)
        lapsed = changed(workspace, subject, approval.text, today) if what == LAPSED else ((), ())
        found.append(Judged(approval, what, *lapsed))
    return found


def role_title(workspace: Workspace, role: str) -> Text:
    """A role as people call it."""
    schema = fields.at(workspace.schemas.schema("people"), ("people", 0, "roles", 0))
    return fields.labels(schema, role)


def counting(found: Sequence[Judged]) -> Iterator[Approval]:
    """Those that count."""
    return (each.approval for each in found if each.state == COUNTS)
