"""Reading ordinary files: a pipe, a device or a link is told, and nobody waits for one.

A checkout may come from anybody: what stands where a file is expected need not be one. It is looked
at before it is opened, opened so that nothing waits, and looked at again.
"""

import os
import stat

from docpipe.diagnostics import DocpipeError, Text

_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_BINARY", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_NONBLOCK", 0)
)
_SELF = getattr(os, "O_NOFOLLOW", 0)
_AT_ONCE = 1 << 24  # bytes asked for in one call
_OTHER = Text(
    "{path} is {what} and not an ordinary file, so it is not read",
    "{path} 是{what}，不是普通文件，不予读取",
)
_PUT = Text("Put an ordinary file in its place, or remove it", "请换成普通文件，或将其删除")
_UNKNOWN = Text("something unusual", "特殊文件")
_SORTS = {
    stat.S_IFLNK: Text("a symbolic link", "符号链接"),
    stat.S_IFIFO: Text("a named pipe", "命名管道"),
    stat.S_IFSOCK: Text("a socket", "套接字"),
    stat.S_IFCHR: Text("a device", "设备文件"),
    stat.S_IFBLK: Text("a device", "设备文件"),
    stat.S_IFDIR: Text("a folder", "文件夹"),
}


class IrregularError(DocpipeError):
    """What stands there is no ordinary file; `what` says what it is."""

    def __init__(self, path: str, what: Text) -> None:
        super().__init__(_OTHER, _PUT, path=path, what=what)
        self.what = what


def read(
    path: str | os.PathLike[str], limit: int, name: str = "", *, follow: bool = False
) -> bytes:
    """The file's bytes, at most `limit` + 1 of them; messages call it `name`.

    Links are followed only where `follow` says so: in the user's own folders, never in a workspace.
    Raises IrregularError, OSError.
    """
    told = name or os.fspath(path)
    _demand_file(os.stat(path, follow_symlinks=follow), told)  # noqa: PTH116
    handle = os.open(path, _FLAGS if follow else _FLAGS | _SELF)
    try:
        status = os.fstat(handle)
        _demand_file(status, told)
        return _bytes(handle, limit + 1, status.st_size + 1)
    finally:
        os.close(handle)


def _demand_file(status: os.stat_result, name: str) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise IrregularError(name, _SORTS.get(stat.S_IFMT(status.st_mode), _UNKNOWN))


def _bytes(handle: int, most: int, likely: int) -> bytes:
    """At most so many; one call is enough for a file of the size that the system tells."""
    pieces: list[bytes] = []
    while most > 0 and (data := os.read(handle, min(most, likely, _AT_ONCE))):
        pieces.append(data)
        most -= len(data)
    return pieces[0] if len(pieces) == 1 else b"".join(pieces)
