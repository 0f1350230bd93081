"""Add: the next file of an order, with what is already known filled in."""

import re
from datetime import datetime
from pathlib import Path

from docpipe.adapters.outputs import write_whole
from docpipe.adapters.schemas import FileKind
from docpipe.diagnostics import DocpipeError, Text
from docpipe.steps import prefill
from docpipe.steps.scaffold import scaffold, schema_path
from docpipe.workspace.order import Order
from docpipe.workspace.view import View
from docpipe.workspace.workspace import Workspace

_NO_KIND = Text('There is no kind of file "{wanted}"', "没有名为“{wanted}”的文件种类")
_KINDS = Text("Kinds: {known}", "现有种类：{known}")
_EXISTS = Text("{path} is there already", "{path} 已存在")
_EDIT = Text("Open it in your editor", "请直接编辑")
_NAME = Text('"{name}" does not name a file of this kind', "“{name}”不能作为此类文件的名称")
_NAME_FORM = Text(
    "Letters, digits and hyphens, such as final-1", "只用字母、数字和连字符，如 final-1"
)
_NEEDS_NAME = Text("Which {placeholder}?", "请指明 {placeholder}")
_GIVE_NAME = Text(
    "Say it with --name, for example --name {example}", "请用 --name 指明，例如 --name {example}"
)


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
        raise DocpipeError(_NO_KIND, _KINDS, exit_code=2, wanted=wanted, known=kinds)
    kind, order = workspace.schemas.kinds[wanted], workspace.order(folder)
    name = _checked(name) if name else _next_name(workspace, kind, order)
    relative = re.sub(r"\{\w+\}", name, kind.path)
    path = workspace.root / folder / relative
    if path.exists():
        raise DocpipeError(_EXISTS, _EDIT, path=f"{folder}/{relative}")
    known = prefill.known(View(workspace, order), kind, name, now)
    target = schema_path(f"{folder}/{relative}", wanted)
    text = scaffold(workspace.schemas.schema(wanted), known, lang, target)
    write_whole(path, text.encode())
    return path


def _checked(name: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9]+(-[A-Za-z0-9]+)*", name):
        raise DocpipeError(_NAME, _NAME_FORM, exit_code=2, name=name)
    return name


def _next_name(workspace: Workspace, kind: FileKind, order: Order) -> str:
    """The next free value of the path's placeholder; "" for a path without one."""
    if kind.literal:
        return ""
    taken = {
        names[0] for names in (file.names for file in order.files if file.kind == kind) if names
    }
    placeholder = re.findall(r"\{(\w+)\}", kind.path)[0]
    if placeholder == "department":
        rows = workspace.company.rows("policy.review_departments")
        missing = [str(row.value) for row in rows if str(row.value) not in taken]
        if missing:
            return missing[0]
    elif placeholder == "shipment":
        return next(str(n) for n in range(1, len(taken) + 2) if str(n) not in taken)
    elif placeholder == kind.name and kind.name == "inspection":
        return next(f"final-{n}" for n in range(1, len(taken) + 2) if f"final-{n}" not in taken)
    example = "2" if placeholder == "shipment" else "final-1"
    raise DocpipeError(
        _NEEDS_NAME, _GIVE_NAME, exit_code=2, placeholder=placeholder, example=example
    )
