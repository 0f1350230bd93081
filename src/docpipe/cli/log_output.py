"""What `docpipe log verify` and `docpipe witness` print."""

from pathlib import Path

import click

from docpipe.cli import console
from docpipe.cli.language import language, say
from docpipe.cli.terminal import echo
from docpipe.reports import access_verified as report
from docpipe.steps.log_verify import Verdict
from docpipe.trust.witness.checkpoint import Checkpoint, read

_LARGEST = 10_000_000


def kept(folder: Path, file: Path | None) -> list[Checkpoint]:
    """The checkpoint in a file, if one is named. Raises DocpipeError, click.UsageError."""
    if file is None:
        return []
    path = folder / file.expanduser()
    try:
        with path.open("rb") as opened:
            text = opened.read(_LARGEST).decode("utf-8", "replace")
    except OSError as error:
        why = error.strerror or ""
        told = say(f"{file} cannot be read: {why}", f"无法读取 {file}：{why}")
        raise click.UsageError(told) from None
    return [read(text, str(file))]


def tell(verdict: Verdict, *, as_json: bool = False, err: bool = False) -> None:
    """What was checked against what, then each fault; what cannot be told on standard error."""
    lang = language()
    if as_json:
        console.print_json(report.as_data(verdict, lang), err=err)
        return
    console.print_lines(report.summary(verdict, lang), err=err)
    for line, remark in report.faults(verdict, lang):
        echo(line, err=err, fg="yellow" if remark else "red")
    echo(report.limit(lang), err=True)
