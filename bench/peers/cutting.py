"""What is left out of a template before its tags are translated."""

from typing import Any

from bench.peers.engines import Engine
from bench.peers.tree import Block, Insert, Node, Piece


class Cutter:
    """Takes stretches of a template away. `pieces` are the template's, in order."""

    def __init__(self, pieces: list[Piece]) -> None:
        self._pieces = pieces

    def without_layout(self, nodes: list[Node]) -> list[Node]:
        """Conditions whose two sides say the same, and only look different, are no conditions."""
        kept: list[Node] = []
        for node in nodes:
            if isinstance(node, Block):
                node.body = self.without_layout(node.body)
                node.other = self.without_layout(node.other)
                if node.middle is not None and self._says_the_same(node):
                    self._cut(node.opened, node.middle, node.form)
                    self._cut(node.closed, node.closed, node.form)
                    kept += node.other
                    continue
            kept.append(node)
        return kept

    def answered(self, nodes: list[Node], engine: Engine, inside: bool = False) -> list[Node]:
        """Conditions that the engine does not take are answered; so are loops without items.

        `inside` says that the nodes stand in a condition that is not about whole rows.
        """
        kept: list[Node] = []
        for node in nodes:
            if isinstance(node, Insert):
                kept.append(node)
            elif engine.takes(node, inside):
                within = not node.each and node.form != "tr"
                node.body = self.answered(node.body, engine, within)
                node.other = self.answered(node.other, engine, within)
                kept.append(node)
            else:
                kept += self.answered(self._side(node), engine, inside)
        return kept

    def _side(self, block: Block) -> list[Node]:
        """What is left of a condition, or of a loop without items."""
        assert len(block.outcomes) < 2, f"{block.expression} has no one answer"
        end = block.middle or block.closed
        if block.outcomes == {True}:
            self._cut(block.opened, block.opened, block.form)
            self._cut(end, block.closed, block.form)
            return block.body
        self._cut(block.opened, end, block.form)
        if block.middle is not None:
            self._cut(block.closed, block.closed, block.form)
        return block.other

    def _says_the_same(self, block: Block) -> bool:
        first = self._between(block.opened, block.middle)
        second = self._between(block.middle, block.closed)
        return "".join(p.text for p in first[1:-1]) == "".join(p.text for p in second[1:-1])

    def _between(self, first: Piece | None, last: Piece | None) -> list[Piece]:
        """Two tags and all that stands between them."""
        start, stop = (
            next(i for i, piece in enumerate(self._pieces) if piece is end) for end in (first, last)
        )
        return self._pieces[start : stop + 1]

    def _cut(self, first: Piece | None, last: Piece | None, form: str) -> None:
        """Take a stretch away: text, paragraphs or rows."""
        assert first is not None
        assert last is not None
        if not form:
            for piece in self._between(first, last):
                piece.text = ""
            return
        start, stop = first.around(form), last.around(form)
        parent: Any = start.getparent()
        for gone in parent[parent.index(start) : parent.index(stop) + 1]:
            parent.remove(gone)
