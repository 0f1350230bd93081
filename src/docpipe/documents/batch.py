"""Render many orders: those that changed, in several processes, told in the order given."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from docpipe.adapters.atomic_write import sweep
from docpipe.adapters.cpus import Answered, usual_method
from docpipe.documents.order_renderer import Job, OrderRenderer, died
from docpipe.documents.outcome import OrderOutcome
from docpipe.documents.render_cache import records_folder
from docpipe.workspace.traced_workspace import TracedWorkspace

if TYPE_CHECKING:
    from docpipe.adapters.worker_pool import WorkerPool

FEW = 4
"""So many orders are made in this process first: for these alone another would not pay."""

Item = str | Answered[OrderOutcome]


def batch(
    job: Job,
    folders: Sequence[str],
    jobs: int,
    *,
    workspace: TracedWorkspace | None = None,
    method: str | None = None,
) -> Iterator[OrderOutcome]:
    """What became of each order, in the order of `folders`; made in up to `jobs` processes.

    `workspace` is the job's, where it is open already; `method` is how processes start: "fork",
    "spawn" or None for what the system does best. What is kept does not grow with the number of
    orders. Who stops asking ends the processes.
    """
    maker = OrderRenderer(job, workspace)
    if (records := records_folder(job.out)) is not None:
        sweep(records)
    items = (_item(maker, folder) for folder in folders)
    return _in_turn(_outcomes(maker, items, jobs, method or usual_method()), folders)


def _item(maker: OrderRenderer, folder: str) -> Item:
    """The order, or what is on record of it."""
    job = maker.job
    known = None if job.force else maker.memory.recall(folder, job.kinds, job.now)
    return folder if known is None else Answered(known)


def _outcomes(
    maker: OrderRenderer, items: Iterator[Item], jobs: int, method: str
) -> Iterator[OrderOutcome]:
    left = items if jobs < 2 else _first(items)
    for item in left:
        yield maker(item) if isinstance(item, str) else item.answer
    if jobs > 1 and (next_item := next(items, None)) is not None:
        yield from _crew(maker, jobs, method).run(chain([next_item], items))


def _first(items: Iterator[Item]) -> Iterator[Item]:
    """The items up to and with the first few orders to be made."""
    made = 0
    while made < FEW and (item := next(items, None)) is not None:
        made += isinstance(item, str)
        yield item


def _crew(maker: OrderRenderer, jobs: int, method: str) -> "WorkerPool[OrderOutcome]":
    """Forked processes go on with what this one has read; spawned ones read it themselves."""
    from docpipe.adapters.worker_pool import WorkerPool

    start: Callable[[], OrderRenderer] = partial(OrderRenderer, maker.job)
    return WorkerPool(jobs, (lambda: maker) if method == "fork" else start, died, method)


def _in_turn(outcomes: Iterable[OrderOutcome], folders: Sequence[str]) -> Iterator[OrderOutcome]:
    """The outcomes in the order of `folders`; those that come early wait for their turn."""
    turns, waiting = iter(folders), dict[str, OrderOutcome]()
    turn = next(turns, None)
    for outcome in outcomes:
        waiting[outcome.folder] = outcome
        while turn in waiting:
            yield waiting.pop(turn)
            turn = next(turns, None)
