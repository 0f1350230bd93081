"""A compiled template: facts in, a package out."""

from __future__ import annotations

from docpipe.adapters.word.budget import Budget
from docpipe.adapters.word.compiled import runtime
from docpipe.adapters.word.compiled.archive import Archive, Gap
from docpipe.adapters.word.compiled.fast_filters import QUICK

TYPE_CHECKING = False  # typing is dearer to load than all of this
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from docpipe.adapters.word.compiled.artifact import Artifact

    Function = Callable[[Any, Callable[[str], Any], Any, Any, Any, Any], None]


_MAX_OUTPUT = 20_000_000
_MANY = 50_000
_LONGEST_PROPERTY = 255
_HEADROOM = 4_000_000
"""Documents of up to this size cost the system no new pages (see `_make_room`)."""
_PROPERTIES = "docProps/core.xml"


class Compiled:
    """Prints from one artifact. `environment` is asked for only where the code needs Jinja."""

    def __init__(self, artifact: Artifact, environment: Callable[[], Any]) -> None:
        self.artifact = artifact
        self._environment = environment
        self._archives: dict[int | None, Archive] = {}
        self._gaps = [entry for entry in artifact.layout.entries if isinstance(entry, Gap)]
        self._made_functions: list[Function] = []
        _make_room()

    def render(self, context: Mapping[str, Any], level: int | None = None) -> bytes | None:
        """The document, its entries stored or deflated at `level`.

        None where docxtpl must be asked: it knows what to do, or tells what is wrong.
        """
        if self.artifact.why:
            return None
        try:
            filled = self._filled(context)
        except (Exception, MemoryError):  # whatever it is: docxtpl does it, or says what is wrong
            return None
        if level not in self._archives:
            self._archives[level] = Archive(self.artifact.layout, level)
        return self._archives[level].write(filled)

    def _filled(self, context: Mapping[str, Any]) -> dict[str, bytes]:
        budget = Budget()
        look = context.__getitem__
        names: Any = runtime.Names(context)
        if self.artifact.whole:
            names = _context(self._environment(), context, budget)
            look = names.__getitem__
        filled, functions = {}, iter(self._functions())
        for gap in self._gaps:
            made = [gap.fixed[0]]
            for after in gap.fixed[1:]:
                start = len(made)
                next(functions)(names, look, made.extend, made.append, budget, budget.range)
                if gap.name == _PROPERTIES:
                    _check_property(made[start:])
                made.append(after)
            if len(made) > _MANY and sum(map(len, made)) > _MAX_OUTPUT:
                runtime.bail()
            filled[gap.name] = b"".join(made)
        return filled

    def _functions(self) -> list[Function]:
        """The functions of the open places, in the order of the layout."""
        if self._made_functions:
            return self._made_functions
        assert self.artifact.code is not None
        names = dict(_names(self.artifact.strict))
        if self.artifact.whole:
            names |= _whole_names(self._environment())
        exec(self.artifact.code, names)
        self._made_functions = [names[f"place_{n}"] for n in range(self.artifact.places)]
        return self._made_functions


def _make_room() -> None:
    """Let the C library keep memory of a document's size at hand.

    glibc gives freed blocks back to the system unless larger ones were freed before, and takes
    them again for the next document: a third of the time for one of 200 lines.
    """
    bytes(_HEADROOM)


def _check_property(made: list[bytes]) -> None:
    if len(b"".join(made).decode()) > _LONGEST_PROPERTY:
        runtime.bail()


def _names(strict: bool) -> dict[str, Any]:
    """What the code names, without Jinja."""
    from docpipe.adapters.word.filters import FILTERS, PAIRS

    filters = QUICK | FILTERS if strict else {}
    printers = runtime.printers(strict)
    pairs = [(name, filters[name]) for name in PAIRS] if strict else []
    return {
        **printers,
        **{
            f"{place}_{name}": runtime.pair_printer(print_, function)
            for place, print_ in printers.items()
            for name, function in pairs
        },
        **{f"filter_{name}": function for name, function in filters.items()},
        "bail": runtime.bail,
        "undefined": runtime.bail,
        "missing": runtime.MISSING,
        "maybe": runtime.maybe,
        "items": runtime.items,
        "a_text": runtime.a_text,
        "end_cell": runtime.end_cell,
    }


def _whole_names(environment: Any) -> dict[str, Any]:
    """What the code names of Jinja's."""
    from jinja2 import runtime as jinja

    quick = getattr(environment, "quick", {})
    named = {name: getattr(jinja, name) for name in jinja.exported}
    for kind in ("filter", "test"):
        for name, function in getattr(environment, f"{kind}s").items():
            if kind == "test" or name not in quick:
                named[f"{kind}_{name}"] = function
    return named | {
        "environment": environment,
        "undefined": environment.undefined,
        "concat": environment.concat,
        "cond_expr_undefined": jinja.Undefined,
    }


def _context(environment: Any, facts: Mapping[str, Any], budget: Budget) -> Any:
    from jinja2.runtime import Context

    from docpipe.adapters.word.current_budget import CURRENT

    CURRENT.set(budget)
    return Context(environment, {**environment.globals, **facts, **budget.names}, None, {})
