"""`docpipe undo`."""

from pathlib import Path

import click

from docpipe.cli import console
from docpipe.cli.language import language, say
from docpipe.cli.output import echo
from docpipe.reports.changes import lines
from docpipe.reports.undo import back_again, remarks
from docpipe.steps.undo import undo, undo_back


@click.command(
    help=say(
        "Take back what you saved and did not share yet; your files stay as they are.\n\n"
        "\b\n"
        "  docpipe undo                  the last save\n"
        "  docpipe undo people.yaml      this file, out of every save; the rest stays\n"
        "  docpipe undo ZF-2026-0002     an order's files, likewise\n\n"
        "Where the shared repository refuses what you saved, this is how the rest gets through: "
        "undo what it names, then sync.",
        "撤回您已保存但尚未发布的内容；文件保持原样。\n\n"
        "\b\n"
        "  docpipe undo                  最近一次保存\n"
        "  docpipe undo people.yaml      从各次保存中撤回此文件，其余仍保存\n"
        "  docpipe undo ZF-2026-0002     同上，一张订单的全部文件\n\n"
        "如果共享仓库拒绝您保存的内容，请撤回它指出的部分再同步，其余内容即可发布。",
    )
)
@click.argument("names", nargs=-1, metavar=say("[ORDER|FILE...]", "[订单|文件...]"))
@click.option("--all", "everything", is_flag=True,
              help=say("Every save that is not shared yet", "全部尚未发布的保存"))  # fmt: skip
@click.option("--discard", is_flag=True,
              help=say("Also put the files back; yours are kept aside",
                       "文件也恢复原样，您写的另行保留"))  # fmt: skip
@click.option("--back", is_flag=True,
              help=say("Take the last undo back", "恢复上一次撤回的内容"))  # fmt: skip
@click.option("-n", "--dry-run", "look_only", is_flag=True,
              help=say("Show it, change nothing", "只显示，不改动"))  # fmt: skip
@click.pass_obj
def command(
    folder: Path, names: tuple[str, ...], everything: bool, discard: bool, back: bool,
    look_only: bool,
) -> None:  # fmt: skip
    """Show what is taken back, then where it is now, and how to have it back."""
    if back + everything + bool(names) > 1 or (back and (discard or look_only)):
        raise click.UsageError(
            say("Name files or orders, or --all, or --back", "文件或订单、--all、--back 只能选一种")
        )
    workspace, now = console.workspace(folder), console.now()
    if back:
        found, over = undo_back(workspace, now)
        said = back_again(found, language(), over=over)
    else:
        found = undo(workspace, names, folder, now, everything=everything, discard=discard,
                     look_only=look_only)  # fmt: skip
        said = remarks(found, language(), discard=discard)
    for line in lines(found.changes, language()):
        echo(line)
    for line in said:
        echo(line, err=True)
