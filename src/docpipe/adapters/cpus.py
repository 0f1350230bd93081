"""How many processors there are and how processes start: what is known before any is started."""

import os
import sys
from typing import Generic, NamedTuple, TypeVar

R = TypeVar("R")


def cores() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0)) or 1
    return os.cpu_count() or 1


def usual_method() -> str:
    """How processes start: by fork where that is safe (it costs milliseconds), else spawn.

    Linux forks a program without threads, which ours is; macOS's own libraries do not survive it.
    """
    return "fork" if sys.platform == "linux" else "spawn"


class Answered(NamedTuple, Generic[R]):
    """An item that needs no work: its answer is known."""

    answer: R
