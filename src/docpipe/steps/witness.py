"""Witness: a clone that looks after the others, and writes down what it saw, signed."""

from collections.abc import Sequence
from datetime import datetime

from docpipe.adapters import git
from docpipe.adapters.git import Objects, Remote, Repository, Signature
from docpipe.diagnostics import DocpipeError, Text, Value
from docpipe.steps.log_verify import Verdict, verify
from docpipe.trust.accesslog.branches_seen import MAIN
from docpipe.trust.invariants.basis import Basis
from docpipe.trust.judging.signing import for_records
from docpipe.trust.witness import checkpoint
from docpipe.trust.witness.checkpoint import Checkpoint
from docpipe.trust.witness.memory import Memory, recalled
from docpipe.workspace.company_time import moment
from docpipe.workspace.workspace import Workspace

_ALONE = Text("There is no shared repository to witness", "没有可供见证的共享仓库")
_CLONE = Text("Run it in a clone of the shared repository", "请在共享仓库的克隆中运行")
_NAME = Text('"{name}" cannot be a witness\'s name', "“{name}”不能用作见证名")
_LETTERS = Text("Small letters, digits and hyphens", "只用小写字母、数字和连字符")
_REFUSED = Text(
    "The checkpoint is on {branch} here, and the shared repository did not take it: {why}",
    "检查点已写入本机的 {branch}，但共享仓库未接收：{why}",
)


class Witnessed(Value):
    """What a witness found; `commit` is its checkpoint on `branch`, "" where something is wrong.

    `signed` says whether the checkpoint is signed.
    """

    verdict: Verdict
    branch: str
    commit: str
    signed: bool


def witness(
    workspace: Workspace,
    name: str,
    kept: Sequence[Checkpoint],
    now: datetime,
    *,
    push: bool = False,
) -> Witnessed:  # fmt: skip
    """Fetch, verify, hold against all that was seen before, and write a checkpoint.

    The branch witness/<name> holds the checkpoints, all of the one person that it runs as; `name`
    is this clone's device if left out.
    Where anything is wrong, none is written. Raises DocpipeError: no shared repository, it cannot
    be reached or does not take the checkpoint, nothing to sign with where that is asked for.
    """
    repo = git.open_repository(workspace.root)
    remote = git.shared(repo)
    if remote is None:
        raise DocpipeError(_ALONE, _CLONE, exit_code=2)
    branch = git.WITNESS + (_checked(name) if name else git.device_drawn(repo))
    by = Signature(*git.identity(repo), moment(workspace, now))
    tips = git.checkpoint_tips(repo, remote, branch)

    def recall(reader: Objects, basis: Basis) -> Memory:
        return recalled(git.plainly(repo), reader, basis, branch, tips, by.email)

    verdict = verify(workspace, fetch=True, kept=kept, recall=recall, now=by.when)
    if not verdict.sound:
        return Witnessed(verdict, branch, "", False)
    sign = for_records(repo, by, verdict.tips.get(MAIN))
    text = checkpoint.written(verdict.tips, by.when)
    commit = git.write_checkpoint(repo, branch, _furthest(repo, tips), text, by, sign)
    if push:
        _push(repo, remote, branch, commit)
    return Witnessed(verdict, branch, commit, sign is not None)


def _furthest(repo: Repository, tips: list[str]) -> str | None:
    """Of the checkpoint here and the remote's, the one that holds the other; else our own."""
    if len(tips) == 2 and git.holds(repo, tips[1], tips[0]):
        return tips[1]
    return tips[0] if tips else None


def _push(repo: Repository, remote: Remote, branch: str, commit: str) -> None:
    if why := git.push_checkpoint(repo, remote, branch, commit):
        raise DocpipeError(_REFUSED, branch=branch, why=why)


def _checked(name: str) -> str:
    if not git.is_witness(name):
        raise DocpipeError(_NAME, _LETTERS, exit_code=2, name=name)
    return name
