"""Different contracts from one: as cheap to make as they can be, so that the engine is measured."""

from collections.abc import Iterator
from typing import Any

from bench.light import Facts


def variants(facts: dict[str, Any], first: int, count: int) -> Iterator[dict[str, Any]]:
    """`count` sets of facts with numbers, names and a price of their own. Nothing is kept."""
    order, customer, contracted = facts["order"], facts["customer"], facts["contracted"]
    for number in range(first, first + count):
        own = _with(order, number=f"ZF-2026-{number:06}")
        lines = list(contracted.lines)
        turn = number % len(lines)
        lines[turn] = _with(lines[turn], quantity=lines[turn].quantity + number)
        yield {
            **facts,
            "order": own,
            "customer": _with(customer, name=_with(customer.name, en=f"Buyer {number} & Sons")),
            "contracted": _with(contracted, lines=lines),
        }


def _with(facts: Facts, **own: Any) -> Facts:
    return Facts({**facts.__dict__, **own})
