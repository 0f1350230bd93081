"""`docpipe new`."""

import os
from pathlib import Path

import click

from docpipe.cli import console
from docpipe.cli.language import language, say
from docpipe.cli.options import described, option, text
from docpipe.cli.terminal import echo
from docpipe.steps.new import Start, new


@described(
    "Start an order: a folder with a commented order.yaml.\n\n"
    "\b\n  docpipe new ZF-2026-0100 --customer MFANO\n"
    '  docpipe new ZF-2026-0101 --customer MFANO --incoterm "CIF Mombasa"',
    "新建订单：建文件夹和带说明的 order.yaml。\n\n"
    "\b\n  docpipe new ZF-2026-0100 --customer MFANO\n"
    '  docpipe new ZF-2026-0101 --customer MFANO --incoterm "CIF Mombasa"',
)
@click.argument("number", metavar=say("NUMBER", "编号"))
@option("--customer", "From customers/", "见 customers/", required=True, metavar="CODE")
@option("--product products", "From products/; repeatable", "见 products/，可重复",
        multiple=True, metavar="CODE")  # fmt: skip
@text("--currency", "Such as USD", "如 USD", metavar="CODE")
@text("--incoterm", 'Such as "FOB Ningbo"', '如 "FOB Ningbo"', metavar="TERM")
@text("--channel", "How it came: fair, email ...", "来源：fair、email 等", metavar="NAME")
@click.pass_obj  # fmt: skip
def command(
    folder: Path, number: str, customer: str, products: tuple[str, ...],
    currency: str, incoterm: str, channel: str,
) -> None:  # fmt: skip
    """Write it, and say what comes next."""
    workspace = console.workspace(folder)
    start = Start(number, customer, products, currency, incoterm, channel)
    path = os.path.relpath(new(workspace, start, console.now(), language()))
    echo(say(
        f"{path} made. Fill it in, then:\n  docpipe check {number}",
        f"已建 {path}。填写后运行：\n  docpipe check {number}",
    ))  # fmt: skip
