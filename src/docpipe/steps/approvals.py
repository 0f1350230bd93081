"""All approvals of an order: of all that takes one, what there is and what is missing."""

from datetime import datetime

from docpipe.adapters import git
from docpipe.diagnostics import Text, Value
from docpipe.documents.printer import Printer
from docpipe.trust.committed_inputs import demand_sound
from docpipe.trust.judging.approvals import Judged, Missing, judged, lacking, role_title
from docpipe.trust.judging.roles import shared_roles
from docpipe.trust.judging.subjects import subjects, text_of
from docpipe.workspace.workspace import Workspace


class Reviewed(Value):
    """One document, or facts: the approvals, each with its role's title, the roles missing."""

    name: str
    found: tuple[Judged, ...]
    roles: tuple[Text, ...]
    missing: tuple[Missing, ...]

    @property
    def lost(self) -> bool:
        """Whether an approval was given that does not count, and none has taken its place."""
        return any(each.refused for each in self.missing)


def review(workspace: Workspace, folder: str, now: datetime) -> list[Reviewed]:
    """The order's documents and facts that take approvals, held to the files as they are on disk.

    Facts that no document needs are told only where somebody approved them.

    Raises DocpipeError where the order has broken files, or records or roles are out of reach.
    """
    repo = git.open_repository(workspace.root)
    kept = git.Records(repo)
    kept.refresh()
    with git.Objects(repo) as reader:
        return review_records(workspace, folder, now, reader, kept.source(reader))


def review_records(
    workspace: Workspace,
    folder: str,
    now: datetime,
    reader: git.Objects,
    records: git.CommitSource,
) -> list[Reviewed]:
    """The same by the records at hand."""
    demand_sound(workspace, folder, now)
    printer, told = Printer(workspace), []
    roles = shared_roles(reader.repo, reader)
    for subject in subjects(workspace, workspace.order(folder)):
        text = text_of(printer, subject)
        found = judged(workspace, records, subject, now, roles, text)
        if not found and not subject.is_needed(workspace):
            continue
        titles = tuple(role_title(workspace, each.approval.by.role) for each in found)
        lacks = tuple(lacking(workspace, subject, found))
        told.append(Reviewed(subject.name, tuple(found), titles, lacks))
    return told
