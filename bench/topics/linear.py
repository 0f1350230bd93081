"""Large templates and large tables: the time of one element at n, 2n and 4n."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from bench.clock import Times, alternately, cpu
from bench.ours import Source, prepare
from bench.rows import Row
from bench.run import Run
from bench.word import package, paragraph, table_row
from docpipe.adapters.word.package import write

if TYPE_CHECKING:
    from bench.ours import Engine

_TIMES = (1, 2, 4)
_WORDS = "Clause {}: the goods, {{{{ name }}}} and its kind, go to {{{{ place }}}}."
_FACTS = {"name": "flasks & lids", "place": "Mombasa"}


def rows(run: Run) -> Iterator[Row]:
    """A template of many paragraphs, got ready and made; a table of many rows, made."""
    counts = [run.effort.paragraphs * times for times in _TIMES]
    sources = [_paragraphs(count) for count in counts]
    ready = [Times((cpu(partial(prepare, source)),)) for source in sources]
    yield from _rows("linear.paragraphs.ready", counts, ready)
    made = _made(run, [(prepare(source), _FACTS) for source in sources])
    yield from _rows("linear.paragraphs.made", counts, made)
    counts = [run.effort.table_rows * times for times in _TIMES]
    engine = prepare(_table())
    made = _made(run, [(engine, {"lines": _lines(count)}) for count in counts])
    yield from _rows("linear.rows.made", counts, made)


def _made(run: Run, works: list[tuple[Engine, dict[str, Any]]]) -> list[Times]:
    turns = [(partial(engine, facts, None), 1) for engine, facts in works]
    return alternately(turns, max(1, run.effort.rounds // 5))


def _rows(name: str, counts: list[int], taken: list[Times]) -> Iterator[Row]:
    """Microseconds of one element, held against one of the smallest size."""
    each = [times.median / count * 1e6 for times, count in zip(taken, counts, strict=True)]
    for count, one, times in zip(counts, each, taken, strict=True):
        floor = None if count == counts[0] else each[0]
        against = "" if floor is None else f"at {counts[0]:,}"
        least = times.least / count * 1e6
        yield Row(f"{name}.{count}", one, "us", floor, against, least=least)


def _paragraphs(count: int) -> Source:
    body = "".join(paragraph(_WORDS.format(n)) for n in range(count))
    return Source(write(package(body)), None, None, "paragraphs.docx")


def _table() -> Source:
    cells = ("{{ x.name }}", "{{ x.quantity }}", "{{ x.price }}")
    tagged = (table_row("{%tr for x in lines %}"), table_row(*cells), table_row("{%tr endfor %}"))
    grid = '<w:gridCol w:w="3000"/>' * len(cells)
    body = f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{''.join(tagged)}</w:tbl>{paragraph('')}"
    return Source(write(package(body)), None, None, "table.docx")


def _lines(count: int) -> list[dict[str, Any]]:
    return [{"name": f"Flask {n} & lid", "quantity": n, "price": f"{n}.50"} for n in range(count)]
