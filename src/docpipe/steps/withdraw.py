"""Withdraw: an issued document no longer counts. That is a record too; nothing is deleted."""

from datetime import datetime

from docpipe.adapters import git
from docpipe.adapters.git import CommitSource
from docpipe.adapters.yamlfile.writing import Plain, written
from docpipe.diagnostics import DocpipeError, Text
from docpipe.steps.issue import Result, actor
from docpipe.trust.choice import issued_before
from docpipe.trust.formats.issued import Issued
from docpipe.trust.judging.signing import for_records
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
    found: list[Issued] = []

    def make(records: CommitSource) -> git.Record | None:
        issued = issued_before(records, order, wanted, name)
        found[:] = [issued]
        return None if issued.withdrawn else _record(issued, by, reason)

    commit = git.Records(repo).append(make, by, for_records(workspace, repo, by))
    return Result(found[0], commit)


def _record(issued: Issued, by: git.Signature, reason: str) -> git.Record:
    said: dict[str, Plain] = {
        "document": issued.document, "order": issued.order, "number": issued.number,
        "revision": issued.revision, "at": by.when.isoformat(timespec="seconds"),
        "by": {"name": by.name, "email": by.email}, "reason": reason,
    }  # fmt: skip
    return git.Record(
        {f"{issued.stem}-withdrawn.yaml": written(said)},
        f"Withdraw {issued.number} revision {issued.revision}",
        trailers=(
            ("Order", issued.order), ("Document", issued.document),
            ("Number", issued.number), ("Revision", str(issued.revision)),
        ),
    )  # fmt: skip
