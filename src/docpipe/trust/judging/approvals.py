"""Approvals on record: which of them count today, what is missing, and why."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from hashlib import sha256

from docpipe.adapters import git
from docpipe.adapters.schemas import fields
from docpipe.adapters.yamlfile import Node, load
from docpipe.adapters.yamlfile.reader import MAX_BYTES
from docpipe.diagnostics import DocpipeError, Text, Value
from docpipe.documents.printer import Document, Printer
from docpipe.documents.wording import Passage
from docpipe.trust.formats.issued import order_path
from docpipe.trust.judging.roles import Roles, shared_roles
from docpipe.trust.judging.subjects import Subject, changed, of_document, text_of, wanted_facts
from docpipe.workspace.differences import Difference
from docpipe.workspace.source import Source
from docpipe.workspace.workspace import Workspace

COUNTS, LAPSED, WITHDRAWN = "counts", "lapsed", "withdrawn"
NO_ROLE, OWN, UNASKED, AHEAD = "no role", "own work", "unasked", "ahead"
"""What has become of an approval. It counts, or: what was approved changed; it was taken back; its
giver has the role no more; he is the order's salesperson; the catalogue asks for no such role; it
is dated later than now."""

_AHEAD = timedelta(minutes=10)  # by which clocks of two people may differ
_MAX_TEXT = 10_000_000
_UNREADABLE = Text(
    "The record {path} cannot be read, or is not what it says",
    "记录 {path} 无法读取，或内容与其自述不符",
)
_ASK = Text(
    "Nothing counts until it is clear what happened: git log records -- {path}",
    "查明原因之前一律不算数：git log records -- {path}",
)


class Person(Value):
    """Who gave an approval, or took it back; `role` is the one that he did it in."""

    name: str
    email: str
    role: str = ""


class Withdrawal(Value):
    """That an approval was taken back; `at` is a moment in ISO 8601."""

    by: Person
    at: str
    reason: str


class Approval(Value):
    """One approval on record: of which text, by whom, when, at which commit of the facts."""

    path: str
    by: Person
    at: str
    comment: str
    text: str
    commit: str
    withdrawn: Withdrawal | None

    @property
    def number(self) -> int:
        """Its number among those of the document, from 1."""
        return int(self.path.rpartition("/")[2].removesuffix(".yaml"))

    @property
    def document(self) -> str:
        """The name of the document that it is about."""
        return self.path.split("/")[-2]


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


def on_record(records: Source, folder: str) -> list[Approval]:
    """The approvals of one document, or of named facts, in the order of their numbers.

    Raises DocpipeError for a record that cannot be read, or whose text is not the one it names.
    """
    paths = records.files(folder)
    plain = [p for p in paths if p.endswith(".yaml") and not p.endswith("-withdrawn.yaml")]
    found = [approval_at(records, folder, path, set(paths)) for path in plain]
    return sorted(found, key=lambda approval: approval.number)


def missing(
    workspace: Workspace,
    records: Source,
    document: Document,
    now: datetime,
    roles: Roles | None = None,
) -> list[Missing]:
    """The approvals that are not there for today's wording, and for the facts that it needs.

    `records` are the files on record, `roles` those that count (the shared repository is asked for
    them where they are left out). Raises DocpipeError as `judged` does.
    """
    needed = [of_document(document)] if document.kind.approvals else []
    needed += wanted_facts(workspace, document)
    if not needed:
        return []
    if roles is None:
        repo = git.open_repository(workspace.root)
        with git.Objects(repo) as reader:
            roles = shared_roles(repo, reader)
    printer, lacks = Printer(workspace), list[Missing]()
    for subject in needed:
        today = text_of(printer, subject)
        found = judged(workspace, records, subject, now, roles, today)
        lacks += lacking(workspace, subject, found)
    return lacks


def lacking(workspace: Workspace, subject: Subject, found: Sequence[Judged]) -> list[Missing]:
    """The roles in which none of the judged approvals counts."""
    counting = {each.approval.by.role for each in found if each.state == COUNTS}
    return [
        Missing(
            wanted.role,
            _title(workspace, subject, wanted.role),
            tuple(each for each in found if each.approval.by.role == wanted.role),
        )
        for wanted in subject.wanted
        if wanted.role not in counting
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

    Raises DocpipeError where the records or the roles cannot be read.
    """
    there = on_record(records, subject.folder)
    found = [_judged(approval, subject, now, roles, today) for approval in there]
    return [
        Judged(each.approval, LAPSED, *changed(workspace, subject, each.approval.text, today))
        if each.state == LAPSED
        else each
        for each in found
    ]


def salesperson(subject: Subject) -> str:
    """The e-mail of the order's salesperson; "" where it is not told."""
    order = subject.order.by_kind.get("order", {}).get(())
    return order.text("salesperson", "") if order is not None else ""


def role_title(workspace: Workspace, role: str) -> Text:
    """A role as people call it."""
    schema = fields.at(workspace.schemas.schema("people"), ("people", 0, "roles", 0))
    return fields.labels(schema, role)


def _judged(
    approval: Approval, subject: Subject, now: datetime, roles: Roles, today: str
) -> Judged:
    """The gravest reason first."""
    by = approval.by
    wanted = next((each for each in subject.wanted if each.role == by.role), None)
    if approval.withdrawn is not None:
        return Judged(approval, WITHDRAWN)
    if wanted is None:
        return Judged(approval, UNASKED)
    if not roles.has(by.email, by.role, now):
        return Judged(approval, NO_ROLE)
    if by.email == salesperson(subject) and not wanted.own_work:
        return Judged(approval, OWN)
    if datetime.fromisoformat(approval.at) > now + _AHEAD:
        return Judged(approval, AHEAD)
    if approval.text != today:
        return Judged(approval, LAPSED)
    return Judged(approval, COUNTS)


def approval_at(records: Source, folder: str, path: str, there: set[str]) -> Approval:
    """The approval at `path` in a document's `folder`, where `there` are all files of it.

    Raises DocpipeError for one that cannot be read, or that tells of another text or document.
    """
    stem = path.removesuffix(".yaml")
    try:
        number = stem.rpartition("/")[2]
        data = records.read(f"{stem}.txt", _MAX_TEXT)
        root = _root(records, path)
        about = f"approvals/{order_path(root.text('order'))}/{root.text('document')}"
        if about != folder or path != f"{folder}/{int(number)}.yaml":  # a copy of another one
            raise ValueError(path)
        if sha256(data).hexdigest() != root.text("text_sha256"):
            raise ValueError(path)
        taken = f"{stem}-withdrawn.yaml"
        return Approval(
            path, _person(root), _moment(root), root.text("comment"), data.decode("utf-8"),
            root.text("commit"), _withdrawal(records, taken) if taken in there else None,
        )  # fmt: skip
    except (KeyError, TypeError, ValueError, OSError) as error:
        raise DocpipeError(_UNREADABLE, _ASK, path=path) from error


def _withdrawal(records: Source, path: str) -> Withdrawal:
    root = _root(records, path)
    return Withdrawal(_person(root), _moment(root), root.text("reason"))


def _root(records: Source, path: str) -> Node:
    loaded = load(records.read(path, MAX_BYTES), path)
    if loaded.root is None or loaded.diagnostics:
        raise ValueError(path)
    return loaded.root


def _person(root: Node) -> Person:
    return Person(root.text("by.name"), root.text("by.email"), root.text("by.role", ""))


def _moment(root: Node) -> str:
    """The moment as it is written; ValueError for what is none, or has no offset."""
    text = root.text("at")
    if datetime.fromisoformat(text).utcoffset() is None:
        raise ValueError(text)
    return text


def counting(found: Sequence[Judged]) -> Iterator[Approval]:
    """Those that count."""
    return (each.approval for each in found if each.state == COUNTS)
