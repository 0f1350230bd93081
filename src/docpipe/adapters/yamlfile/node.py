"""A value of a YAML file that knows where it stands."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from docpipe.diagnostics import Place

Scalar = str | int | Decimal | bool | None


class Node:
    """One value: a scalar, a mapping of Nodes or a list of Nodes; not changed after loading.

    Line and column are 1-based, columns in code points. A mapping's entries also know where
    their key stands. The typed readers (`text`, `number`, `rows` ...) are for files that match
    their schema; they raise KeyError or TypeError otherwise, which is a bug of the caller.
    """

    __slots__ = ("column", "file", "key_column", "key_line", "line", "name", "parent", "value")

    def __init__(
        self,
        file: str,
        value: "Scalar | dict[str, Node] | list[Node]",
        line: int = 1,
        column: int = 1,
    ) -> None:
        self.file = file
        self.value = value
        self.line = line
        self.column = column
        self.name: str | int | None = None
        self.parent: Node | None = None
        self.key_line = line
        self.key_column = column

    @property
    def path(self) -> tuple[str | int, ...]:
        """Names and 0-based indexes from the file's root to here."""
        names: list[str | int] = []
        node: Node | None = self
        while node is not None and node.name is not None:
            names.append(node.name)
            node = node.parent
        return tuple(reversed(names))

    @property
    def field(self) -> str:
        """The dotted name as people count: `lines[1].price` is the first line's price."""
        text = ""
        for name in self.path:
            text += f"[{name + 1}]" if isinstance(name, int) else f".{name}"
        return text.lstrip(".")

    @property
    def place(self) -> Place:
        """Where the value stands."""
        return Place(self.file, self.line, self.column, self.field)

    @property
    def key_place(self) -> Place:
        """Where the key stands (for list items: the item)."""
        return Place(self.file, self.key_line, self.key_column, self.field)

    def __getitem__(self, name: str | int) -> "Node":
        if isinstance(name, int) and isinstance(self.value, list):
            return self.value[name]
        return self.fields[str(name)]

    def __contains__(self, name: str) -> bool:
        return isinstance(self.value, dict) and name in self.value

    @property
    def fields(self) -> Mapping[str, "Node"]:
        """The entries of a mapping; empty for anything else."""
        return self.value if isinstance(self.value, dict) else {}

    @property
    def items(self) -> list["Node"]:
        """The items of a list; empty for anything else."""
        return self.value if isinstance(self.value, list) else []

    def find(self, dotted: str) -> "Node | None":
        """The node at a dotted name such as "delivery.latest_shipment", or None."""
        node: Node | None = self
        for name in dotted.split("."):
            if node is None or not isinstance(node.value, dict):
                return None
            node = node.value.get(name)
        return node

    def rows(self, dotted: str) -> list["Node"]:
        """The items of the list at `dotted`; empty when it is absent."""
        node = self.find(dotted)
        return node.items if node is not None else []

    def at(self, dotted: str) -> Place:
        """Where the field stands, or this mapping where the field is absent."""
        node = self.find(dotted)
        return (node if node is not None else self).place

    def text(self, dotted: str, default: str | None = None) -> str:
        """The text at `dotted`."""
        return str(self._scalar(dotted, default))

    def number(self, dotted: str, default: Decimal | int | None = None) -> Decimal:
        """The number at `dotted`, exact."""
        value = self._scalar(dotted, default)
        if isinstance(value, bool) or not isinstance(value, Decimal | int):
            raise TypeError(f"{self.file}: {dotted} is no number")
        return Decimal(value)

    def count(self, dotted: str, default: int | None = None) -> int:
        """The whole number at `dotted`."""
        return int(self.number(dotted, default))

    def _scalar(self, dotted: str, default: Scalar) -> Scalar:
        node = self.find(dotted)
        if node is None:
            if default is None:
                raise KeyError(f"{self.file}: {dotted}")
            return default
        if isinstance(node.value, dict | list):
            raise TypeError(f"{self.file}: {dotted} is no single value")
        return node.value

    def plain(self) -> Any:
        """The same as plain dicts, lists and scalars."""
        if isinstance(self.value, dict):
            return {name: node.plain() for name, node in self.value.items()}
        if isinstance(self.value, list):
            return [node.plain() for node in self.value]
        return self.value

    def walk(self) -> Iterator["Node"]:
        """This node and everything below it, in the file's order."""
        ahead = [self]
        while ahead:
            node = ahead.pop()
            yield node
            value = node.value
            if isinstance(value, dict):
                ahead.extend([*value.values()][::-1])
            elif isinstance(value, list):
                ahead.extend(value[::-1])
