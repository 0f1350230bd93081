"""Where files come from: a folder on disk, a commit, or the inputs of an issued document."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from docpipe.adapters import regular_files
from docpipe.diagnostics import DocpipeError, Text

_ESCAPES = Text("{path} leads out of the workspace", "{path} 指向工作区之外")
_LINK = Text("{path} is a symbolic link, and is not followed", "{path} 是符号链接，不予跟随")
_TOO_LARGE = Text("{path} is larger than {limit} bytes", "{path} 超过 {limit} 字节")


class Source(Protocol):
    """The files of a workspace, named relative to its root with forward slashes."""

    def read(self, path: str, limit: int) -> bytes:
        """The file's bytes, at most `limit` + 1 of them. Raises OSError, DocpipeError.

        What is no ordinary file is refused (`regular_files.IrregularError`).
        """

    def read_whole(self, path: str, limit: int) -> bytes:
        """The file's bytes; DocpipeError where there are more than `limit`. Raises OSError."""

    def files(self, folder: str) -> list[str]:
        """All files below `folder`, sorted; links are listed, not followed; dot files are not."""

    def walk(self, folder: str) -> Iterator[str]:
        """The same one by one, in no order: there may be very many."""

    def is_file(self, path: str) -> bool:
        """Whether there is a file, or a link to one."""

    def is_link(self, path: str) -> bool:
        """Whether `path` or a folder on the way to it is a symbolic link."""


class FolderSource:
    """A workspace in a folder on disk."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._base = str(root)
        self._folders: set[str] = set()  # seen to be reached without a link

    def read(self, path: str, limit: int) -> bytes:
        """The file's bytes, at most `limit` + 1 (so that a huge file costs nothing)."""
        if _leads_out(path):
            raise DocpipeError(_ESCAPES, path=path)
        if self.is_link(path):
            raise DocpipeError(_LINK, path=path)
        target = os.path.join(self._base, path)  # noqa: PTH118 (a Path costs more than the reading)
        return regular_files.read(target, limit, path)

    def read_whole(self, path: str, limit: int) -> bytes:
        """The file's bytes; DocpipeError where there are more than `limit`."""
        data = self.read(path, limit)
        if len(data) > limit:
            raise DocpipeError(_TOO_LARGE, path=path, limit=limit)
        return data

    def files(self, folder: str) -> list[str]:
        """All files below `folder`, sorted; links are listed, not followed; dot files are not."""
        return sorted(self.walk(folder))

    def walk(self, folder: str) -> Iterator[str]:
        """The same one by one, in the order of the disk: there may be very many."""
        base = os.path.join(self._base, folder)  # noqa: PTH118
        if _leads_out(folder) or not os.path.isdir(base) or self.is_link(folder):  # noqa: PTH112
            return
        left = [(base, f"{folder}/" if folder else "")]
        while left:
            place, prefix = left.pop()
            self._folders.add(prefix[:-1])
            with os.scandir(place) as entries:
                for entry in entries:
                    name = entry.name
                    if name.startswith("."):
                        continue
                    if entry.is_dir(follow_symlinks=False):
                        left.append((entry.path, f"{prefix}{name}/"))
                    else:
                        yield prefix + name

    def is_file(self, path: str) -> bool:
        """Whether there is a file, or a link to one."""
        return os.path.isfile(os.path.join(self._base, path))  # noqa: PTH113, PTH118

    def is_link(self, path: str) -> bool:
        """Whether `path` or a folder on the way to it is a symbolic link."""
        folder = path.rpartition("/")[0]
        if folder and folder not in self._folders:
            if self.is_link(folder):
                return True
            self._folders.add(folder)
        return os.path.islink(os.path.join(self._base, path))  # noqa: PTH114, PTH118


def _leads_out(path: str) -> bool:
    return ".." in path.split("/") or os.path.isabs(path)  # noqa: PTH117
