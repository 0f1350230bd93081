"""A workspace as a commit has it: for whoever judges it without having its files on disk."""

import os
from functools import cached_property
from pathlib import Path

from docpipe.adapters.repository import CommitSource
from docpipe.workspace.ledger import Ledger, Row, row_of
from docpipe.workspace.workspace import Workspace

_NOWHERE = Path(os.devnull)  # no file lies in it


class CommittedWorkspace(Workspace):
    """The workspace in a commit. Nothing of it is on disk, so nothing can change meanwhile."""

    def __init__(self, source: CommitSource) -> None:
        super().__init__(_NOWHERE, source)

    @cached_property
    def ledger(self) -> Ledger:
        """As a workspace's."""
        return _CommittedLedger(self)


class _CommittedLedger(Ledger):
    """A ledger whose answers are not asked for their state."""

    def _row(self, folder: str) -> Row:
        if folder not in self._rows:
            self._rows[folder] = row_of(self.order(folder), "")
        return self._rows[folder]
