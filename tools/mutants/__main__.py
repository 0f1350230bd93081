"""`python -m tools.mutants --seed 7 --count 300 src/docpipe/rules`: which slips no test notices."""

import argparse
import compileall
import importlib
import json
import os
import random
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from . import child, choice, copies, forks, suites
from .lines import Map, Recording
from .report import diff, summary
from .sites import Mutant, mutants
from .suites import SUITES, Suite
from .verdicts import Verdicts

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / "build" / "mutants"
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
    """Where mutants are tried, of what code, and how much longer than usual they may take."""

    tree: Path
    code: str
    patience: int = 1

    def work(self, task: Task, scratch: Path) -> str:
        """The test that notices; in a child."""
        child.limit(self.patience * (20 + 8 * task.seconds))
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
        compileall.compile_dir(tree / "src", quiet=2)  # no child writes what it compiles
        folders = tuple(name.rstrip("/") for name in options.folders)
        files = [name for name in copies.tree(ROOT) if _is_within(name, folders)]
        wanted = _wanted(options, tree, files)
        trial = Trial(tree, copies.digest(ROOT, ["src", "schemas", "orders"]))
        ran = [task for suite in SUITES for task in _tasks(suite, wanted, trial, options)]
        random.Random(options.seed).shuffle(ran)  # so that the first ones speak for all
        drawn = f"{options.seed}-{options.count}{options.sort or ''}"
        name = "survivors" if options.survivors else drawn.replace("/", "-")
        state = copies.digest(ROOT, ["src", "schemas", "orders", "tests"])
        verdicts = Verdicts(KEPT / f"verdicts-{name}.jsonl", state)
        _try(ran, verdicts, trial, options.jobs)
        left = [each for each in wanted if verdicts.found.get(each.name, "") == ""]
        (KEPT / "survivors.json").write_text(json.dumps([m.name for m in left], indent=1), "utf-8")
        _say(summary(wanted, folders, verdicts.found))
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="mutants", description=__doc__)
    parser.add_argument("folders", nargs="+", help="folders or files of src whose code is changed")
    parser.add_argument("--seed", type=int, default=1, help="another seed draws another sample")
    parser.add_argument("--count", type=int, default=100, help="how many mutants; 0 for all")
    parser.add_argument("--sort", help="only slips of a sort: boundary, and/or, not, constant, ...")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument(
        "--tests", action="append", help="test files or folders, for the usual ones"
    )
    parser.add_argument(
        "--seconds", type=float, default=30.0, help="how long all tests of a mutant may take"
    )
    parser.add_argument(
        "--survivors", action="store_true", help="those that survived last, with more --seconds"
    )
    return parser.parse_args()


def _is_within(name: str, folders: tuple[str, ...]) -> bool:
    inside = any(name == each or name.startswith(f"{each}/") for each in folders)
    return inside and name.endswith(".py")


def _wanted(options: argparse.Namespace, tree: Path, files: list[str]) -> list[Mutant]:
    if options.survivors:
        names = set(json.loads((KEPT / "survivors.json").read_text("utf-8")))
        return [each for file in files for each in mutants(tree, file) if each.name in names]
    count = options.count or sys.maxsize
    return choice.sample(tree, files, options.seed, count, options.sort)


def _tasks(
    suite: Suite, wanted: list[Mutant], trial: Trial, options: argparse.Namespace
) -> list[Task]:
    """The mutants whose tests are this suite's; those that no test runs are told and left out."""
    here = [mutant for mutant in wanted if suites.of(mutant.file) == suite]
    if not here:
        return []
    path, tests = KEPT / f"lines-{suite.name}.pickle", options.tests or suite.tests
    recording = Recording(path, trial.tree, suite.folder, tests)
    lines = recording.map(trial.code, options.jobs, _say)
    _demand_unharmed(lines, trial)
    tasks = []
    for mutant in here:
        names = choice.tests(trial.tree, mutant, lines, options.seconds)
        tasks.append(Task(mutant, names, sum(lines.tests[name].seconds for name in names)))
        if not names:
            _say(f"SURVIVED, no test runs it\n{diff(trial.tree, mutant)}")
    return [task for task in tasks if task.tests]


def _demand_unharmed(lines: Map, trial: Trial) -> None:
    quick = sorted(lines.tests, key=lambda name: lines.tests[name].seconds)[:20]
    ((_, failed),) = forks.each([quick], trial.unharmed, 1)
    if failed != "":
        sys.exit(f"Tests fail with nothing changed: {failed}")


def _try(tasks: list[Task], verdicts: Verdicts, trial: Trial, jobs: int) -> None:
    """Try each mutant, and tell what survives as it turns out.

    What a limit ends is tried again by itself, with more time: a busy machine kills no mutant.
    """
    start, slow = time.monotonic(), []
    left = [task for task in tasks if task.mutant.name not in verdicts.found]
    for task, killer in forks.each(left, trial.work, jobs):
        if killer is None:
            slow.append(task)
        else:
            _judged(task, killer, verdicts, trial)
    for task, killer in forks.each(slow, trial._replace(patience=3).work, 1):
        _judged(task, killer, verdicts, trial)
    _say(f"{len(left)} tried in {time.monotonic() - start:.0f} s")


def _judged(task: Task, killer: str | None, verdicts: Verdicts, trial: Trial) -> None:
    verdicts.add(task.mutant.name, killer)
    if not killer:
        what = "RUNS ON" if killer is None else f"SURVIVED {len(task.tests)} tests"
        _say(f"[{len(verdicts.found)}] {what}\n{diff(trial.tree, task.mutant)}")


def _say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main())
