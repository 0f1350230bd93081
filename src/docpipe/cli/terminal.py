"""The one way out to terminals and pipes: what data could do to a terminal is shown, not done."""

import os
import sys

import click

from docpipe.diagnostics import visible


def echo(
    text: str, *, err: bool = False, nl: bool = True, lead: str = "", fg: str | None = None,
    bold: bool = False,
) -> None:  # fmt: skip
    """Print `text`, in colour where there is colour; `lead` is before it, without."""
    text = visible(text)
    if (fg or bold) and coloured():
        text = click.style(text, fg=fg, bold=bold)
    click.echo(visible(lead) + text, err=err, nl=nl)


def utf8(text: str, *, err: bool = False) -> None:
    """Print `text`, which is visible, as UTF-8 whatever the locale is."""
    stream = sys.stderr if err else sys.stdout
    stream.buffer.write(text.encode("utf-8", "backslashreplace"))
    stream.flush()


def is_terminal() -> bool:
    """Whether a person watches."""
    return sys.stdout.isatty()


def coloured() -> bool:
    """Colour only on a terminal, and not against NO_COLOR."""
    return is_terminal() and not os.environ.get("NO_COLOR")
