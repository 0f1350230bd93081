"""Our template in another engine's syntax: the same paragraphs and rows, the tags translated."""

from collections.abc import Mapping
from copy import deepcopy
from itertools import groupby
from typing import Any

from jinja2 import Environment

from bench.peers.cutting import Cutter
from bench.peers.engines import Engine, Marked
from bench.peers.tree import Block, Insert, Node, Piece, Tree, data
from docpipe.adapters.word.ooxml import W, parse, serialize
from docpipe.adapters.word.parts import Parts

_PROPERTIES = "docProps/core.xml"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def translated(
    parts: Parts, facts: Mapping[str, Any], env: Environment, engine: Engine
) -> tuple[Parts, dict[str, Any]]:
    """The template's parts for `engine`, and the data that make the same document of it."""
    properties = env.from_string(parts[_PROPERTIES].decode()).render(facts)  # not all can do it
    parts = parts | {_PROPERTIES: properties.encode()}
    names = [name for name, part in parts.items() if name.endswith(".xml") and b"{" in part]
    roots = {name: parse(parts[name]) for name in names}
    tree = Tree(list(roots.values()))
    cutter = Cutter(tree.pieces)
    nodes = cutter.without_layout(tree.nodes)
    values = data(nodes, facts, env)
    nodes = cutter.answered(nodes, engine)
    if isinstance(engine, Marked):
        _mark(nodes, engine)
    else:
        _Writer(engine, tree.pieces).write(nodes)
    for element, pieces in groupby(tree.pieces, key=lambda piece: piece.element):
        element.text = "".join(piece.text for piece in pieces)
        element.set(_SPACE, "preserve")
    return parts | {name: serialize(root) for name, root in roots.items()}, values


def _mark(nodes: list[Node], engine: Marked) -> None:
    """Values, and after each loop a paragraph or row that stands for the next item."""
    for node in nodes:
        if isinstance(node, Insert):
            node.piece.text = engine.insert(node)
            continue
        _mark(node.body, engine)
        assert node.closed is not None
        opened, closed = node.opened.around(node.form), node.closed.around(node.form)
        opened.getparent().remove(opened)
        model = closed.getprevious()
        closed.getparent().replace(closed, _saying(model, engine.next(node)))


def _saying(model: Any, words: str) -> Any:
    """A paragraph or row like `model` that says `words` and no more."""
    copy = deepcopy(model)
    first, *others = copy.iter(f"{W}t")
    first.text = words
    for element in others:
        element.text = ""
    return copy


class _Writer:
    """Writes an engine's tags where ours stand."""

    def __init__(self, engine: Engine, pieces: list[Piece]) -> None:
        self._engine = engine
        self._pieces = pieces

    def write(self, nodes: list[Node]) -> None:
        """All of them, from the inside out: what is put before or after a row nests rightly."""
        for node in nodes:
            if isinstance(node, Insert):
                node.piece.text = self._engine.insert(node)
                continue
            self.write(node.body)
            self.write(node.other)
            self._enclose(node)

    def _enclose(self, block: Block) -> None:
        engine, closed = self._engine, block.closed
        assert closed is not None
        begin, end = engine.begin(block), engine.end(block, denied=block.middle is not None)
        if block.form == "tr" and not engine.own_rows:
            self._into_cells(block.opened.around("tr"), closed.around("tr"), begin, end)
            return
        block.opened.text, closed.text = begin, end
        if block.middle is not None:
            self._turn(block.middle, engine.end(block), engine.begin(block, True), block.form)

    def _into_cells(self, opened: Any, closed: Any, begin: str, end: str) -> None:
        """A row's tags go into its first and last cell; the rows that held ours go."""
        first = next(opened.getnext().iter(f"{W}t"))
        *_, last = closed.getprevious().iter(f"{W}t")
        before = next(piece for piece in self._pieces if piece.element is first)
        before.text = begin + before.text
        *_, after = (piece for piece in self._pieces if piece.element is last)
        after.text += end
        for row in (opened, closed):
            row.getparent().remove(row)

    @staticmethod
    def _turn(middle: Piece, end: str, begin: str, form: str) -> None:
        """From a condition's one side to its other."""
        assert form != "tr"
        middle.text = end if form else end + begin
        if form:
            paragraph = middle.around(form)
            paragraph.addnext(_saying(paragraph, begin))
