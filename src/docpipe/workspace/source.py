"""A workspace in a folder on disk."""

import os
from collections.abc import Iterator
from pathlib import Path

from docpipe.adapters import regular_files
from docpipe.adapters.source import Source, leads_out


class FolderSource(Source):
    """A workspace in a folder on disk."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._base = str(root)
        self._folders: set[str] = set()  # seen to be reached without a link

    def _read(self, path: str, limit: int) -> bytes:
        target = os.path.join(self._base, path)  # noqa: PTH118 (a Path costs more than the reading)
        return regular_files.read(target, limit, path)

    def walk(self, folder: str) -> Iterator[str]:
        """The same one by one, in the order of the disk: there may be very many."""
        base = os.path.join(self._base, folder)  # noqa: PTH118
        if leads_out(folder) or not os.path.isdir(base) or self.is_link(folder):  # noqa: PTH112
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
