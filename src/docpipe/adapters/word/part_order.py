"""The order in which the parts of a .docx are written."""

from __future__ import annotations

TYPE_CHECKING = False  # typing is dearer to load than all of this
if TYPE_CHECKING:
    from collections.abc import Iterable

_FIRST = ("[Content_Types].xml", "_rels/.rels")


def ordered(parts: Iterable[str]) -> list[str]:
    """The names of parts in the order in which they are written."""
    return sorted(parts, key=lambda name: (name not in _FIRST, name))
