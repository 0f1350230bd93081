"""What the tests of the hook share: a bare repository that has it, and pushes to refuse."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import ClassVar

import pytest

from docpipe.adapters.git import Record, Records, Repository, Sign, Signature, open_repository
from docpipe.diagnostics import replace
from docpipe.trust.formats.places import documents_of, order_path
from tests.adapters.git.kit import GIT, clone, git, repository
from tests.conftest import copy_workspace
from tests.issuing import ORDER, blob, introduced, kept

LIN = ("Lin Yang", "lin.yang@zefan.example")
ZHOU = ("Zhou Mo", "zhou.mo@zefan.example")
GU = ("Gu Fa", "gu.fa@zefan.example")
DOCUMENT = "sales-contract"
STEM = f"{documents_of(ORDER)}/{DOCUMENT}/r0"
CJK = re.compile("[\u4e00-\u9fff]")
CHAIN = "access/lin.yang@zefan.example/desk-0a1b2c"
APPROVAL = f"approvals/{order_path(ORDER)}/{DOCUMENT}"


@dataclass(frozen=True)
class Pushed:
    """What became of a push, and what the server said."""

    accepted: bool
    said: str


@dataclass(frozen=True)
class Server:
    """A bare repository with the hook, and a clone of it in which somebody works."""

    bare: Path
    clone: Path
    url: str

    def at(self, url: str) -> "Server":
        """The same, reached in another way."""
        return Server(self.bare, self.clone, url)

    def push(self, *refspecs: str, **environment: str) -> Pushed:
        """Push from the clone by plain git, with force: the server alone decides."""
        done = subprocess.run(
            [GIT, "push", "--force", "--porcelain", self.url, *refspecs], cwd=self.clone,
            capture_output=True, text=True, check=False, env={**os.environ, **environment},
        )  # fmt: skip
        assert "Traceback" not in done.stderr
        return Pushed(done.returncode == 0, done.stderr)

    def tip(self, branch: str) -> str:
        """What a branch of the bare repository points to; "" for none."""
        return git(self.bare, "for-each-ref", "--format=%(objectname)", f"refs/heads/{branch}")

    def record(
        self, files: Mapping[str, bytes], by: tuple[str, str] = LIN, *, ago: int = 0,
        trailers: tuple[tuple[str, str], ...] = (), sign: Sign | None = None,
        when: datetime | None = None,
    ) -> str:  # fmt: skip
        """Put files on record in the clone alone, as docpipe writes them; the commit."""
        moment = when or datetime.now(UTC).replace(microsecond=0) - timedelta(seconds=ago)
        known = ("for-each-ref", "--format=%(objectname)", "refs/remotes/origin/main")
        main = git(self.clone, *known) or "0" * 40
        told = dict(trailers)
        subject = "Record"
        if "Number" in told:
            subject = f"Issue {told['Number']} revision {told['Revision']}"
        elif told:
            subject = f"Approve {told['Order']} {told['Document']}"
        made = Record(files, subject, trailers=(*trailers, ("Main", main)))
        alone = Records(_alone(self.clone))
        commit = alone.append(lambda _: made, Signature(*by, moment), sign)
        assert commit is not None
        return commit


def _alone(folder: Path) -> Repository:
    """The clone as if nobody shared anything with it."""
    return replace(open_repository(folder), remotes={})


def run(folder: Path, *arguments: str, **environment: str) -> str:
    """`docpipe ARGUMENTS`, which must succeed; what it prints."""
    done = subprocess.run(
        [sys.executable, "-m", "docpipe", *arguments], cwd=folder, capture_output=True, text=True,
        check=False, env={**os.environ, **environment},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def hosted(base: Path, *, issue: bool = True) -> Server:
    """A shared repository with the hook, one contract approved and issued by way of it."""
    first = kept(copy_workspace(base / "first"), approvals=True)
    introduced(first, LIN)
    bare = repository(base / "shared.git", "--bare")
    run(base, "hook", "install", str(bare))
    git(first, "push", "--quiet", bare.as_uri(), "main")
    here = introduced(clone(bare, base / "clone"), LIN)
    if issue:
        introduced(here, GU)
        run(here, "approve", ORDER, DOCUMENT)
        introduced(here, LIN)
        run(here, "issue", ORDER, DOCUMENT)
    return Server(bare, here, bare.as_uri())


class _Kept:
    """One server for all tests of a process, made by the first."""

    server: Server | None = None
    again: ClassVar[dict[str, bytes]] = {}


def served(base: Path, factory: pytest.TempPathFactory) -> Server:
    """A copy of a shared repository with the hook and of a clone of it, to be attacked."""
    if _Kept.server is None:
        _Kept.server = hosted(factory.mktemp("hosted"))
    return copied(_Kept.server, base)


def copied(server: Server, base: Path) -> Server:
    """A copy of it all, for one test to attack."""
    bare = Path(shutil.copytree(server.bare, base / "shared.git"))
    here = Path(shutil.copytree(server.clone, base / "clone"))
    git(here, "remote", "set-url", "origin", bare.as_uri())
    return Server(bare, here, bare.as_uri())


def change(folder: Path, path: str, edit: Callable[[str], str], who: tuple[str, str]) -> str:
    """Change a file and commit it in somebody's name; the commit."""
    file = folder / path
    text = file.read_text(encoding="utf-8")
    assert edit(text) != text
    file.write_text(edit(text), encoding="utf-8")
    return committed(folder, who)


def committed(folder: Path, who: tuple[str, str], *options: str) -> str:
    """Commit all there is in somebody's name; the commit."""
    introduced(folder, who)
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "-m", "x", *options, **named(who))
    return git(folder, "rev-parse", "HEAD")


def named(author: tuple[str, str], committer: tuple[str, str] | None = None) -> dict[str, str]:
    """Variables by which git writes these names."""
    by = committer or author
    return {"GIT_AUTHOR_NAME": author[0], "GIT_AUTHOR_EMAIL": author[1],
            "GIT_COMMITTER_NAME": by[0], "GIT_COMMITTER_EMAIL": by[1]}  # fmt: skip


def refused(pushed: Pushed, *words: str) -> None:
    """It was refused, by docpipe, in both languages, with something to do, for this reason."""
    assert not pushed.accepted
    lines = [line.strip() for line in pushed.said.splitlines() if "docpipe" in line]
    assert any(line.startswith("remote: docpipe：") and CJK.search(line) for line in lines)
    english = [line for line in lines if line.startswith("remote: docpipe: ")]
    assert english, pushed.said
    for word in words:
        assert word in english[0], english[0]
    assert english[0].count(". ") >= 1, "no remedy"
    demand_short_names(pushed.said)


def demand_short_names(said: str) -> None:
    """Commits and the like are told by twelve digits, or by all."""
    for name in re.findall(r"\b[0-9a-f]{9,}\b", said):
        assert len(name) in (12, 38, 40, 64), name  # 38: of a file among the objects


def accepted(pushed: Pushed) -> None:
    assert pushed.accepted, pushed.said


def text(server: Server, path: str) -> str:
    """A file on record in the clone."""
    return blob(server.clone, path).decode()


def issue_again(server: Server, **changes: str) -> dict[str, bytes]:
    """The files of a second issue, as docpipe makes them, with some words of the record changed."""
    if not _Kept.again:
        with tempfile.TemporaryDirectory() as folder:
            other = copied(server, Path(folder))
            run(other.clone, "withdraw", ORDER, DOCUMENT, "--reason", "x")
            run(other.clone, "issue", ORDER, DOCUMENT)
            stem = f"{documents_of(ORDER)}/{DOCUMENT}/r1"
            _Kept.again = {f"{stem}.{end}": blob(other.clone, f"{stem}.{end}")
                           for end in ("yaml", "docx")}  # fmt: skip
    files = dict(_Kept.again)
    path = next(path for path in files if path.endswith(".yaml"))
    record = files[path].decode()
    for find, put in changes.items():
        record = re.sub(rf"^{find}: .*$", f"{find}: {put}", record, count=1, flags=re.MULTILINE)
    return {**files, path: record.encode()}


def by_main(server: Server, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files of an issue, made by the shared main as it is now."""
    main = git(server.clone, "rev-parse", "refs/remotes/origin/main")

    def named_now(match: re.Match[str]) -> str:
        return f'{match[1]}{git(server.clone, "rev-parse", f"{main}:{match[2]}")}"'

    found = dict(files)
    for path in (each for each in files if each.endswith(".yaml")):
        shared = r'((?<=[ {])"?([a-z]+/?[A-Za-z0-9/.-]*\.yaml)"?: ")[0-9a-f]{40,}"'
        record = re.sub(shared, named_now, files[path].decode())
        found[path] = re.sub(r'(commit: ")[0-9a-f]+', rf"\g<1>{main}", record).encode()
    return found


def dated() -> tuple[datetime, str]:
    """A moment for a record by its commit, and as its file has it."""
    moment = datetime.now(UTC).replace(microsecond=0)
    return moment, f'"{moment.isoformat()}"'


def number(server: Server) -> str:
    """The number of the issued contract, which depends on the year."""
    match = re.search(r"^number: (.*)$", text(server, f"{STEM}.yaml"), re.MULTILINE)
    assert match
    return match[1].strip('"')


def trailers(
    server: Server, revision: int = 1, order: str = ORDER
) -> tuple[tuple[str, str], ...]:  # fmt: skip
    """What docpipe says of an issued document in the commit's message."""
    return (("Order", order), ("Document", DOCUMENT), ("Number", number(server)),
            ("Revision", str(revision)))  # fmt: skip


def give_lin_legal(old: str) -> str:
    return old.replace("roles: [salesperson]", "roles: [salesperson, legal]", 1)


def entry(
    server: Server, sequence: int | str, parent: str = "", by: tuple[str, str] = LIN,
    mark: str = "1", tree: str = "", more: tuple[str, ...] = (), words: tuple[str, ...] = (),
    main: str = "", ago: int = 0,
) -> str:  # fmt: skip
    """An entry of the access log, by plain git, so many minutes ago."""
    when = f"@{int((datetime.now(UTC) - timedelta(minutes=ago)).timestamp())} +0000"
    dates = {"GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when}
    main = main or git(server.clone, "rev-parse", "origin/main")
    tree = tree or git(server.clone, "mktree")
    said = f"Docpipe-Access: {mark}\nSequence: {sequence}\nMain: {main}\nCommand: open\n"
    said += f"Order: {ORDER}"
    above = [word for each in (parent, *more) if each for word in ("-p", each)]
    subject = f"Open {ORDER}"
    command = ("commit-tree", *words, tree, *above, "-m", subject, "-m", said)
    return git(server.clone, *command, **named(by), **dates)
