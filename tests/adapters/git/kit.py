"""Real repositories to test with, and plain git to look at them by."""

import os
import shutil
import subprocess
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

from docpipe.adapters.git import (
    CommitSource,
    Objects,
    Record,
    Records,
    Repository,
    Signature,
    open_repository,
)

NOON = datetime(2026, 11, 25, 12, tzinfo=timezone(timedelta(hours=8)))
WANG = Signature("王小明", "wang@huaxing.example", NOON)
LI = Signature("Li Na", "li@huaxing.example", datetime(2026, 11, 26, 1, 30, tzinfo=UTC))
GIT = shutil.which("git") or "git"


def git(folder: Path, *arguments: str, stdin: bytes = b"", **environment: str) -> str:
    """What plain git prints; it must succeed."""
    done = subprocess.run(
        [GIT, "-c", "user.name=Plain Git", "-c", "user.email=plain@git.example",
         "-c", "protocol.file.allow=always", "-c", "core.quotePath=false", *arguments],
        cwd=folder, input=stdin, capture_output=True, check=False,
        env={**os.environ, **environment},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode("utf-8", "surrogateescape").rstrip("\n")


def repository(folder: Path, *options: str) -> Path:
    """A new repository with a branch `main` and nothing in it."""
    folder.mkdir(parents=True, exist_ok=True)
    git(folder, "init", "--quiet", "--initial-branch=main", *options)
    return folder


def with_files(folder: Path, **files: str) -> Path:
    """Write and commit files by plain git; `a__b_yaml` stands for a/b.yaml."""
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_yaml", ".yaml")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "-m", "by plain git")
    return folder


def clone(remote: Path, folder: Path, *options: str) -> Path:
    """A clone over file://, as from a server."""
    git(folder.parent, "clone", "--quiet", *options, remote.as_uri(), folder.name)
    return folder


def shared_by(base: Path, *names: str) -> tuple[Path, list[Path]]:
    """A bare repository with one commit on `main`, and clones of it."""
    remote = repository(base / "shared.git", "--bare")
    first = with_files(clone(remote, base / names[0]), readme="x\n")
    git(first, "push", "--quiet", "origin", "main")
    return remote, [first, *(clone(remote, base / name) for name in names[1:])]


def opened(folder: Path) -> Repository:
    return open_repository(folder)


def put(folder: Path, path: str, data: bytes = b"x", by: Signature = WANG) -> str | None:
    """Put one file on record."""
    return Records(open_repository(folder)).append(lambda _: one(path, data), by)


def one(path: str, data: bytes = b"x") -> Record:
    return Record({path: data}, f"Record {path}")


def count_up(source: CommitSource) -> Record:
    """A record that takes the next free number: what a lost race must do again."""
    number = len(source.files("numbers")) + 1
    return one(f"numbers/{number:05}", str(number).encode())


def on_record(folder: Path) -> list[str]:
    """All files on record, by plain git."""
    tips = git(folder, "for-each-ref", "--format=%(objectname)", "refs/heads/records")
    return git(folder, "ls-tree", "-r", "--name-only", tips).splitlines() if tips else []


def records_of(folder: Path) -> CommitSource:
    """The records as docpipe reads them, everything in memory."""
    repo = open_repository(folder)
    with Objects(repo) as reader:
        source = Records(repo).source(reader)
        source.files("")
    return source


def is_sound(folder: Path) -> bool:
    """Whether git finds no fault in what is committed (a sparse index alone alarms git 2.39)."""
    git(folder, "fsck", "--full", "--strict", "--no-dangling", GIT_INDEX_FILE=str(folder / "none"))
    return True


def hook(bare: Path, name: str, script: str) -> None:
    """Give a repository a hook."""
    folder = bare / "hooks" if (bare / "HEAD").exists() else bare / ".git" / "hooks"
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text("#!/bin/sh\n" + script + "\n", encoding="utf-8")
    path.chmod(0o755)


def fake_git(folder: Path, script: str) -> Path:
    """A folder for PATH with a program `git` that runs `script`; $GIT is the real one."""
    folder.mkdir(exist_ok=True)
    program = folder / "git"
    program.write_text(f"#!/bin/sh\nGIT='{GIT}'\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    return folder
