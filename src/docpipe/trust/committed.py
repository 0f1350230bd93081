"""What goes on record is made from facts that are saved: nobody could look them up otherwise."""

from collections.abc import Sequence
from datetime import datetime

from docpipe.adapters import git
from docpipe.diagnostics import DocpipeError, Severity, Text
from docpipe.rules.check import check_order
from docpipe.workspace.changes import changes, saved_files
from docpipe.workspace.traced import TracedWorkspace
from docpipe.workspace.workspace import CATALOGUE, MARKER, Workspace

HOUSE = ("schemas", CATALOGUE, MARKER)
"""What every document is made with."""

_SHOWN = 5
_UNSAVED = Text("Not saved yet: {files}", "尚未保存：{files}")
_SAVE = Text(
    "Nothing was recorded. Save first: docpipe save", "没有记入任何内容。请先保存：docpipe save"
)
_IGNORED = Text(
    "{path} is used and not saved: .gitignore leaves it out",
    "{path} 被用到却没有保存：.gitignore 将其排除",
)
_ERRORS = Text(
    "The order {order} has errors that leave figures missing: {codes}",
    "订单 {order} 有错误，数据不全：{codes}",
)
_CHECK = Text("See: docpipe check {order}", "请看：docpipe check {order}")


def demand_saved(
    workspace: Workspace,
    repo: git.Repository,
    reader: git.Objects,
    paths: Sequence[str],
) -> None:
    """Raises DocpipeError where a file at or below `paths` is not as the branch has it."""
    found = changes(workspace, repo, reader, sorted(set(paths))).files
    if found:
        names = [change.path for change in found]
        more = ["…"] if len(names) > _SHOWN else []
        raise DocpipeError(_UNSAVED, _SAVE, files=[*names[:_SHOWN], *more])
    saved = saved_files(repo, reader)
    for path in paths:
        if (workspace.root / path).exists() and saved.entry(path) is None:
            raise DocpipeError(_IGNORED, _SAVE, path=path)


def demand_sound(workspace: Workspace, folder: str, now: datetime) -> None:
    """Raises DocpipeError for an order whose documents would lack figures."""
    checked = check_order(workspace, folder, now)
    if checked.structural:
        grave = [d.code for d in checked.diagnostics if d.severity == Severity.ERROR]
        number = checked.order.number
        raise DocpipeError(_ERRORS, _CHECK, order=number, codes=list(dict.fromkeys(grave)))


def touched(workspace: TracedWorkspace) -> list[str]:
    """The shared files and other orders that were read since `begin`, as far as they exist."""
    paths = [key[2:] for key in workspace.touched if key[:2] in ("f:", "o:")]
    return sorted(path for path in paths if (workspace.root / path).exists())
