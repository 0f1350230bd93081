"""The files of a commit, for whatever reads the files of a folder."""

import errno
import os
from collections.abc import Iterator

from docpipe.adapters.git.object_reader import Objects, find
from docpipe.adapters.git.objects import LINK, MODULE, TREE, Entry
from docpipe.adapters.source import Source, leads_out


class CommitSource(Source):
    """A workspace as a commit holds it: the same methods, the same answers as on disk.

    `root` names the commit's tree, "" for no commit at all; `prefix` is the workspace's folder in
    it, "" or "trade/". Line ends are as Git keeps them. `commit` is the commit, where
    whoever made this said so.
    """

    commit = ""

    def __init__(self, reader: Objects, root: str, prefix: str = "") -> None:
        self._reader = reader
        self._root = root
        self._prefix = prefix

    def _read(self, path: str, limit: int) -> bytes:
        entry = self.entry(path)
        if entry is None:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), path)
        if entry.mode in (TREE, MODULE):
            raise OSError(errno.EINVAL, "not a file", path)
        return self._reader.start_of(entry.id, limit + 1)

    def is_file(self, path: str) -> bool:
        """Whether there is a file, or a link."""
        entry = self.entry(path)
        return entry is not None and entry.mode not in (TREE, MODULE)

    def is_link(self, path: str) -> bool:
        """Whether `path` or a folder on the way to it is a symbolic link."""
        parts = path.split("/")
        ways = ("/".join(parts[: count + 1]) for count in range(len(parts)))
        return any((entry := self.entry(way)) is not None and entry.mode == LINK for way in ways)

    def entry(self, path: str) -> Entry | None:
        """What stands at `path`: its mode and the name of its content; None for nothing."""
        whole = (self._prefix + path).strip("/")
        if not self._root or leads_out(path):
            return None
        return find(self._reader, self._root, whole)

    def walk(self, folder: str) -> Iterator[str]:
        """The same one by one, in the order of the trees."""
        base = self.entry(folder)
        if base is None or base.mode != TREE:
            return
        for name, entry in self._reader.tree(base.id).items():
            path = f"{folder}/{name}" if folder else name
            if name.startswith(".") or entry.mode == MODULE:
                continue
            if entry.mode == TREE:
                yield from self.walk(path)
            else:
                yield path
