"""Filters whose texts are counted against the budget of the document."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context
from jinja2.utils import _PassArg

from docpipe.adapters.word.budget import COUNTED


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
