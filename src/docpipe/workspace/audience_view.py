"""What one audience may see: the one place where fields are kept back.

A view hands out the same Nodes as the order and the masters, without the fields whose schema
keeps them from this audience. Everything derived is derived from a view, so what is not in the
view cannot reach a document by way of a sum either.
"""

from collections.abc import Callable, Mapping
from functools import cached_property, partial, wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from docpipe.adapters.schemas import FileKind, fields
from docpipe.adapters.schemas.fields import Field
from docpipe.adapters.yamlfile import Node
from docpipe.workspace.order import Order
from docpipe.workspace.workspace import MARKER, Workspace

P = ParamSpec("P")
R = TypeVar("R")


class View:
    """An order and its masters as one audience sees them; `None` sees everything (for rules)."""

    def __init__(self, workspace: Workspace, order: Order, audience: str | None = None) -> None:
        self.workspace = workspace
        self.order = order
        self.audience = audience
        self._seen: dict[int, tuple[Node, Node | None]] = {}
        self.figures: dict[Any, Any] = {}
        """What `once` keeps."""

    def get(self, kind: str, *names: str) -> Node | None:
        """A file of the order, such as get("packing", "1"); None where it is not to be seen."""
        return self._visible(self._all(kind).get(names), kind)

    def every(self, kind: str) -> Mapping[tuple[str, ...], Node]:
        """All files of a kind by their placeholder values, in natural order.

        For shared kinds: those that belong to this order, such as its customer's surveys.
        """
        found = {names: self._visible(root, kind) for names, root in self._all(kind).items()}
        return {names: root for names, root in found.items() if root is not None}

    def _all(self, name: str) -> Mapping[tuple[str, ...], Node]:
        kind = self.workspace.schemas.kinds.get(name)
        if kind is None:  # a workspace made before this kind of file was known
            return {}
        if kind.scope == "order":
            return self.order.by_kind.get(name, {})
        facts = self._told(kind)
        return self.workspace.related(kind, facts) if facts else {}

    def _told(self, kind: FileKind) -> dict[str, str]:
        """The placeholders of a shared file that facts of this order tell; none if one is not."""
        facts = {placeholder: self.fact(dotted) for placeholder, dotted in kind.of}
        return {name: fact for name, fact in facts.items() if fact} if all(facts.values()) else {}

    def _own(self, kind: str) -> Node | None:
        """The shared file that the order's facts name, such as its customer's; or None."""
        found = self.workspace.schemas.kinds.get(kind)
        return self.get(kind, *self._told(found).values()) if found and found.of else None

    def fact(self, dotted: str, *names: str) -> str | None:
        """The single value at "kind.field", found as `node` finds it."""
        node = self.node(dotted, *names)
        return None if node is None or isinstance(node.value, dict | list) else str(node.value)

    def node(self, dotted: str, *names: str) -> Node | None:
        """The node at "kind.field", of the kind's only file, of the one named, or of the order's.

        The order's customer is the one that order.yaml names.
        """
        kind, _, field = dotted.partition(".")
        root = self.get(kind) or self.get(kind, *names) or self._own(kind)
        return root.find(field) if root is not None else None

    def master(self, kind: str, code: str) -> Node | None:
        """A shared master by its code."""
        return self._visible(self.workspace.master(kind, code), kind)

    @property
    def company(self) -> Node:
        """company.yaml as the audience sees it."""
        return self._visible(self.workspace.company, "company") or Node(MARKER, {})

    @cached_property
    def people(self) -> Mapping[str, Node]:
        """The people by e-mail."""
        file = self.workspace.file("people.yaml")
        root = self._visible(file.root if file else None, "people")
        return {p.text("email"): p for p in root.rows("people")} if root is not None else {}

    def schema(self, kind: str) -> Field:
        """The schema of a kind of file."""
        return self.workspace.schemas.schema(kind)

    def _visible(self, root: Node | None, kind: str) -> Node | None:
        if root is None or self.audience is None:
            return root
        if id(root) not in self._seen:  # the original is kept too, so that its id stays its own
            made = partial(prune, root, self.schema(kind), self.audience)
            self._seen[id(root)] = (root, self.workspace.shown(root, self.audience, made))
        return self._seen[id(root)][1]


def prune(node: Node, schema: Field, audience: str) -> Node | None:
    """A copy of `node` without what `audience` may not see; places are kept."""
    if audience not in fields.audience(schema):
        return None
    copy = Node(node.file, node.value, node.line, node.column)
    copy.key_line, copy.key_column = node.key_line, node.key_column
    if isinstance(node.value, dict):
        copy.value = kept = {}
        for name, child in node.value.items():
            seen = prune(child, fields.child(schema, name), audience)
            if seen is not None:
                seen.name, seen.parent = name, copy
                kept[name] = seen
    elif isinstance(node.value, list):
        item = fields.child(schema, 0)
        items = [seen for each in node.value if (seen := prune(each, item, audience)) is not None]
        copy.value = items
        for index, seen in enumerate(items):
            seen.name, seen.parent = index, copy
    return copy


def once(figure: Callable[Concatenate[View, P], R]) -> Callable[Concatenate[View, P], R]:
    """A figure that many others are computed from: worked out once for each view, and shared."""

    @wraps(figure)
    def kept(view: View, /, *args: P.args, **named: P.kwargs) -> R:
        key = (figure, args, *named.items())
        if key not in view.figures:
            view.figures[key] = figure(view, *args, **named)
        found: R = view.figures[key]
        return found

    return kept
