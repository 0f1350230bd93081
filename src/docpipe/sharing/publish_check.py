"""Whether what a person is about to publish is fit for it: their orders as saved."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from docpipe.adapters import git
from docpipe.diagnostics import Diagnostic, Severity, Value
from docpipe.rules.check import check
from docpipe.workspace.changes import order_of
from docpipe.workspace.workspace import Workspace


class RefusedOrder(Value):
    """An order, by its number, or a shared file, by its path, with the codes of its errors."""

    name: str
    is_order: bool
    codes: tuple[str, ...]


class PublishVerdict(Value):
    """What is wrong with the orders and shared files that are to be published."""

    findings: tuple[Diagnostic, ...] = ()

    @property
    def refused(self) -> tuple[RefusedOrder, ...]:
        """What has errors, in the order of the findings."""
        codes: dict[tuple[str, bool], dict[str, None]] = {}
        for found in self.findings:
            if found.severity == Severity.ERROR:
                order = order_of(found.place.file).rpartition("/")[2]
                key = order or found.place.file, bool(order)
                codes.setdefault(key, {})[found.code] = None
        return tuple(RefusedOrder(*key, tuple(told)) for key, told in codes.items())


def verdict(
    root: Path, reader: git.Objects, upstream: str | None, tip: str, now: datetime
) -> PublishVerdict:
    """Check what differs between the shared main and the commit `tip`, as that commit has it.

    What is on disk and not saved makes no difference. Raises DocpipeError where company.yaml or the
    schemas are broken.
    """
    repo = reader.repo
    source = git.CommitSource(reader, reader.root(tip), repo.prefix)
    paths = [repo.below(path) for path in changed_paths(repo, upstream, tip)]
    files = {path for path in paths if source.is_file(path)}
    folders = list(dict.fromkeys(order_of(path) for path in paths))
    there = [folder for folder in folders if folder and source.files(folder)]
    checked = check(Workspace(root, source), there, now)
    shared = [found for found in checked.shared if found.place.file in files]
    return PublishVerdict((*shared, *checked.of_orders))


def changed_paths(
    repo: git.Repository, old: str | None, new: str, kinds: str = ""
) -> Sequence[str]:
    """Files of the workspace that differ between two commits, those of `kinds` (A, M ...)."""
    if old is None:
        return git.files(repo, new)
    found = git.difference(repo, old, new, renames=False)
    mine = [change for change in found if change.path.startswith(repo.prefix)]
    return [change.path for change in mine if not kinds or change.status in kinds]
