"""`docpipe open`."""

import shutil
import tempfile
from pathlib import Path

import click

from docpipe.adapters import viewer
from docpipe.cli import console
from docpipe.cli.export_command import remark
from docpipe.cli.options import described, of_an_issued_document
from docpipe.cli.terminal import echo
from docpipe.steps.export import DocumentQuery, ExportRequest, export


@described(
    "Open a copy of an issued document with the program that your system uses for it.\n\n"
    "\b\n  docpipe open ZF-2026-0002 sales-contract\n"
    "  docpipe open ZF-2026-0002 commercial-invoice --name 1 --pdf\n\n"
    "The copy is in a folder of its own; changing it changes nothing on record. That "
    "you read it goes into the access log first.",
    "用系统默认程序打开已签发单证的副本。\n\n"
    "\b\n  docpipe open ZF-2026-0002 sales-contract\n"
    "  docpipe open ZF-2026-0002 commercial-invoice --name 1 --pdf\n\n"
    "副本放在单独的文件夹中，修改它不影响记录。打开前先记入查阅日志。",
)
@of_an_issued_document
@click.pass_obj
def command(
    folder: Path, order: str, document: str, name: str, revision: int | None, pdf: bool,
    reason: str,
) -> None:  # fmt: skip
    """Open it, and print where the copy stands."""
    program = viewer.demand()
    workspace = console.workspace(folder)
    home = console.one_order(workspace, order, folder)
    place = Path(tempfile.mkdtemp(prefix="docpipe-"))
    try:
        asked = ExportRequest("open", reason, console.now())
        handed = export(
            workspace, DocumentQuery(home, document, name, revision), place, asked, pdf=pdf
        )
    except BaseException:  # also Ctrl-C: no copy stays behind, whatever was written of it
        shutil.rmtree(place, ignore_errors=True)
        raise
    handed.path.chmod(0o400)
    viewer.show(program, handed.path)
    echo(str(handed.path))
    remark(handed)
    console.share_log(workspace)
