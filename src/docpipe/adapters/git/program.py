"""The git program: found, new enough, and run so that nothing around it takes part."""

import contextlib
import os
import re
import subprocess
import threading
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TypedDict, Unpack

from docpipe.adapters import programs
from docpipe.adapters.git.git_errors import GET, NO_GIT, TIMEOUT, TOO_OLD, Refusal, explained
from docpipe.diagnostics import DocpipeError, Value
from docpipe.diagnostics.error import SURROUNDINGS

MINIMUM = (2, 39)
"""`git merge-tree --stdin`, of 2.39 (December 2022), makes merges again; `core.fsync`, of 2.36,
puts a moved ref on the disk, which no setting did before."""

LOCAL = 600.0
NETWORK = 300.0
"""Seconds that a run may take: on this machine, and with another one."""

_GIT_PYTHON = "GIT_PYTHON_GIT_EXECUTABLE"
_VARIABLES = threading.RLock()
"""Held while variables are looked through or changed: they belong to all threads."""
_OURS = (
    ("core.hooksPath", os.devnull),  # hooks may come with a copied repository
    ("core.fsmonitor", "false"),  # may be a command, and starts a daemon
    ("core.fsync", "all"),
    ("core.quotePath", "false"),
    ("protocol.ext.allow", "never"),  # ext:: runs whatever its address says
    ("protocol.fd.allow", "never"),
    ("gc.autoDetach", "false"),  # nothing goes on in the background
    ("maintenance.autoDetach", "false"),
)
# What may be set from outside: how the server is reached, whose settings count, and who writes.
_KEPT = re.compile(
    r"GIT_(SSH.*|SSL_.*|PROXY_SSL_.*|ASKPASS|EXEC_PATH|CONFIG_(GLOBAL|SYSTEM|NOSYSTEM)"
    r"|(AUTHOR|COMMITTER)_(NAME|EMAIL))"
)
_FIXED = {
    "LC_ALL": "C",
    "LANGUAGE": "",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_LITERAL_PATHSPECS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_PAGER": "cat",
    "GIT_EDITOR": "false",
    "SSH_ASKPASS_REQUIRE": "never",
}

PLAINLY = {
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_GRAFT_FILE": os.devnull,
    "GIT_CONFIG_COUNT": "2",
    "GIT_CONFIG_KEY_0": "core.commitGraph",
    "GIT_CONFIG_VALUE_0": "false",
    "GIT_CONFIG_KEY_1": "advice.graftFileDeprecated",
    "GIT_CONFIG_VALUE_1": "false",
}
"""Variables under which git shows what is there, not what somebody told it to show instead."""


class RunOptions(TypedDict, total=False):
    """What a run may be given: its input, more variables, how long it may take.

    `held` is the descriptor of docpipe's lock, which the run keeps even if docpipe is killed.
    """

    stdin: bytes
    extra: Mapping[str, str]
    seconds: float
    held: int | None


class Done(Value):
    """How a run ended."""

    code: int
    out: bytes
    err: str


class GitFailed(Refusal):
    """A run of git that failed, said as clearly as what it wrote allows; `done` is the run."""

    def __init__(self, arguments: Sequence[str], done: Done) -> None:
        message, hint, params = explained(_command(arguments), done.err)
        super().__init__(message, hint, exit_code=SURROUNDINGS, **params)
        self.done = done


def _command(arguments: Sequence[str]) -> str:
    """Git's command among the arguments, past `-c name=value` and `--git-dir=`."""
    pairs = zip(["", *arguments], arguments, strict=False)
    return next(word for before, word in pairs if not word.startswith("-") and before != "-c")


def find() -> str:
    """The git program from PATH, where relative folders do not count. Raises DocpipeError."""
    found = programs.find("git")
    if found is None:
        raise DocpipeError(NO_GIT, GET, exit_code=SURROUNDINGS)
    _demand_version(found)
    return found


@cache
def version(program: str) -> tuple[int, ...]:
    """The program's version, such as (2, 39, 5); () where it does not say."""
    told = programs.answer(program, "version", seconds=60)
    match = re.match(r"git version ([0-9]+)\.([0-9]+)(?:\.([0-9]+))?", told)
    return tuple(int(part) for part in match.groups() if part) if match else ()


def _demand_version(program: str) -> None:
    found = version(program)
    if found < MINIMUM:
        told, least = (".".join(map(str, numbers)) or "?" for numbers in (found, MINIMUM))
        raise DocpipeError(
            TOO_OLD, GET, exit_code=SURROUNDINGS, program=program, found=told, least=least
        )


def environment(extra: Mapping[str, str]) -> dict[str, str]:
    """This process's variables without those that would point git elsewhere, and `extra`."""
    with _VARIABLES:
        kept = {name: value for name, value in programs.variables().items() if not _directs(name)}
    return {**kept, **_FIXED, **extra}


def _directs(name: str) -> bool:
    return name.startswith("GIT_") and not _KEPT.fullmatch(name)


@contextlib.contextmanager
def undirected() -> Iterator[None]:
    """While this lasts, GitPython, which reads variables itself, takes our git and no other.

    Raises DocpipeError without git: GitPython does not even load then.
    """
    found = find()
    with _VARIABLES:
        hidden = {name: value for name, value in os.environ.items() if _directs(name)}
        for name in hidden:
            del os.environ[name]
        os.environ[_GIT_PYTHON] = found
        try:
            yield
        finally:
            del os.environ[_GIT_PYTHON]
            os.environ.update(hidden)


def start(
    folder: Path,
    arguments: Sequence[str],
    *,
    extra: Mapping[str, str],
    stderr: int,
    held: int | None = None,
) -> subprocess.Popen[bytes]:
    """Start git in `folder`; the caller ends it.

    In a session of its own, so that neither git nor ssh finds a terminal to ask on.
    """
    settings = [word for name, value in _OURS for word in ("-c", f"{name}={value}")]
    return subprocess.Popen(
        [find(), "--no-pager", *settings, *arguments],
        cwd=folder,
        env=environment(extra),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=stderr,
        start_new_session=True,
        pass_fds=() if held is None or os.name == "nt" else (held,),
    )


def run(folder: Path, arguments: Sequence[str], **how: Unpack[RunOptions]) -> Done:
    """Run git in `folder` to its end. Raises DocpipeError where it is missing or takes too long."""
    extra, seconds = how.get("extra", {}), how.get("seconds", LOCAL)
    pipe, held = subprocess.PIPE, how.get("held")
    with start(folder, arguments, extra=extra, stderr=pipe, held=held) as process:
        try:
            out, err = process.communicate(how.get("stdin", b""), seconds)
        except BaseException as error:  # also Ctrl-C: nothing goes on in the background
            programs.end(process)
            if isinstance(error, subprocess.TimeoutExpired):
                raise DocpipeError(
                    TIMEOUT, exit_code=SURROUNDINGS, command=_command(arguments),
                    seconds=int(seconds),
                ) from None  # fmt: skip
            raise
    return Done(process.returncode, out, err.decode("utf-8", "replace"))
