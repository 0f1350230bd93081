"""`docpipe diff`."""

from pathlib import Path

import click

from docpipe.cli import console
from docpipe.cli.language import language, say
from docpipe.cli.output import echo
from docpipe.reports.changes import lines
from docpipe.steps.diff import compare


@click.command(
    help=say(
        "Show what changed in an order since a revision, in trade words.\n\n"
        "\b\n"
        "  docpipe diff ZF-2026-0002            since it was saved last\n"
        "  docpipe diff ZF-2026-0002 HEAD~3     since three saves ago\n\n"
        "REV is a commit (its first characters will do), a tag or a branch.",
        "以业务用语显示订单自某一版本以来的改动。\n\n"
        "\b\n"
        "  docpipe diff ZF-2026-0002            与上次保存相比\n"
        "  docpipe diff ZF-2026-0002 HEAD~3     与三次保存之前相比\n\n"
        "版本可写提交号（前几位即可）、标签或分支。",
    )
)
@click.argument("order", metavar=say("ORDER", "订单"))
@click.argument("revision", default="HEAD", metavar=say("[REV]", "[版本]"))
@click.pass_obj
def command(folder: Path, order: str, revision: str) -> None:
    """Print the differences, file by file."""
    workspace = console.workspace(folder)
    compared = compare(workspace, console.one_order(workspace, order, folder), revision)
    for line in lines(compared.changes, language()):
        echo(line)
    if not compared.changes:
        short = compared.commit.id[:10]
        echo(say(f"Nothing has changed since {short}", f"自 {short} 以来没有修改"), err=True)
