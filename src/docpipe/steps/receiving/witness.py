"""The branches `witness/<name>`: checkpoints, one after the other, and none taken back."""

from collections.abc import Iterator

from docpipe.adapters import repository
from docpipe.adapters.repository import Update
from docpipe.diagnostics import Text
from docpipe.steps.receiving.before import Before
from docpipe.steps.receiving.refusals import Refused, Why, refused

_DELETED = Why(
    "witness-deleted",
    Text("The checkpoints on {branch} are never deleted", "{branch} 上的检查点不可删除"),
    Text("Leave them; a new witness takes a name of its own: docpipe witness --name",
         "请保留；新的见证请另取名称：docpipe witness --name"),
)  # fmt: skip
_REWRITTEN = Why(
    "witness-rewritten",
    Text(
        "What is pushed lacks the last checkpoint on {branch} ({known})",
        "推送的内容缺少 {branch} 上的最新检查点（{known}）",
    ),
    Text(
        "Checkpoints are only ever added to. If two witnesses share the name, give each its own: "
        "docpipe witness --name",
        "检查点只能追加。两个见证同名的，请各取名称：docpipe witness --name",
    ),
)


def witness(before: Before, update: Update) -> Iterator[Refused]:
    """What is wrong with a push to a witness's branch: a job with a new clone each time relies on
    the last checkpoint there. Raises DocpipeError for objects that are missing."""
    ref, branch, old = update.ref, update.branch, update.old
    if update.new is None:
        yield refused(ref, _DELETED, branch=branch)
    elif old and not repository.holds(before.repo, update.new, old):
        yield refused(ref, _REWRITTEN, branch=branch, known=old[:12])
