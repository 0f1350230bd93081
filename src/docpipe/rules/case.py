"""What rules judge: one order, or the whole workspace, at a moment."""

from collections.abc import Iterator
from datetime import datetime
from functools import cached_property
from typing import Any

from docpipe.adapters.schemas import fields
from docpipe.adapters.yamlfile import Node
from docpipe.diagnostics import Text, Value
from docpipe.workspace import deadlines
from docpipe.workspace.agreed import agreed
from docpipe.workspace.order import Order
from docpipe.workspace.stage import reached, stages
from docpipe.workspace.view import View
from docpipe.workspace.workspace import Workspace

SHARED = ("company", "people")
_EARLY = frozenset({"logistics"})  # freight is asked for, and written down, long before it goes


class Case(Value):
    """What an order rule judges: one order, everything visible, at a moment.

    `entering` is the stage that somebody is about to enter, "" for a plain check: gates then judge
    the order as if that stage had begun.
    """

    view: View
    now: datetime
    entering: str = ""

    @property
    def order(self) -> Order:
        """The order's files."""
        return self.view.order

    @cached_property
    def nodes(self) -> tuple[tuple[str, Node], ...]:
        """Every value of the order's sound files, and the kind of its file."""
        sound = [(file.kind.name, file.root) for file in self.order.files if file.root is not None]
        return tuple([(kind, node) for kind, root in sound for node in root.walk()])

    @cached_property
    def papers(self) -> dict[str, Any]:
        """What rules read of the papers, by name: scans are large, so once is enough."""
        return {}

    @cached_property
    def contract(self) -> Node | None:
        """The contract as amended until now; rules on what was signed read the file itself."""
        return agreed(self.view)

    def has(self, kind: str) -> bool:
        """Whether there are files of the kind, an order's or shared, and all of them are sound."""
        if kind in SHARED:
            file = self.view.workspace.file(f"{kind}.yaml")
            return file is not None and file.root is not None
        return kind in self._sound

    @cached_property
    def _sound(self) -> frozenset[str]:
        return frozenset(self.order.by_kind) - self.order.broken

    def begun(self, stage: str) -> bool:
        """Whether the order has got to the stage, or further, or is about to."""
        order = list(stages(self.view.workspace.schemas))
        later = set(order[order.index(stage) :])
        come = reached(self.order) - _EARLY
        return bool(later & {*come, self.entering})

    @cached_property
    def deadlines(self) -> deadlines.Deadlines | None:
        """The company's deadlines; None while its calendar is unusable (rule MAS10 tells)."""
        try:
            return deadlines.Deadlines(self.view.company)
        except ValueError:
            return None

    def label(self, node: Node) -> Text:
        """One of a field's choices as people say it: "by air" for air."""
        file = next(file for file in self.order.files if file.path == node.file)
        schema = fields.at(self.view.schema(file.kind.name), node.path)
        return fields.labels(schema, str(node.value))


class Estate(Value):
    """What a workspace rule judges: the shared masters and all orders, at a moment."""

    workspace: Workspace
    now: datetime

    def roots(self, *kinds: str) -> Iterator[tuple[str, Node]]:
        """Kind and data of the sound shared files of these kinds."""
        for file in self.workspace.shared_files():
            if file.kind.name in kinds and file.root is not None:
                yield file.kind.name, file.root
