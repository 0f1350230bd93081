"""A shop with issued documents, and its records rewritten by plain git."""

import random
import re
import shutil
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from docpipe.reports import verified as report
from docpipe.steps.approve import approve
from docpipe.steps.issue import issue
from docpipe.steps.save import save
from docpipe.steps.verify import Verified, verify
from docpipe.steps.withdraw import withdraw
from docpipe.trust.formats.places import documents_of, order_path
from docpipe.workspace.traced_workspace import TracedWorkspace
from docpipe.workspace.workspace import Workspace
from tests.adapters.git.kit import git, repository
from tests.conftest import copy_workspace
from tests.issuing import LIN, ORDER, edit, introduced, kept
from tests.receiving import demand_short_names

LEGAL = ("顾法", "gu.fa@zefan.example")
FIRST, FOURTH = "ZF-2026-0001", "ZF-2026-0004"
RECORDS = "refs/heads/records"
STEP = timedelta(minutes=20)
BEGUN = 15 * STEP  # ago
CONTRACT = f"{documents_of(ORDER)}/sales-contract"
APPROVED = f"approvals/{order_path(ORDER)}/sales-contract"
DOCX, YAML = r"orders/.*\.docx", r"orders/.*/r\d+\.yaml"
Tampering = Callable[[Path, random.Random], Sequence[str]]


@dataclass(frozen=True)
class Step:
    """One commit: who and when as git writes it, what it says, and its files (None: removed)."""

    author: str
    committer: str
    message: str
    files: dict[str, bytes | None] = field(default_factory=dict)


def shop_with_records(
    base: Path,
    begin: Callable[[Path], None] = lambda shop: None,
    become: Callable[[Path, tuple[str, str]], object] = introduced,
) -> Path:
    """A shop in `base`/shop with a shared repository beside it, and twelve records.

    `begin` is done once it is saved, `become` where another person goes on.
    """
    shop = kept(copy_workspace(base / "shop"), approvals=True)
    begin(shop)
    remote = repository(base / "shared.git", "--bare")
    git(shop, "remote", "add", "origin", "../shared.git")
    git(shop, "push", "--quiet", "origin", "main")
    now = _Clock(datetime.now(UTC) - BEGUN)
    folders = {folder.rpartition("/")[2]: folder for folder in Workspace(shop).order_folders}

    def issued(order: str, document: str) -> None:
        issue(TracedWorkspace(shop), folders[order], document, "", now())

    def approved(order: str) -> None:
        become(shop, LEGAL)
        approve(Workspace(shop), folders[order], "sales-contract", "", now())
        become(shop, LIN)

    approved(ORDER)
    issued(ORDER, "sales-contract")
    issued(FIRST, "order-sheet")
    issued(ORDER, "order-sheet")
    issued(FOURTH, "order-sheet")
    issued(FOURTH, "commercial-invoice-1")
    edit(shop, "customers/MFANO.yaml", "Mombasa", "Nairobi")
    save(Workspace(shop), (), "", now())
    git(shop, "push", "--quiet", "origin", "main")
    approved(ORDER)
    issued(ORDER, "sales-contract")
    withdraw(Workspace(shop), folders[FOURTH], "commercial-invoice-1", "", "Sent in error", now())
    issued(FOURTH, "commercial-invoice-2")
    issued(ORDER, "customer-profile")
    issued(FIRST, "quotation")
    assert git(remote, "rev-parse", "records") == git(shop, "rev-parse", "records")
    for folder in (shop, remote):
        git(folder, "gc", "--quiet")  # it will be copied many times
    return shop


class _Clock:
    def __init__(self, start: datetime) -> None:
        self._now = start

    def __call__(self) -> datetime:
        self._now += STEP
        return self._now


def copied(shop: Path, target: Path, *, alone: bool) -> Path:
    """The shop and its shared repository copied; `alone` it knows of none."""
    shutil.copytree(shop.parent, target, symlinks=True)
    copy = target / shop.name
    if alone:
        git(copy, "remote", "remove", "origin")
    return copy


def history(shop: Path) -> list[Step]:
    """The records, oldest first, by plain git."""
    names = git(shop, "rev-list", "--reverse", "records").splitlines()
    return [_step(shop, name) for name in names]


def _step(shop: Path, name: str) -> Step:
    raw = git(shop, "cat-file", "commit", name)
    head, _, message = raw.partition("\n\n")
    who = {line.split(" ")[0]: line.partition(" ")[2] for line in head.splitlines()}
    paths = git(shop, "diff-tree", "-r", "--root", "--no-commit-id", "--name-only", name)
    files: dict[str, bytes | None] = {p: shown(shop, f"{name}:{p}") for p in paths.splitlines()}
    return Step(who["author"], who["committer"], message + "\n", files)


def shown(shop: Path, what: str) -> bytes:
    done = subprocess.run(["git", "cat-file", "blob", what], cwd=shop, capture_output=True,
                          check=True)  # fmt: skip
    return done.stdout


def rewritten(shop: Path, steps: Sequence[Step], *, traceless: bool = True) -> None:
    """Write the records anew, by `git fast-import`; `traceless` without a trace in the reflog."""
    stream = bytearray(b"reset refs/heads/records\n\n")
    for step in steps:
        stream += b"commit refs/heads/records\n"
        stream += f"author {step.author}\ncommitter {step.committer}\n".encode()
        stream += _data(step.message.encode())
        for path, data in step.files.items():
            if data is None:
                stream += f"D {path}\n".encode()
            else:
                stream += f"M 100644 inline {path}\n".encode() + _data(data)
        stream += b"\n"
    git(shop, "fast-import", "--quiet", "--force", "--date-format=raw", stdin=bytes(stream))
    if traceless:
        (shop / ".git/logs/refs/heads/records").unlink(missing_ok=True)


def _data(data: bytes) -> bytes:
    return f"data {len(data)}\n".encode() + data + b"\n"


def edited(steps: Sequence[Step], path: str, change: Callable[[bytes], bytes | None]) -> list[Step]:
    """The history with one file otherwise from the start; None leaves it out."""
    found: list[Step] = []
    for step in steps:
        data = step.files.get(path)
        if data is None:
            found.append(step)
            continue
        files = {**step.files, path: change(data)}
        found.append(replace(step, files={p: d for p, d in files.items() if d is not None}))
    return [step for step in found if step.files]


def paths(steps: Sequence[Step], pattern: str) -> list[str]:
    """Files on record whose whole path fits."""
    return [path for step in steps for path in step.files if re.fullmatch(pattern, path)]


def swapped(text: bytes, find: str, put: str) -> bytes:
    """A record with something else in it; it must have been there."""
    found = re.sub(find.encode(), put.encode(), text, count=1)
    assert found != text, find
    return found


def flipped(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + bytes([data[at] ^ (1 << chance.randrange(8))]) + data[at + 1 :]


def looked_at(shop: Path, *orders: str) -> tuple[Verified, str]:
    """What `verify` finds, and all that it says in English."""
    found = verify(Workspace(shop), orders, shop, datetime.now(UTC))
    lines = [report.summary(found, "en"), *(report.line(fault, "en") for fault in found.violations)]
    assert not any("{" in report.line(fault, "zh") for fault in found.violations)
    told = "\n".join([*lines, *report.notes(found, "en")])
    demand_short_names(told)
    return found, told
