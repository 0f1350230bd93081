"""Add: the next file of an order, with what is already known filled in."""

import re
from datetime import datetime
from pathlib import Path

from docpipe.adapters.atomic_write import write_whole
from docpipe.adapters.schemas import FileKind
from docpipe.diagnostics import DocpipeError, Text, nearest
from docpipe.workspace import prefill
from docpipe.workspace.audience_view import View
from docpipe.workspace.company_time import local_time
from docpipe.workspace.order import Order
from docpipe.workspace.scaffold import scaffold, schema_path
from docpipe.workspace.workspace import Workspace

_NO_KIND = Text('There is no kind of file "{wanted}"', "没有名为“{wanted}”的文件种类")
_KINDS = Text("Kinds: {known}", "现有种类：{known}")
_EXISTS = Text("{path} already exists", "{path} 已存在")
_EDIT = Text("Open it in your editor", "请直接编辑")
_NAME = Text('"{name}" does not name a file of this kind', "“{name}”不能作为此类文件的名称")
_NO_NAME = Text("All the usual names are taken", "常用的名称都已占用")
_NAME_FORM = Text("The file is {path}; say which with --name", "文件为 {path}，请用 --name 指明")


def addable(workspace: Workspace) -> list[str]:
    """The kinds of files that an order can have."""
    kinds = workspace.schemas.kinds.values()
    return [kind.name for kind in kinds if kind.scope == "order" and kind.name != "order"]


def add(
    workspace: Workspace, folder: str, wanted: str, name: str, now: datetime, lang: str
) -> Path:
    """Write the order's next file of kind `wanted`; returns its path.

    `name` fills the placeholder of its path; "" for the next free one. Raises DocpipeError for an
    unknown kind, and never overwrites.
    """
    if wanted not in addable(workspace):
        kinds = addable(workspace)
        hint = nearest(wanted, kinds) or _KINDS
        raise DocpipeError(_NO_KIND, hint, exit_code=2, wanted=wanted, known=kinds)
    kind, order = workspace.schemas.kinds[wanted], workspace.order(folder)
    today = local_time(workspace, now).date().isoformat()
    name = _checked(kind, name) if name else _next_name(workspace, kind, order, today)
    relative = _filled(kind, name)
    path = workspace.root / folder / relative
    if path.exists():
        raise DocpipeError(_EXISTS, _EDIT, path=f"{folder}/{relative}")
    known = prefill.known(View(workspace, order), kind, name, now)
    target = schema_path(f"{folder}/{relative}", wanted)
    text = scaffold(workspace.schemas.schema(wanted), known, lang, target)
    write_whole(path, text.encode())
    return path


def _checked(kind: FileKind, name: str) -> str:
    if kind.match(_filled(kind, name)) is None:
        raise DocpipeError(_NAME, _NAME_FORM, exit_code=2, name=name, path=kind.path)
    return name


def _filled(kind: FileKind, name: str) -> str:
    return re.sub(r"\{\w+\}", name, kind.path)


def _next_name(workspace: Workspace, kind: FileKind, order: Order, today: str) -> str:
    """The first free name: a department to be asked, a number, a final inspection, or today."""
    if kind.literal:
        return ""
    taken = {file.names[0] for file in order.files if file.kind == kind}
    departments = [str(row.value) for row in workspace.company.rows("policy.review_departments")]
    numbers = [str(number) for number in range(1, len(taken) + 2)]
    candidates = [*departments, *numbers, *(f"final-{number}" for number in numbers), today]
    fitting = [name for name in candidates if kind.match(_filled(kind, name)) is not None]
    free = next((name for name in fitting if name not in taken), None)
    if free is None:
        raise DocpipeError(_NO_NAME, _NAME_FORM, exit_code=2, path=kind.path)
    return free
