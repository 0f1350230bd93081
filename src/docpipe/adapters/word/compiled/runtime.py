"""What compiled code finds around it while it prints: printers, counted loops, the bound of work.

None of it imports Jinja: a process that prints one document from the cache stays light.
"""

from __future__ import annotations

from decimal import Decimal

from docpipe.adapters.word.compiled.bail import BailError

TYPE_CHECKING = False  # typing is dearer to load than all of this
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any

    Printer = Callable[[Any], bytes]

BREAK = b'</w:t><w:br/><w:t xml:space="preserve">'
_KEPT = 20_000
_COUNT = 1_000
_SMALL = [b"%d" % number for number in range(_COUNT)]
"""Numbers of lines and the like."""
_LONGEST = 500
_PLAIN_TYPES = (str, int, Decimal)

MISSING = object()
"""What a name holds before the template sets it."""


def bail(*_: object) -> Any:
    """Raises BailError: docxtpl is asked."""
    raise BailError


def printers(strict: bool) -> dict[str, Printer]:
    """The printers by place. A strict one prints text and numbers; another what `str` makes.

    Each remembers what it made of the texts it saw: names, labels and units come again and again.
    """
    make = _written if strict else _written_of_anything
    return {
        "text": _remembering(lambda value: _with_breaks(make(value))),
        "elsewhere": _remembering(lambda value: _quoted(make(value))),
        "plain": _remembering(lambda value: _property(make(value))),
    }


def _remembering(make: Printer) -> Printer:
    known: dict[str, bytes] = {}

    def print_(value: Any) -> bytes:
        if type(value) is not str:
            return _SMALL[value] if type(value) is int and 0 <= value < _COUNT else make(value)
        try:
            return known[value]
        except KeyError:
            made = make(value)
        if len(known) >= _KEPT:
            known.clear()
        if len(value) <= _LONGEST:
            known[value] = made
        return made

    return print_


def pair_printer(print_: Printer, joined: Callable[[Any], str]) -> Printer:
    """A printer of texts in two languages, which remembers what it made of the two."""
    known: dict[str, tuple[str, bytes]] = {}

    def print_pair(value: Any) -> bytes:
        en, zh = value.en, value.zh
        if type(en) is not str or type(zh) is not str:
            return print_(joined(value))
        hit = known.get(en)
        if hit is not None and hit[0] == zh:
            return hit[1]
        made = print_(joined(value))
        if len(known) >= _KEPT:
            known.clear()
        if len(en) + len(zh) <= _LONGEST:
            known[en] = zh, made
        return made

    return print_pair


def _written(value: Any) -> str:
    """The text of what may be printed; everything else is left to docxtpl, which tells why."""
    if not isinstance(value, _PLAIN_TYPES) or isinstance(value, bool):
        raise BailError
    return _readable(value if isinstance(value, str) else str(value))


def _written_of_anything(value: Any) -> str:
    """The text of a value as Jinja prints it; what renders itself is left to docxtpl."""
    if not isinstance(value, str | int | float | Decimal | list | tuple | dict | None):
        raise BailError
    return _readable(value if isinstance(value, str) else str(value))


def _readable(text: str) -> str:
    """Raises BailError for what docxtpl or XML treats in a way of its own.

    That is: text which is markup already, tabs, control characters, and braces (docxtpl has
    escapes with braces).
    """
    if type(text) is not str and hasattr(text, "__html__"):
        text = _unmarked(text)
    if not text.isprintable() and not _printable_but_spaces(text):
        raise BailError
    if "{" in text or "}" in text:
        raise BailError
    return text


def _unmarked(text: str) -> str:
    """Markup that is nothing but text."""
    if "<" in text or "&" in text or ">" in text or '"' in text or "'" in text:
        raise BailError
    return str(text)


def _printable_but_spaces(text: str) -> bool:
    """Whether only line feeds and the wider world's spaces and format marks are not printable."""
    return not any(
        (char < " " and char != "\n") or "\x7f" <= char <= "\x9f" or "\ud800" <= char <= "\udfff"
        or char in "\ufffe\uffff"
        for char in text
    )  # fmt: skip


def _escaped(text: str) -> bytes:
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text:
        text = text.replace("<", "&lt;")
    if ">" in text:
        text = text.replace(">", "&gt;")
    return text.encode()


def _with_breaks(text: str) -> bytes:
    made = _escaped(text)
    return made.replace(b"\n", BREAK) if "\n" in text else made


def _quoted(text: str) -> bytes:
    return _escaped(text).replace(b'"', b"&quot;")


def _property(text: str) -> bytes:
    """docxtpl escapes properties twice; where that shows, it may do so itself."""
    if any(char in text for char in "&<>\"'"):
        raise BailError
    return text.encode()


class Names:
    """The names of a template for code that needs no Jinja: facts, and what the template sets."""

    __slots__ = ("_facts", "exported_vars", "vars")

    def __init__(self, facts: Mapping[str, Any]) -> None:
        self._facts = facts
        self.vars: dict[str, Any] = {}
        self.exported_vars: set[str] = set()

    def __getitem__(self, name: str) -> Any:
        return self.vars[name] if name in self.vars else self._facts[name]


def maybe(look: Callable[[str], Any], name: str, missing: Any) -> Any:
    """A name that the template may set itself."""
    try:
        return look(name)
    except KeyError:
        return missing


def items(values: Any) -> Sequence[Any]:
    """What a loop goes over, to be counted."""
    return values if type(values) in (list, tuple) else list(values)


def a_text(value: Any) -> str:
    """Text, whose methods a template may call."""
    if not isinstance(value, str) or hasattr(value, "__html__"):
        raise BailError
    return value


def end_cell(put: Any) -> None:
    """Give a cell its last paragraph, where what was printed does not end with one."""
    made: list[bytes] = put.__self__
    tail = b"".join(made[-3:])
    if tail.endswith((b"</w:tcPr>", b"<w:tcPr/>", b"<w:tc>", b"</w:tbl>")):
        made.append(b"<w:p/>")
    elif not tail.endswith(b"</w:p>"):
        raise BailError
