"""How much work a template may cause: counted over all loops and filters of one document."""

from collections.abc import Callable, Iterable, Sized
from functools import wraps
from typing import Any

from jinja2 import pass_context
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.utils import _PassArg

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
        self._step(len(numbers))
        return numbers

    def __call__(self, items: Iterable[Any]) -> Iterable[Any]:
        """The items of a loop. Raises SecurityError when the document's bound is used up."""
        if not isinstance(items, Sized):
            items = list(items)
        self._step(len(items))
        return items

    def made(self, text: str) -> None:
        """Count a text that a filter made."""
        self._text -= len(text)
        if self._text < 0:
            raise SecurityError("the filters make too much text")

    def _step(self, count: int) -> None:
        self._steps -= count
        if self._steps < 0:
            raise SecurityError("the loops are too long")


def counted(function: Callable[..., Any]) -> Callable[..., Any]:
    """A filter whose texts are counted against the budget of the document."""
    wants = _PassArg.from_obj(function)

    @pass_context
    @wraps(function)
    def filter_(context: Context, *values: Any, **names: Any) -> Any:
        if wants is _PassArg.context:
            values = (context, *values)
        elif wants is _PassArg.eval_context:
            values = (context.eval_ctx, *values)
        elif wants is _PassArg.environment:
            values = (context.environment, *values)
        result = function(*values, **names)
        if isinstance(result, str):
            context[COUNTED].made(result)
        return result

    return filter_
