"""How far a long run has got: one line on a terminal, rewritten in place; nothing in a pipe."""

import os
import sys
import time
from typing import TextIO

from docpipe.cli.language import say

PATIENCE = 0.5  # seconds for which nobody wonders
_PAUSE = 0.1  # seconds between two drawings
_BAR = 24  # characters


class Progress:
    """A bar with rate and time left, for `total` things that are called `what`.

    Drawn on standard error, where that is a terminal that can go back to the start of a line, and
    only from half a second on. `clear` takes it away, so that something else can be printed.
    """

    def __init__(self, what: str, total: int, stream: TextIO | None = None) -> None:
        self._what, self._total = what, total
        self._stream = stream or sys.stderr
        self._watched = self._stream.isatty() and os.environ.get("TERM", "") not in ("", "dumb")
        self._start = time.monotonic()
        self._next = self._start + PATIENCE
        self._drawn = False

    def show(self, done: int) -> None:
        """`done` things are done."""
        now = time.monotonic()
        if self._watched and now >= self._next:
            self._next, self._drawn = now + _PAUSE, True
            self._stream.write(f"\r{line(self._what, done, self._total, now - self._start)}\x1b[K")
            self._stream.flush()

    def clear(self) -> None:
        """Take the bar away until it is shown again."""
        if self._drawn:
            self._stream.write("\r\x1b[K")
            self._stream.flush()
            self._drawn = False


def line(what: str, done: int, total: int, seconds: float) -> str:
    """The bar after so many seconds, at most 79 columns wide."""
    filled = _BAR * done // max(total, 1)
    bar = "█" * filled + "░" * (_BAR - filled)
    rate = done / seconds if seconds else 0.0
    speed = f"{rate:,.0f}" if rate >= 10 else f"{rate:.1f}"
    left = say("left", "剩余")
    rest = f", {left} {_duration((total - done) / rate)}" if done else ""
    return f"{bar} {done:,}/{total:,} {what}, {speed}/s{rest}"


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
