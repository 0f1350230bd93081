"""Work in processes: all is answered, a process that dies takes one item along, none is left."""

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from docpipe.adapters.worker_pool import Answered, WorkerPool
from tests.support import ends

METHODS = ["fork", "spawn"]


def start() -> Callable[[str], str]:
    """Work that says who did it, and dies at what says so."""

    def work(item: str) -> str:
        if item.startswith("die"):
            os.kill(os.getpid(), signal.SIGKILL)
        if item.startswith("exit"):
            os._exit(7)
        return f"{item} done"

    return work


def crew(jobs: int, method: str) -> WorkerPool[str]:
    return WorkerPool(jobs, start, lambda item, code: f"{item} lost ({code})", method)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("jobs", [1, 3])
def test_every_item_is_answered_once(jobs: int, method: str) -> None:
    items = [f"{number}" for number in range(50)]
    assert sorted(crew(jobs, method).run(items)) == sorted(f"{item} done" for item in items)


@pytest.mark.parametrize("method", METHODS)
def test_a_process_that_dies_loses_the_item_it_was_at_and_no_other(method: str) -> None:
    items = [f"{number}" for number in range(20)]
    items[3:3] = ["die 1", "exit 2"]
    items += ["die 3"]
    answers = sorted(crew(2, method).run(items))
    lost = [answer for answer in answers if "lost" in answer]
    assert lost == ["die 1 lost (-9)", "die 3 lost (-9)", "exit 2 lost (7)"]
    assert len(answers) == len(items)


@pytest.mark.parametrize("method", METHODS)
def test_no_process_is_left_when_all_is_done_or_nobody_asks_any_more(method: str) -> None:
    list(crew(2, method).run(["1", "2", "3"]))
    assert multiprocessing.active_children() == []
    answers = crew(2, method).run(map(str, range(1_000)))
    next(answers)
    answers.close()  # type: ignore[attr-defined]
    assert multiprocessing.active_children() == []


def test_items_are_taken_only_when_somebody_is_free() -> None:
    taken: list[str] = []

    def items() -> object:
        for number in range(1_000):
            taken.append(str(number))
            yield str(number)

    answers = crew(2, "fork").run(items())  # type: ignore[arg-type]
    next(answers)
    assert len(taken) < 20
    answers.close()  # type: ignore[attr-defined]


def test_what_is_known_already_needs_no_process() -> None:
    one = crew(2, "fork")
    assert list(one.run([Answered("a"), Answered("b")])) == ["a", "b"]
    assert sorted(one.run(["1", Answered("b"), "2"])) == ["1 done", "2 done", "b"]


def test_processes_end_when_the_first_one_is_killed() -> None:
    """Nobody tells them; they notice that the other end of their pipe is gone."""
    parent = multiprocessing.get_context("fork").Process(target=_run_for_ever)
    parent.start()
    children = _children(parent.pid or 0, 2)
    parent.kill()
    parent.join()
    assert all(map(ends, children))


def _run_for_ever() -> None:
    signal.alarm(600)
    for _ in crew(2, "fork").run(map(str, range(10**9))):
        time.sleep(0.001)


def _children(pid: int, count: int) -> list[int]:
    while True:
        said = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
        found = [int(each) for each in said.split()]
        if len(found) == count:
            return found
        time.sleep(0.01)


INTERRUPTED = """
import os, signal, sys
from docpipe.adapters.worker_pool import WorkerPool
def start():
    return str.upper
def hit():
    os.kill(os.getpid(), signal.SIGINT)
os.register_at_fork(**{sys.argv[1]: hit})
try:
    for answer in WorkerPool(1, start, lambda item, code: f"died {code}", "fork").run(["a"]):
        print(answer)
except KeyboardInterrupt:
    print("interrupted")
"""


@pytest.mark.parametrize(
    ("hit", "said"), [("after_in_child", "A\n"), ("after_in_parent", "interrupted\n")]
)
def test_ctrl_c_amid_a_start_is_for_the_first_process_alone(hit: str, said: str) -> None:
    command = [sys.executable, "-c", INTERRUPTED, hit]
    run = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    assert (run.stdout, run.stderr) == (said, "")
