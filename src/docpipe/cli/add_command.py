"""`docpipe add`."""

import os
from pathlib import Path

import click

from docpipe.cli import console
from docpipe.cli.language import language, say
from docpipe.cli.options import described, option
from docpipe.cli.terminal import echo
from docpipe.steps.add import add


@described(
    "Add the next file to an order, as commented YAML with what is known filled in.\n\n"
    "\b\n  docpipe add quotation ZF-2026-0100\n"
    "  docpipe add inspection ZF-2026-0002 --name final-4\n\n"
    "Without ORDER: the order in whose folder you stand.",
    "给订单添加下一个文件：带说明的 YAML，已知内容自动填好。\n\n"
    "\b\n  docpipe add quotation ZF-2026-0100\n"
    "  docpipe add inspection ZF-2026-0002 --name final-4\n\n"
    "不写订单时，指当前所在的订单文件夹。",
)
@click.argument("kind", metavar=say("KIND", "种类"))
@click.argument("order", default=".", metavar=say("[ORDER]", "[订单]"))
@option("--name", "Department, shipment or inspection", "部门、批次或检验名", default="")
@click.pass_obj
def command(folder: Path, kind: str, order: str, name: str) -> None:
    """Write it, and say what comes next."""
    workspace = console.workspace(folder)
    where = console.one_order(workspace, order, folder)
    path = os.path.relpath(add(workspace, where, kind, name, console.now(), language()))
    number = where.rpartition("/")[2]
    echo(say(
        f"{path} made. Fill it in, then:\n  docpipe check {number}",
        f"已建 {path}。填写后运行：\n  docpipe check {number}",
    ))  # fmt: skip
