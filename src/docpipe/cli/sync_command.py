"""`docpipe sync`."""

from pathlib import Path

import click

from docpipe.cli import console
from docpipe.cli.language import language
from docpipe.cli.options import described, flag, option
from docpipe.cli.terminal import echo
from docpipe.reports.sync import conflict_lines, incoming_lines, remarks, to_decide
from docpipe.sharing.sync_result import Synced, Wishes
from docpipe.steps.sync import sync


@described(
    "Take over what colleagues have published, and publish what you saved.\n\n"
    "\b\n"
    "  docpipe sync                          both\n"
    "  docpipe sync --theirs contract.yaml   where we differ, theirs counts\n\n"
    "Where two of you changed the same, nothing is changed: both versions are shown, and you "
    "decide. What you have not saved stays as it is.",
    "取得同事发布的内容，并发布您保存的内容。\n\n"
    "\b\n"
    "  docpipe sync                          取得并发布\n"
    "  docpipe sync --theirs contract.yaml   双方不同之处以对方为准\n\n"
    "如果双方改了同一处，则不做任何改动：显示双方的内容，由您决定。尚未保存的修改保持原样。",
)
@option("--mine", "In a conflict yours counts; repeatable", "有冲突时以我方为准，可重复",
        multiple=True, metavar="FILE")  # fmt: skip
@option("--theirs", "In a conflict theirs counts; repeatable", "有冲突时以对方为准，可重复",
        multiple=True, metavar="FILE")  # fmt: skip
@flag("--accept-rewritten accept", "Accept a rewritten main as it is", "按现状接受被改写的 main")
@click.pass_obj
def command(folder: Path, mine: tuple[str, ...], theirs: tuple[str, ...], accept: bool) -> int:
    """Sync, and say what came in, what went out, and what there is to decide."""
    workspace = console.workspace(folder)
    wishes = Wishes(mine, theirs, accept)
    synced = sync(workspace, console.now(), wishes)
    if synced.conflicts:
        console.print_lines(conflict_lines(synced.conflicts, language()))
        echo(to_decide(synced.conflicts, wishes, language()), err=True)
        return 1
    console.print_lines(incoming_lines(synced, language()))
    console.print_findings(synced.verdict.findings)
    console.print_lines(remarks(synced, language(), chosen=bool(mine or theirs)), err=True)
    if synced.page:
        echo(synced.page)
    if synced.trouble is None:
        console.share_log(workspace, at_once=True)
    return _ended(synced)


def _ended(synced: Synced) -> int:
    """The exit code; what was not done after all is said last."""
    if synced.trouble is not None:
        echo(f"docpipe: {synced.trouble.say(language())}", err=True)
        return synced.trouble.exit_code
    return 1 if synced.flow == "direct" and synced.verdict.refused else 0
