"""Finding other programs: in the folders of PATH that are named whole, never where one stands.

`PATH=.:/usr/bin`, an empty entry, and Windows by itself, look into the current folder first: that
is the checkout, and a `git` in it is whoever's who made it. What is started looks no further.
"""

import contextlib
import os
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from subprocess import Popen

_HERE = "NoDefaultCurrentDirectoryInExePath"  # keeps Windows from looking there


def find(*names: str) -> str | None:
    """The first of these programs in a folder of PATH that is no relative one; None for none."""
    for name in names:
        for folder in _folders():
            for suffix in _suffixes():
                path = os.path.join(folder, name + suffix)  # noqa: PTH118 (pathlib is slow to load)
                if os.path.isfile(path) and os.access(path, os.X_OK):  # noqa: PTH113
                    return path
    return None


def variables() -> dict[str, str]:
    """This process's variables for a program, whose own PATH has no relative folders either."""
    found = {**os.environ, _HERE: "1", "PATH": os.pathsep.join(_folders())}
    if not found["PATH"]:
        del found["PATH"]  # an empty one is the current folder
    return found


def answer(*words: str, seconds: float = 30.0) -> str:
    """What a program writes; "" where it does not start, or takes longer."""
    import subprocess

    try:
        return subprocess.run(
            words, env=variables(), capture_output=True, encoding="utf-8", errors="replace",
            timeout=seconds, check=False,
        ).stdout  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return ""


def end(process: "Popen[Any]") -> None:
    """End a program that leads a session of its own, and whatever it started."""
    import signal

    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()


def _folders() -> list[str]:
    entries = os.environ.get("PATH", "").split(os.pathsep)
    return [entry for entry in entries if os.path.isabs(entry)]  # noqa: PTH117


def _suffixes() -> list[str]:
    if sys.platform != "win32":
        return [""]
    return [each.lower() for each in os.environ.get("PATHEXT", ".EXE").split(os.pathsep) if each]
