"""Repairing this clone's own access log, so that it can be written and shared again."""

from datetime import datetime

from docpipe.adapters import git
from docpipe.diagnostics import DocpipeError, Text, Value
from docpipe.trust.accesslog.entries import subject_of, told_in
from docpipe.trust.judging.signing import for_records
from docpipe.workspace.company_time import moment
from docpipe.workspace.workspace import Workspace

_NOT_OURS = Text(
    "{where} does not accept the access log: {why}",
    "{where} 拒绝接收查阅日志：{why}",
)
_ASK = Text(
    "Nothing was changed, the log itself is in order. Ask the repository administrator",
    "没有任何改动，日志本身没有问题。请询问仓库管理员",
)


class Repaired(Value):
    """What was set aside: of a log that was put `back`, and of one that made room for a new one,
    because of what the shared repository said (`why`). `refused`: it does not take that either.
    """

    back: git.SetAside | None = None
    left: git.SetAside | None = None
    why: Text | None = None
    refused: Text | None = None


def repair(workspace: Workspace, now: datetime) -> Repaired:
    """Put the person's log in this clone back to what docpipe wrote; begin a new one where the
    shared repository refuses it.

    Raises DocpipeError where it cannot be asked, or refuses for another reason.
    """
    repo = git.open_repository(workspace.root)
    by = git.Signature(*git.identity(repo), moment(workspace, now))
    branch = git.branch_of(by.email, git.device_drawn(repo))
    back, remote = git.restore_chain(repo, branch), git.shared(repo)
    if remote is None:
        return Repaired(back)
    refused = _refused(repo, remote, branch)
    if refused is None:
        return Repaired(back)
    if refused.judged is None:
        raise DocpipeError(_NOT_OURS, _ASK, where=remote.name, why=refused.why)
    main = git.known_main(repo)
    sign = for_records(repo, by, main)
    left = git.leave_chain(repo, branch, refused.theirs)
    if left is None:
        return Repaired(back)
    reason = f"After {branch} up to {left.commit[:12]}, which {remote.name} refused"
    told = {"Command": "log repair", "Reason": reason}
    entry = git.log_entry(repo, by, main or "", subject_of(told), told_in(told), sign)
    again = _refused(repo, remote, entry.branch)
    return Repaired(back, left, refused.judged, again.judged if again else None)


def _refused(repo: git.Repository, remote: git.Remote, branch: str) -> git.Unshared | None:
    found = [each for each in git.push_chains(repo, remote) if each.branch == branch]
    return found[0] if found else None
