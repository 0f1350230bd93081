"""`docpipe render`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from docpipe.cli import console
from docpipe.cli.language import say
from docpipe.cli.options import ORDERS, described, flag, option
from docpipe.cli.progress import Progress
from docpipe.cli.render_output import Rendered
from docpipe.documents.printer import choose_kinds

if TYPE_CHECKING:
    from docpipe.documents.pdf import Pdfs


@described(
    "Make the Word documents that each order's files allow, as drafts.\n\n"
    "\b\n"
    "  docpipe render                              all orders, into build/\n"
    "  docpipe render ZF-2026-0002 --doc quotation --pdf\n\n"
    "An order with a broken file, or one that refers to something missing, is left out. "
    "Documents in the output folder that are up to date are not made again.",
    "按订单现有资料生成 Word 单证（草稿）。\n\n"
    "\b\n"
    "  docpipe render                              全部订单，输出到 build/\n"
    "  docpipe render ZF-2026-0002 --doc quotation --pdf\n\n"
    "文件有误或引用了不存在资料的订单不生成单证。输出目录中与资料一致的单证不再重做。",
)
@ORDERS
@option("--doc kinds", "Only this kind; repeatable", "只生成该种类，可重复",
        multiple=True, metavar=say("KIND", "种类"))  # fmt: skip
@flag("--pdf", "Also PDF, by LibreOffice", "同时用 LibreOffice 生成 PDF")
@option("--out", "Where to write [build]", "输出目录 [build]",
        type=click.Path(path_type=Path, file_okay=False), metavar="DIR")  # fmt: skip
@option("--jobs", "Processes to use [one a core]", "使用的进程数 [每核一个]",
        type=click.IntRange(1), metavar="N")  # fmt: skip
@flag("--force", "Make everything again", "全部重新生成")
@click.pass_obj  # fmt: skip
def command(
    folder: Path,
    orders: tuple[str, ...],
    kinds: tuple[str, ...],
    pdf: bool,
    out: Path | None,
    jobs: int | None,
    force: bool,
) -> int:
    """Render what can be, say what cannot, list what is there, and count."""
    from docpipe.adapters.cpus import cores
    from docpipe.documents.batch import batch
    from docpipe.documents.order_renderer import Job
    from docpipe.workspace.traced_workspace import TracedWorkspace

    jobs = jobs or cores()
    workspace = TracedWorkspace(console.root(folder))
    out = folder / out if out else workspace.root / "build"
    chosen = choose_kinds(workspace, kinds)
    folders = workspace.select(orders, folder)
    job = Job(workspace.root, tuple(kind.id for kind in chosen), out, console.now(), force)
    bar = Progress(say("orders", "张订单"), len(folders))
    rendered = Rendered(out, {kind.id: kind.title for kind in chosen}, bar)
    pdfs = _pdfs(out, force) if pdf else None
    for outcome in batch(job, folders, jobs, workspace=workspace):
        rendered.add(outcome)
        if pdfs is not None:
            pdfs.add(outcome)
    bar.clear()
    rendered.finish()
    if pdf:
        rendered.exit_code = max(rendered.exit_code, _converted(pdfs, out, force, jobs))
    return rendered.exit_code


def _pdfs(out: Path, force: bool) -> "Pdfs | None":
    """Who gathers documents for PDF; nobody without LibreOffice, which is told after them."""
    from docpipe.adapters import office
    from docpipe.documents.pdf import Pdfs

    return Pdfs(out, force) if office.find() else None


def _converted(pdfs: "Pdfs | None", out: Path, force: bool, jobs: int) -> int:
    from docpipe.cli import pdf_output
    from docpipe.documents.pdf import Pdfs

    return pdf_output.tell(pdfs or Pdfs(out, force), jobs)
