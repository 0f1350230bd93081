"""By the order of system calls: an entry of the access log is on the disk before anything shows."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.issuing import ORDER, kept
from tests.test_issued import put

_CALL = re.compile(r"^(?P<pid>\d+) +(?P<call>\w+)\((?P<rest>.*)$")


def traced(folder: Path, log: Path, *words: str) -> list[tuple[str, str]]:
    """`docpipe WORDS` under strace: its calls that sync, write a file anew, rename, or print."""
    wanted = "trace=fsync,fdatasync,openat,rename,renameat,renameat2,link,linkat,write"
    done = subprocess.run(
        ["strace", "-f", "-qq", "-y", "-s", "400", "-e", wanted, "-e", "signal=none",
         "-o", str(log), sys.executable, "-m", "docpipe", *words],
        cwd=folder, capture_output=True, text=True, check=False, env=dict(os.environ),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    matches = [*filter(None, map(_CALL.match, log.read_text("utf-8", "replace").splitlines()))]
    ours = matches[0]["pid"]  # the others are git
    return [(f"{'' if m['pid'] == ours else 'git '}{m['call']}", m["rest"]) for m in matches]


def first(calls: list[tuple[str, str]], call: str, *parts: str) -> int:
    """Where the first such call stands whose file and names have all of these parts.

    What it writes does not count: chance, or Python keeping its bytecode, could write them too.
    """
    found = (n for n, (name, rest) in enumerate(calls)
             if re.fullmatch(call, name) and all(part in _named(name, rest) for part in parts)
             )  # fmt: skip
    place = next(found, None)
    assert place is not None, (call, parts)
    return place


def _named(call: str, rest: str) -> str:
    """The file that a call is about: with its number where it writes, with all else it is told."""
    return f"({rest.partition(', ')[0]}" if "write" in call else rest


@pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace")
@pytest.mark.parametrize("command", ["export", "show"])
def test_object_and_ref_are_synced_before_anything_is_written(
    command: str, shop: Path, tmp_path: Path
) -> None:
    kept(shop)
    put(shop, "sales-contract")
    words = (command, ORDER) + (("sales-contract",) if command == "export" else ())
    calls = traced(shop, tmp_path / "calls", *words)
    objects = first(calls, "(git )?(fsync|fdatasync)", "/.git/objects/")
    ref = first(calls, "(git )?(fsync|fdatasync)", "/.git/refs/heads/access/", ".lock")
    moved = first(calls, "(git )?rename.*", "refs/heads/access/", ".lock")
    folder = first(
        calls, "(git )?(fsync|fdatasync)", "/.git/refs/heads/access/lin.yang@zefan.example>"
    )
    if command == "export":
        shown = first(calls, "openat", f"{shop}/build/", "O_CREAT")
    else:
        shown = first(calls, "write", "(1<")
    assert objects < ref < moved < folder < shown
