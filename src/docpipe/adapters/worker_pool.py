"""Work handed out to processes, one item after the other; a crash costs one item.

Unlike `concurrent.futures`, where one crashed process ends the whole pool and nobody knows on
what, each process has a pipe of its own: its item is known, and another takes its place.
"""

import contextlib
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from typing import Any, Generic, TypeVar

from docpipe.adapters.cpus import Answered, usual_method

R = TypeVar("R")
Work = Callable[[str], R]

_AHEAD = 3  # items that a process has at hand, so that it never waits for us
_GRACE = 3.0  # seconds to end by itself before it is killed
_CAN_WAIT = hasattr(signal, "pthread_sigmask")  # not on Windows


class _Process:
    """One process, its pipe, and the items that it was given and has not answered."""

    def __init__(
        self, context: Any, start: Callable[[], Work[Any]], ours: list[Connection]
    ) -> None:
        self.pipe, theirs = context.Pipe()
        inherited = [*ours, self.pipe] if context.get_start_method() == "fork" else []
        self.given: deque[str] = deque()
        self.process = context.Process(target=_serve, args=(theirs, inherited, start), daemon=True)
        self.process.start()
        theirs.close()

    def give(self, item: str) -> None:
        """Hand out an item; a crash meanwhile is found when its answer is awaited."""
        self.given.append(item)
        with contextlib.suppress(OSError):
            self.pipe.send(item)

    def end(self, at_once: bool) -> None:
        """End it: at its next item, or now; by force after a while."""
        self.pipe.close()
        if at_once:
            self.process.terminate()
        self.process.join(_GRACE)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()
        self.process.close()


class WorkerPool(Generic[R]):
    """`jobs` processes; in each, `start()` makes the function that does the work.

    `start` is pickled where processes are spawned. `died` makes the answer for an item on which a
    process crashed, from the item and the exit code (negative: the signal's number).
    """

    def __init__(
        self,
        jobs: int,
        start: Callable[[], Work[R]],
        died: Callable[[str, int], R],
        method: str | None = None,
    ) -> None:
        self._jobs, self._start, self._died = jobs, start, died
        self._context = get_context(method or usual_method())
        self._crew: list[_Process] = []

    def run(self, items: Iterable[str | Answered[R]]) -> Iterator[R]:
        """The answers as they come; items are taken only when somebody is free.

        However it ends (Ctrl-C, an error, a caller who stops asking), no process is left.
        """
        left, waiting = iter(items), deque[str]()
        try:
            while True:
                yield from self._hand_out(left, waiting)
                busy = {each.pipe: each for each in self._crew if each.given}
                if not busy:
                    break
                for pipe in wait(list(busy)):
                    yield self._answer(busy[pipe], waiting)
        except BaseException:
            self.close(at_once=True)
            raise
        self.close()

    def close(self, at_once: bool = False) -> None:
        """End all processes."""
        crew, self._crew = self._crew, []
        for each in crew:
            if at_once:
                each.process.terminate()
        for each in crew:
            each.end(at_once)

    def _hand_out(self, left: Iterator[str | Answered[R]], waiting: deque[str]) -> Iterator[R]:
        """Give everybody work; yields the answers that are known on the way."""
        for depth in range(1, _AHEAD + 1):  # everybody gets one before anybody gets two
            while free := self._free(depth):
                item = waiting.popleft() if waiting else next(left, None)
                if item is None:
                    return
                if isinstance(item, Answered):
                    yield item.answer
                else:
                    free.give(item)

    def _free(self, depth: int) -> _Process | None:
        for each in self._crew:
            if len(each.given) < depth:
                return each
        if len(self._crew) < self._jobs:
            pipes = [each.pipe for each in self._crew]
            with _interrupts_wait():
                self._crew.append(_Process(self._context, self._start, pipes))
            return self._crew[-1]
        return None

    def _answer(self, one: _Process, waiting: deque[str]) -> R:
        try:
            answer: R = one.pipe.recv()
        except (EOFError, OSError):
            return self._dead(one, waiting)
        one.given.popleft()
        return answer

    def _dead(self, one: _Process, waiting: deque[str]) -> R:
        """Another process takes over what this one had not begun."""
        self._crew.remove(one)
        one.process.join(_GRACE)
        code = one.process.exitcode or 0
        one.end(at_once=True)
        item = one.given.popleft()
        waiting.extendleft(reversed(one.given))
        return self._died(item, code)


@contextlib.contextmanager
def _interrupts_wait() -> Iterator[None]:
    """Ctrl-C comes after this: amid a start it would hit a process that cannot ignore it yet, or
    leave one that nobody knows of."""
    if not _CAN_WAIT:
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(pipe: Connection, inherited: list[Connection], start: Callable[[], Work[Any]]) -> None:
    """What a process does: answer item by item until the other end of the pipe is gone.

    Ctrl-C goes to all processes of a terminal: the first one decides. `inherited` ends of pipes are
    closed, or nobody would notice that the first process is gone.
    """
    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # forgets one that waits since before the start
    if _CAN_WAIT:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    for each in inherited:
        each.close()
    work = start()
    with contextlib.suppress(EOFError, OSError):
        while True:
            pipe.send(work(pipe.recv()))


def _stop(number: int, frame: object) -> None:
    """End by an exception, so that what is half written is taken away on the way out."""
    raise SystemExit(128 + number)
