"""A person who reads and reads: `python -m bench.reader CLONE READINGS SYNC_AFTER`.

Runs the real commands in this one process, so that nothing but reading, logging and sharing is
done, and prints the seconds that each entry took from the wish to log until it was on the disk.
"""

import contextlib
import io
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any

from bench.shop import DOCUMENT, ORDER
from docpipe.cli.edge import run
from docpipe.steps import export as handing
from docpipe.steps import show
from docpipe.trust.accesslog import logged as access

_COMMANDS = (("show", ORDER), ("history", ORDER), ("export", ORDER, DOCUMENT))


def main(clone: Path, readings: int, sync_after: int) -> list[float]:
    """Read so often and sync now and then; how long each entry took."""
    taken: list[float] = []
    logged = _timed(access.logged, taken)
    for module in (access, handing, show):  # history takes it from access when it reads
        module.logged = logged  # type: ignore[attr-defined]
    with tempfile.TemporaryDirectory() as out:
        for number in range(readings):
            command = _COMMANDS[number % len(_COMMANDS)]
            _run(clone, *command, *(["--out", out] if command[0] == "export" else []))
            if number % sync_after == sync_after - 1:
                _run(clone, "sync")
    return taken


def _timed(work: Callable[..., Any], taken: list[float]) -> Callable[..., Any]:
    def timed(*arguments: Any) -> Any:
        began = perf_counter()
        done = work(*arguments)
        taken.append(perf_counter() - began)
        return done

    return timed


def _run(clone: Path, *words: str) -> None:
    said = io.TextIOWrapper(io.BytesIO(), "utf-8")
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        code = run(["-C", str(clone), *words])
    if code:
        said.seek(0)
        sys.exit(f"docpipe {' '.join(words)}: {said.read()}")


if __name__ == "__main__":
    for seconds in main(Path(sys.argv[1]), *map(int, sys.argv[2:])):
        print(seconds)
