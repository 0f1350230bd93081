"""`docpipe list`."""

from pathlib import Path

import click

from docpipe.cli import console
from docpipe.cli.language import language, say
from docpipe.cli.options import ORDERS, described
from docpipe.cli.terminal import is_terminal
from docpipe.steps.list import OrderRow, listing


@described(
    "List orders with stage, customer, amount and the next date.\n\n"
    "\b\n  docpipe list\n  docpipe list 'ZF-2026-*'",
    "列出订单：阶段、客户、金额、下一日期。\n\n\b\n  docpipe list\n  docpipe list 'ZF-2026-*'",
)
@ORDERS
@click.pass_obj
def command(folder: Path, orders: tuple[str, ...]) -> None:
    """Print a row per order."""
    workspace = console.workspace(folder)
    rows = listing(workspace, workspace.select(orders, folder), console.now())
    head = (
        say("order", "订单"),
        say("stage", "阶段"),
        say("customer", "客户"),
        say("term", "术语"),
        say("amount", "金额"),
        say("next date", "下一日期"),
    )
    if rows:
        console.print_table(head, [_cells(row) for row in rows], right=[4], flexible=2)
    else:
        console.remark(
            "No orders yet: docpipe new NUMBER --customer CODE",
            "还没有订单：docpipe new 编号 --customer 客户代码",
        )


def _cells(row: OrderRow) -> tuple[str, ...]:
    coming = f"{row.next.date} {row.next.what.say(language())}" if row.next else ""
    stage = row.stage.say(language())
    term = row.price_term[:3] if is_terminal() else row.price_term
    return (row.number, stage, row.customer, term, row.amount, coming)
