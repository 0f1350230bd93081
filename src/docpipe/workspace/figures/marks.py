"""Shipping marks as they stand on the cartons: the main mark, and a side mark for each kind."""

import re

from docpipe.diagnostics import Value
from docpipe.standards import countries, money
from docpipe.workspace.audience_view import View
from docpipe.workspace.figures.bilingual import Both
from docpipe.workspace.figures.cargo import CargoLine, cargo
from docpipe.workspace.figures.goods import goods


class SideMark(Value):
    """The side mark of some cartons, line by line."""

    lines: tuple[str, ...]


class Marks(Value):
    """What is put on the cartons of a shipment."""

    main: tuple[str, ...]
    sides: tuple[SideMark, ...]


def marks(view: View, shipment: str) -> Marks | None:
    """The marks of a shipment; the side mark follows from the cartons where none is written."""
    packed = cargo(view, shipment)
    if packed is None:
        return None
    written = packed.marks_side
    sides = _written(written) if written else _made(view, packed.lines)
    return Marks(packed.marks_main, sides)


def _written(side: Both) -> tuple[SideMark, ...]:
    """Semicolons part kinds of cartons, commas lines; a single line goes with every kind."""
    texts = [part.strip() for part in re.split(r"[;；\n]", side.en or side.zh) if part.strip()]
    kinds = [tuple(re.split(r",\s+|，", text)) for text in texts]
    shared = tuple(lines[0] for lines in kinds if len(lines) == 1)
    own = [lines for lines in kinds if len(lines) > 1]
    return tuple(SideMark((*lines, *shared)) for lines in own) if own else (SideMark(shared),)


def _made(view: View, lines: tuple[CargoLine, ...]) -> tuple[SideMark, ...]:
    """Name, quantity, weights, size, destination and origin, once for each kind of carton."""
    order, where = view.get("order"), view.node("order.transport.discharge.name")
    to = where.text("en", where.text("zh", "")) if where is not None else ""
    rows = order.rows("lines") if order is not None else []
    origins = {row.count("id"): countries.country(row.text("origin")).name_en for row in rows}
    known = goods(view)
    return tuple(
        SideMark(tuple(text.upper() for text in (*_carton(line, known[line.line].spec), to,
                                                 f"Made in {origins[line.line]}") if text))
        for line in lines
    )  # fmt: skip


def _carton(line: CargoLine, spec: Both) -> tuple[str, ...]:
    sizes = (line.length, line.width, line.height)
    return (
        line.name.en or line.name.zh,
        re.split(r"[;；]", spec.en or spec.zh)[0],
        f"{money.format_number(line.per_carton)} {line.unit}",
        f"N.W. {money.format_number(line.net_each)} kg",
        f"G.W. {money.format_number(line.gross_each)} kg",
        " x ".join(money.format_number(size) for size in sizes) + " cm",
        f"({line.carton_from}-{line.carton_to})",
    )
