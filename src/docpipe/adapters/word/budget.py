"""How much work a template may cause: counted over all loops and filters of one document."""

from __future__ import annotations

TYPE_CHECKING = False  # typing is dearer to load than all of this
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any, NoReturn


COUNTED = "docpipe_counted"
MAX_STEPS = 100_000
MAX_TEXT = 100_000
MAX_MADE = 20_000_000


class Budget:
    """Rounds of loops and characters of text: both end within a bound."""

    def __init__(self) -> None:
        self._steps = MAX_STEPS
        self._text = MAX_MADE

    @property
    def names(self) -> dict[str, Any]:
        """What the counting adds to the names that a template sees."""
        return {"range": self.range, COUNTED: self}

    def range(self, *bounds: int) -> Iterable[int]:
        """A range as Python's. Raises SecurityError when the document's bound is used up."""
        numbers = range(*bounds)
        self.step(len(numbers))
        return numbers

    def __call__(self, items: Iterable[Any]) -> Iterable[Any]:
        """The items of a loop. Raises SecurityError when the document's bound is used up."""
        counted = items if isinstance(items, list | tuple) else list(items)
        self.step(len(counted))
        return counted

    def made(self, text: str) -> None:
        """Count a text that a filter, a macro or a block made."""
        self._text -= len(text)
        if self._text < 0:
            _refuse("too much text is made")

    def step(self, count: int = 1) -> None:
        """Count rounds of a loop, or a call of a macro."""
        self._steps -= count
        if self._steps < 0:
            _refuse("the loops are too long")


def _refuse(why: str) -> NoReturn:
    from jinja2.exceptions import SecurityError

    raise SecurityError(why)
