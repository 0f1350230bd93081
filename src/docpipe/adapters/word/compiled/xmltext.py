"""XML read piece by piece, as pieces of a template give it."""

import re
from collections.abc import Sequence
from enum import Enum

from docpipe.adapters.word.compiled.bail import NotCoveredError
from docpipe.adapters.word.compiled.tables import TableMark, Tables
from docpipe.diagnostics import Value, replace

_TAG = re.compile(r"<(/?)([\w:.-]+)((?:[^<>\"']|\"[^<\"]*\"|'[^<']*')*?)(/?)>")
BREAK = '</w:t><w:br/><w:t xml:space="preserve">'
"""Source: docxtpl 0.20.2, DocxTemplate.resolve_listing, as are the rules of `_told`."""
_BODY = "w:body"
_ID = re.compile(r'\sid="[^"]*"')
_EDGE = re.compile(r"_?[{}]")
"""A brace at the edge of static text: with a value it might be one of docxtpl's escapes."""


class XmlPlace(Enum):
    """Where a value stands."""

    TEXT = "text"
    """In the text of a run: a line feed becomes a break."""
    ELSEWHERE = "elsewhere"
    PROPERTY = "property"


class Open(Value):
    """An element that is open, and what the last element within it may be ("" for none)."""

    tag: str
    last: frozenset[str] = frozenset([""])


class XmlState(Value):
    """Where in the XML a piece of a template begins or ends."""

    opened: tuple[Open, ...]
    pending: str = ""
    """A tag that has begun, without the values in it."""
    paragraph: bool = False
    run: bool = False
    text: bool = False

    @staticmethod
    def within(root: str) -> "XmlState":
        """At the beginning of the element `root`."""
        return XmlState((Open(root),) if root else ())

    def fits(self, other: "XmlState") -> bool:
        """Whether it is the same place, whatever went before."""
        mine, others = (tuple(o.tag for o in state.opened) for state in (self, other))
        rest = [(s.pending, s.paragraph, s.run, s.text) for s in (self, other)]
        return mine == others and rest[0] == rest[1]


def joined(states: Sequence[XmlState]) -> XmlState:
    """The one state after different ways. Raises NotCoveredError where they end apart."""
    first = states[0]
    if not all(state.fits(first) for state in states):
        raise NotCoveredError("a condition or loop cuts through an element")
    opened = tuple(
        Open(several[0].tag, frozenset().union(*(one.last for one in several)))
        for several in zip(*(state.opened for state in states), strict=True)
    )
    return replace(first, opened=opened)


class Cursor:
    """Reads on from a state, at a depth of so many conditions and loops."""

    def __init__(self, state: XmlState, depth: int, tables: Tables) -> None:
        self.state = state
        self._depth = depth
        self._tables = tables
        self._made: list[str | TableMark] = []

    def value(self) -> XmlPlace:
        """A value is printed here."""
        state = self.state
        if not state.opened:
            return XmlPlace.PROPERTY
        if state.pending:
            if "gridSpan" in state.pending:
                raise NotCoveredError("a cell's width from a value")
            self.state = replace(state, pending=state.pending + "?")
            return XmlPlace.ELSEWHERE
        return XmlPlace.TEXT if state.text else XmlPlace.ELSEWHERE

    def feed(self, data: str) -> list[str | TableMark]:
        """Read static text; the same as docxtpl would leave it, between what is to be watched."""
        if not self.state.opened:
            return [data.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")]
        self._made = []
        if _EDGE.match(data) or _EDGE.match(data[::-1]):
            raise NotCoveredError("a brace beside a tag")
        at = self._go_on(data) if self.state.pending else 0
        while (start := data.find("<", at)) >= 0:
            self._chars(data[at:start])
            tag = _TAG.match(data, start)
            if tag is None:
                self._begin(data[start:])
                return self._made
            self._tag(tag[0], tag[1] == "/", tag[2], tag[3], tag[4] == "/")
            at = tag.end()
        self._chars(data[at:])
        return self._made

    def _begin(self, rest: str) -> None:
        if not re.match(r"</?[\w:]", rest) or ">" in re.sub(r"\"[^\"]*\"?", "", rest):
            raise NotCoveredError("more than elements and text")
        self._made.append(rest)
        self.state = replace(self.state, pending=rest)

    def _go_on(self, data: str) -> int:
        """The rest of a tag that began before a value: where it ends."""
        end = data.find(">")
        quoted = (self.state.pending + data[: end + 1]).count('"') % 2
        if end < 0 or quoted or "<" in data[:end]:
            raise NotCoveredError("a value in the middle of a tag")
        tag = _TAG.fullmatch(self.state.pending + data[: end + 1])
        if tag is None:
            raise NotCoveredError("a value in the middle of a tag")
        self.state = replace(self.state, pending="")
        shown = data[: end + 1]
        self._tag(shown, tag[1] == "/", tag[2], tag[3], tag[4] == "/")
        return end + 1

    def _chars(self, chars: str) -> None:
        if not chars:
            return
        if self.state.text and ("\t" in chars or "\a" in chars or "\f" in chars):
            raise NotCoveredError("a tab in a template's text")
        chars = _unescaped(chars)
        self._made.append(chars.replace("\n", BREAK) if self.state.text else chars)

    def _tag(self, shown: str, closing: bool, tag: str, attributes: str, empty: bool) -> None:
        """One tag; `shown` is what of it is in this piece."""
        if "{" in attributes or "}" in attributes:
            raise NotCoveredError("a brace in an attribute")
        if closing:
            self._close(shown, tag)
        else:
            self._open(shown, tag, attributes, empty)
        self.state = _told(self.state, shown, closing, tag)

    def _open(self, shown: str, tag: str, attributes: str, empty: bool) -> None:
        self._tables.opened(tag, attributes, self._depth, empty)
        self._made.append(self._numbered(shown) if tag == "wp:docPr" else shown)
        if tag == "w:tbl" and (mark := self._tables.begin()):
            self._made.append(mark)
        opened = self.state.opened
        if empty:
            self.state = replace(self.state, opened=_with_last(opened, tag))
        else:
            self.state = replace(self.state, opened=(*opened, Open(tag)))

    def _numbered(self, picture: str) -> str:
        """A picture of the body with the number that docxtpl would give it."""
        if self.state.opened[0].tag != _BODY:
            return picture
        if self._depth or not _ID.search(picture):
            raise NotCoveredError("a picture that depends on a condition or loop")
        return _ID.sub(f' id="{self._tables.next_picture()}"', picture, count=1)

    def _close(self, shown: str, tag: str) -> None:
        *rest, last = self.state.opened
        if last.tag != tag or not rest:
            raise NotCoveredError("elements that do not close in turn")
        marks = self._tables.closed(tag, last.last, self._depth)
        self._made += [mark for mark in marks if mark.before_tag]
        self._made.append(shown)
        self._made += [mark for mark in marks if not mark.before_tag]
        self.state = replace(self.state, opened=_with_last(tuple(rest), tag))


def _unescaped(chars: str) -> str:
    """docxtpl's escapes of braces."""
    for escaped, meant in (("{_{", "{{"), ("}_}", "}}"), ("{_%", "{%"), ("%_}", "%}")):
        chars = chars.replace(escaped, meant)
    return chars


def _with_last(opened: tuple[Open, ...], tag: str) -> tuple[Open, ...]:
    *rest, parent = opened
    return (*rest, Open(parent.tag, frozenset([tag])))


def _told(state: XmlState, shown: str, closing: bool, tag: str) -> XmlState:
    """What docxtpl's regular expressions take for a paragraph, a run and its text from here on.

    They know nothing of nesting: the first end tag ends it.
    """
    if tag == "w:p":
        if closing:
            return replace(state, paragraph=False, run=False, text=False)
        begins = shown.endswith("<w:p>") or "<w:p " in shown or not shown.startswith("<")
        return replace(state, paragraph=state.paragraph or begins)
    if tag == "w:r" and state.paragraph:
        begins = shown != "<w:r/>"
        return replace(state, run=not closing and (state.run or begins), text=False)
    if tag == "w:t" and state.run:
        return replace(state, text=not closing and (state.text or shown != "<w:t/>"))
    return state
