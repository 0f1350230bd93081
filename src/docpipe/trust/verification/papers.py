"""Papers from outside: today's files of an order are those that papers.yaml registered."""

from collections.abc import Iterator
from datetime import datetime
from functools import cache

from docpipe.adapters.sound import AllSound
from docpipe.adapters.yamlfile import Node
from docpipe.diagnostics import Text
from docpipe.rules import Case, order_rules
from docpipe.rules.engine import OrderRule, judge_order
from docpipe.trust.verification.faults import Fault, Kind, fault
from docpipe.workspace.files import DataFile, load_file
from docpipe.workspace.order import Order
from docpipe.workspace.view import View
from docpipe.workspace.workspace import Workspace

_RULES = ("PAP01", "PAP02")
_ALTERED = Kind("papers", Text("{code}: {message}", "{code}：{message}"), Text("{what}", "{what}"))
_BROKEN = Kind(
    "papers",
    Text("This cannot be read, so the papers are not held against anything",
         "此文件无法读取，因此外来文件没有核对"),
    Text("See: docpipe check {order}", "请看：docpipe check {order}"),
)  # fmt: skip


def papers(workspace: Workspace, folder: str, now: datetime) -> Iterator[Fault]:
    """What the rules over papers find in the papers.yaml of an order as it lies on disk."""
    if not workspace.source.is_file(f"{folder}/papers.yaml"):
        return
    case = Case(View(workspace, _order(workspace, folder)), now)
    try:
        diagnostics = [found for _, found in judge_order(_rules(), case)]
    except (
        LookupError,
        TypeError,
        ValueError,
        AttributeError,
    ):  # what does not fit its schema; docpipe check says where
        diagnostics = []
        broken = True
    else:
        broken = bool(case.order.broken)
    if broken:
        yield fault(_BROKEN, f"{folder}/papers.yaml", "", case.order.number, "papers")
    for found in diagnostics:
        message, what = (Text(say("en"), say("zh")) for say in (found.message, found.hint))
        yield fault(
            _ALTERED, str(found.place), "", case.order.number, "papers",
            code=found.code, message=message, what=what,
        )  # fmt: skip


@cache
def _rules() -> list[OrderRule]:
    return [rule for rule in order_rules() if rule.problem.code in _RULES]


def _order(workspace: Workspace, folder: str) -> Order:
    """The order with its papers.yaml; of order.yaml the rules ask only that it is there."""
    source, schemas = workspace.source, workspace.schemas
    kind, path = schemas.kinds["papers"], f"{folder}/papers.yaml"
    named = load_file(source, path, kind, (), schemas, AllSound())
    path = f"{folder}/order.yaml"
    return Order(folder, (named, DataFile(path, schemas.kinds["order"], (), Node(path, {}), [])))
