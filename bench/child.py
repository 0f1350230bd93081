"""What runs in processes of their own: one document from a cold start, or thousands.

Imports nothing up here: what a process loads is what is measured.
"""

from __future__ import annotations

import sys
from time import process_time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

_BATCH = 100  # contracts whose facts are made beforehand


def ours(folder: str) -> dict[str, float]:
    """One contract by docpipe. CPU seconds: imports, facts, getting ready, making."""
    from bench import ours as engine

    imported, facts, loaded = _loaded(folder)
    make = engine.prepare(engine.Source.read(folder))
    ready = process_time()
    make(facts, None)
    return _told(imported, loaded, ready)


def docxtpl(folder: str) -> dict[str, float]:
    """One contract by docxtpl. CPU seconds as above."""
    from bench import naive

    imported, facts, loaded = _loaded(folder)
    env = naive.environment()
    ready = process_time()
    naive.make(f"{folder}/joined.docx", facts, env)
    return _told(imported, loaded, ready)


def many(folder: str, first: str, count: str) -> dict[str, float]:
    """`count` different contracts by docpipe, beginning with number `first`."""
    from bench import ours as engine
    from bench.variants import variants

    _, facts, _ = _loaded(folder)
    make = engine.prepare(engine.Source.read(folder))
    spent, size = 0.0, 0
    for start in range(int(first), int(first) + int(count), _BATCH):
        batch = list(variants(facts, start, min(_BATCH, int(first) + int(count) - start)))
        before = process_time()
        size += sum(len(make(each, None)) for each in batch)
        spent += process_time() - before
    return {"made": spent, "bytes": size}


def _loaded(folder: str) -> tuple[float, dict[str, object], float]:
    from bench.light import loaded

    imported = process_time()
    facts = loaded(f"{folder}/facts.code")
    return imported, facts, process_time()


def _told(imported: float, loaded: float, ready: float) -> dict[str, float]:
    return {
        "imports": imported,
        "facts": loaded - imported,
        "ready": ready - loaded,
        "made": process_time() - ready,
    }


def _json(told: dict[str, float]) -> str:
    return "{" + ", ".join(f'"{name}": {value!r}' for name, value in told.items()) + "}"


def main() -> None:
    """`child.py WHAT FOLDER ...`: the figures on standard output."""
    known: dict[str, Callable[..., dict[str, float]]]
    known = {"ours": ours, "docxtpl": docxtpl, "many": many}
    _, what, folder, *rest = sys.argv
    print(_json(known[what](folder, *rest)))


if __name__ == "__main__":
    main()
