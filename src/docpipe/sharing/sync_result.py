"""What a person wants of a sync, and what it did."""

from collections.abc import Sequence

from docpipe.adapters import git
from docpipe.diagnostics import DocpipeError, Value
from docpipe.sharing.conflicts import Conflict
from docpipe.sharing.publish_check import PublishVerdict
from docpipe.workspace.changes import ChangedFile


class Wishes(Value):
    """What a person decided: files in which their or the others' version counts where both changed
    the same; to take a shared main as it is that was rewritten."""

    mine: Sequence[str] = ()
    theirs: Sequence[str] = ()
    accept: bool = False


class Synced(Value):
    """What a sync did; with `conflicts` nothing.

    `brought` are the commits that others had published, the oldest first, `changes` how files
    changed here. `saves` are mine that the shared main does not have: published on `branch`, ""
    where they are not; `page` is where the request is opened. `joined`: they became one. `before`
    is what main was.
    """

    flow: str
    before: str | None
    conflicts: tuple[Conflict, ...] = ()
    brought: tuple[git.Commit, ...] = ()
    changes: tuple[ChangedFile, ...] = ()
    joined: bool = False
    saves: int = 0
    branch: str = ""
    page: str = ""
    verdict: PublishVerdict = PublishVerdict()
    records: int = 0
    """How many records of others were taken over."""
    shallow: bool = False
    """Whether this clone can take none over."""
    unsaved: tuple[str, ...] = ()
    trouble: DocpipeError | None = None
    """Why something was not done after all."""
