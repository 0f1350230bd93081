"""`docpipe list`."""

from pathlib import Path

import click

from docpipe.cli import console
from docpipe.cli.language import language, say
from docpipe.steps.listing import Row, listing


@click.command(
    help=say(
        "List orders with stage, customer and amount.\n\n"
        "\b\n  docpipe list\n  docpipe list 'ZF-2026-*'",
        "列出订单：阶段、客户、金额。\n\n\b\n  docpipe list\n  docpipe list 'ZF-2026-*'",
    )
)
@click.argument("orders", nargs=-1, metavar=say("[ORDER...]", "[订单...]"))
@click.pass_obj
def command(folder: Path, orders: tuple[str, ...]) -> None:
    """Print a row per order."""
    workspace = console.workspace(folder)
    rows = listing(workspace, workspace.select(orders, folder))
    head = (say("order", "订单"), say("stage", "阶段"), say("customer", "客户"),
            say("price term", "价格条件"), say("amount", "金额"))  # fmt: skip
    if rows:
        console.print_table(head, [_cells(row) for row in rows], right=[4], flexible=2)
    else:
        click.echo(say("No orders yet: docpipe new NUMBER --customer CODE",
                       "还没有订单：docpipe new 编号 --customer 客户代码"), err=True)  # fmt: skip


def _cells(row: Row) -> tuple[str, ...]:
    return (row.number, row.stage.say(language()), row.customer, row.price_term, row.amount)
