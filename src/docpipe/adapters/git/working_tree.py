"""What stands in the work tree, held against what is saved, and against what is to come."""

import os
from collections.abc import Collection, Iterator

from docpipe.adapters.git.objects import Entry, name_of
from docpipe.adapters.git.replay import above
from docpipe.adapters.git.repository import Repository


def unsaved(repo: Repository) -> set[str]:
    """Every file that is not, on disk and staged, as the branch has it; new ones too."""
    words = ("-c", "status.submoduleSummary=false", "status", "--porcelain", "-z",
             "--untracked-files=all", "--no-renames", "--no-ahead-behind")  # fmt: skip
    rows = repo.git(*words).decode("utf-8", "surrogateescape").split("\0")
    return {row[3:] for row in rows if row}


def is_there(repo: Repository, path: str, entry: Entry | None) -> bool:
    """Whether the disk has the file as this entry has it; for None, nothing."""
    place = repo.folder / path
    if entry is None:
        return not os.path.lexists(place)
    if any((repo.folder / folder).is_symlink() for folder in above(path)):
        return False
    if place.is_symlink():
        data = os.fsencode(os.readlink(place))  # noqa: PTH115 (any name, as bytes)
        return name_of(repo.digest, "blob", data) == entry.id
    if not place.is_file():
        return False
    as_it_is = name_of(repo.digest, "blob", place.read_bytes()) == entry.id
    return as_it_is or _as_added(repo, path) == entry.id


def _as_added(repo: Repository, path: str) -> str:
    """What `git add` would call the file's content."""
    return repo.run("hash-object", "--", path).out.decode("ascii", "replace").strip()


def obstacles(repo: Repository, path: str, gone: Collection[str]) -> Iterator[str]:
    """What stands where a folder or the file is to be, and does not go by itself."""
    for folder in above(path):
        there = repo.folder / folder
        if folder in gone or not os.path.lexists(there):
            continue
        if there.is_symlink() or not there.is_dir():
            yield folder
    there = repo.folder / path
    if there.is_dir() and not there.is_symlink():
        for file in there.rglob("*"):
            inside = file.relative_to(repo.folder).as_posix()
            if inside not in gone and (file.is_symlink() or not file.is_dir()):
                yield inside
