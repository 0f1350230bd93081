"""Listing: the entries of all chains that are here, merged, the oldest first."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from docpipe.adapters import repository
from docpipe.adapters.repository import Objects
from docpipe.diagnostics import Record
from docpipe.steps.access import moment
from docpipe.steps.accesslog import entries
from docpipe.steps.accesslog.entries import Entry
from docpipe.workspace.workspace import Workspace


class Wanted(Record):
    """Which entries: of an order, of a person (e-mail, or a part of the name), since a day."""

    order: str = ""
    person: str = ""
    since: date | None = None


class Listed(Record):
    """The entries, in order of time. `strange` commits on these branches are no entries.

    `fetched` is when others' chains were fetched last ("" for never), `alone`: there is no remote.
    """

    entries: tuple[Entry, ...]
    strange: int
    fetched: datetime | None
    alone: bool


def log(workspace: Workspace, wanted: Wanted, *, fetch: bool, now: datetime) -> Listed:
    """The entries that are here, of all persons and clones; with `fetch` the remote's come first.

    Raises DocpipeError where the remote cannot be reached, or an object is damaged.
    """
    repo = repository.open_repository(workspace.root)
    remote = repository.shared(repo)
    if fetch and remote:
        repository.fetch_branches(repo, remote)
        repository.keep_sharing(repo, fetched=moment(workspace, now).isoformat(timespec="seconds"))
    zone = ZoneInfo(workspace.company.text("time_zone"))
    found: dict[str, Entry] = {}
    strange: set[str] = set()
    with Objects(repo, verify=True) as reader:
        for branch, tips in repository.known_branches(repo, remote).items():
            whose = repository.parted(branch)
            commits = repository.stretch(repo, filter(None, tips)) if "/" in branch else []
            for name, content in repository.contents(reader, commits):
                each = _entry(reader, name, content, branch, whose[0] if whose else "")
                if each is None:
                    strange.add(name)
                else:
                    found[name] = each._replace(when=each.when.astimezone(zone))
    chosen = [each for each in found.values() if _fits(each, wanted)]
    chosen.sort(key=lambda each: (each.when, each.branch, each.sequence))
    return Listed(tuple(chosen), len(strange - set(found)), _fetched(repo), remote is None)


def _entry(reader: Objects, name: str, content: bytes, branch: str, person: str) -> Entry | None:
    """The entry; None where it is none of the person whose branch it is."""
    digest = reader.repo.digest
    if not entries.is_entry(content, digest):
        return None
    commit = repository.sealed_commit(name, content, digest)
    if not entries.belongs(commit.author, person) or not entries.belongs(commit.committer, person):
        return None
    return entries.entry(commit, content, branch)


def _fits(each: Entry, wanted: Wanted) -> bool:
    who = wanted.person.casefold()
    return (
        (not wanted.order or each.order == wanted.order)
        and (not who or each.email.casefold() == who or who in each.name.casefold())
        and (wanted.since is None or each.when.date() >= wanted.since)
    )


def _fetched(repo: repository.Repository) -> datetime | None:
    try:
        return datetime.fromisoformat(repository.sharing_state(repo).fetched)
    except ValueError:
        return None
