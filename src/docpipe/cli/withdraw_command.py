"""`docpipe withdraw`."""

from pathlib import Path

import click

from docpipe.cli import console
from docpipe.cli.options import A_DOCUMENT, AN_ORDER, NAMED, described, option
from docpipe.cli.terminal import echo
from docpipe.diagnostics import one_line
from docpipe.steps.withdraw import withdraw


@described(
    "Withdraw an issued document: it stays on record, and no longer counts.\n\n"
    '\b\n  docpipe withdraw ZF-2026-0002 sales-contract --reason "Wrong port"\n'
    '  docpipe withdraw ZF-2026-0002 CI-2026-0001 --reason "Sent in error"\n\n'
    "Its number is not given again; issued anew, it is the next revision.",
    "撤回已签发的单证：记录仍保留，但不再有效。\n\n"
    '\b\n  docpipe withdraw ZF-2026-0002 sales-contract --reason "装运港有误"\n'
    '  docpipe withdraw ZF-2026-0002 CI-2026-0001 --reason "误发"\n\n'
    "编号不再另给；重新签发时为下一版。",
)
@AN_ORDER
@A_DOCUMENT
@option("--reason", "Why", "原因", required=True, metavar="TEXT")
@NAMED
@click.pass_obj
def command(folder: Path, order: str, document: str, reason: str, name: str) -> None:
    """Print the number; on standard error what happened."""
    workspace = console.workspace(folder)
    home = console.one_order(workspace, order, folder)
    result = withdraw(workspace, home, document, name, reason, console.now())
    it = result.issued
    echo(it.number)
    if result.commit is None:
        why = one_line(it.withdrawn.reason if it.withdrawn else "")
        console.remark(
            f"{it.document}, revision {it.revision}: was withdrawn already: {why}",
            f"{it.document} 第 {it.revision} 版此前已撤回：{why}",
        )
    else:
        console.remark(
            f"{it.document}, revision {it.revision}: withdrawn. To issue it again, as "
            f"revision {it.revision + 1}:\n  docpipe issue {it.order} {it.document}",
            f"{it.document} 第 {it.revision} 版已撤回。如需重新签发（第 {it.revision + 1} 版）：\n"
            f"  docpipe issue {it.order} {it.document}",
        )
