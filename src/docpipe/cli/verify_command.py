"""`docpipe verify`."""

from pathlib import Path

import click

from docpipe.cli import console
from docpipe.cli.language import language, say
from docpipe.cli.options import AS_JSON, described
from docpipe.cli.terminal import echo
from docpipe.reports import verified as report
from docpipe.steps.verify import Verified, verify


@described(
    "Verify that every issued document is the one that was issued.\n\n"
    "\b\n  docpipe verify                   everything on record\n"
    "  docpipe verify ZF-2026-0002      one order\n"
    "  docpipe verify --json            for programs\n\n"
    "Each document is made again from the commit of main that its record names and compared "
    "byte for byte; numbers, approvals, papers, the history of records and of main, and the "
    "shared repository are checked too.",
    "核验每份已签发的单证是否仍与签发时一致。\n\n"
    "\b\n  docpipe verify                   全部记录\n"
    "  docpipe verify ZF-2026-0002      一张订单\n"
    "  docpipe verify --json            供程序使用\n\n"
    "每份单证都按其记录所依据的 main 重新生成并逐字节比对；"
    "同时核对编号、审批、外来文件、记录和 main 的历史，以及共享仓库。",
)
@click.argument("orders", nargs=-1, metavar=say("[ORDER]...", "[订单]..."))
@AS_JSON
@click.pass_obj
def command(folder: Path, orders: tuple[str, ...], as_json: bool) -> int:
    """The answer first, then a row for each order and the findings."""
    found = verify(console.workspace(folder), orders, folder, console.now())
    if as_json:
        console.print_json(report.as_data(found, language()))
    else:
        _tell(found)
    return 1 if found.violations else 0


def _tell(found: Verified) -> None:
    lang = language()
    echo(report.summary(found, lang))
    if rows := report.rows(found, lang):
        console.print_table(report.HEAD.say(lang).split("|"), rows, right=[1, 3, 4], flexible=2)
    for violation in found.violations:
        console.print_finding(report.line(violation, lang), "red")
    console.print_lines(report.notes(found, lang))
