"""History: what happened to one order, from its commits and from what is on record of it.

Oldest first. A reader follows what led to what, and on a terminal the end is what they see.
"""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from docpipe.adapters import git
from docpipe.diagnostics import DocpipeError, Text, Value, replace
from docpipe.trust.formats.issued import Issued
from docpipe.trust.formats.issued import on_record as issued_on_record
from docpipe.trust.formats.places import approvals_of
from docpipe.workspace.company_time import moment
from docpipe.workspace.workspace import Workspace

if TYPE_CHECKING:  # expensive to import: what judges approvals, which makes documents; and see _log
    from docpipe.trust.formats.approval import Approval
    from docpipe.workspace.order_commits import OrderCommit, OrderCommits

SAVED, ISSUED, RECALLED = "saved", "issued", "withdrawn"
APPROVED, TAKEN_BACK = "approved", "approval withdrawn"
"""Kinds of events: facts saved; a document issued, or withdrawn; an approval given or withdrawn."""

UNTOLD = ""
"""The state of an approval that could not be held against today's wording."""

_NEVER = Text(
    "There is and was no order {order} on this branch", "本分支现在和过去都没有订单 {order}"
)
_UNSAVED = Text("The order {order} has not been saved yet", "订单 {order} 尚未保存过")
_SAVE = Text("Save it: docpipe save {order}", "保存：docpipe save {order}")
_LIST = Text("See what there is: docpipe list", "查看全部订单：docpipe list")
_NOT_HERE = Text("its files are not on this disk", "其文件不在本机磁盘上")
_SHALLOW = Text(
    "This clone is shallow; get the older commits: git fetch --unshallow",
    "这是浅克隆；请先补全历史：git fetch --unshallow",
)


class Event(Value):
    """Something that happened, when, and who did it, by name and e-mail.

    `saved` is what a commit changed; `issued` the record that was made or withdrawn; `approval`
    the one given or taken back. `state` is what has become of an approval by today (`approvals`
    names the states), `role` what it was given as.
    """

    kind: str
    at: datetime
    by: tuple[str, str]
    saved: "OrderCommit | None" = None
    issued: Issued | None = None
    approval: "Approval | None" = None
    state: str = UNTOLD
    role: Text | None = None


class Timeline(Value):
    """All that happened to an order, oldest first, by the company's clock.

    `people` are those whom people.yaml knows, by e-mail. `gone`: the order is not there any more.
    `shallow`: older commits may be missing. `behind` says why there may be more on record,
    `unjudged` why it is not known which approvals lapsed.
    """

    number: str
    events: tuple[Event, ...]
    people: Mapping[str, Text]
    gone: bool
    shallow: bool
    behind: DocpipeError | None
    unjudged: DocpipeError | None


def order_number(workspace: Workspace, wanted: str, here: Path) -> str:
    """The number that is meant: the text itself, or that of the order whose folder it names."""
    root, path = workspace.root.resolve(), (here / wanted).resolve()
    parts = path.relative_to(root).parts if path.is_relative_to(root) and path.is_dir() else ()
    return parts[3] if len(parts) > 3 and parts[0] == "orders" else wanted


def history(workspace: Workspace, number: str, now: datetime, reason: str = "") -> Timeline:
    """What happened to the order of this number, also to one that is gone today.

    It is logged before anything is told of it; git looks for the commits meanwhile. Raises
    DocpipeError: there never was such an order, what is on record is not docpipe's, or the access
    log cannot be written.
    """
    repo = git.open_repository(workspace.root)
    tip = repo.resolve("HEAD")
    with git.Objects(repo) as reader, ThreadPoolExecutor(1) as meanwhile:
        folder, gone = _folder(workspace, reader, tip, number)
        latest = meanwhile.submit(git.history, repo, tip, folder)
        _log(workspace, number, reason, now)
        behind = _behind(repo)
        commits = _commits(workspace, reader, folder, latest)
        records = git.Records(repo).source(reader)
        given = [each for name in commits.numbers for each in _approvals(records, name)]
        judged: dict[str, str] = {}
        unjudged = None
        if not gone and any(each.withdrawn is None for each in given):
            judged, unjudged = _judged(workspace, folder, now, reader, records)
        issued = [each for name in commits.numbers for each in issued_on_record(records, name)]
    events = [*_saves(commits.told)]
    events += [event for each in given for event in _of_approval(workspace, each, judged)]
    events += [event for each in issued for event in _of_document(each)]
    ordered = _by_the_clock(workspace, events)
    return Timeline(number, ordered, _people(workspace), gone, repo.shallow, behind, unjudged)


# What these two import is wanted only now: git looks for the commits already, and takes longer.


def _log(workspace: Workspace, number: str, reason: str, now: datetime) -> None:
    from docpipe.trust.accesslog.logged import Reading, logged

    logged(workspace, Reading(number), reason, "history", now)


def _commits(
    workspace: Workspace, reader: git.Objects, folder: str,
    latest: Future[list[git.Commit]],
) -> "OrderCommits":  # fmt: skip
    from docpipe.workspace.changes import schemas_of
    from docpipe.workspace.order_commits import OrderCommits

    return OrderCommits(reader, schemas_of(workspace), folder, latest.result())


def _behind(repo: git.Repository) -> DocpipeError | None:
    """Why there may be more on record than here. A shallow clone may not take records over."""
    from docpipe.trust.caught_up import caught_up

    return caught_up(repo) if git.shared(repo) and not repo.shallow else None


def _folder(workspace: Workspace, reader: git.Objects, tip: str, number: str) -> tuple[str, bool]:
    """Where the order is, or was last, and whether it is gone. Raises DocpipeError for neither."""
    if folders := git.order_folders(reader, tip, number):
        return folders[0], False
    last = git.last_with(reader.repo, tip, number) if number else None
    if last is not None:
        parents = git.history(reader.repo, last, limit=1)[0].parents
        for commit in (last, *parents):
            if folders := git.order_folders(reader, commit, number):
                return folders[0], True
    if any(folder.endswith(f"/{number}") for folder in workspace.order_folders):
        raise DocpipeError(_UNSAVED, _SAVE, order=number)
    hint = _SHALLOW if reader.repo.shallow else _LIST
    raise DocpipeError(_NEVER, hint, exit_code=2, order=number)


def _saves(told: "Sequence[OrderCommit]") -> Iterator[Event]:
    """Commits in their order, whatever clocks say: none is dated before one that it builds on."""
    latest: datetime | None = None
    for each in told:
        author = each.commit.author
        latest = author.when if latest is None else max(latest, author.when)
        yield Event(SAVED, latest, (author.name, author.email), saved=each)


def _approvals(records: git.CommitSource, number: str) -> "Iterator[Approval]":
    home = approvals_of(number)
    paths = (path.removeprefix(f"{home}/") for path in records.files(home))
    documents = dict.fromkeys(path.partition("/")[0] for path in paths)
    if not documents:
        return
    from docpipe.trust.formats.approval import approvals_on_record

    for document in documents:
        yield from approvals_on_record(records, f"{home}/{document}")


def _judged(
    workspace: Workspace,
    folder: str,
    now: datetime,
    reader: git.Objects,
    records: git.CommitSource,
) -> tuple[dict[str, str], DocpipeError | None]:
    """What has become of each approval by today, by its path; else why that cannot be told."""
    from docpipe.steps.approvals import review_records

    try:
        if not (workspace.root / folder).is_dir():
            raise DocpipeError(_NOT_HERE)
        reviewed = review_records(workspace, folder, now, reader, records)
    except DocpipeError as error:
        return {}, error
    return {found.approval.path: found.state for each in reviewed for found in each.found}, None


def _of_approval(
    workspace: Workspace, approval: "Approval", judged: Mapping[str, str]
) -> Iterator[Event]:
    """Given, and taken back."""
    from docpipe.trust.judging.approvals import WITHDRAWN, role_title

    by, taken = approval.by, approval.withdrawn
    state = WITHDRAWN if taken else judged.get(approval.path, UNTOLD)
    at, role = approval.at, role_title(workspace, by.role)
    who = by.name, by.email
    yield Event(APPROVED, at, who, approval=approval, state=state, role=role)
    if taken:
        who, at = (taken.by.name, taken.by.email), taken.at
        yield Event(TAKEN_BACK, at, who, approval=approval, role=role)


def _of_document(issued: Issued) -> Iterator[Event]:
    """Issued, and withdrawn."""
    by, taken = issued.by, issued.withdrawn
    yield Event(ISSUED, issued.issued_at, (by.name, by.email), issued=issued)
    if taken:
        yield Event(RECALLED, taken.at, (taken.by.name, taken.by.email), issued=issued)


def _by_the_clock(workspace: Workspace, events: Sequence[Event]) -> tuple[Event, ...]:
    """Sorted by time; of the same second, what was saved before what was made of it."""
    ordered = sorted(events, key=lambda event: event.at)
    return tuple(replace(event, at=moment(workspace, event.at)) for event in ordered)


def _people(workspace: Workspace) -> dict[str, Text]:
    """The names of people.yaml by e-mail; none where it is broken."""
    try:
        people = workspace.needed("people.yaml").rows("people")
    except DocpipeError:
        return {}
    names = ((each.text("email", ""), each.text("name.en", ""), each.text("name.zh", ""))
             for each in people)  # fmt: skip
    return {email: Text(en or zh, zh or en) for email, en, zh in names if en or zh}
