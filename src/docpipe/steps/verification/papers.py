"""Papers from outside: today's files of an order are those that papers.yaml registered."""

from collections.abc import Iterator
from datetime import datetime

from docpipe.diagnostics import Text
from docpipe.rules import Case, order_rules
from docpipe.rules.engine import judge_order
from docpipe.steps.verification.faults import Fault, Kind, fault
from docpipe.workspace.files import load_file
from docpipe.workspace.order import Order
from docpipe.workspace.view import View
from docpipe.workspace.workspace import Workspace

_RULES = ("PAP01", "PAP02")
_ALTERED = Kind("papers", Text("{code}: {message}", "{code}：{message}"), Text("{what}", "{what}"))


def papers(workspace: Workspace, folder: str, now: datetime) -> Iterator[Fault]:
    """What the rules over papers find in the papers.yaml of an order as it lies on disk."""
    if not workspace.source.is_file(f"{folder}/papers.yaml"):
        return
    case = Case(View(workspace, _order(workspace, folder)), now)
    rules = [rule for rule in order_rules() if rule.problem.code in _RULES]
    for _, found in judge_order(rules, case):
        message, what = (Text(say("en"), say("zh")) for say in (found.message, found.hint))
        yield fault(
            _ALTERED, str(found.place), "", case.order.number, "papers",
            code=found.code, message=message, what=what,
        )  # fmt: skip


def _order(workspace: Workspace, folder: str) -> Order:
    """The order with the files that the rules read, and no others."""
    kinds = [workspace.schemas.kinds[name] for name in ("order", "papers")]
    paths = [f"{folder}/{kind.path}" for kind in kinds]
    source, schemas = workspace.source, workspace.schemas
    pairs = zip(paths, kinds, strict=True)
    files = [load_file(source, p, kind, (), schemas) for p, kind in pairs if source.is_file(p)]
    return Order(folder, tuple(files))
