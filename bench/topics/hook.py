"""Honest pushes of 1,000 commits to a shared repository that has the hook, and the same without."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from bench.clock import process
from bench.rows import Row
from bench.run import Run
from bench.shop import DOCUMENT, ORDER, docpipe, git, issued
from docpipe.adapters import sshkeys
from docpipe.adapters.git.object_reader import Objects
from docpipe.adapters.git.objects import Sign, made, signed, store
from docpipe.adapters.git.repository import open_repository
from docpipe.trust.formats.places import documents_of

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
    _issues(shop, number)
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


def _issues(shop: Path, number: int) -> None:
    """So many contracts of other orders on record, as docpipe writes them."""
    place = f"records:{documents_of(ORDER)}/{DOCUMENT}/r0"
    record = git(shop, "show", f"{place}.yaml") + "\n"
    words = ["git", "show", f"{place}.docx"]
    document = subprocess.run(words, cwd=shop, capture_output=True, check=True).stdout
    year = datetime.now(UTC).year
    git(shop, "update-ref", "-d", "refs/heads/records")
    stream = bytearray()
    for count in range(number):
        order, moment, own = f"ZF-2026-{count + 1000:04}", _moment(count), b"%d" % count + document
        sc = f"SC-{year}-{count + 1:04}"
        said = re.sub(r"^order: .*$", f"order: {order}", record, flags=re.MULTILINE)
        said = re.sub(r"^number: .*$", f"number: {sc}", said, flags=re.MULTILINE)
        said = re.sub(r"^sha256: .*$", f'sha256: "{sha256(own).hexdigest()}"', said, flags=re.M)
        at = f'issued_at: "{moment.isoformat()}"'
        said = re.sub(r"^issued_at: .*$", at, said, flags=re.MULTILINE)
        stem = f"{documents_of(order)}/{DOCUMENT}/r0"
        files = {
            f"{stem}.docx": own, f"{stem}.yaml": said.encode(),
            f"numbers/SC/{year}/{count + 1:04}.yaml":
                f"number: {sc}\norder: {order}\ndocument: {DOCUMENT}\n".encode(),
        }  # fmt: skip
        message = (
            f"Issue {sc} revision 0\n\nOrder: {order}\nDocument: {DOCUMENT}\n"
            f"Number: {sc}\nRevision: 0\nDocpipe-Record: 1\n"
        )
        stream += _commit("refs/heads/records", moment, message, files)
    git(shop, "fast-import", "--quiet", stdin=bytes(stream))


def _entries(shop: Path, number: int) -> None:
    stream = bytearray()
    for count in range(number):
        words = (
            f"Open {ORDER} {DOCUMENT} revision 0\n\nDocpipe-Access: 1\nSequence: {count + 1}\n"
            f"Command: open\nOrder: {ORDER}\nDocument: {DOCUMENT}\nRevision: 0\n"
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
