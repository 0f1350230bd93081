"""Files written whole or not at all."""

import contextlib
import os
from pathlib import Path

from docpipe.diagnostics import DocpipeError, Text
from docpipe.diagnostics.error import SURROUNDINGS

_FAILED = Text("{path} cannot be written: {why}", "无法写入 {path}：{why}")


def write_whole(path: Path, data: bytes) -> None:
    """Write `data` to a temporary file beside `path` and rename it.

    Raises DocpipeError (the surroundings) for a full or read-only disk.
    """
    temporary = path.parent / f".docpipe-{os.urandom(6).hex()}"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with temporary.open("xb") as file:
                file.write(data)
            temporary.replace(path)
        except BaseException:  # also Ctrl-C: nothing is left beside
            with contextlib.suppress(OSError):
                temporary.unlink()
            raise
    except OSError as error:
        why = error.strerror or str(error)
        raise DocpipeError(_FAILED, exit_code=SURROUNDINGS, path=str(path), why=why) from error
