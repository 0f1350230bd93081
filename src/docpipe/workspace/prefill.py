"""What a new file can take over from the files that are there."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any

from docpipe.adapters.schemas import FileKind, fields
from docpipe.adapters.yamlfile import Node
from docpipe.workspace.audience_view import View
from docpipe.workspace.company_time import local_time

Known = dict[str, Any]


def known(view: View, kind: FileKind, name: str, now: datetime) -> Known:
    """Values for a new file of `kind`: one row per order line where it has rows, then its own."""
    local = local_time(view.workspace, now)
    values = _rows(view, kind)
    prefill = _PREFILLS.get(kind.name)
    return values | (prefill(view, name, local) if prefill else {})


def _rows(view: View, kind: FileKind) -> Known:
    """`lines` with an entry per order line, for every kind whose schema has such a list."""
    schema = view.schema(kind.name)
    item = fields.child(fields.child(schema, "lines"), 0)
    order = view.get("order")
    if (
        order is None
        or "lines" not in schema.get("required", ())
        or "line" not in item.get("properties", {})
    ):
        return {}
    blank = {name: None for name in item.get("required", []) if name != "line"}
    return {"lines": [{"line": row.count("id"), **blank} for row in order.rows("lines")]}


def _time(local: datetime) -> str:
    return local.isoformat(timespec="minutes")


def _quotation(view: View, name: str, local: datetime) -> Known:
    return {"revision": 1, "date": local.date().isoformat()}


def _contract(view: View, name: str, local: datetime) -> Known:
    quoted = view.get("quotation")
    if quoted is None:
        return {"date": local.date().isoformat()}
    return {
        "date": local.date().isoformat(),
        "lines": [
            {
                "line": row.count("line"),
                "quantity": row.number("quantity"),
                "price": row.number("price"),
            }
            for row in quoted.rows("lines")
        ],
        "payment": [row.plain() for row in quoted.rows("payment")],
    }


def _review(view: View, name: str, local: datetime) -> Known:
    return {"asked": _time(local)}


def _inspection(view: View, name: str, local: datetime) -> Known:
    agreed = view.get("contract") or view.get("quotation")
    row = next(iter(agreed.rows("lines")), None) if agreed is not None else None
    lot = (
        {"line": row.count("line"), "size": int(row.number("quantity"))} if row is not None else {}
    )
    return {
        "lot": lot,
        "date": local.date().isoformat(),
        "standard": "GB/T 2828.1-2012",
        "level": "II",
        "severity": "normal",
        "aql": {"critical": "not_allowed", "major": Decimal("2.5"), "minor": Decimal("4.0")},
    }


def _packing(view: View, name: str, local: datetime) -> Known:
    order, contract = view.get("order"), view.get("contract")
    if order is None or contract is None:
        return {}
    quantities = {row.count("line"): row.number("quantity") for row in contract.rows("lines")}
    lines, first = [], 1
    for row in order.rows("lines"):
        product = view.master("product", row.text("product"))
        packing = product.find("packing") if product is not None else None
        if packing is None or row.count("id") not in quantities:
            continue
        line, first = _cartons(row.count("id"), quantities[row.count("id")], packing, first)
        lines.append(line)
    marks = contract.find("marks")
    return {"lines": lines, "marks": marks.plain() if marks is not None else None}


def _cartons(line: int, quantity: Decimal, packing: Node, first: int) -> tuple[Known, int]:
    """A row of full cartons from number `first`, and the next number."""
    last = first + int(quantity // packing.number("per_carton")) - 1
    sizes = ("net_kg", "gross_kg", "length_cm", "width_cm", "height_cm")
    row: Known = {
        "line": line,
        "cartons": {"from": first, "to": last},
        "per_carton": packing.number("per_carton"),
    }
    return row | {size: packing.number(size) for size in sizes if size in packing}, last + 1


_PREFILLS: dict[str, Callable[[View, str, datetime], Known]] = {
    "quotation": _quotation,
    "contract": _contract,
    "review": _review,
    "inspection": _inspection,
    "packing": _packing,
}
