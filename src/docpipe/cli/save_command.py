"""`docpipe save`."""

from pathlib import Path

import click

from docpipe.cli import console
from docpipe.cli.language import language, say
from docpipe.cli.options import ORDERS, described, flag, text
from docpipe.reports.changes import lines
from docpipe.reports.findings import counted
from docpipe.steps.save import Saved, findings, save


@described(
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
@ORDERS
@text("-m text", "What you did", "改了什么", metavar="TEXT")
@flag("-n --dry-run look_only", "Show what changed, save nothing", "只显示修改，不保存")
@click.pass_obj
def command(folder: Path, orders: tuple[str, ...], text: str, look_only: bool) -> None:
    """Show what changed, save it, then say what is still wrong."""
    workspace, now = console.workspace(folder), console.now()
    folders = workspace.select(orders, folder) if orders else []
    saved = save(workspace, folders, text, now, look_only=look_only)
    console.print_lines(lines(saved.changes.files, language()))
    _remark(saved, look_only)
    if saved.commit:
        found = findings(workspace, saved, now)
        console.print_findings(found)
        if counts := console.counted(found):
            console.remark(f"Still to do: {counts}", f"仍需处理：{counts}")


def _remark(saved: Saved, look_only: bool) -> None:
    """How it ended, on standard error: what was left out, what was saved, how to go back."""
    if saved.changes.left:
        names = say(", ", "、").join(saved.changes.left[:5])
        console.remark(f"Not saved: {names}", f"未保存：{names}")
    files, files_zh = counted(len(saved.changes.files), "file", "个文件")
    if not saved.changes.files:
        console.remark("Nothing has changed", "没有修改")
    elif look_only:
        console.remark(f"{files} changed, nothing saved", f"{files_zh}有修改，未保存")
    elif saved.commit:
        short = saved.commit[:10]
        console.remark(
            f"Saved {files} as {short}. To take it back before you sync:\n  docpipe undo",
            f"已保存 {files_zh}，版本 {short}。同步之前如需撤回：\n  docpipe undo",
        )
        if saved.known and not saved.checkable:
            console.remark(
                "people.yaml does not have your key, so nobody can check your signature yet. "
                "The line for it: docpipe identity",
                "people.yaml 中没有您的公钥，他人尚无法核验您的签名。"
                "应填入的内容请看：docpipe identity",
            )
        if not saved.known:
            who = saved.author[1]
            console.remark(
                f"people.yaml does not know {who}: your approvals would not count",
                f"people.yaml 中没有 {who}：您的审批不会生效",
            )
