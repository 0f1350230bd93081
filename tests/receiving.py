"""What the tests of the hook share: a bare repository that has it, and pushes to refuse."""

import dataclasses
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from docpipe.adapters.repository import (
    Record,
    Records,
    Repository,
    Sign,
    Signature,
    open_repository,
)
from tests.adapters.repository.kit import GIT, clone, git, repository
from tests.conftest import copy_workspace
from tests.issuing import ORDER, introduced, kept

LIN = ("Lin Yang", "lin.yang@zefan.example")
ZHOU = ("Zhou Mo", "zhou.mo@zefan.example")
GU = ("Gu Fa", "gu.fa@zefan.example")
DOCUMENT = "sales-contract"
STEM = f"orders/{ORDER}/{DOCUMENT}/r0"
APPROVAL = f"approvals/{ORDER}/{DOCUMENT}"


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
        made = Record(files, "Record", trailers=trailers)
        alone = Records(_alone(self.clone))
        commit = alone.append(lambda _: made, Signature(*by, moment), sign)
        assert commit is not None
        return commit


def _alone(folder: Path) -> Repository:
    """The clone as if nobody shared anything with it."""
    return dataclasses.replace(open_repository(folder), remotes={})


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
