"""The files on record while commits add to them, one after the other."""

import re
from collections.abc import Iterable

from docpipe.adapters.git import TREE, Changed, CommitSource, Entry, Objects

_COUNT = re.compile(r"r?([0-9]{1,12})")


class RecordsSoFar(CommitSource):
    """What was on record, and what was added since; no tree of what is added is read."""

    def __init__(self, reader: Objects, root: str) -> None:
        super().__init__(reader, root)
        self._objects = reader
        self._added: dict[str, Entry | None] = {}
        self._names: dict[str, set[str]] = {}
        self._last: dict[str, int] = {}

    def add(self, changes: Iterable[Changed]) -> None:
        """The files that one more commit adds."""
        for change in changes:
            self._added[change.path] = change.new
            folder, _, name = change.path.rpartition("/")
            self.names(folder).add(name)
            if folder in self._last:
                self._last[folder] = max(self._last[folder], _count(name))

    def entry(self, path: str) -> Entry | None:
        """What stands at `path`; folders that only the new commits add are not told."""
        return self._added.get(path) or super().entry(path)

    def names(self, folder: str) -> set[str]:
        """The names of what stands in a folder itself."""
        if folder not in self._names:
            base = super().entry(folder)
            tree = self._objects.tree(base.id) if base and base.mode == TREE else {}
            self._names[folder] = set(tree)
        return self._names[folder]

    def last(self, folder: str) -> int:
        """The highest number that a file in the folder begins with; -1 for none."""
        if folder not in self._last:
            self._last[folder] = max(map(_count, self.names(folder)), default=-1)
        return self._last[folder]


def _count(name: str) -> int:
    match = _COUNT.match(name)
    return int(match[1]) if match else -1
