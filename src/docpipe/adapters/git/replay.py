"""Replaying changes made on one state of the files onto another, file by file.

Nothing is checked out for it: a file that one side alone changed is known by the name of its
content, so that only files that both changed are read at all.
"""

import unicodedata
from collections.abc import Callable, Iterable, Mapping

from docpipe.adapters.git.log import Changed
from docpipe.adapters.git.object_reader import Objects, find
from docpipe.adapters.git.objects import EXECUTABLE, FILE, TREE, Entry, Object, made
from docpipe.adapters.git.trees import replanted
from docpipe.diagnostics import Value

Join = Callable[[str, bytes, bytes, bytes, str], bytes | None]
"""A file's path, its content before and on my side and on theirs, and whose counts where both
changed the same ("mine", "theirs", "" for nobody's): the content with both; None where it cannot be
told."""

_TEXTS = (FILE, EXECUTABLE)


class Clash(Value):
    """A file that both sides changed and that cannot be joined; None where it does not exist."""

    path: str
    base: Entry | None
    mine: Entry | None
    theirs: Entry | None


class Replay:
    """The files of a commit, and what has been put onto them so far."""

    def __init__(self, reader: Objects, root: str, join: Join) -> None:
        self._reader, self._root, self._join = reader, root, join
        self._put: dict[str, Entry | None] = {}
        self._fresh: dict[str, Object] = {}

    def at(self, path: str) -> Entry | None:
        """What stands at `path` now."""
        if path in self._put:
            return self._put[path]
        return find(self._reader, self._root, path) if self._root else None

    def put(
        self, changes: Iterable[Changed], choices: Mapping[str, str] | None = None
    ) -> list[Clash]:
        """Put changes onto the files; those that do not fit, which then are not put.

        `choices` says for single files whose counts: "mine" (the changes'), or "theirs".
        """
        clashes = []
        for change in changes:
            there = self.at(change.path)
            entry = self._joined(change, there, (choices or {}).get(change.path, ""))
            if isinstance(entry, Clash):
                clashes.append(entry)
            elif entry != there:
                self._put[change.path] = entry
        return clashes + self._tangled()

    def tree(self) -> tuple[str, list[Object]]:
        """The files as a tree, and all objects that are new for it."""
        if not self._put and self._root:
            return self._root, []
        tree, objects = replanted(self._reader, self._root, self._put)
        return tree, [*self._fresh.values(), *objects]

    def _joined(self, change: Changed, there: Entry | None, choice: str) -> Entry | Clash | None:
        old, new = change.old, change.new
        if there in (new, old):
            return new
        clash = Clash(change.path, old, new, there)
        if old and new and there and {old.mode, new.mode, there.mode} <= {*_TEXTS}:
            base, mine, theirs = (self._content(entry) for entry in (old, new, there))
            text = self._join(change.path, base, mine, theirs, choice)
            if text is not None:
                return Entry(new.mode if new.mode != old.mode else there.mode, self._kept(text))
        if choice:
            return new if choice == "mine" else there
        return clash

    def _content(self, entry: Entry) -> bytes:
        fresh = self._fresh.get(entry.id)
        return fresh.content if fresh else self._reader.blob(entry.id)

    def _kept(self, text: bytes) -> str:
        blob = made(self._reader.repo.digest, "blob", text)
        self._fresh[blob.id] = blob
        return blob.id

    def _tangled(self) -> list[Clash]:
        """Files that were put where a folder with files is, or below what is a file now."""
        clashes = []
        for path, entry in self._put.items():
            if entry is None:
                continue
            for folder in above(path):
                there = self.at(folder)
                if there is not None and there.mode != TREE:
                    clashes.append(Clash(path, None, entry, there))
            below = find(self._reader, self._root, path) if self._root else None
            if below is not None and below.mode == TREE:
                left = [p for p in self._files(path, below) if self.at(p) is not None]
                clashes += [Clash(path, None, entry, self.at(p)) for p in left[:1]]
        return clashes

    def _files(self, folder: str, entry: Entry) -> list[str]:
        found = []
        for name, below in self._reader.tree(entry.id).items():
            path = f"{folder}/{name}"
            found += self._files(path, below) if below.mode == TREE else [path]
        return found


def alike(reader: Objects, commit: str, paths: Iterable[str]) -> tuple[str, str] | None:
    """Of these files the first whose name some systems take for another's in the commit; both.

    Windows and macOS do not tell capitals from small letters, nor two ways to write an accent.
    """
    folders: dict[str, dict[str, list[str]]] = {}
    root = reader.root(commit)
    for path in paths:
        for step in [*above(path), path]:
            folder, _, name = step.rpartition("/")
            if folder not in folders:
                entry = find(reader, root, folder)
                folders[folder] = _by_fold(reader.tree(entry.id) if entry else ())
            for other in folders[folder].get(_fold(name), ()):
                if other != name:
                    return path, f"{folder}/{other}" if folder else other
    return None


def _by_fold(names: Iterable[str]) -> dict[str, list[str]]:
    table: dict[str, list[str]] = {}
    for name in names:
        table.setdefault(_fold(name), []).append(name)
    return table


def _fold(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def above(path: str) -> list[str]:
    """The folders on the way to `path`, the outermost first."""
    parts = path.split("/")
    return ["/".join(parts[:count]) for count in range(1, len(parts))]
