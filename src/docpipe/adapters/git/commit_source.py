"""The files of a commit, for whatever reads the files of a folder."""

import errno
import os
from collections.abc import Iterator, Mapping

from docpipe.adapters.git.object_reader import Objects, find
from docpipe.adapters.git.objects import LINK, MODULE, TREE, Entry
from docpipe.diagnostics import DocpipeError, Text

_LINK = Text("{path} is a symbolic link, and is not followed", "{path} 是符号链接，不予跟随")
_ESCAPES = Text("{path} leads out of the workspace", "{path} 指向工作区之外")
_TOO_LARGE = Text("{path} is larger than {limit} bytes", "{path} 超过 {limit} 字节")


class CommitSource:
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

    def read(self, path: str, limit: int) -> bytes:
        """The file's bytes, at most `limit` + 1. Raises OSError, DocpipeError."""
        if _leads_out(path):
            raise DocpipeError(_ESCAPES, path=path)
        if self.is_link(path):
            raise DocpipeError(_LINK, path=path)
        entry = self.entry(path)
        if entry is None:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), path)
        if entry.mode in (TREE, MODULE):
            raise OSError(errno.EINVAL, "not a file", path)
        return self._reader.start_of(entry.id, limit + 1)

    def read_whole(self, path: str, limit: int) -> bytes:
        """The file's bytes; DocpipeError where there are more than `limit`."""
        data = self.read(path, limit)
        if len(data) > limit:
            raise DocpipeError(_TOO_LARGE, path=path, limit=limit)
        return data

    def files(self, folder: str) -> list[str]:
        """All files below `folder`, sorted; links are listed, not followed; dot files are not."""
        return sorted(self.walk(folder))

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
        if not self._root or _leads_out(path):
            return None
        return find(self._reader, self._root, whole)

    def walk(self, folder: str) -> Iterator[str]:
        """The same one by one, in the order of the trees."""
        base = self.entry(folder)
        if base is None or base.mode != TREE:
            return
        for name, entry in self._tree(base.id).items():
            path = f"{folder}/{name}" if folder else name
            if name.startswith(".") or entry.mode == MODULE:
                continue
            if entry.mode == TREE:
                yield from self.walk(path)
            else:
                yield path

    def _tree(self, name: str) -> Mapping[str, Entry]:
        return self._reader.tree(name)


def _leads_out(path: str) -> bool:
    return ".." in path.split("/") or path.startswith("/")
