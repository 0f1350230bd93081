"""Write down the lines that a process runs which a test starts, each as it is first run.

Python imports a module of this name when it starts, before anything else.
"""

import os
import sys
from collections.abc import Callable
from types import CodeType, FrameType
from typing import Any

TOLD = "PYTEST_LINES_TOLD"
"""The variable that says which file to write to and, on a second line, which folder to watch."""


class Watch:
    """What to give `sys.settrace`: tells each line in files of the folder once."""

    def __init__(self, folder: str, tell: Callable[[str, int], object]) -> None:
        self._folder = folder
        self._tell = tell
        self._left: dict[CodeType, set[int]] = {}

    def call(self, frame: FrameType, event: str, _: Any) -> Any:
        """A function is called: its lines matter until all of them are told."""
        code = frame.f_code
        left = self._left.get(code)
        if left is None:
            left = self._left[code] = self._wanted(code)
        if code.co_firstlineno in left:  # a call is no event of a line
            left.discard(code.co_firstlineno)
            self._tell(code.co_filename, code.co_firstlineno)
        if not left:
            return None

        def line(inner: FrameType, what: str, _: Any) -> Any:
            if what == "line" and inner.f_lineno in left:
                left.discard(inner.f_lineno)
                self._tell(code.co_filename, inner.f_lineno)
            return line

        return line

    def _wanted(self, code: CodeType) -> set[int]:
        if not code.co_filename.startswith(self._folder) or code.co_name == "<module>":
            return set()
        return {line for _, _, line in code.co_lines() if line}


def _start() -> None:
    path, _, folder = os.environ[TOLD].partition("\n")
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    watch = Watch(folder, lambda name, line: os.write(file, f"{name}:{line}\n".encode()))
    sys.settrace(watch.call)


if TOLD in os.environ and __name__ == "sitecustomize":
    _start()
