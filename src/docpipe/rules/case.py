"""What rules judge: one order, or the whole workspace, at a moment."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from docpipe.adapters.schemas import fields
from docpipe.adapters.yamlfile import Node
from docpipe.diagnostics import Text, Value
from docpipe.standards import incoterms
from docpipe.workspace import deadlines, people
from docpipe.workspace.agreed import agreed
from docpipe.workspace.audience_view import View
from docpipe.workspace.order import Order
from docpipe.workspace.stage import reached, stages
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

    def file(self, kind: str) -> Node:
        """The order's only file of a kind that the rule needs."""
        return self.order.by_kind[kind][()]

    def pairs(self, kind: str, other: str) -> Iterator[tuple[str, Node, Node]]:
        """Each shipment that has files of both kinds: its number, and the files."""
        for (shipment,), root in self.view.every(kind).items():
            beside = self.view.get(other, shipment)
            if beside is not None:
                yield shipment, root, beside

    @property
    def agreed(self) -> Node | None:
        """The contract as amended until now; rules on what was signed read the file itself."""
        return agreed(self.view)

    @property
    def contract(self) -> Node:
        """The same, for a rule that needs a contract."""
        assert self.agreed is not None
        return self.agreed

    @property
    def incoterm(self) -> incoterms.Incoterm:
        """The Incoterm of an order that the rule needs."""
        return incoterms.incoterm(self.file("order").text("incoterm.rule"))

    @cached_property
    def lines(self) -> Mapping[int, Node]:
        """The lines of an order that the rule needs, by id."""
        return {row.count("id"): row for row in self.file("order").rows("lines")}

    def product(self, line: int) -> Node | None:
        """The product of an order line; None where there is no such line, or no such product."""
        row = self.lines.get(line)
        return self.view.master("product", row.text("product")) if row is not None else None

    def unit(self, line: int) -> str:
        """The code of the unit in which a line of the order is sold; "" where nothing tells."""
        row, product = self.lines.get(line), self.product(line)
        usual = product.text("unit") if product is not None else ""
        return row.text("unit", usual) if row is not None else ""

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

    def missed(self, policy: str, start: datetime | None, done: datetime | None) -> str:
        """When something was due that was not done by then; "" where it was, or nothing tells."""
        if start is None or self.deadlines is None:
            return ""
        due = self.deadlines.due(policy, start)
        late = min(done or self.now, self.now).astimezone(UTC) > due.astimezone(UTC)
        return f"{due:%Y-%m-%d %H:%M}" if late else ""

    def may(self, colleague: Node, *roles: str) -> bool:
        """Whether they have one of the roles; of who is not in people.yaml rule ORD07 tells."""
        email = str(colleague.value)
        known = email in self.view.people
        return not known or any(people.may(self.view, email, role) for role in roles)

    def label(self, node: Node) -> Text:
        """One of a field's choices as people say it: "by air" for air."""
        return fields.labels(fields.at(self._schema(node), node.path), str(node.value))

    def title(self, node: Node) -> Text:
        """What forms call the file and the field: "Sales contract, countersigned"."""
        schema = self._schema(node)
        whole, part = fields.title(schema), fields.title(fields.at(schema, node.path))
        return Text(f"{whole.en}, {part.en}", f"{whole.zh}“{part.zh}”")

    def _schema(self, node: Node) -> fields.Field:
        """The schema of the file in which it stands."""
        file = next(file for file in self.order.files if file.path == node.file)
        return self.view.schema(file.kind.name)


def letters(node: Node) -> str:
    """A name or number without what does not tell two apart: blanks, stops and capitals."""
    return "".join(character for character in str(node.value).casefold() if character.isalnum())


def repeated(
    nodes: Iterable[Node], said: Callable[[Node], object] = lambda node: node.value
) -> Iterator[tuple[Node, Node]]:
    """Each node that says what another said before it, and the first that did."""
    first: dict[object, Node] = {}
    for node in nodes:
        if first.setdefault(said(node), node) is not node:
            yield node, first[said(node)]


class Estate(Value):
    """What a workspace rule judges: the shared masters and all orders, at a moment."""

    workspace: Workspace
    now: datetime

    def roots(self, *kinds: str) -> Iterator[tuple[str, Node]]:
        """Kind and data of the sound shared files of these kinds."""
        for file in self.workspace.shared_files():
            if file.kind.name in kinds and file.root is not None:
                yield file.kind.name, file.root

    @cached_property
    def people(self) -> list[Node]:
        """The entries of people.yaml."""
        return [person for _, root in self.roots("people") for person in root.rows("people")]
