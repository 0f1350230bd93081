"""`docpipe new`."""

import os
from pathlib import Path

import click

from docpipe.cli import console
from docpipe.cli.language import language, say
from docpipe.cli.output import echo
from docpipe.steps.new import Start, new


@click.command(
    help=say(
        "Start an order: a folder with a commented order.yaml.\n\n"
        "\b\n  docpipe new ZF-2026-0100 --customer MFANO\n"
        '  docpipe new ZF-2026-0101 --customer MFANO --incoterm "CIF Mombasa"',
        "新建订单：建文件夹和带说明的 order.yaml。\n\n"
        "\b\n  docpipe new ZF-2026-0100 --customer MFANO\n"
        '  docpipe new ZF-2026-0101 --customer MFANO --incoterm "CIF Mombasa"',
    )
)
@click.argument("number", metavar=say("NUMBER", "编号"))
@click.option(
    "--customer", required=True, metavar="CODE", help=say("From customers/", "见 customers/")
)
@click.option(
    "--product",
    "products",
    multiple=True,
    metavar="CODE",
    help=say("From products/; repeatable", "见 products/，可重复"),
)
@click.option("--currency", default="", metavar="CODE", help=say("Such as USD", "如 USD"))
@click.option(
    "--incoterm", default="", metavar="TERM", help=say('Such as "FOB Ningbo"', '如 "FOB Ningbo"')
)
@click.option(
    "--channel",
    default="",
    metavar="NAME",
    help=say("How it came: fair, email ...", "来源：fair、email 等"),
)
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
