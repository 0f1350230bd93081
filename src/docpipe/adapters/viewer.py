"""Opening a file with whatever program the system opens it with."""

import os
import subprocess
import sys
from pathlib import Path

from docpipe.adapters import programs
from docpipe.diagnostics import DocpipeError, Text
from docpipe.diagnostics.error import SURROUNDINGS

_NONE = Text(
    "There is no program here to open files with ({program})",
    "本机没有可用来打开文件的程序（{program}）",
)
_EXPORT = Text(
    "Write a copy instead: docpipe export, with the same arguments",
    "请改为导出副本：docpipe export，后面的写法相同",
)
_FAILED = Text("{program} could not open {path}", "{program} 无法打开 {path}")


def demand() -> str:
    """The system's opener, "" on Windows, which needs none. Raises DocpipeError for none."""
    if sys.platform == "win32":
        return ""
    name = "open" if sys.platform == "darwin" else "xdg-open"
    found = programs.find(name)
    if found is None:
        raise DocpipeError(_NONE, _EXPORT, exit_code=SURROUNDINGS, program=name)
    return found


def show(program: str, path: Path) -> None:
    """Open `path` with `program` (from `demand`). Raises DocpipeError where it cannot."""
    if sys.platform == "win32":
        os.startfile(path)
        return
    done = subprocess.run(
        [program, str(path)], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL, check=False, env=programs.variables(),
    )  # fmt: skip
    if done.returncode:
        raise DocpipeError(_FAILED, _EXPORT, exit_code=SURROUNDINGS, program=program, path=path)
