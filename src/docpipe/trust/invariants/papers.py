"""Papers from outside: today's files of an order are those that papers.yaml registered."""

from collections.abc import Iterator
from datetime import datetime
from functools import cache

from docpipe.adapters.validated_files import AllValidated
from docpipe.adapters.yamlfile import Node
from docpipe.diagnostics import Diagnostic, Text, Value
from docpipe.rules import Case, order_rules
from docpipe.rules.engine import OrderRule, judge_order
from docpipe.trust.invariants.engine import ASK, Broken, Violation, Words, broken, invariant
from docpipe.workspace.audience_view import View
from docpipe.workspace.files import DataFile, load_file
from docpipe.workspace.order import Order
from docpipe.workspace.workspace import Workspace

_RULES = ("PAP01", "PAP02")


class Papers(Value):
    """The papers of an order as they lie on the disk, in `folder`."""

    workspace: Workspace
    folder: str
    now: datetime


@invariant(
    "papers",
    Words(Text("{code}: {message}", "{code}：{message}"), Text("{what}", "{what}"), ASK),
)
def papers_are_those_registered(papers: Papers) -> Iterator[Broken]:
    """Papers from outside are there as papers.yaml registered them, by SHA-256 (PAP01, PAP02).

    ---
    外来文件与 papers.yaml 登记的一致，以 SHA-256 为准（PAP01、PAP02）。
    """
    for found in _judged(papers) or ():
        message, what = (Text(say("en"), say("zh")) for say in (found.message, found.hint))
        order = papers.folder.rpartition("/")[2]
        yield broken(str(found.place), order=order, document="papers", code=found.code,
                     message=message, what=what)  # fmt: skip


@invariant(
    "papers-unreadable",
    Words(
        Text("This cannot be read, so the papers are not held against anything",
             "此文件无法读取，因此外来文件没有核对"),
        Text("See: docpipe check {order}", "请看：docpipe check {order}"),
        ASK,
    ),
)  # fmt: skip
def papers_can_be_read(papers: Papers) -> Iterator[Broken]:
    """papers.yaml of an order can be read and fits its schema.

    ---
    订单的 papers.yaml 能读取且符合模式。
    """
    if _judged(papers) is None:
        order = papers.folder.rpartition("/")[2]
        yield broken(f"{papers.folder}/papers.yaml", order=order, document="papers")


def of_papers(workspace: Workspace, folder: str, now: datetime) -> list[Violation]:
    """What does not hold of an order's papers."""
    papers = Papers(workspace, folder, now)
    return [*papers_are_those_registered(papers), *papers_can_be_read(papers)]


def _judged(papers: Papers) -> list[Diagnostic] | None:
    """What the rules over papers find; None for what cannot be read: docpipe check says where."""
    workspace, folder = papers.workspace, papers.folder
    if not workspace.source.is_file(f"{folder}/papers.yaml"):
        return []
    case = Case(View(workspace, _order(workspace, folder)), papers.now)
    try:
        found = [each for _, each in judge_order(_rules(), case)]
    except (LookupError, TypeError, ValueError, AttributeError):  # it does not fit its schema
        return None
    return None if case.order.broken else found


@cache
def _rules() -> list[OrderRule]:
    return [rule for rule in order_rules() if rule.problem.code in _RULES]


def _order(workspace: Workspace, folder: str) -> Order:
    """The order with its papers.yaml; of order.yaml the rules ask only that it is there."""
    source, schemas = workspace.source, workspace.schemas
    kind, path = schemas.kinds["papers"], f"{folder}/papers.yaml"
    named = load_file(source, path, kind, (), schemas, AllValidated())
    path = f"{folder}/order.yaml"
    return Order(folder, (named, DataFile(path, schemas.kinds["order"], (), Node(path, {}), [])))
