"""Access: who reads something on record leaves an entry, before anything is shown."""

from datetime import UTC, datetime, timedelta

from docpipe.adapters import git
from docpipe.adapters.git import Logged
from docpipe.diagnostics import DocpipeError, Text, Value
from docpipe.trust.accesslog.entries import plain, subject_of, told_in
from docpipe.trust.judging.policy import Policy
from docpipe.trust.judging.signing import for_records
from docpipe.workspace.company_time import moment
from docpipe.workspace.workspace import Workspace

_BATCH = timedelta(minutes=1)  # some hosts allow six pushes a minute
_QUIET = timedelta(days=1)

_WHY = Text(
    "{what} is read only with a reason, which goes into the access log",
    "查阅 {what} 须说明原因，并记入查阅日志",
)
_SAY = Text('Nothing was shown. Say it: --reason "..."', "没有显示任何内容。请写明：--reason “……”")
_NO_MAIN = Text(
    "There is no main yet, so it cannot be told what counts when something is read",
    "还没有 main 分支，无从得知查阅时的有效规定",
)
_SAVE = Text(
    "Nothing was shown. Save first: docpipe save", "没有显示任何内容。请先保存：docpipe save"
)
_LATE = Text(
    "The access log of this clone has not been shared since {since}: {why}",
    "本克隆的查阅日志自 {since} 起未能上传：{why}",
)
_LACKS = Text(
    "The shared repository no longer has the entry {known} of {branch}, which it had taken; this "
    "clone still has it. Tell whoever looks after the repository",
    "共享仓库已没有 {branch} 的条目 {known}，此前曾已接收；本克隆仍保有。请告知仓库管理员",
)


class Reading(Value):
    """What is read. `kind` is the document's, "" for an order's facts; "" for what does not apply.

    `revision` is an issued document's, or the commit at which an order is shown.
    """

    order: str
    document: str = ""
    kind: str = ""
    number: str = ""
    revision: str = ""


def logged(workspace: Workspace, what: Reading, reason: str, command: str, now: datetime) -> Logged:
    """Put on record that the person reads this; it is on the disk when this returns.

    Called before anything is shown: if it raises DocpipeError, nothing may be. It does where a
    reason is demanded and lacks, Git knows nobody, the disk is full or read-only, the log was
    altered, or there is nothing to sign with where that is asked for. What is asked for is told by
    the shared `main` as this clone knows it, not by its files. No remote is needed.
    """
    repo, why = git.open_repository(workspace.root), plain(reason)
    main = git.known_main(repo)
    if main is None:
        raise DocpipeError(_NO_MAIN, _SAVE)
    with git.Objects(repo) as reader:
        if not why and Policy(repo, reader, main).asks_why(what.kind):
            raise DocpipeError(_WHY, _SAY, exit_code=2, what=what.document or what.order)
    by = git.Signature(*git.identity(repo), moment(workspace, now))
    told = {
        "Command": command, "Order": what.order, "Document": what.document,
        "Number": what.number, "Revision": what.revision, "Reason": why,
    }  # fmt: skip
    sign = for_records(repo, by, main)
    return git.log_entry(repo, by, main, subject_of(told), told_in(told), sign)


def share(workspace: Workspace, now: datetime, *, at_once: bool = False) -> Text | None:
    """Push this clone's log, at most once a minute; what a person has to know of it.

    With `at_once` in any case, and others' are fetched. Never raises DocpipeError: nothing keeps
    anybody from reading.
    """
    try:
        repo = git.open_repository(workspace.root)
        told = _shared(repo, now, at_once=at_once)
        remote = git.shared(repo)
        if at_once and remote is not None:
            git.fetch_branches(repo, remote)
            when = moment(workspace, now).isoformat(timespec="seconds")
            git.keep_sharing(repo, fetched=when)
        return told
    except DocpipeError:  # the entry is on the disk; the next command pushes it
        return None


def _shared(repo: git.Repository, now: datetime, *, at_once: bool) -> Text | None:
    remote, known = git.shared(repo), git.sharing_state(repo)
    if remote is None or (_recent(known.tried, now) and not at_once) or not git.unpushed(repo):
        return None
    git.keep_sharing(repo, tried=_iso(now))
    try:
        refused = git.push_chains(repo, remote)
    except DocpipeError as error:
        return _late(repo, error.whole, now)
    for each in refused:
        if each.lacks:
            return _LACKS.filled(known=each.lacks, branch=each.branch)
    if refused:
        return _late(repo, Text(refused[0].why, refused[0].why), now)
    git.keep_sharing(repo, failing="")
    return None


def _late(repo: git.Repository, why: Text, now: datetime) -> Text | None:
    """Say that pushing fails once that has lasted a day."""
    since = _at(git.sharing_state(repo).failing)
    if since is None or since > now:
        git.keep_sharing(repo, failing=_iso(now))
        return None
    return _LATE.filled(since=since.date(), why=why) if now - since > _QUIET else None


def _recent(tried: str, now: datetime) -> bool:
    """Whether the last push is younger than a minute; one in the future says that a clock moved."""
    at = _at(tried)
    return at is not None and timedelta(0) <= now - at < _BATCH


def _at(told: str) -> datetime | None:
    try:
        return datetime.fromisoformat(told)
    except ValueError:
        return None


def _iso(now: datetime) -> str:
    return now.astimezone(UTC).isoformat(timespec="seconds")
