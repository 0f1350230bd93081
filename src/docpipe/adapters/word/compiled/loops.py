"""Loops that count for themselves, instead of through an object of Jinja's."""

from collections.abc import Callable
from typing import TypeVar

from jinja2 import nodes

from docpipe.diagnostics import Value

_N = TypeVar("_N", bound=nodes.Node)
_KNOWN = {
    "index": "{i}",
    "index0": "({i} - 1)",
    "first": "({i} == 1)",
    "last": "({i} == {n})",
    "length": "{n}",
    "revindex": "({n} - {i} + 1)",
    "revindex0": "({n} - {i})",
}


class Loop(Value):
    """The code that counts, and what `loop.index` and the like are in it."""

    count: str
    length: str
    before: tuple[str, ...]
    each: tuple[str, ...]

    @staticmethod
    def of(node: nodes.For, items: str, name: Callable[[], str]) -> "Loop":
        """The counting that the loop's body asks for; `name` gives fresh names."""
        count, length = name(), name()
        if not _speaks_of_loop(node):
            return Loop(count, length, (), ())
        return Loop(count, length, (f"{count} = 0", f"{length} = len({items})"), (f"{count} += 1",))

    def attribute(self, name: str) -> str:
        """The code for `loop.name`."""
        return _KNOWN[name].format(i=self.count, n=self.length)


def plain_loop(node: nodes.For) -> bool:
    """Whether `loop` is only asked for its counts, in this loop and in those within it."""
    asked = {
        id(found.node)
        for part in node.body
        for found in _all(part, nodes.Getattr)
        if isinstance(found.node, nodes.Name) and found.attr in _KNOWN
    }
    names = [found for part in node.body for found in _all(part, nodes.Name)]
    within = any(_all(part, kind) for part in node.body for kind in (nodes.Macro, nodes.CallBlock))
    return (
        not node.recursive
        and not within
        and all(id(found) in asked for found in names if found.name == "loop")
    )


def _speaks_of_loop(node: nodes.For) -> bool:
    return any(found.name == "loop" for part in node.body for found in _all(part, nodes.Name))


def _all(part: nodes.Node, kind: type[_N]) -> list[_N]:
    """`find_all`, with the node itself."""
    return [part, *part.find_all(kind)] if isinstance(part, kind) else list(part.find_all(kind))
