"""Listing: the entries of all chains that are here, merged, the oldest first."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from docpipe.adapters import git
from docpipe.adapters.git import Objects
from docpipe.diagnostics import Value
from docpipe.trust.accesslog import entries
from docpipe.trust.accesslog.entries import Entry
from docpipe.workspace.company_time import moment
from docpipe.workspace.workspace import Workspace


class LogQuery(Value):
    """Which entries: of an order, of a person (e-mail, or a part of the name), since a day."""

    order: str = ""
    person: str = ""
    since: date | None = None


class Listed(Value):
    """The entries, in order of time. `strange` commits on these branches are no entries.

    `fetched` is when others' chains were fetched last ("" for never), `alone`: there is no remote.
    """

    entries: tuple[Entry, ...]
    strange: int
    fetched: datetime | None
    alone: bool


def log(workspace: Workspace, wanted: LogQuery, *, fetch: bool, now: datetime) -> Listed:
    """The entries that are here, of all persons and clones; with `fetch` the remote's come first.

    Raises DocpipeError where the remote cannot be reached, or an object is damaged.
    """
    repo = git.open_repository(workspace.root)
    remote = git.shared(repo)
    if fetch and remote:
        git.fetch_branches(repo, remote)
        git.keep_sharing(repo, fetched=moment(workspace, now).isoformat(timespec="seconds"))
    zone = ZoneInfo(workspace.company.text("time_zone"))
    found: dict[str, Entry] = {}
    strange: set[str] = set()
    with Objects(repo, verify=True) as reader:
        for branch, tips in git.known_branches(repo, remote).items():
            whose = git.parted(branch)
            commits = git.stretch(repo, filter(None, tips)) if "/" in branch else []
            for commit in git.signed_commits(reader, commits):
                each = entries.read(commit, branch, repo.digest)
                if not isinstance(each, Entry) or not whose or each.email.lower() != whose[0]:
                    strange.add(commit.id)
                else:
                    found[commit.id] = each._replace(when=each.when.astimezone(zone))
    chosen = [each for each in found.values() if _fits(each, wanted)]
    chosen.sort(key=lambda each: (each.when, each.branch, each.sequence))
    return Listed(tuple(chosen), len(strange - set(found)), _fetched(repo), remote is None)


def _fits(each: Entry, wanted: LogQuery) -> bool:
    who = wanted.person.casefold()
    return (
        (not wanted.order or each.order == wanted.order)
        and (not who or each.email.casefold() == who or who in each.name.casefold())
        and (wanted.since is None or each.when.date() >= wanted.since)
    )


def _fetched(repo: git.Repository) -> datetime | None:
    try:
        return datetime.fromisoformat(git.sharing_state(repo).fetched)
    except ValueError:
        return None
