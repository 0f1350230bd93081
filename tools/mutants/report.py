"""What is told of mutants: the change as a diff, and the counts."""

import difflib
from collections import Counter
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
    mutants: list[Mutant], survivors: set[str], killers: dict[str, str | None], seconds: float
) -> str:
    """How many were killed, by sort and in all."""
    every = Counter(mutant.sort for mutant in mutants)
    alive = Counter(mutant.sort for mutant in mutants if mutant.name in survivors)
    rows = [f"{sort:12}{n - alive[sort]:5} of {n}" for sort, n in sorted(every.items())]
    timed = sum(killer is None for killer in killers.values())
    killed = len(mutants) - len(survivors)
    share = 100 * killed / max(len(mutants), 1)
    return "\n".join(
        [
            *rows,
            f"{killed} of {len(mutants)} killed ({share:.1f} %), {timed} of them by their time; "
            f"{len(survivors)} survived; {seconds:.0f} s",
        ]
    )
