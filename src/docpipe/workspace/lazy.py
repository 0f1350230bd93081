"""Values that are worked out when somebody asks for them."""

from collections.abc import Callable, Iterator
from typing import Any

Makers = dict[str, Callable[[], Any]]
"""How the value of each name is worked out."""


class LazyDict(dict[str, Any]):
    """A dict of all the names from the start, each with its value once that is asked for.

    So a document costs what its template prints, and a lookup after the first one nothing.
    """

    def __init__(self, makers: Makers) -> None:
        super().__init__()
        self._makers = makers

    def __missing__(self, name: str) -> Any:
        made = self[name] = self._makers[name]()
        return made

    def __contains__(self, name: object) -> bool:
        return name in self._makers

    def __iter__(self) -> Iterator[str]:
        return iter(self._makers)

    def __len__(self) -> int:
        return len(self._makers)

    def keys(self) -> Any:
        """All names."""
        return self._makers.keys()

    def values(self) -> Any:
        """What all names stand for."""
        return [self[name] for name in self._makers]

    def items(self) -> Any:
        """All names with what they stand for."""
        return [(name, self[name]) for name in self._makers]

    def get(self, name: str, default: Any = None) -> Any:
        """What the name stands for, or `default` for one that is not known."""
        return self[name] if name in self._makers else default
