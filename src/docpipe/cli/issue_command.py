"""`docpipe issue`."""

from pathlib import Path

import click

from docpipe.cli import console
from docpipe.cli.options import A_DOCUMENT, AN_ORDER, NAMED, described
from docpipe.cli.terminal import echo
from docpipe.steps.issue import HasErrors, Result, issue
from docpipe.workspace.traced_workspace import TracedWorkspace


@described(
    "Issue a document of an order: it gets its number and goes on record, for good.\n\n"
    "\b\n  docpipe issue ZF-2026-0002 sales-contract\n"
    "  docpipe issue ZF-2026-0002 commercial-invoice --name 1\n\n"
    "It is made from what is saved. Issued again, it is the same record; after the facts have "
    "changed, the next revision of the same number.",
    "正式签发订单的一份单证：取得编号，永久记录在案。\n\n"
    "\b\n  docpipe issue ZF-2026-0002 sales-contract\n"
    "  docpipe issue ZF-2026-0002 commercial-invoice --name 1\n\n"
    "按已保存的资料生成。资料未变时再次签发，仍是原记录；资料变更后再签发，编号不变，版次加一。",
)
@AN_ORDER
@A_DOCUMENT
@NAMED
@click.pass_obj
def command(folder: Path, order: str, document: str, name: str) -> None:
    """Print the number; on standard error what happened and how to go on."""
    workspace = TracedWorkspace(console.root(folder))
    home = console.one_order(workspace, order, folder)
    try:
        result = issue(workspace, home, document, name, console.now())
    except HasErrors as error:
        console.print_findings(error.diagnostics)
        raise
    echo(result.issued.number)
    _remark(result)


def _remark(result: Result) -> None:
    """What happened, and how to go on."""
    it = result.issued
    day = it.issued_at.date().isoformat()
    if result.commit is None:
        console.remark(
            f"{it.document}, revision {it.revision}: issued by {it.by.name} on {day}, and nothing "
            "has changed since",
            f"{it.document} 第 {it.revision} 版：{day} 签发（{it.by.name}），此后资料没有变化",
        )
        return
    console.remark(
        f"{it.document}, revision {it.revision}: on record. To hand it out, or take it back:\n"
        f"  docpipe export {it.order} {it.document}\n"
        f'  docpipe withdraw {it.order} {it.document} --reason "Why"',
        f"{it.document} 第 {it.revision} 版已记录在案。导出或撤回：\n"
        f"  docpipe export {it.order} {it.document}\n"
        f'  docpipe withdraw {it.order} {it.document} --reason "原因"',
    )
