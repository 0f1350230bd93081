"""Everything on record verified: documents a second, each made again from its recorded inputs."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from statistics import fmean

from bench.clock import cpu, process
from bench.rows import Row
from bench.run import BenchError, Run
from bench.sample import KIND
from bench.workspaces import make
from docpipe.cli.console import now
from docpipe.steps.issue import issue
from docpipe.steps.verify import Verified, verify
from docpipe.trust.invariants.remaking import Outcome
from docpipe.workspace.traced_workspace import TracedWorkspace
from docpipe.workspace.workspace import Workspace

ON_DEMAND = True  # issuing takes its time
_WHO = ("林样", "lin.yang@zefan.example")
_BEGAN = timedelta(days=1)


def rows(run: Run) -> Iterator[Row]:
    """A contract of each order: the whole command, git's own fsck included, and without that."""
    orders = max(run.effort.workspace // 4, 2)
    folder, name = run.scratch / "verify", f"verify.{orders}"
    # by itself: what starts a process that is measured must be small, or its memory is measured too
    issuer = get_context("spawn").Process(target=_issued, args=(folder, orders))
    issuer.start()
    issuer.join()
    if issuer.exitcode:
        raise BenchError(f"issuing ended with {issuer.exitcode}")
    found: list[Verified] = []
    names = [path.rpartition("/")[2] for path in Workspace(folder).order_folders]
    alone = partial(verify, Workspace(folder), names, folder, now())
    spent = min(cpu(lambda: found.append(alone())) for _ in range(min(3, run.effort.starts)))
    assert not found[0].violations, found[0].violations
    assert all(document.outcome == Outcome.BYTES for document in found[0].documents)
    yield Row(f"{name}.rate", len(found[0].documents) / spent, "1/s")
    command = [sys.executable, "-m", "docpipe", "verify"]
    whole = process(command, run.environment, folder)
    yield Row(f"{name}.rate-of-the-command", orders / whole.cpu, "1/s")
    yield Row(f"{name}.memory", whole.peak, "MiB")
    yield Row(f"{name}.packed-contract", _packed(folder) / 1024, "KiB")


def _packed(folder: Path) -> float:
    """Bytes on the disk of an issued contract, on average, once git has packed the repository."""

    def git(*words: str, stdin: str = "") -> list[str]:
        done = subprocess.run(["git", *words], cwd=folder, input=stdin, check=True, text=True,
                              capture_output=True)  # fmt: skip
        return done.stdout.splitlines()

    git("repack", "-adq")
    rows = (line.split(maxsplit=3) for line in git("ls-tree", "-r", "records"))
    names = [row[2] for row in rows if row[3].endswith(".docx")]
    sizes = git("cat-file", "--batch-check=%(objectsize:disk)", stdin="\n".join(names) + "\n")
    return fmean(map(int, sizes))


def _issued(target: Path, orders: int) -> None:
    """So many orders, saved, and the contract of each issued by our own code."""
    shutil.rmtree(target, ignore_errors=True)
    folders = make(target, orders)
    catalogue = target / "templates" / "catalogue.yaml"
    text = catalogue.read_text(encoding="utf-8")
    catalogue.write_text(text.replace("    approvals: [{role: legal}]\n", ""), encoding="utf-8")
    for words in (("init", "-q", "-b", "main"), ("config", "user.name", _WHO[0]),
                  ("config", "user.email", _WHO[1]), ("add", "."),
                  ("commit", "-qm", "Orders")):  # fmt: skip
        subprocess.run(["git", *words], cwd=target, check=True)
    began = datetime.now(UTC) - _BEGAN
    ripe = [folder for folder in folders if (target / folder / "contract.yaml").exists()]
    for number, folder in enumerate(ripe):
        issue(TracedWorkspace(target), folder, KIND, "", began + timedelta(seconds=number))
