"""`docpipe approvals`."""

from pathlib import Path

import click

from docpipe.cli import console
from docpipe.cli.language import language, say
from docpipe.cli.output import echo
from docpipe.reports.approvals import lines
from docpipe.steps.approvals import review


@click.command(
    help=say(
        "Show an order's approvals: which count, which lapsed and by what, what is missing.\n\n"
        "\b\n"
        "  docpipe approvals ZF-2026-0002\n"
        "  docpipe --lang zh approvals ZF-2026-0002\n\n"
        "They are compared with the files as they are now, saved or not. The exit code is 1 "
        "where a required approval was given but no longer counts.",
        "显示订单的审批：哪些有效，哪些因何失效，还缺什么。\n\n"
        "\b\n"
        "  docpipe approvals ZF-2026-0002\n"
        "  docpipe --lang en approvals ZF-2026-0002\n\n"
        "与当前文件比对，不论是否已保存。所需审批曾经给出而现已无效时，退出码为 1。",
    )
)
@click.argument("order", metavar=say("ORDER", "订单"))
@click.pass_obj
def command(folder: Path, order: str) -> int:
    """Print each document's approvals."""
    workspace = console.workspace(folder)
    where = console.one_order(workspace, order, folder)
    reviewed = review(workspace, where, console.now())
    for line in lines(reviewed, language()):
        echo(line)
    if not reviewed:
        echo(say("Nothing here takes an approval", "没有需要审批的单证或事项"), err=True)
    return int(any(each.lost for each in reviewed))
