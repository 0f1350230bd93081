"""Contents that a record names, each put where it stood: a workspace as it was for one document."""

from collections.abc import Mapping

from docpipe.adapters.git.commit_source import CommitSource
from docpipe.adapters.git.objects import TREE, Entry
from docpipe.adapters.git.reading import Objects

_TOP = ":"
"""Folders above the named contents are in no repository: their names here are ":" and the path."""


class MountedSource(CommitSource):
    """Files and whole folders by path, from wherever the repository has them.

    What lies within another of the folders is found there. Raises DocpipeError for a content that
    is not in the repository.
    """

    def __init__(self, reader: Objects, places: Mapping[str, Entry]) -> None:
        super().__init__(reader, _TOP)
        self._made: dict[str, dict[str, Entry]] = {_TOP: {}}
        for path, entry in sorted(places.items()):  # a folder before what is in it
            self._put(path, entry)

    def _put(self, path: str, entry: Entry) -> None:
        at = _TOP
        *folders, name = path.split("/")
        for folder in folders:
            there = self._made[at].setdefault(folder, Entry(TREE, f"{at}{folder}/"))
            if there.id not in self._made:
                if not there.id.startswith(_TOP):
                    return
                self._made[there.id] = {}
            at = there.id
        self._made[at].setdefault(name, entry)

    def entry(self, path: str) -> Entry | None:
        """What stands at `path`; None for nothing."""
        entry = Entry(TREE, _TOP)
        for part in path.split("/") if path else []:
            if entry.mode != TREE or part == "..":
                return None
            below = self._tree(entry.id).get(part)
            if below is None:
                return None
            entry = below
        return entry

    def _tree(self, name: str) -> Mapping[str, Entry]:
        return self._made[name] if name in self._made else super()._tree(name)
