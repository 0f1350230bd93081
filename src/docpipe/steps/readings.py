"""What every reading of the archive begins with: it is logged, and the records are up to date."""

from collections.abc import Callable

from docpipe.adapters.repository import Records, Repository
from docpipe.diagnostics import DocpipeError
from docpipe.diagnostics.error import SURROUNDINGS

Log = Callable[[str, str], None]
"""Called with what is handed out and the reason, before it is. If it raises, nothing is."""


def unlogged(what: str, reason: str) -> None:
    """Log nothing."""


def caught_up(repo: Repository) -> DocpipeError | None:
    """Take over the remote's records; why not, where it is out of reach or the disk read-only."""
    try:
        Records(repo).refresh()
    except DocpipeError as error:
        if error.exit_code != SURROUNDINGS:
            raise
        return error
    return None
