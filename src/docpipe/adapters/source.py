"""The files of a workspace, wherever they are: in a folder on disk, or in a commit."""

import os
from abc import ABC, abstractmethod
from collections.abc import Iterator

from docpipe.diagnostics import DocpipeError, Text

_ESCAPES = Text("{path} leads out of the workspace", "{path} 指向工作区之外")
_LINK = Text("{path} is a symbolic link, and is not followed", "{path} 是符号链接，不予跟随")
_TOO_LARGE = Text("{path} is larger than {limit} bytes", "{path} 超过 {limit} 字节")


class Source(ABC):
    """Files named relative to the workspace's root, with forward slashes."""

    def read(self, path: str, limit: int) -> bytes:
        """The file's bytes, at most `limit` + 1 (so that a huge file costs nothing).

        Raises OSError, DocpipeError: a link is not followed, nothing but an ordinary file is read.
        """
        if leads_out(path):
            raise DocpipeError(_ESCAPES, path=path)
        if self.is_link(path):
            raise DocpipeError(_LINK, path=path)
        return self._read(path, limit)

    def read_whole(self, path: str, limit: int) -> bytes:
        """The file's bytes; DocpipeError where there are more than `limit`. Raises OSError."""
        data = self.read(path, limit)
        if len(data) > limit:
            raise DocpipeError(_TOO_LARGE, path=path, limit=limit)
        return data

    def files(self, folder: str) -> list[str]:
        """All files below `folder`, sorted; links are listed, not followed; dot files are not."""
        return sorted(self.walk(folder))

    @abstractmethod
    def walk(self, folder: str) -> Iterator[str]:
        """The same one by one, in no order: there may be very many."""

    @abstractmethod
    def is_file(self, path: str) -> bool:
        """Whether there is a file, or a link to one."""

    @abstractmethod
    def is_link(self, path: str) -> bool:
        """Whether `path` or a folder on the way to it is a symbolic link."""

    @abstractmethod
    def _read(self, path: str, limit: int) -> bytes:
        """What `read` gives, of a path that is no link and leads nowhere else."""


def leads_out(path: str) -> bool:
    """Whether a path is not one below the workspace's root."""
    return ".." in path.split("/") or os.path.isabs(path)  # noqa: PTH117 (pathlib is slow to load)
