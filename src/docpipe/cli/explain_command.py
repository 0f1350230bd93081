"""`docpipe explain`."""

import click

from docpipe.cli.language import language, say
from docpipe.cli.options import described
from docpipe.cli.terminal import echo
from docpipe.steps.explain import page


@described(
    "Explain the code of a finding: what is checked, why, and where the rule comes from.\n\n"
    "\b\n  docpipe explain PCK03\n  docpipe explain            list all codes",
    "解释问题代码：检查什么、为什么、依据何在。\n\n"
    "\b\n  docpipe explain PCK03\n  docpipe explain            列出全部代码",
)
@click.argument("code", required=False, metavar=say("[CODE]", "[代码]"))
def command(code: str | None) -> None:
    """Print the manual page of a code, or the list of codes."""
    echo(page(code, language()))
