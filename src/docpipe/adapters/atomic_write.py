"""Files written whole or not at all."""

import contextlib
import os
import sys
import time
import zlib
from pathlib import Path

from docpipe.diagnostics import DocpipeError, Text
from docpipe.diagnostics.error import SURROUNDINGS

_PREFIX = ".docpipe-"
_DAY = 86_400  # seconds after which nobody is still writing
_FAILED = Text("{path} cannot be written: {why}", "无法写入 {path}：{why}")


def replaced(path: Path, data: bytes, mode: int | None = None) -> None:
    """Write `data` to a temporary file beside `path` and rename it. Raises OSError."""
    temporary = path.parent / f"{_PREFIX}{_host()}-{os.getpid()}-{os.urandom(6).hex()}"
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with temporary.open("xb") as file:
            file.write(data)
        if mode is not None:
            temporary.chmod(mode)
        temporary.replace(path)
    except BaseException:  # also Ctrl-C: nothing is left beside
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise


def write_whole(path: Path, data: bytes) -> None:
    """Write `data`, whole or not at all.

    Raises DocpipeError (the surroundings) for a full or read-only disk.
    """
    try:
        replaced(path, data)
    except OSError as error:
        why = error.strerror or str(error)
        raise DocpipeError(_FAILED, exit_code=SURROUNDINGS, path=str(path), why=why) from error


def sweep(folder: Path) -> None:
    """Remove temporary files in `folder` whose process was killed before it could."""
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith(_PREFIX) and _is_left(entry):
                with contextlib.suppress(OSError):
                    Path(entry.path).unlink()


def _is_left(entry: os.DirEntry[str]) -> bool:
    """Whether its process is gone; of another machine's nobody knows, so a day is waited."""
    try:
        if entry.stat(follow_symlinks=False).st_mtime + _DAY < time.time():
            return True
        host, pid, _ = entry.name.removeprefix(_PREFIX).split("-")
        return host == _host() and not _runs(int(pid))
    except (OSError, ValueError):
        return False


def _host() -> str:
    """This machine, in a few letters that are fit for a file name."""
    name = os.environ.get("COMPUTERNAME", "") if sys.platform == "win32" else os.uname().nodename
    return f"{zlib.crc32(name.encode()):08x}"


def _runs(pid: int) -> bool:
    if sys.platform == "win32":  # there is no asking without ending it
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
