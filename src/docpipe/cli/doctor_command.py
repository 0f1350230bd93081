"""`docpipe doctor`."""

import sys
from pathlib import Path

import click

from docpipe.cli.language import language, say
from docpipe.cli.output import echo
from docpipe.reports.doctor import COLOURS, data, lines, state
from docpipe.steps.doctor import Check, CheckState, doctor


@click.command(
    help=say(
        "See what is missing on this computer and in this clone: why it matters, how to get it.\n\n"
        "\b\n"
        "  docpipe doctor\n"
        "  docpipe doctor --fix     and get what is safe to get\n\n"
        "--fix packs objects, writes a commit-graph, sets this clone's git settings, puts aside "
        "records that docpipe did not write and the shared repository never had, and puts "
        "* text=auto first in .gitattributes. It touches no other file of yours. The exit code is "
        "1 where something is missing.",
        "检查本机和本克隆缺少什么、为何重要、如何补上。\n\n"
        "\b\n"
        "  docpipe doctor\n"
        "  docpipe doctor --fix     并补上可以安全补上的\n\n"
        "--fix 会打包对象、写 commit-graph、调整本克隆的 git 设置，搁置并非 docpipe 写入、共享仓库"
        "从未有过的记录，并把 * text=auto 放在 "
        ".gitattributes 首行；不动您的其他文件。有缺失时退出码为 1。",
    )
)
@click.option("--fix", is_flag=True, help=say("Get what is safe to get", "补上可以安全补上的"))
@click.option("--json", "as_json", is_flag=True, help=say("As JSON", "以 JSON 输出"))
@click.pass_obj
def command(folder: Path, fix: bool, as_json: bool) -> int:
    """Print each check as it is made."""
    found = []
    for check in doctor(folder, sys.stdout.encoding, fix=fix):
        found.append(check)
        if not as_json:
            _print(check)
    if as_json:
        import json

        told = [data(check, language()) for check in found]
        echo(json.dumps(told, ensure_ascii=False, indent=1))
    return int(any(check.state == CheckState.MISSING for check in found))


def _print(check: Check) -> None:
    for number, line in enumerate(lines(check, language())):
        word = state(check, language())
        first = word if number == 0 else ""
        echo(first, nl=False, fg=COLOURS[check.state])
        echo(line.removeprefix(first))
