"""`docpipe doctor`."""

import sys
from pathlib import Path

import click

from docpipe.cli import console
from docpipe.cli.language import language
from docpipe.cli.options import AS_JSON, described, flag
from docpipe.cli.terminal import echo
from docpipe.reports.doctor import COLOURS, data, lines, state
from docpipe.steps.doctor import Check, CheckState, doctor


@described(
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
@flag("--fix", "Get what is safe to get", "补上可以安全补上的")
@AS_JSON
@click.pass_obj
def command(folder: Path, fix: bool, as_json: bool) -> int:
    """Print each check as it is made."""
    found = []
    for check in doctor(folder, sys.stdout.encoding, fix=fix):
        found.append(check)
        if not as_json:
            _print(check)
    if as_json:
        console.print_json([data(check, language()) for check in found])
    return int(any(check.state == CheckState.MISSING for check in found))


def _print(check: Check) -> None:
    first, *rest = lines(check, language())
    word = state(check, language())
    echo(word, nl=False, fg=COLOURS[check.state])
    echo(first.removeprefix(word))
    console.print_lines(rest)
