"""Withdraw: an issued document no longer counts. That is a record too; nothing is deleted."""

from datetime import datetime

from docpipe.adapters import git
from docpipe.adapters.git import CommitSource
from docpipe.diagnostics import DocpipeError, Text
from docpipe.steps.issue import Result, actor
from docpipe.trust.committed_inputs import shared_main
from docpipe.trust.document_choice import issued_before
from docpipe.trust.formats.issued import Issued, told_of, withdrawn_record
from docpipe.trust.formats.places import WITHDRAWAL
from docpipe.trust.formats.reading import Person
from docpipe.trust.judging.signing import for_records
from docpipe.trust.recording import again, put_on_record, record
from docpipe.workspace.workspace import Workspace

_NO_REASON = Text("Say why it is withdrawn", "请写明撤回原因")
_OPTION = Text('With --reason "..."', '请用 --reason "..."')


def withdraw(
    workspace: Workspace, folder: str, wanted: str, name: str, reason: str, now: datetime
) -> Result:
    """Put on record that the last revision of an issued document is withdrawn, and why.

    Where it is withdrawn already, that record counts (`commit` is None). Raises DocpipeError: no
    such document, no reason, nobody whom people.yaml knows, and what `Records.append` raises.
    """
    reason = " ".join("".join(c if c.isprintable() else " " for c in reason).split())
    if not reason:
        raise DocpipeError(_NO_REASON, _OPTION, exit_code=2)
    repo = git.open_repository(workspace.root)
    by = actor(workspace, repo, now)
    order = folder.rpartition("/")[2]
    return again(lambda: _withdrawn(workspace, repo, by, (order, wanted, name), reason))


def _withdrawn(
    workspace: Workspace, repo: git.Repository, by: git.Signature, what: tuple[str, str, str],
    reason: str,
) -> Result:  # fmt: skip
    main = shared_main(repo)
    found: list[Issued] = []

    def make(records: CommitSource) -> git.Record | None:
        issued = issued_before(records, *what)
        found[:] = [issued]
        return None if issued.withdrawn else _record(issued, by, reason, main)

    commit = put_on_record(repo, make, by, for_records(repo, by, main), main)
    return Result(found[0], commit)


def _record(issued: Issued, by: git.Signature, reason: str, main: str) -> git.Record:
    files = withdrawn_record(issued, Person(by.name, by.email), by.when, reason)
    return record(files, WITHDRAWAL, main, told_of(issued))
