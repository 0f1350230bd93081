"""The access log: entries of eight people who read and push at once, the hook on."""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from bench.clock import processes
from bench.rows import Row
from bench.run import BenchError, Run
from bench.shop import docpipe, git, issued
from docpipe.adapters import sshkeys
from docpipe.adapters.yamlfile import load

ON_DEMAND = True  # eight at once on few cores take their time

PEOPLE = 8
_MOST = 1000.0  # ms that an entry may take for 99 of a hundred readings
_TEN = 10


def rows(run: Run) -> Iterator[Row]:
    """Wall time from a command's wish to log until the entry is on the disk, signed.

    Everybody reads without a pause and syncs after ten readings; one has a second terminal open in
    the same clone. What was logged has to be in the shared repository when all have synced.
    """
    base = run.scratch / "people"
    shutil.rmtree(base, ignore_errors=True)
    base.mkdir(parents=True)
    bare, clones = _office(run, base)
    places = [*clones, clones[0]]
    words = [sys.executable, "-m", "bench.reader"]
    commands = [[*words, str(place), str(run.effort.readings), str(_TEN)] for place in places]
    spent, wall = processes(commands, run.environment, base)
    for each in clones:
        docpipe(run, each, "sync")
    taken = sorted(float(line) for each in spent for line in each.output.split())
    _demand_all(bare, len(taken), run.effort.readings * len(places))
    print(f"people: {len(taken)} entries in {wall:.0f} s", file=sys.stderr)
    yield Row("people.entry", taken[len(taken) // 2] * 1e3, "ms", least=taken[0] * 1e3)
    p99 = taken[int(len(taken) * 0.99)] * 1e3
    yield Row("people.entry.p99", p99, "ms", _MOST, "target, at most")


def _demand_all(bare: Path, timed: int, wanted: int) -> None:
    held = int(git(bare, "rev-list", "--count", "--glob=refs/heads/access/*"))
    if not held == timed == wanted:
        raise BenchError(f"of {wanted} entries {timed} were written and {held} are shared")


def _office(run: Run, base: Path) -> tuple[Path, list[Path]]:
    """A shared repository with the hook where everybody signs, and a clone for each person."""
    shop = issued(run, base)
    root = load((shop / "people.yaml").read_bytes(), "people.yaml").root
    if root is None:
        raise BenchError("people.yaml cannot be read")
    keys = {who: sshkeys.make(base / who, who) for row in root.rows("people")[:PEOPLE]
            if (who := row.text("email"))}  # fmt: skip
    _ask_for_signatures(shop, {who: key.line for who, key in keys.items()})
    bare = base / "shared.git"
    git(base, "init", "--quiet", "--bare", "--initial-branch=main", str(bare))
    git(shop, "push", "--quiet", str(bare), "main", "records")
    docpipe(run, base, "hook", "install", str(bare))
    clones = []
    for who, key in keys.items():
        clones.append(base / who.partition("@")[0])
        git(base, "clone", "--quiet", bare.as_uri(), str(clones[-1]))
        docpipe(run, clones[-1], "identity", "--email", who, "--key", str(key.path))
    return bare, clones


def _ask_for_signatures(shop: Path, keys: dict[str, str]) -> None:
    people, company = shop / "people.yaml", shop / "company.yaml"
    text = people.read_text("utf-8")
    for who, line in keys.items():
        email = f"    email: {who}\n"
        text = text.replace(email, f"{email}    keys: [{{key: {line}}}]\n")
    people.write_text(text, "utf-8")
    company.write_text(company.read_text("utf-8") + "signing: required\n", "utf-8")
    git(shop, "commit", "--quiet", "--all", "--message", "Sign everything")
