"""Files of a commit put into the work tree: each whole or not at all, line ends as Git wants them.

Git writes them into an empty folder beside; then each takes its place by a rename.
"""

import contextlib
import errno
import os
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

from docpipe.adapters.git.git_errors import Refusal
from docpipe.adapters.git.log import Changed
from docpipe.adapters.git.replay import above
from docpipe.adapters.git.repository import Repository, synced
from docpipe.diagnostics import Text
from docpipe.diagnostics.error import SURROUNDINGS

_STOPPED = Text("{path} cannot be written: {why}", "无法写入 {path}：{why}")
_REST = Text(
    "Nothing is lost, but not everything is there yet. Make sure that no program has it open "
    "and that the folder is yours, then sync again: it continues where it stopped",
    "没有丢失任何内容，但尚未全部到位。请确认没有程序占用它、文件夹归您所有，"
    "然后再同步，将从中断处继续",
)


def written_beside(repo: Repository, index: Path, old: str, new: str, folder: Path) -> None:
    """Move `index` from the commit or tree `old` to `new`; what changes is written into `folder`.

    As a checkout would: by the new attributes, without what a sparse checkout leaves out, and what
    is staged elsewhere stays. Raises DocpipeError where git cannot (a filter fails, a full disk).
    """
    folder.mkdir()
    where = {"GIT_DIR": str(repo.git_dir), "GIT_WORK_TREE": str(folder)}
    extra = {**where, "GIT_INDEX_FILE": str(index)}
    repo.git("-c", "core.untrackedCache=keep", "read-tree", "-m", "-u", old, new, extra=extra)
    for file in folder.rglob("*"):
        if file.is_file() and not file.is_symlink():
            synced(file)  # a rename must not be there before the content


def place(repo: Repository, folder: Path, changes: Sequence[Changed]) -> None:
    """Take away what goes, and give what comes from `folder` its place.

    Raises DocpipeError for a file that cannot be written; those before it are in place.
    """
    for change in changes:
        if change.new is None:
            with _told(change.path):
                _remove(repo.folder, change.path)
    for change in changes:
        file = folder / change.path
        if change.new is not None and os.path.lexists(file):
            with _told(change.path):
                _put(repo.folder / change.path, file)


def _put(target: Path, file: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if file.is_dir() and not file.is_symlink():  # another repository in this one: it keeps its own
        target.mkdir(exist_ok=True)
        return
    if target.is_dir() and not target.is_symlink():
        target.rmdir()  # an empty one: what was in it is gone
    try:
        file.replace(target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        beside = target.with_name(f".docpipe-{os.getpid()}")  # a work tree on another disk
        shutil.copy2(file, beside, follow_symlinks=False)
        beside.replace(target)


def _remove(top: Path, path: str) -> None:
    """Remove a file, and the folders that have nothing left in them."""
    with contextlib.suppress(FileNotFoundError, NotADirectoryError):
        (top / path).unlink()
    for folder in reversed(above(path)):
        try:
            (top / folder).rmdir()
        except OSError:
            return


@contextlib.contextmanager
def _told(path: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        why = error.strerror or str(error)
        raise Refusal(_STOPPED, _REST, exit_code=SURROUNDINGS, path=path, why=why) from error
