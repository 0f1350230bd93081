"""The command group: names first, a command's module only when it is called."""

import importlib
import os
import sys
from typing import Any

import click

from docpipe import __version__
from docpipe.cli.language import language, say

COMMANDS = {
    "init": say("Make a new workspace", "新建工作区"),
    "new": say("Start an order", "新建订单"),
    "add": say("Add the next file to an order", "给订单添加下一个文件"),
    "list": say("List orders", "列出订单"),
    "check": say("Check orders", "检查订单"),
    "render": say("Make the documents of orders", "生成订单单证"),
    "save": say("Save what you changed", "保存修改"),
    "undo": say("Take back what you saved", "撤回尚未发布的保存"),
    "sync": say("Share it, and take over what others did", "与同事同步"),
    "diff": say("Show what changed in an order", "显示订单的改动"),
    "history": say("Show what happened to an order", "显示订单的经过"),
    "show": say("Show an order as it was", "显示订单过去的内容"),
    "approve": say("Approve a document's wording", "审批单证文本"),
    "approvals": say("Show an order's approvals", "显示订单的审批"),
    "issue": say("Give a document its number, for good", "正式签发单证"),
    "issued": say("List what was issued of an order", "列出订单已签发的单证"),
    "withdraw": say("Withdraw an issued document", "撤回已签发的单证"),
    "export": say("Write a copy of an issued document", "导出已签发的单证"),
    "open": say("Open an issued document to read it", "打开已签发的单证"),
    "verify": say("Verify everything on record", "核验全部记录"),
    "log": say("Show who read what, and verify it", "查看并核验查阅日志"),
    "witness": say("Witness the shared repository", "见证共享仓库"),
    "hook": say("Guard a shared repository", "守护共享仓库"),
    "identity": say("Show or set who you are", "显示或设置身份"),
    "doctor": say("See what is missing here", "检查环境和设置"),
    "explain": say("Explain a finding's code", "解释问题代码"),
}

if language() == "zh":
    from docpipe.cli.chinese_help import ChineseFormatter

    click.Context.formatter_class = ChineseFormatter

_HELP = say(
    "Orders as YAML files in Git: checked, and printed as Word documents.\n\n"
    "\b\n  docpipe check                  check every order here\n"
    "  docpipe render ZF-2026-0002    make its documents in build/",
    "订单写成 YAML 文件，放在 Git 中：检查，并生成 Word 单证。\n\n"
    "\b\n"
    "  docpipe check                  检查全部订单\n"
    "  docpipe render ZF-2026-0002    在 build/ 生成该订单的单证",
)


class LazyGroup(click.Group):
    """Lists commands by their short help; imports a command's module when it is run."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order of a day's work."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported now."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"docpipe.cli.{cmd_name}_command")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, without importing any."""
        with formatter.section(say("Commands", "命令")):
            formatter.write_dl(list(COMMANDS.items()))

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """As click's, with the nearest name where the command is unknown."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from docpipe.diagnostics import nearest

            near = nearest(args[0], COMMANDS)
            hint = " " + say(*near) if near else ""
            ctx.fail(say(f'There is no command "{args[0]}".', f"没有命令“{args[0]}”。") + hint)
        return super().resolve_command(ctx, args)


def _help_width() -> int:
    """As wide as click makes its help; click itself imports all of `shutil` to ask."""
    try:
        columns = int(os.environ.get("COLUMNS", "0"))
    except ValueError:
        columns = 0
    if columns <= 0:
        try:
            columns = os.get_terminal_size(sys.__stdout__.fileno()).columns  # type: ignore[union-attr]
        except (AttributeError, ValueError, OSError):
            columns = 0
    return max(min(columns or 80, 80) - 2, 50)


@click.group(
    cls=LazyGroup, help=_HELP,
    context_settings={"help_option_names": ["-h", "--help"], "terminal_width": _help_width()},
)  # fmt: skip
@click.option("--lang", type=click.Choice(["en", "zh"]), help=say("Language", "语言"))
@click.option(
    "-C", "folder", type=click.Path(), default=".", metavar="DIR",
    help=say("Work as if started in DIR", "如同在 DIR 中启动"),
)  # fmt: skip
@click.version_option(__version__, prog_name="docpipe")
@click.pass_context
def cli(ctx: click.Context, lang: str | None, folder: str) -> None:
    """Keep what every command needs."""
    from pathlib import Path

    ctx.obj = Path(folder)
