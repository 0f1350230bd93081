"""What `docpipe render --pdf` says of the PDFs."""

from docpipe.cli import console
from docpipe.cli.language import language
from docpipe.cli.progress import Progress
from docpipe.cli.terminal import echo
from docpipe.diagnostics.error import SURROUNDINGS
from docpipe.documents.pdf import Pdfs
from docpipe.reports.findings import counted


def tell(pdfs: Pdfs, jobs: int) -> int:
    """Convert, tell what could not be and which fonts were missing, count; the exit code."""
    bar, failed = Progress("PDF", pdfs.count), 0
    for done, converted in enumerate(pdfs.convert(jobs), 1):
        if converted.problem is not None:
            bar.clear()
            problem = converted.problem.say(language())
            echo(f"{converted.file.parent.name}: {problem}", err=True)
            failed += 1
        bar.show(done)
    bar.clear()
    if fonts := pdfs.substituted():
        echo(fonts.say(language()), err=True)
    made = counted(pdfs.count - failed, "PDF", "份 PDF")
    echo(console.summary(made, pdfs.unchanged, [], failed), err=True)
    return SURROUNDINGS if failed else 0
