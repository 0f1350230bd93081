"""Files written whole or not at all."""

import contextlib
import os
import tempfile
from pathlib import Path

from docpipe.diagnostics import DocpipeError, Text
from docpipe.diagnostics.error import SURROUNDINGS

_FAILED = Text("{path} cannot be written: {why}", "无法写入 {path}：{why}")


def write_whole(path: Path, data: bytes) -> None:
    """Write `data` to a temporary file beside `path` and rename it.

    Raises DocpipeError (the surroundings) for a full or read-only disk.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=".docpipe-", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            umask = os.umask(0)
            os.umask(umask)
            Path(temporary).chmod(0o666 & ~umask)
            Path(temporary).replace(path)
        except BaseException:
            with contextlib.suppress(OSError):
                Path(temporary).unlink()
            raise
    except OSError as error:
        why = error.strerror or str(error)
        raise DocpipeError(_FAILED, exit_code=SURROUNDINGS, path=str(path), why=why) from error
