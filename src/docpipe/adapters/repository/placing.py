"""Files of a commit put into the work tree: each whole or not at all, line ends as Git wants them.

They are written beside first, by git (attributes, filters); then each takes its place by a rename.
"""

import contextlib
import errno
import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from docpipe.adapters.repository.objects import MODULE
from docpipe.adapters.repository.opening import Repository
from docpipe.adapters.repository.refusals import Refusal
from docpipe.adapters.repository.replaying import Change, above
from docpipe.diagnostics import Text
from docpipe.diagnostics.error import SURROUNDINGS

_ATTRIBUTES = ".gitattributes"
_STOPPED = Text("{path} cannot be written: {why}", "无法写入 {path}：{why}")
_REST = Text(
    "Nothing is lost, but not everything is there yet. See that no program has it open and that "
    "the folder is yours, then sync again: it goes on where it stopped",
    "没有丢失任何内容，但尚未全部到位。请确认没有程序占用它、文件夹归您所有，然后再同步，将从中断处继续",
)


def place(repo: Repository, index: Path, scratch: Path, changes: Sequence[Change]) -> None:
    """Bring the files in the work tree to what `index`, which has the new entries, says of them.

    What a sparse checkout leaves out is left out. Raises DocpipeError where git cannot write them
    beside (a filter fails, the disk is full): nothing was touched; or where one cannot take its
    place: those before it have.
    """
    first = [change for change in changes if change.path.endswith(_ATTRIBUTES)]
    rest = [change for change in changes if not change.path.endswith(_ATTRIBUTES)]
    for number, batch in enumerate((first, rest)):  # attributes say how the others are written
        if batch:
            files = _beside(repo, index, scratch / f"files{number}", batch)
            for change in batch:
                if change.new is None:
                    with _told(change.path):
                        _remove(repo.folder, change.path)
            for path, file in files.items():
                with _told(path):
                    _put(repo.folder / path, file)


def _beside(
    repo: Repository, index: Path, folder: Path, changes: Sequence[Change]
) -> Mapping[str, Path]:
    """The new contents as files in `folder`, on the disk; by path."""
    extra = {"GIT_INDEX_FILE": str(index)}
    is_left_out = _left_out(repo, extra)
    new = [c.path for c in changes if c.new is not None and c.new.mode != MODULE]
    wanted = [path for path in new if not is_left_out(path)]
    listed = b"".join(os.fsencode(path) + b"\0" for path in wanted)
    words = ("checkout-index", "-f", "-z", "--stdin", f"--prefix={folder}/")
    repo.git(*words, stdin=listed, extra=extra)
    files = {path: folder / path for path in wanted}
    for file in files.values():
        _sync(file)
    return files


def _left_out(repo: Repository, extra: Mapping[str, str]) -> Callable[[str], bool]:
    """Whether a sparse checkout leaves a path out."""
    if repo.run("config", "--type=bool", "--get", "core.sparseCheckout").out.strip() != b"true":
        return lambda path: False
    rows = repo.git("ls-files", "-t", "-z", "--sparse", extra=extra)
    told = rows.decode("utf-8", "surrogateescape").split("\0")
    skipped = {row[2:] for row in told if row.startswith("S ")}
    return lambda path: path in skipped or any(each + "/" in skipped for each in above(path))


def _sync(file: Path) -> None:
    """Put a file's content on the disk: a rename must not be there before it."""
    if os.name != "nt" and not file.is_symlink():
        handle = os.open(file, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _put(target: Path, file: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
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
