"""Commands forked from a process that has imported everything: hundreds of runs, no cold start.

Run by itself it is that process: it takes a job a line (JSON), says the pid of its child, and when
that has ended its exit code, or minus the number of the signal that ended it.
"""

import importlib
import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

from tests.support import leave

ROOT = Path(__file__).parents[2]
DOCPIPE = "docpipe.cli.edge:run"
"""The command line: a function that takes the arguments and returns the exit code."""


class Forks:
    """Runs commands in one folder, one after the other."""

    def __init__(self, folder: Path, scratch: Path, what: str = DOCPIPE) -> None:
        self.folder, self.scratch, self._what = folder, scratch, what
        scratch.mkdir(parents=True)
        self.pid = 0
        self._base = subprocess.Popen(
            [sys.executable, "-m", "tests.soak.forks"], cwd=ROOT, stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def start(self, *arguments: str) -> None:
        """Begin a command; its pid is `pid`."""
        assert self._base.stdin is not None
        job = {"what": self._what, "argv": arguments, "cwd": str(self.folder),
               "out": str(self.scratch / "out"), "err": str(self.scratch / "err")}  # fmt: skip
        self._base.stdin.write(json.dumps(job) + "\n")
        self._base.stdin.flush()
        self.pid = int(self._line())

    def kill(self, *, with_git: bool) -> None:
        """End it where it stands, with or without the gits that it started, if it still runs."""
        with suppress(OSError):
            status = Path(f"/proc/{self.pid}/stat").read_text(encoding="utf-8")
            if int(status.rpartition(")")[2].split()[1]) == self._base.pid:  # not another's by now
                kill(self.pid, with_git)

    def end(self) -> tuple[int, str, str]:
        """Wait for its end: the exit code, and what it said."""
        code = int(self._line())
        out, err = (self.scratch / name for name in ("out", "err"))
        return code, out.read_text(encoding="utf-8"), err.read_text(encoding="utf-8")

    def run(self, *arguments: str) -> tuple[int, str, str]:
        """A command from beginning to end."""
        self.start(*arguments)
        return self.end()

    def said(self) -> str:
        """What the command has said on standard output so far."""
        return (self.scratch / "out").read_text(encoding="utf-8")

    def close(self) -> None:
        """End the process that commands are forked from."""
        assert self._base.stdin is not None
        self._base.stdin.close()
        self._base.wait()

    def _line(self) -> str:
        assert self._base.stdout is not None
        return self._base.stdout.readline()


def kill(pid: int, with_git: bool) -> None:
    """Stop a process where it stands, then end it, with or without the gits that it started."""
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGSTOP)
        for victim in (*(_below(pid) if with_git else []), pid):
            with suppress(ProcessLookupError):
                os.kill(victim, signal.SIGKILL)


def _below(pid: int) -> list[int]:
    """What a process has started, and that in turn; not the server's side of a push or fetch."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
                words = (entry / "cmdline").read_bytes()
            except (OSError, ValueError):
                continue
            if b"receive-pack" not in words and b"upload-pack" not in words:
                children.setdefault(parent, []).append(int(entry.name))
    found, open_ = [], [pid]
    while open_:
        below = children.get(open_.pop(), [])
        found += below
        open_ += below
    return found


class Moments:
    """How long commands take here and now, so that kills are spread over all of their life."""

    def __init__(self) -> None:
        self._usual: dict[str, float] = {}

    def of(self, command: str) -> float:
        """Seconds within which it is to be killed; 0 where that is not known yet."""
        return self._usual.get(command, 0.0)

    def ended(self, command: str, began: float) -> None:
        """It was through."""
        self._usual[command] = time.monotonic() - began

    def killed(self, command: str) -> None:
        """It may take longer by now."""
        self._usual[command] *= 1.03


def _fork(job: dict[str, str], first: Path) -> None:
    """What the child does; the first one leaves the names of all that it imported."""
    try:
        os.chdir(job["cwd"])
        for name, number in (("out", 1), ("err", 2)):
            file = os.open(job[name], os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
            os.dup2(file, number)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        module, _, function = job["what"].partition(":")
        code = getattr(importlib.import_module(module), function)(list(job["argv"]))
        if not first.exists():
            first.write_text("\n".join(sys.modules))
    except BaseException:
        sys.excepthook(*sys.exc_info())  # type: ignore[arg-type]
        code = 70
    leave(code)


def _serve() -> None:
    warm = False
    for line in sys.stdin:
        job = json.loads(line)
        names = Path(job["out"]).with_name("modules")
        for name in ("out", "err"):
            Path(job[name]).write_bytes(b"")  # nobody reads what the one before had said
        pid = os.fork()
        if not pid:
            _fork(job, names)
        print(pid, flush=True)
        print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)
        if not warm and names.exists():
            warm = True
            for name in names.read_text().split("\n"):
                with suppress(Exception):
                    importlib.import_module(name)


if __name__ == "__main__":
    _serve()
