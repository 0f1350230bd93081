"""Telling whether files changed: by what the system says of them, else by their bytes.

As Git's index does: size, times and inode first, which costs a call a file; the content where they
differ. A file changed within one tick of the clock after it was looked at would look the same, so
a look at files younger than `SETTLED` is not relied on ("racily clean" in Git's words).
"""

import os
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from docpipe.adapters import digest as digests
from docpipe.adapters import regular_files
from docpipe.diagnostics import Value

SETTLED = 2_000_000_000
"""Nanoseconds after which a file system's clock has moved on for sure (FAT's ticks are 2 s)."""

ABSENT = ""
LARGEST = 200_000_000
"""Bytes of a file that are read for its digest."""


class Look(Value):
    """What the system says of a folder's files; `newest` is the latest change, in ns since 1970."""

    digest: str
    newest: int

    def settled(self, started: int) -> bool:
        """Whether a look that began at `started` can be relied on: any later change would show."""
        return self.newest + SETTLED < started


def digest(data: bytes) -> str:
    """A digest of content, 32 characters."""
    return digests.digest(data).hex()[:32]


def digest_of(parts: Mapping[str, str]) -> str:
    """A digest of several named digests, whatever their order."""
    return digest("\n".join(f"{name}\0{value}" for name, value in sorted(parts.items())).encode())


def identity(status: os.stat_result) -> list[int]:
    """What changes when a file is written or replaced: size, both times, inode."""
    return [status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino]


def clock() -> int:
    """Now, in ns since 1970: for `Look.settled`, which compares it with times of files."""
    return time.time_ns()


def identities(folder: Path) -> dict[str, list[int]]:
    """The identity of each file in `folder` itself, by name; empty where there is no folder."""
    try:
        with os.scandir(folder) as entries:
            return {each.name: identity(each.stat(follow_symlinks=False)) for each in entries}
    except OSError:
        return {}


def look(folder: Path, skip: str = "") -> Look:
    """All files below `folder` as the system sees them, without opening one.

    Folders called `skip` are left out.
    """
    found, newest = [], 0
    for name, s in _statuses(str(folder), skip):
        found.append(f"{name}\0{s.st_size}\0{s.st_mtime_ns}\0{s.st_ctime_ns}\0{s.st_ino}")
        newest = max(newest, s.st_ctime_ns)
    found.sort()
    return Look(digest("\n".join(found).encode("utf-8", "surrogateescape")), newest)


def contents(folder: Path) -> dict[str, str]:
    """The digest of every file below `folder` by its relative path."""
    return {name: of_file(folder / name) for name, _ in _statuses(str(folder))}


def of_file(path: Path) -> str:
    """The digest of a file's content, ABSENT for no file, a word for what cannot be read.

    A very large one goes by what the system says of it.
    """
    try:
        data = regular_files.read(path, LARGEST)
        return digest(data) if len(data) <= LARGEST else f"large {identity(path.lstat())}"
    except FileNotFoundError:
        return ABSENT
    except regular_files.IrregularError as error:
        return "link" if path.is_symlink() else error.what.en
    except (OSError, ValueError):
        return "unreadable"


def _statuses(folder: str, skip: str = "") -> Iterator[tuple[str, os.stat_result]]:
    """Files with their status; links are not followed, dot files are nobody's."""
    left = [(folder, "")]
    while left:
        place, prefix = left.pop()
        try:
            with os.scandir(place) as entries:
                for entry in entries:
                    name = entry.name
                    if name.startswith(".") or name == skip:
                        continue
                    if entry.is_dir(follow_symlinks=False):
                        left.append((entry.path, f"{prefix}{name}/"))
                    else:
                        yield prefix + name, entry.stat(follow_symlinks=False)
        except OSError:
            yield f"{prefix}?", os.stat_result((0,) * 10)  # it goes, or may not be read
