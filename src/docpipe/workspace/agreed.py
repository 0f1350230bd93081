"""What is agreed today: the contract with its amendments laid over it."""

from collections.abc import Mapping

from docpipe.adapters.yamlfile import Node
from docpipe.workspace.audience_view import View, once

_OWN = frozenset(
    {"date", "asked", "reason", "lines", "other", "signatories", "signed_at", "sent_at",
     "countersigned_at", "withdrawn", "papers", "note"}
)  # fmt: skip


@once
def agreed(view: View, before: str = "") -> Node | None:
    """The contract as amended; each fact keeps its own place, in contract.yaml or an amendment.

    Amendments count once they are countersigned, and in the order of their numbers; `before` names
    the first one that is left out. None where there is no contract to be seen.
    """
    node = view.get("contract")
    for (name,), amendment in view.every("amendment").items():
        if name == before or node is None:
            break
        if "countersigned_at" in amendment and "withdrawn" not in amendment:
            node = amended(node, amendment)
    return node


def amended(contract: Node, amendment: Node) -> Node:
    """The contract with one amendment laid over it."""
    fields = dict(contract.fields)
    for name, node in amendment.fields.items():
        if name not in _OWN:
            fields[name] = _over(fields.get(name), node) if name == "delivery" else node
    rows = {row.count("line"): row for row in contract.rows("lines")}
    for row in amendment.rows("lines"):
        line = row.count("line")
        if row.text("change") == "removed":
            rows.pop(line, None)
        else:
            rows[line] = _over(rows.get(line), row)
    fields["lines"] = _with(contract["lines"], list(rows.values()))
    return _with(contract, fields)


def _over(below: Node | None, above: Node) -> Node:
    """One mapping over another: what the upper one does not say stays."""
    return _with(above, {**(below.fields if below is not None else {}), **above.fields})


def _with(node: Node, value: Mapping[str, Node] | list[Node]) -> Node:
    """The node with another value, at the same place."""
    copy = Node(node.file, dict(value) if isinstance(value, Mapping) else value)
    copy.line, copy.column, copy.name, copy.parent = node.line, node.column, node.name, node.parent
    copy.key_line, copy.key_column = node.key_line, node.key_column
    return copy
