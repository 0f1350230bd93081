"""Jinja's commonest filters without Jinja: the same result, or BailError."""

from __future__ import annotations

from decimal import Decimal

from docpipe.adapters.word.budget import MAX_TEXT
from docpipe.adapters.word.compiled.bail import BailError

TYPE_CHECKING = False  # typing is dearer to load than all of this
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any


def join(value: Iterable[Any], d: str = "") -> str:
    """Plain texts and numbers in a row."""
    texts = [_plain(item) for item in value]
    if hasattr(d, "__html__") or sum(map(len, texts)) + len(d) * len(texts) > MAX_TEXT:
        raise BailError
    return d.join(texts)


def _plain(item: Any) -> str:
    if isinstance(item, str) and not hasattr(item, "__html__"):
        return str(item)
    if type(item) in (int, Decimal):
        return str(item)
    raise BailError


def last(value: Any) -> Any:
    """The last item of what is not empty."""
    return _filled(value)[-1]


def first(value: Any) -> Any:
    """The first item of what is not empty."""
    return _filled(value)[0]


def _filled(value: Any) -> Any:
    if type(value) not in (list, tuple) or not value:
        raise BailError
    return value


def length(value: Any) -> int:
    """How many."""
    return len(value)


def list_(value: Any) -> list[Any]:
    """The items."""
    return list(value)


def reverse(value: Any) -> Any:
    """The items from the end."""
    return list(reversed(_filled(value)))


def capitalize(value: Any) -> str:
    """Text with its first letter a capital, the others small."""
    return _text(value).capitalize()


def upper(value: Any) -> str:
    """Text in capitals."""
    return _text(value).upper()


def lower(value: Any) -> str:
    """Text in small letters."""
    return _text(value).lower()


def _text(value: Any) -> str:
    if not isinstance(value, str) or hasattr(value, "__html__"):
        raise BailError
    return str(value)


def selectattr(value: Iterable[Any], attribute: str) -> list[Any]:
    """The items whose attribute is true."""
    return [item for item in value if _attribute(item, attribute)]


def rejectattr(value: Iterable[Any], attribute: str) -> list[Any]:
    """The items whose attribute is false."""
    return [item for item in value if not _attribute(item, attribute)]


def map_(value: Iterable[Any], *, attribute: str) -> list[Any]:
    """That attribute of each item."""
    return [_attribute(item, attribute) for item in value]


def _attribute(item: Any, name: str) -> Any:
    """An attribute by a plain name; others are left to the sandbox."""
    if type(name) is not str or not name.isidentifier() or name.startswith("_"):
        raise BailError
    if type(item) is dict:
        return item[name]
    found = getattr(item, name)
    if callable(found):
        raise BailError
    return found


QUICK: dict[str, Callable[..., Any]] = {
    "abs": abs, "capitalize": capitalize, "count": length, "first": first, "join": join,
    "last": last, "length": length, "list": list_, "lower": lower, "map": map_,
    "rejectattr": rejectattr, "reverse": reverse, "selectattr": selectattr, "upper": upper,
}  # fmt: skip
