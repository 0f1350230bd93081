"""`docpipe init`."""

from pathlib import Path

import click

from docpipe.cli.language import say
from docpipe.cli.options import described
from docpipe.cli.terminal import echo
from docpipe.steps.init import init


@described(
    "Make a new workspace: schemas, templates, and a sample company to overwrite.\n\n"
    "\b\n  docpipe init shop\n  docpipe init .",
    "新建工作区：模式、模板，以及供改写的样例公司资料。\n\n"
    "\b\n  docpipe init shop\n  docpipe init .",
)
@click.argument("target", type=click.Path(path_type=Path), metavar=say("DIR", "目录"))
@click.pass_obj
def command(folder: Path, target: Path) -> None:
    """Make it, and say what comes next."""
    written = init(folder / target)
    count = len(written)
    echo(say(
        f"{target}: workspace made ({count} files).\n"
        "Next: write your own company.yaml and people.yaml, replace the sample parties, then\n"
        f"  cd {target}\n"
        "  docpipe new ZF-2026-0100 --customer MFANO",
        f"{target}：工作区已建好（{count} 个文件）。\n"
        "下一步：改写 company.yaml 和 people.yaml，替换样例客户等资料，然后\n"
        "  docpipe new ZF-2026-0100 --customer MFANO",
    ))  # fmt: skip
