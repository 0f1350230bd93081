"""`docpipe issued`."""

from pathlib import Path

import click

from docpipe.cli import console
from docpipe.cli.language import language, say
from docpipe.cli.options import AN_ORDER, described
from docpipe.cli.terminal import echo
from docpipe.diagnostics import one_line
from docpipe.steps.issued import DocumentState, Standing, issued

MOST = 40
"""Lines shown of what differs in one document."""


@described(
    "List what was issued of an order, and what no longer agrees with its files.\n\n"
    "\b\n  docpipe issued ZF-2026-0002\n"
    "  docpipe issued .               the order in whose folder you stand\n\n"
    "A document is stale where today's files would print another text: the lines that differ "
    "are shown, - as issued, + as of today.",
    "列出订单已签发的单证，以及与现有资料不再一致之处。\n\n"
    "\b\n  docpipe issued ZF-2026-0002\n"
    "  docpipe issued .               当前所在的订单\n\n"
    "现有资料印出的文字与签发时不同，即为“已过时”，并逐行列出差异：- 签发时，+ 现在。",
)
@AN_ORDER
@click.pass_obj
def command(folder: Path, order: str) -> None:
    """A row per revision, then what differs."""
    workspace = console.workspace(folder)
    overview = issued(workspace, console.one_order(workspace, order, folder))
    head = (
        say("number", "编号"), say("rev.", "版次"), say("document", "单证"), say("state", "状态"),
        say("issued", "签发日期"), say("by", "签发人"),
    )  # fmt: skip
    if overview.standings:
        rows = [_cells(standing) for standing in overview.standings]
        console.print_table(head, rows, right=[1], flexible=2)
    else:
        console.remark("Nothing was issued yet", "尚未签发任何单证")
    for standing in overview.standings:
        _tell(standing)
    if overview.behind is not None:
        why = overview.behind.text.say(language())
        console.remark(f"As this clone knows it. {why}", f"以上为本克隆已有的记录。{why}")


def _cells(standing: Standing) -> tuple[str, ...]:
    it = standing.issued
    day = it.issued_at.date().isoformat()
    state = _words(standing.state)
    return it.number, str(it.revision), it.document, state, day, it.by.name


def _words(state: DocumentState) -> str:
    return {
        DocumentState.CURRENT: say("current", "有效"),
        DocumentState.STALE: say("stale", "已过时"),
        DocumentState.SUPERSEDED: say("superseded", "已被新版取代"),
        DocumentState.WITHDRAWN: say("withdrawn", "已撤回"),
        DocumentState.UNKNOWN: say("not known", "无法判断"),
    }[state]


def _tell(standing: Standing) -> None:
    """Below the table: what differs, or why."""
    if not standing.changes and standing.why is None:
        return
    it = standing.issued
    echo(say(f"{it.number} revision {it.revision} ({_words(standing.state)}):",
                   f"{it.number} 第 {it.revision} 版（{_words(standing.state)}）："))  # fmt: skip
    if standing.why is not None:
        echo(f"  {one_line(standing.why.say(language()))}")
    for sign, line in standing.changes[:MOST]:
        echo(f"  {sign} {one_line(line)}", fg={"-": "red", "+": "green"}[sign])
    if (more := len(standing.changes) - MOST) > 0:
        echo(say(f"  and {more} lines more", f"  另有 {more} 行"))
