"""The topics: each module here yields rows. A new file is a new topic."""

import pkgutil
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import NamedTuple

from bench.rows import Row
from bench.run import Run


class Topic(NamedTuple):
    """One module's benchmark."""

    name: str
    says: str
    rows: Callable[[Run], Iterator[Row]]
    by_default: bool


def topics() -> dict[str, Topic]:
    """All topics by name: modules with `rows(run)`; those with ON_DEMAND wait to be asked."""
    found = {}
    for module in sorted(info.name for info in pkgutil.iter_modules(__path__)):
        code = import_module(f"{__name__}.{module}")
        says = (code.__doc__ or "").partition("\n")[0]
        found[module] = Topic(module, says, code.rows, not getattr(code, "ON_DEMAND", False))
    return found
