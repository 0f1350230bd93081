"""`python -m tools.mutants --seed 7 --count 300 src/docpipe/rules`: which slips no test notices."""

import argparse
import importlib
import json
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from . import child, choice, copies, forks
from .lines import Map, Recording
from .report import diff, summary
from .sites import Mutant, mutants

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / "build" / "mutants"
TESTS = (
    "tests/test_cases.py", "tests/test_rules.py", "tests/test_documents.py", "tests/test_clock.py",
    "tests/test_audience.py", "tests/test_approve_facts.py", "tests/test_facts_used.py",
    "tests/test_literals.py", "tests/standards", "tests/workspace",
)  # fmt: skip
HEAVY = (
    "click", "cryptography.hazmat.primitives.serialization.ssh", "docx", "docxtpl", "filelock",
    "git", "hypothesis.strategies", "jinja2", "jsonschema", "lxml.etree", "num2words", "yaml",
    "xml.dom.minidom", "_pytest.assertion.rewrite",
)  # fmt: skip


class Task(NamedTuple):
    """A mutant and the tests that may notice it."""

    mutant: Mutant
    tests: list[str]
    seconds: float


class Trial(NamedTuple):
    """Where and how mutants are tried."""

    tree: Path

    def work(self, task: Task, scratch: Path) -> str:
        """The test that notices; in a child."""
        child.limit(20 + 8 * task.seconds)
        return child.try_out(self.tree, scratch, task.tests, task.mutant, copies.warm(self.tree))

    def unharmed(self, names: list[str], scratch: Path) -> str:
        """The test that fails with no mutant there; in a child."""
        return child.try_out(self.tree, scratch, names, None, copies.warm(self.tree))


def main() -> int:
    """Draw, try, report."""
    options = _options()
    for name in HEAVY:  # once here, not in every child
        importlib.import_module(name)
    KEPT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        tree = copies.copy(ROOT, Path(folder) / "tree")
        folders = tuple(name.rstrip("/") for name in options.folders)
        files = [name for name in copies.tree(ROOT) if _is_within(name, folders)]
        wanted = _wanted(options, tree, files)
        recording = Recording(KEPT / "lines.pickle", tree, folders, options.tests or [*TESTS])
        state = copies.digest(ROOT, ["src", "schemas", "orders"])
        lines = recording.map(state, options.jobs, _say)
        return _try(wanted, lines, Trial(tree), options.jobs)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="mutants", description=__doc__)
    parser.add_argument("folders", nargs="+", help="folders or files of src whose code is changed")
    parser.add_argument("--seed", type=int, default=1, help="another seed draws another sample")
    parser.add_argument("--count", type=int, default=100, help="how many mutants; 0 for all")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument(
        "--tests", action="append", help="test files or folders, for the usual ones"
    )
    parser.add_argument("--survivors", action="store_true", help="only those that survived last")
    return parser.parse_args()


def _is_within(name: str, folders: tuple[str, ...]) -> bool:
    inside = any(name == each or name.startswith(f"{each}/") for each in folders)
    return inside and name.endswith(".py")


def _wanted(options: argparse.Namespace, tree: Path, files: list[str]) -> list[Mutant]:
    if options.survivors:
        names = set(json.loads((KEPT / "survivors.json").read_text("utf-8")))
        return [each for file in files for each in mutants(tree, file) if each.name in names]
    return choice.sample(tree, files, options.seed, options.count or sys.maxsize)


def _try(wanted: list[Mutant], lines: Map, trial: Trial, jobs: int) -> int:
    """Try each mutant; tell what survives as it turns out, and keep it for `--survivors`."""
    quick = sorted(lines.tests, key=lambda name: lines.tests[name].seconds)[:20]
    ((_, failed),) = forks.each([quick], trial.unharmed, 1)
    if failed != "":
        sys.exit(f"Tests fail with nothing changed: {failed}")
    tasks, survivors, start = [], list[Mutant](), time.monotonic()
    for mutant in wanted:
        names = choice.tests(mutant, lines)
        tasks.append(Task(mutant, names, sum(lines.tests[name].seconds for name in names)))
    unseen = [task.mutant for task in tasks if not task.tests]
    ran = [task for task in tasks if task.tests]
    killers: dict[str, str | None] = {}
    for task, killer in forks.each(ran, trial.work, jobs):
        killers[task.mutant.name] = killer
        if killer == "":
            survivors.append(task.mutant)
            _say(f"SURVIVED [{len(killers)}/{len(ran)}] {len(task.tests)} tests\n"
                 f"{diff(trial.tree, task.mutant)}")  # fmt: skip
    for mutant in unseen:
        _say(f"SURVIVED, no test runs it\n{diff(trial.tree, mutant)}")
    left = [mutant.name for mutant in (*survivors, *unseen)]
    (KEPT / "survivors.json").write_text(json.dumps(left, indent=1), "utf-8")
    (KEPT / "killers.json").write_text(json.dumps(killers, indent=1), "utf-8")
    _say(summary(wanted, {*left}, killers, time.monotonic() - start))
    return 0


def _say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main())
