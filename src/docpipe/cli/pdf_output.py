"""What `docpipe render --pdf` says of the PDFs."""

from docpipe.cli.language import language, say
from docpipe.cli.output import echo
from docpipe.cli.progress import Progress
from docpipe.diagnostics.error import SURROUNDINGS
from docpipe.documents.pdf import Pdfs


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
    echo(_summary(pdfs.count - failed, pdfs.unchanged, failed), err=True)
    return SURROUNDINGS if failed else 0


def _summary(made: int, unchanged: int, failed: int) -> str:
    plural = "" if made == 1 else "s"
    parts = [say(f"{made:,} PDF{plural} made", f"共生成 {made:,} 份 PDF")]
    if unchanged:
        parts.append(say(f"{unchanged:,} unchanged", f"{unchanged:,} 份未变"))
    if failed:
        parts.append(say(f"{failed:,} failed", f"{failed:,} 份失败"))
    return say(", ", "，").join(parts)
