"""Honest pushes of 1,000 commits to a shared repository that has the hook, and the same without."""

import os
import shutil
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench.clock import process
from bench.rows import Row
from bench.run import Run
from bench.shop import DOCUMENT, ORDER, docpipe, git, issued
from docpipe.adapters import sshkeys
from docpipe.adapters.git.object_reader import Objects
from docpipe.adapters.git.objects import Sign, made, signed, store
from docpipe.adapters.git.repository import open_repository
from docpipe.steps.issue import issue
from docpipe.workspace.traced_workspace import TracedWorkspace

_WHO = "Lin Yang <lin.yang@zefan.example>"
_HOME = f"orders/2026/03/{ORDER}"
_ACCESS = "access/lin.yang@zefan.example/desk-0a1b2c"


def rows(run: Run) -> Iterator[Row]:
    """Documents issued, entries of the access log, changes of orders: each all in one push."""
    base = run.scratch / "hook"
    shutil.rmtree(base, ignore_errors=True)
    base.mkdir(parents=True)
    shop = issued(run, base)
    number = run.effort.pushed
    _issues(run, shop, number)
    _entries(shop, number)
    _changes(shop, number)
    key = sshkeys.make(base / "key", "bench")
    _keyed(shop, key.line)
    for name, refs in {
        "records": ["first:main", "records"], "access": ["first:main", f"{_ACCESS}"],
        "main": ["first:main", "later:main"],
    }.items():  # fmt: skip
        yield _pushed(run, base, shop, name, refs, number)
    _sign(shop, "refs/heads/records", sshkeys.signer(key))
    yield _pushed(run, base, shop, "records-signed", ["keyed:main", "records"], number)


def _pushed(run: Run, base: Path, shop: Path, name: str, refs: list[str], number: int) -> Row:
    """The second ref pushed to a new repository with the hook, beside one without."""
    times = []
    for hook in (True, False):
        bare = base / f"{name}-{hook}.git"
        git(base, "init", "--quiet", "--bare", str(bare))
        git(shop, "push", "--quiet", str(bare), refs[0])
        if hook:
            docpipe(run, base, "hook", "install", str(bare))
        push = ["git", "push", "--quiet", str(bare), refs[1]]
        times.append(process(push, run.environment, shop).cpu)
    print(f"hook: {number} of {name}", file=sys.stderr)
    return Row(f"hook.{name}", times[0] * 1e3, "ms", times[1] * 1e3, "no hook")


def _issues(run: Run, shop: Path, number: int) -> None:
    """So many order sheets of other orders, issued from a main that has them."""
    text = (shop / _HOME / "order.yaml").read_text(encoding="utf-8")
    folders = [f"orders/2026/03/ZF-2026-{5000 + count:04}" for count in range(number)]
    for folder in folders:
        (shop / folder).mkdir(parents=True)
        own = text.replace(ORDER, folder.rpartition("/")[2])
        (shop / folder / "order.yaml").write_text(own, encoding="utf-8")
    git(shop, "add", "--all")
    git(shop, "commit", "--quiet", "--message", "More orders")
    git(shop, "branch", "--force", "first")
    git(shop, "update-ref", "-d", "refs/heads/records")
    os.environ.update(run.environment)
    for count, folder in enumerate(folders):
        issue(TracedWorkspace(shop), folder, "order-sheet", "", _moment(count))


def _entries(shop: Path, number: int) -> None:
    stream, main = bytearray(), git(shop, "rev-parse", "first")
    for count in range(number):
        words = (
            f"Open {ORDER} {DOCUMENT} revision 0\n\nDocpipe-Access: 1\nSequence: {count + 1}\n"
            f"Main: {main}\nCommand: open\nOrder: {ORDER}\nDocument: {DOCUMENT}\nRevision: 0\n"
        )
        stream += _commit(f"refs/heads/{_ACCESS}", _moment(count), words, {})
    git(shop, "fast-import", "--quiet", stdin=bytes(stream))


def _changes(shop: Path, number: int) -> None:
    """So many saves, each in one of a hundred orders."""
    text = (shop / _HOME / "order.yaml").read_text(encoding="utf-8")
    stream = bytearray()
    for count in range(number):
        order = f"ZF-2026-{1000 + count % 100:04}"
        own = text.replace(ORDER, order) + f"# saved {count}\n"
        files = {f"orders/2026/03/{order}/order.yaml": own.encode()}
        begin = "first" if count == 0 else ""
        stream += _commit("refs/heads/later", _moment(count), f"Save {order}\n", files, begin)
    git(shop, "fast-import", "--quiet", stdin=bytes(stream))


def _keyed(shop: Path, line: str) -> None:
    """A branch `keyed` from `first` where everything is signed, by this key."""
    people = shop / "people.yaml"
    text = people.read_text(encoding="utf-8")
    email = "    email: lin.yang@zefan.example\n"
    assert email in text
    people.write_text(text.replace(email, f"{email}    keys:\n      - key: {line}\n"), "utf-8")
    company = shop / "company.yaml"
    company.write_text(company.read_text(encoding="utf-8") + "signing: required\n", "utf-8")
    git(shop, "switch", "--quiet", "-c", "keyed")
    git(shop, "commit", "--quiet", "-a", "--message", "Sign everything")


def _sign(shop: Path, ref: str, sign: Sign) -> None:
    """The same commits again, each signed."""
    repo = open_repository(shop)
    names = git(shop, "rev-list", "--reverse", ref).split()
    parent = before = ""
    objects = []
    with Objects(repo) as reader:
        for name, content in zip(names, reader.many(names), strict=True):
            content = content.replace(before.encode(), parent.encode(), 1) if before else content
            commit = made(repo.digest, "commit", signed(content, sign(content), repo.digest))
            objects.append(commit)
            before, parent = name, commit.id
    store(repo, objects)
    git(shop, "update-ref", ref, parent)


def _moment(count: int) -> datetime:
    """An hour ago, and a second later for each."""
    start = datetime.now(UTC).replace(microsecond=0, second=0, minute=0) - timedelta(hours=2)
    return start + timedelta(seconds=count)


def _commit(
    ref: str, moment: datetime, words: str, files: dict[str, bytes], begin: str = ""
) -> bytes:  # fmt: skip
    """A commit as `git fast-import` reads it."""
    when = f"{_WHO} {int(moment.timestamp())} +0000"
    data = words.encode()
    out = f"commit {ref}\nauthor {when}\ncommitter {when}\ndata {len(data)}\n".encode() + data
    out += f"from {begin}\n".encode() if begin else b""
    for path, content in files.items():
        out += f"M 100644 inline {path}\ndata {len(content)}\n".encode() + content + b"\n"
    return out + b"\n"
