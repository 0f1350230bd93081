"""What an order must satisfy: one file per stage, one function per rule."""

import importlib

from docpipe.rules.engine import (
    Case,
    Estate,
    EstateRule,
    OrderRule,
    registered_estate_rules,
    registered_order_rules,
)

STAGES = (
    "masters", "catalogue", "orders", "terms", "dates", "inquiry", "quotation", "composition",
    "contract", "agreed", "clauses", "credit", "review", "outcome", "inspection", "lots",
    "logistics", "insurance", "customs", "packing", "cartons", "marks", "containers", "shipment",
    "carriage", "waivers",
)  # fmt: skip

__all__ = ["Case", "Estate", "EstateRule", "OrderRule", "estate_rules", "order_rules"]


def order_rules() -> list[OrderRule]:
    """All rules over one order, by code."""
    _import_all()
    return registered_order_rules()


def estate_rules() -> list[EstateRule]:
    """All rules over the workspace, by code."""
    _import_all()
    return registered_estate_rules()


def _import_all() -> None:
    for stage in STAGES:
        importlib.import_module(f"docpipe.rules.{stage}")
