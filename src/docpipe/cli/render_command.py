"""`docpipe render`."""

import os
from collections import Counter
from pathlib import Path

import click

from docpipe.cli import console
from docpipe.cli.language import language, say
from docpipe.diagnostics import Diagnostic, DocpipeError, Severity
from docpipe.steps.check import CheckedOrder, check_order
from docpipe.steps.render import Document, Printer, choose_kinds, documents, write


@click.command(
    help=say(
        "Make the Word documents that each order's files allow, as drafts.\n\n"
        "\b\n  docpipe render                              all orders, into build/\n"
        "  docpipe render ZF-2026-0002 --doc quotation --pdf\n\n"
        "An order with a broken file, or one that refers to what is not there, is left out.",
        "按订单现有资料生成 Word 单据（草稿）。\n\n"
        "\b\n  docpipe render                              全部订单，输出到 build/\n"
        "  docpipe render ZF-2026-0002 --doc quotation --pdf\n\n"
        "文件有误或引用了不存在资料的订单不生成单据。",
    )
)
@click.argument("orders", nargs=-1, metavar=say("[ORDER...]", "[订单...]"))
@click.option(
    "--doc",
    "kinds",
    multiple=True,
    metavar=say("KIND", "种类"),
    help=say("Only this kind; repeatable", "只生成该种类，可重复"),
)
@click.option(
    "--pdf", is_flag=True, help=say("Also PDF, by LibreOffice", "同时用 LibreOffice 生成 PDF")
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help=say("Where to write [build]", "输出目录 [build]"),
)
@click.pass_obj  # fmt: skip
def command(
    folder: Path, orders: tuple[str, ...], kinds: tuple[str, ...], pdf: bool, out: Path | None
) -> int:
    """Render what can be, say what cannot, and list what was made."""
    workspace = console.workspace(folder)
    out = folder / out if out else workspace.root / "build"
    chosen = choose_kinds(workspace, kinds)
    printer, now = Printer(workspace), console.now()
    made: list[tuple[Document, Path]] = []
    failed = False
    for order_folder in workspace.select(orders, folder):
        checked = check_order(workspace, order_folder, now)
        if checked.structural:
            _tell_left_out(checked)
            failed = True
            continue
        for document in documents(workspace, checked.order, chosen):
            try:
                made.append((document, write(document, printer.make(document), out)))
            except DocpipeError as error:
                click.echo(f"{checked.order.number}: {error.say(language())}", err=True)
                failed = True
        _tell_findings(checked)
    _list(made)
    if pdf and made:
        from docpipe.adapters import office

        office.to_pdf([path for _, path in made])
    return 1 if failed else 0


def _tell_left_out(checked: CheckedOrder) -> None:
    errors = [d for d in checked.diagnostics if d.severity == Severity.ERROR]
    console.print_findings(errors)
    number = checked.order.number
    click.echo(
        say(f"{number}: left out, its files have errors", f"{number}：文件有错误，未生成单据"),
        err=True,
    )


def _tell_findings(checked: CheckedOrder) -> None:
    grave: list[Diagnostic] = [d for d in checked.diagnostics if d.severity == Severity.ERROR]
    if grave:
        number, count = checked.order.number, console.counted(grave)
        tell = say(
            f"{number}: drafts made, but it has {count}: docpipe check {number}",
            f"{number}：草稿已生成，但有{count}，请运行 docpipe check {number}",
        )
        click.echo(tell, err=True)


def _list(made: list[tuple[Document, Path]]) -> None:
    """On a terminal a line per order, or per document of a single one; in a pipe every file."""
    if len({document.order.number for document, _ in made}) > 1 and console.is_terminal():
        _list_orders(made)
    elif made:
        first = 1 if console.is_terminal() else 0  # one order: its number says nothing new
        head = (say("order", "订单"), say("document", "单据"), say("file", "文件"))[first:]
        console.print_table(head, [_row(*each)[first:] for each in made], flexible=0)
    count = len(made)
    plural = "" if count == 1 else "s"
    click.echo(say(f"{count:,} document{plural} made", f"共生成 {count:,} 份单据"), err=True)


def _row(document: Document, path: Path) -> tuple[str, str, str]:
    title = document.kind.title
    return (document.order.number, title.zh if language() == "zh" else title.en, _shown(path))


def _list_orders(made: list[tuple[Document, Path]]) -> None:
    folders = Counter((document.order.number, path.parent) for document, path in made)
    head = (say("order", "订单"), say("documents", "单据数"), say("folder", "文件夹"))
    rows = [(number, f"{count:,}", _shown(path)) for (number, path), count in folders.items()]
    console.print_table(head, rows, right=[1])


def _shown(path: Path) -> str:
    """The path from here where that is shorter."""
    relative = os.path.relpath(path)
    return relative if len(relative) < len(str(path)) else str(path)
