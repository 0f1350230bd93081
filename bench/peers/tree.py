"""A template's tags as a tree of insertions, conditions and loops, each with a name."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from jinja2 import Environment

from docpipe.adapters.word.ooxml import W

_TAG = re.compile(r"\{\{\s*(?P<insert>.*?)\s*\}\}|\{%(?P<form>p|tr)?\s+(?P<order>.*?)\s*%\}")
_FOR = re.compile(r"for (\w+) in (.+)")


@dataclass
class Piece:
    """A stretch of a w:t: plain words, or one tag."""

    text: str
    element: Any
    tag: bool = False

    def around(self, form: str) -> Any:
        """The paragraph ("p") or the row ("tr") that the tag stands in."""
        return next(self.element.iterancestors(W + form))


@dataclass
class Insert:
    """A value put into the text. `loops` are the names of the loops around it."""

    expression: str
    name: str
    loops: tuple[str, ...]
    piece: Piece


@dataclass
class Block:
    """A condition, or a loop where `each` names its item; `form` is "", "p" or "tr"."""

    expression: str
    name: str
    loops: tuple[str, ...]
    form: str
    opened: Piece
    each: str = ""
    middle: Piece | None = None
    closed: Piece | None = None
    body: list["Insert | Block"] = field(default_factory=list)
    other: list["Insert | Block"] = field(default_factory=list)
    outcomes: set[bool] = field(default_factory=set)
    """What the condition came to, or whether the loop had items, wherever it was asked."""


Node = Insert | Block


class Tree:
    """The tags of some XML parts; `nodes` in the order of the text."""

    def __init__(self, roots: list[Any]) -> None:
        self.pieces: list[Piece] = []
        self.nodes: list[Node] = []
        self._open: list[Block] = []
        self._count = 0
        for root in roots:
            for element in root.iter(f"{W}t"):
                for piece in _pieces(element):
                    self.pieces.append(piece)
                    if piece.tag:
                        self._take(piece)
        assert not self._open, "a tag is not closed"

    def _take(self, piece: Piece) -> None:
        found = _TAG.fullmatch(piece.text)
        assert found is not None
        if found["insert"]:
            insert = Insert(found["insert"], self._name("f"), self._loops(), piece)
            self._here().append(insert)
        elif found["order"] == "else":
            self._open[-1].middle = piece
        elif found["order"] in ("endif", "endfor"):
            self._open.pop().closed = piece
        else:
            self._begin(piece, found["order"], found["form"] or "")

    def _begin(self, piece: Piece, order: str, form: str) -> None:
        loop = _FOR.fullmatch(order)
        expression = loop[2] if loop else order.removeprefix("if ")
        name = self._name("l" if loop else "c")
        block = Block(expression, name, self._loops(), form, piece, loop[1] if loop else "")
        self._here().append(block)
        self._open.append(block)

    def _here(self) -> list[Node]:
        if not self._open:
            return self.nodes
        return self._open[-1].other if self._open[-1].middle else self._open[-1].body

    def _loops(self) -> tuple[str, ...]:
        return tuple(block.name for block in self._open if block.each)

    def _name(self, letter: str) -> str:
        self._count += 1
        return f"{letter}{self._count}"


def _pieces(element: Any) -> Iterator[Piece]:
    text, end = element.text or "", 0
    for found in _TAG.finditer(text):
        yield Piece(text[end : found.start()], element)
        yield Piece(found[0], element, tag=True)
        end = found.end()
    yield Piece(text[end:], element)


@dataclass(frozen=True)
class _Loop:
    """What templates ask of a loop."""

    index: int
    last: bool


def data(nodes: list[Node], facts: Mapping[str, Any], env: Environment) -> dict[str, Any]:
    """Each name's value: text, true or false, or a list of the same for each turn of a loop."""
    out: dict[str, Any] = {}
    for node in nodes:
        value: Any = env.compile_expression(node.expression, undefined_to_none=False)(**facts)
        if isinstance(node, Insert):
            out[node.name] = str(value)
        elif node.each:
            items = list(value)
            turns = [{node.each: item, "loop": _Loop(n, n == len(items))}
                     for n, item in enumerate(items, 1)]  # fmt: skip
            out[node.name] = [data(node.body, {**facts, **turn}, env) for turn in turns]
            node.outcomes.add(bool(items))
        else:
            out |= {node.name: bool(value), f"not_{node.name}": not value}
            out |= data(node.body if value else node.other, facts, env)
            node.outcomes.add(bool(value))
    return out
