"""`docpipe export`."""

import os
from pathlib import Path

import click

from docpipe.cli import console
from docpipe.cli.language import language
from docpipe.cli.options import described, of_an_issued_document, option
from docpipe.cli.terminal import echo
from docpipe.steps.export import DocumentQuery, ExportRequest, Handed, export


@described(
    "Write a copy of an issued document, to be sent or printed.\n\n"
    "\b\n  docpipe export ZF-2026-0002 sales-contract\n"
    "  docpipe export ZF-2026-0002 SC-2026-0001 --pdf --out ~/outbox\n\n"
    "DOC is a kind, a document's name or its number. A withdrawn document is written only "
    "where --revision names it. That you read it goes into the access log first.",
    "导出已签发单证的副本，用于发送或打印。\n\n"
    "\b\n  docpipe export ZF-2026-0002 sales-contract\n"
    "  docpipe export ZF-2026-0002 SC-2026-0001 --pdf --out ~/outbox\n\n"
    "单证可写种类、名称或编号。已撤回的单证，须用 --revision 指明版次才导出。"
    "导出前先记入查阅日志。",
)
@of_an_issued_document
@option("--out", "Where to write [build/ORDER]", "输出目录 [build/订单]",
        type=click.Path(path_type=Path, file_okay=False), metavar="DIR")  # fmt: skip
@click.pass_obj
def command(
    folder: Path, order: str, document: str, name: str, revision: int | None, pdf: bool,
    reason: str, out: Path | None,
) -> None:  # fmt: skip
    """Print where the copy stands."""
    workspace = console.workspace(folder)
    home = console.one_order(workspace, order, folder)
    number = home.rpartition("/")[2]
    place = folder / out.expanduser() if out else workspace.root / "build" / number
    asked = ExportRequest("export", reason, console.now())
    handed = export(workspace, DocumentQuery(home, document, name, revision), place, asked, pdf=pdf)
    echo(os.path.relpath(handed.path))
    remark(handed)
    console.share_log(workspace)


def remark(handed: Handed) -> None:
    """What to know of a copy, on standard error."""
    it = handed.issued
    if it.withdrawn:
        console.remark(
            f"Revision {it.revision} was withdrawn: {it.withdrawn.reason}",
            f"第 {it.revision} 版已撤回：{it.withdrawn.reason}",
        )
    if handed.behind is not None:
        why = handed.behind.text.say(language())
        console.remark(
            f"The last revision that this clone knows. {why}", f"这是本克隆已知的最新版。{why}"
        )
