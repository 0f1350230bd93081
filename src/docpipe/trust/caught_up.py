"""What readings of the archive share: the records are up to date, or it is known why not."""

from docpipe.adapters.git import Records, Repository
from docpipe.diagnostics import DocpipeError
from docpipe.diagnostics.error import SURROUNDINGS


def caught_up(repo: Repository) -> DocpipeError | None:
    """Take over the remote's records; why not, where it is out of reach or the disk read-only."""
    try:
        Records(repo).refresh()
    except DocpipeError as error:
        if error.exit_code != SURROUNDINGS:
            raise
        return error
    return None
