"""What is told of mutants: the change as a diff, and the counts."""

import difflib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from .sites import Mutant


def diff(root: Path, mutant: Mutant) -> str:
    """Place and change, with the lines around it."""
    before = (root / mutant.file).read_text("utf-8").splitlines(keepends=True)
    after = mutant.source(root).decode().splitlines(keepends=True)
    lines = difflib.unified_diff(before, after, n=1)
    body = "".join(line for line in lines if not line.startswith(("---", "+++", "@@")))
    return f"{mutant.file}:{mutant.line} ({mutant.sort})\n{body}"


def summary(
    mutants: list[Mutant], folders: Sequence[str], killers: Mapping[str, str | None]
) -> str:
    """How many were killed, by sort, by folder and in all."""
    alive = [mutant for mutant in mutants if killers.get(mutant.name, "") == ""]
    timed = sum(killers.get(mutant.name, "") is None for mutant in mutants)
    rows = _rows(lambda mutant: mutant.sort, mutants, alive)
    if len(folders) > 1:
        rows += _rows(lambda mutant: next(filter(mutant.file.startswith, folders)), mutants, alive)
    whole = _share(len(mutants), len(alive))
    return "\n".join([*rows, f"{whole}, {timed} of them by their time; {len(alive)} survived"])


def _rows(of: Callable[[Mutant], str], mutants: list[Mutant], alive: list[Mutant]) -> list[str]:
    every, left = Counter(map(of, mutants)), Counter(map(of, alive))
    return [f"{name:30} {_share(count, left[name])}" for name, count in sorted(every.items())]


def _share(count: int, left: int) -> str:
    return f"{count - left} of {count} killed ({100 * (count - left) / max(count, 1):.1f} %)"
