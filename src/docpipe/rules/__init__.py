"""What an order must satisfy: one file per topic, one function per rule.

A file is imported when rules of its sort are asked for; "dates" has both sorts.
"""

import importlib
from functools import cache

from docpipe.rules.case import Case, Estate
from docpipe.rules.engine import (
    EstateRule,
    OrderRule,
    registered_estate_rules,
    registered_order_rules,
)

ESTATE_MODULES = ("masters", "keys", "shared", "products", "catalogue", "number_forms", "dates")
ORDER_MODULES = (
    "orders", "references", "papers", "paper_files", "paper_numbers", "approvals", "terms", "dates",
    "inquiry", "quotation", "composition", "contract", "agreed", "amendments", "clauses",
    "credit", "credit_terms", "credit_papers",
    "credit_shipment", "receipts", "payment_gates", "review", "outcome", "lapsed",
    "production", "purchases", "plan", "progress", "materials", "inspection", "reports", "lots",
    "stock", "logistics", "insurance", "customs", "declared", "packing", "cartons", "marks",
    "containers", "shipment", "carriage", "feedback", "solutions", "waivers",
)  # fmt: skip

__all__ = ["Case", "Estate", "EstateRule", "OrderRule", "estate_rules", "order_rules"]


def order_rules() -> list[OrderRule]:
    """All rules over one order, by code."""
    _import(ORDER_MODULES)
    return registered_order_rules()


def estate_rules() -> list[EstateRule]:
    """All rules over the workspace, by code."""
    _import(ESTATE_MODULES)
    return registered_estate_rules()


@cache
def _import(modules: tuple[str, ...]) -> None:
    for module in modules:
        importlib.import_module(f"docpipe.rules.{module}")
