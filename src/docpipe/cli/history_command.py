"""`docpipe history`."""

from pathlib import Path

import click

from docpipe.cli import console
from docpipe.cli.issued_options import with_a_reason
from docpipe.cli.language import language, say
from docpipe.cli.output import echo
from docpipe.steps.history import history, order_number


@click.command(
    help=say(
        "Show what happened to an order, the latest at the end: what was saved, field by field, "
        "issued, approved, withdrawn.\n\n"
        "\b\n"
        "  docpipe history ZF-2026-0002\n"
        "  docpipe history ZF-2026-0002 --json      for programs\n\n"
        "A save is told with its commit: docpipe show ZF-2026-0002@COMMIT shows the order as it "
        "was then. Orders that are gone today have a history, too.",
        "显示订单的经过，最新的在最后：逐项列出保存的修改、签发、审批以及撤回、撤销。\n\n"
        "\b\n"
        "  docpipe history ZF-2026-0002\n"
        "  docpipe history ZF-2026-0002 --json      供程序使用\n\n"
        "“保存”之后是提交号，可用 docpipe show ZF-2026-0002@提交号 查看当时的订单。现已不存在的"
        "订单也可查询。",
    )
)  # fmt: skip
@click.argument("order", metavar=say("ORDER", "订单"))
@click.option("--json", "as_json", is_flag=True, help=say("As JSON", "以 JSON 输出"))
@with_a_reason
@click.pass_obj
def command(folder: Path, order: str, as_json: bool, reason: str) -> None:
    """Print the events, each with what belongs to it."""
    workspace = console.workspace(folder)
    number = order_number(workspace, order, folder)
    timeline = history(workspace, number, console.now(), reason)
    from docpipe.reports.history import data, lines, remarks  # wanted only now: git takes longest

    if as_json:
        import json

        echo(json.dumps(data(timeline, language()), ensure_ascii=False, indent=1))
    else:
        for line in lines(timeline, language()):
            echo(line)
        for line in remarks(timeline, language()):
            echo(line, err=True)
    console.share_log(workspace)
