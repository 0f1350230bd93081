"""`docpipe save`."""

from pathlib import Path

import click

from docpipe.cli import console
from docpipe.cli.language import language, say
from docpipe.cli.output import echo
from docpipe.reports.changes import lines
from docpipe.steps.save import Saved, findings, save


@click.command(
    help=say(
        "Save what you changed, with a message: it then stays in the history.\n\n"
        "\b\n"
        '  docpipe save -m "Price as agreed by phone"      everything that you changed\n'
        '  docpipe save ZF-2026-0002 -m "New ETD"          one order\'s files\n\n'
        "Findings are reported, but never keep you from saving. It stays on this computer.",
        "保存您的修改，并附一句说明，从此留在历史中。\n\n"
        "\b\n"
        '  docpipe save -m "按电话商定的价格"          全部修改\n'
        '  docpipe save ZF-2026-0002 -m "新开航日"     一张订单的文件\n\n'
        "检查发现的问题只作提示，不妨碍保存。内容只保存在本机。",
    )
)
@click.argument("orders", nargs=-1, metavar=say("[ORDER...]", "[订单...]"))
@click.option("-m", "text", default="", metavar="TEXT", help=say("What you did", "改了什么"))
@click.option(
    "-n", "--dry-run", "look_only", is_flag=True,
    help=say("Show what changed, save nothing", "只显示修改，不保存"),
)  # fmt: skip
@click.pass_obj
def command(folder: Path, orders: tuple[str, ...], text: str, look_only: bool) -> None:
    """Show what changed, save it, then say what is still wrong."""
    workspace, now = console.workspace(folder), console.now()
    folders = workspace.select(orders, folder) if orders else []
    saved = save(workspace, folders, text, now, look_only=look_only)
    for line in lines(saved.changes.files, language()):
        echo(line)
    _remark(saved, look_only)
    if saved.commit:
        found = findings(workspace, saved, now)
        console.print_findings(found)
        if counts := console.counted(found):
            echo(say(f"Still to do: {counts}", f"仍需处理：{counts}"), err=True)


def _remark(saved: Saved, look_only: bool) -> None:
    """How it ended, on standard error: what was left out, what was saved, how to go back."""
    if saved.changes.left:
        names = say(", ", "、").join(saved.changes.left[:5])
        echo(say(f"Not saved: {names}", f"未保存：{names}"), err=True)
    count = len(saved.changes.files)
    files = f"{count:,} file" + ("" if count == 1 else "s")
    if not count:
        echo(say("Nothing has changed", "没有修改"), err=True)
    elif look_only:
        echo(say(f"{files} changed, nothing saved", f"{count:,} 个文件有修改，未保存"), err=True)
    elif saved.commit:
        short = saved.commit[:10]
        told = say(
            f"Saved {files} as {short}. To take it back before you sync:",
            f"已保存 {count:,} 个文件，版本 {short}。同步之前如需撤回：",
        )
        echo(f"{told}\n  docpipe undo", err=True)
        if saved.known and not saved.checkable:
            echo(
                say(
                    "people.yaml does not have your key, so nobody can check your signature yet. "
                    "The line for it: docpipe identity",
                    "people.yaml 中没有您的公钥，他人尚无法核验您的签名。"
                    "应填入的内容请看：docpipe identity",
                ),
                err=True,
            )
        if not saved.known:
            who = saved.author[1]
            echo(
                say(
                    f"people.yaml does not know {who}: your approvals would not count",
                    f"people.yaml 中没有 {who}：您的审批不会生效",
                ),
                err=True,
            )
