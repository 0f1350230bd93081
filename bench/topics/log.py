"""The access log: entries written one by one, verified with signatures, and after a few more."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter

from bench.clock import Times
from bench.rows import Row, plain
from bench.run import ROOT, BenchError, Run
from docpipe.adapters import sshkeys
from docpipe.adapters.git import (
    Repository,
    Signature,
    branch_of,
    entry_words,
    log_entry,
    open_repository,
)
from docpipe.adapters.git.chain_names import EMPTY_TREE
from docpipe.adapters.git.objects import Object, Sign, made, sealed, store
from docpipe.steps.log_verify import verify
from docpipe.workspace.workspace import Workspace

_WHO = ("Lin Yang", "lin.yang@zefan.example")
_START = datetime(2026, 11, 2, 9, tzinfo=UTC)
_TOLD = (("Command", "open"), ("Order", "ZF-2026-0002"))


def rows(run: Run) -> Iterator[Row]:
    """Seconds of wall time where a disk is waited for, and CPU time of whole verifications."""
    written, signed, many = run.effort.log
    yield from _written(run, written)
    yield from _verified(run, signed)
    yield from _grown(run, many)


def _written(run: Run, number: int) -> Iterator[Row]:
    """One entry after the other, each synced: how long one takes, and how long the slowest."""
    repo = open_repository(_shop(run, "written"))
    main, taken = repo.resolve("main"), []
    for count in range(number):
        began = perf_counter()
        log_entry(repo, _by(count), main, "Open ZF-2026-0002", _TOLD)
        taken.append(perf_counter() - began)
    taken.sort()
    yield Row("log.entry", taken[len(taken) // 2] * 1e3, "ms", least=taken[0] * 1e3)
    yield Row("log.entry.p99", taken[int(len(taken) * 0.99)] * 1e3, "ms")


def _verified(run: Run, number: int) -> Iterator[Row]:
    """So many signed entries in one chain, verified from the first, and then again."""
    shop = _shop(run, "signed", signed=True)
    repo = open_repository(shop)
    _chain(repo, number, sshkeys.signer(sshkeys.read(run.scratch / "log" / "key.pub")))
    yield plain(f"log.verify.signed.{number}", _time(shop, anew=True))
    yield plain(f"log.verify.signed.{number}.again", _time(shop))


def _grown(run: Run, number: int) -> Iterator[Row]:
    """So many entries that were verified before, and ten new ones."""
    shop = _shop(run, "many")
    repo = open_repository(shop)
    tip = _chain(repo, number)
    yield plain(f"log.verify.{number}", _time(shop, rounds=1))
    taken = []
    for _ in range(3):
        tip = _chain(repo, 10, start=number, tip=tip)
        number += 10
        taken.append(_time(shop, rounds=1).seconds[0])
    yield plain(f"log.verify.{number - 30}.grown", Times(tuple(taken)))


def _time(shop: Path, *, anew: bool = False, rounds: int = 3) -> Times:
    """CPU time of this process and of the gits that it ran."""
    taken = []
    for _ in range(rounds):
        began = os.times()
        verdict = verify(Workspace(shop), anew=anew, now=_START + timedelta(days=3))
        spent = sum(os.times()[:4]) - sum(began[:4])
        if not verdict.sound:
            raise BenchError(verdict.faults[0].message("en"))
        taken.append(spent)
    return Times(tuple(taken))


def _by(count: int) -> Signature:
    return Signature(*_WHO, _START + timedelta(seconds=count))


def _chain(
    repo: Repository, number: int, sign: Sign | None = None, start: int = 0, tip: str = ""
) -> str:
    """So many entries at the end of a chain, made at once; its tip."""
    tree = made(repo.digest, "tree", b"")
    assert tree.id == EMPTY_TREE[repo.digest]
    objects: list[Object] = [tree]
    main = repo.resolve("main")
    for count in range(start, start + number):
        words = entry_words("Open ZF-2026-0002", count + 1, main, _TOLD)
        entry = sealed(repo.digest, tree.id, [tip] if tip else [], _by(count), words, sign)
        objects.append(entry)
        tip = entry.id
    store(repo, objects)
    _git(repo.folder, "update-ref", f"refs/heads/{branch_of(_WHO[1], 'desk-0a1b2c')}", tip)
    if number > 100:  # as `git gc` leaves it
        _git(repo.folder, "repack", "-adq")
    return tip


def _shop(run: Run, name: str, *, signed: bool = False) -> Path:
    """A small workspace in a new repository."""
    base = run.scratch / "log"
    shop = base / name
    shutil.rmtree(shop, ignore_errors=True)
    for each in ("schemas", "templates/catalogue.yaml", "company.yaml", "people.yaml"):
        (shop / each).parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if (ROOT / each).is_dir() else shutil.copy)(ROOT / each, shop / each)
    _git(shop, "init", "--quiet", "--initial-branch=main")
    if signed:
        _ask_for_signatures(base, shop)
    _git(shop, "add", "--all")
    date = "2026-11-01T09:00:00Z"
    _git(shop, "-c", f"user.name={_WHO[0]}", "-c", f"user.email={_WHO[1]}", "commit", "--quiet",
         "-m", "Begin", "--date", date, GIT_COMMITTER_DATE=date)  # fmt: skip
    return shop


def _ask_for_signatures(base: Path, shop: Path) -> None:
    for name in ("key", "key.pub"):
        (base / name).unlink(missing_ok=True)
    key = sshkeys.make(base / "key", "bench")
    for file, find, put in (
        ("people.yaml", f"email: {_WHO[1]}\n",
         f"email: {_WHO[1]}\n    keys: [{{key: {key.line}}}]\n"),
        ("company.yaml", "flow: pull-request\n", "flow: pull-request\nsigning: required\n"),
    ):  # fmt: skip
        path = shop / file
        path.write_text(path.read_text("utf-8").replace(find, put), "utf-8")


def _git(folder: Path, *words: str, **environment: str) -> None:
    subprocess.run(["git", *words], cwd=folder, check=True, env={**os.environ, **environment})
