"""What to try: a sample of the mutants, and for each of them the tests that may notice it."""

import ast
import random
import sys
from pathlib import Path

from .lines import Map
from .sites import Mutant, mutants

WEIGHTS = {"text": 0.3}
"""Half of all mutants are misspelt texts, which tests notice most easily: fewer are drawn."""
READS = "tests/test_literals.py"
REGISTERS = (
    "tests/test_rules.py::test_the_rules_are_as_accepted",
    "tests/test_invariants.py::test_the_page_on_trust_names_no_other_codes",
)
"""Tests that read a file, or what it declares on import, instead of running its lines."""


def sample(
    root: Path, files: list[str], seed: int, count: int, sort: str | None = None
) -> list[Mutant]:
    """So many mutants of the files, drawn by the seed, in the order of the files."""
    dice = random.Random(seed)
    drawn = []
    for file in files:
        for mutant in (each for each in mutants(root, file) if sort in (None, each.sort)):
            drawn.append((dice.random() ** (1 / WEIGHTS.get(mutant.sort, 1.0)), mutant))
    drawn.sort(reverse=True)
    return sorted(mutant for _, mutant in drawn[:count])


def tests(root: Path, mutant: Mutant, lines: Map, seconds: float) -> list[str]:
    """The tests that may notice, the likeliest first, as many as there is time for.

    Of a statement in a function, those that run it. What runs on import may matter to any test,
    so those that run the function that it belongs to come first, or that use what it defines, then
    those that run no line at all (they look at tables), those that use the file, and others.
    """
    body = mutant.body or (0, 0)
    readers = _readers(mutant.file, lines)
    if not mutant.at_import:
        near = _ranked(lines.on(mutant.file, mutant.lines), mutant.file, body, lines)
        return _in_time([*near, *readers], lines, seconds)
    near = _ranked(lines.on(mutant.file, body), mutant.file, body, lines)
    uses = {name for line in _uses(root, mutant) for name in lines.on(mutant.file, (line, line))}
    near += _ranked(uses, mutant.file, (0, sys.maxsize), lines)
    used = _ranked(lines.within(mutant.file), mutant.file, (0, sys.maxsize), lines)
    rest = sorted(lines.tests, key=lambda name: lines.tests[name].seconds)
    still = [name for name in rest if not lines.tests[name].lines]
    every = [*dict.fromkeys([*readers, *near, *still, *used, *rest])]
    return _in_time(every, lines, seconds)


def _uses(root: Path, mutant: Mutant) -> list[int]:
    """The lines of the file that use a name which the mutant's statement gives something to."""
    tree = ast.parse((root / mutant.file).read_bytes())
    names = [each for each in ast.walk(tree) if isinstance(each, ast.Name)]
    first, last = mutant.lines
    given = {each.id for each in names if isinstance(each.ctx, ast.Store)
             and first <= each.lineno <= last}  # fmt: skip
    return [each.lineno for each in names if isinstance(each.ctx, ast.Load) and each.id in given]


def _readers(file: str, lines: Map) -> list[str]:
    """The tests that read the file: its name, without the folders that all share, is in theirs."""
    own = f"[{file.removeprefix('src/docpipe/')}]"
    read = [name for name in lines.tests if name.startswith(READS) and name.endswith(own)]
    return read + [name for name in REGISTERS if name in lines.tests]


def _ranked(names: set[str], file: str, body: tuple[int, int], lines: Map) -> list[str]:
    """Those first that run what few others run in the function and its file, and are quick."""

    def rank(name: str) -> float:
        return -lines.told_by(name, file, body) / (1 + lines.tests[name].seconds)

    return sorted(names, key=rank)


def _in_time(names: list[str], lines: Map, left: float) -> list[str]:
    """The first of them; those of one file one after the other, for they share what it makes."""
    files: dict[str, list[str]] = {}
    for name in names:
        left -= lines.tests[name].seconds
        if left < 0 and files:
            break
        files.setdefault(name.partition("::")[0], []).append(name)
    return [name for of_one in files.values() for name in of_one]
