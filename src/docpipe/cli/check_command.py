"""`docpipe check`."""

from pathlib import Path

import click

from docpipe.cli import console
from docpipe.cli.language import say
from docpipe.cli.output import echo
from docpipe.diagnostics import Severity
from docpipe.rules.check import check


@click.command(
    help=say(
        "Check orders, and the shared files, against schemas and trade rules.\n\n"
        "\b\n  docpipe check                   everything\n"
        "  docpipe check ZF-2026-0002      one order (number, path or 'ZF-2026-*')\n\n"
        "Exit code 1 where there are errors. Nothing is written.",
        "按模式和业务规则检查订单及公共资料。\n\n"
        "\b\n  docpipe check                   全部\n"
        "  docpipe check ZF-2026-0002      一张订单（编号、路径或 'ZF-2026-*'）\n\n"
        "有错误时退出码为 1。不改写任何文件。",
    )
)
@click.argument("orders", nargs=-1, metavar=say("[ORDER...]", "[订单...]"))
@click.pass_obj
def command(folder: Path, orders: tuple[str, ...]) -> int:
    """Print the findings, then how many orders were checked."""
    workspace = console.workspace(folder)
    checked = check(workspace, workspace.select(orders, folder), console.now())
    diagnostics = checked.diagnostics
    console.print_findings(diagnostics)
    count = checked.orders
    plural = "" if count == 1 else "s"
    summary = console.counted(diagnostics) or say("no findings", "没有问题")
    echo(
        say(f"{count:,} order{plural} checked: {summary}", f"已检查 {count:,} 张订单：{summary}"),
        err=True,
    )
    return 1 if checked.count(Severity.ERROR) else 0
