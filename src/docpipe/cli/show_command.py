"""`docpipe show`."""

from pathlib import Path

import click

from docpipe.cli import console
from docpipe.cli.issued_options import with_a_reason
from docpipe.cli.language import language, say
from docpipe.cli.output import echo
from docpipe.reports.facts import lines
from docpipe.steps.show import show


@click.command(
    help=say(
        "Show an order's facts as a revision has them, also of an order that is gone today.\n\n"
        "\b\n"
        "  docpipe show ZF-2026-0002            as saved last\n"
        "  docpipe show ZF-2026-0002@HEAD~3     as three saves ago\n\n"
        "After the @ comes a commit (its first characters will do), a tag or a branch. That you "
        "read it goes into the access log first.",
        "显示订单在某一版本中的内容，包括现已不存在的订单。\n\n"
        "\b\n"
        "  docpipe show ZF-2026-0002            上次保存的内容\n"
        "  docpipe show ZF-2026-0002@HEAD~3     三次保存之前的内容\n\n"
        "@ 之后写提交号（前几位即可）、标签或分支。显示前先记入查阅日志。",
    )
)
@click.argument("order", metavar=say("ORDER[@REV]", "订单[@版本]"))
@with_a_reason
@click.pass_obj
def command(folder: Path, order: str, reason: str) -> None:
    """Print the order's files, each field by its title."""
    number, at, revision = order.partition("@")
    if not number or (at and not revision):
        raise click.UsageError(say("Write it as ORDER@REV", "请写成：订单@版本"))
    workspace = console.workspace(folder)
    shown = show(workspace, number, revision or "HEAD", reason, console.now())
    for line in lines(shown, language()):
        echo(line)
    console.share_log(workspace)
