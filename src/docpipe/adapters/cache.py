"""What was worked out once, kept in the user's cache folder under a digest of what it came from.

A cache may vanish, be cut off or be somebody else's at any moment: then it is as if empty. What it
gives back is what was put in, byte for byte, or nothing. It is read before anything is printed, so
it does without pathlib, which would be the most expensive part.
"""

import os
import stat
import sys

from docpipe.adapters.digest import SIZE, digest

_OTHERS = 0o077
_OTHERS_WRITE = 0o022
_READ = os.O_RDONLY
for _flag in ("O_BINARY", "O_CLOEXEC", "O_NOFOLLOW", "O_NONBLOCK"):
    _READ |= getattr(os, _flag, 0)
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


class Cache:
    """Entries by key in one folder; every entry is a file that is written whole or not at all.

    With no folder nothing is kept. Entries are trusted (compiled code is among them), so only what
    belongs to this user, in a folder of this user's, and is open to nobody else is read: that is
    how entries are written, and not how Git or an archive writes files. Nothing here raises: a
    cache that does not work costs time, never a document.
    """

    def __init__(self, folder: str | os.PathLike[str] | None) -> None:
        path = "" if folder is None else os.fspath(folder)
        self._folder = path if path and _made_safe(path) else None

    def get(self, key: str) -> bytes | None:
        """The entry, or None where there is none that can be trusted."""
        if self._folder is None:
            return None
        try:
            handle = os.open(os.path.join(self._folder, _file_name(key)), _READ)
            with open(handle, "rb") as file:
                status = os.fstat(handle)
                if not (stat.S_ISREG(status.st_mode) and _is_ours(status)):
                    return None
                stored = file.read()
        except OSError:
            return None
        data = stored[SIZE:]
        return data if digest(key.encode(), data) == stored[:SIZE] else None

    def put(self, key: str, data: bytes) -> None:
        """Keep `data`; of two writers at once, one wins."""
        if self._folder is None:
            return
        temporary = os.path.join(self._folder, f".{os.urandom(8).hex()}")
        try:
            with os.fdopen(os.open(temporary, _NEW, 0o600), "wb") as file:
                file.write(digest(key.encode(), data) + data)
            os.replace(temporary, os.path.join(self._folder, _file_name(key)))
        except OSError:
            _remove(temporary)


def user_cache(name: str, checkout: str | os.PathLike[str]) -> Cache:
    """The user's cache of things called `name`; DOCPIPE_CACHE says where, "" keeps nothing.

    None in the checkout around that folder: what stands there comes from whoever wrote it.
    """
    return Cache(None if in_checkout(checkout) else _user_folder(name))


def user_folder(name: str, checkout: str | os.PathLike[str]) -> str | None:
    """A folder called `name` in the user's cache, made; None where nothing is kept."""
    folder = None if in_checkout(checkout) else _user_folder(name)
    return folder if folder is not None and _made_safe(folder) else None


def in_checkout(folder: str | os.PathLike[str]) -> str:
    """Where the user's cache would be, if that is in the checkout around `folder`; else ""."""
    cache = _user_folder("")
    if cache is None:
        return ""
    asked = os.fspath(folder), cache
    if asked not in _answers:
        place = os.path.realpath(cache)
        _answers[asked] = _is_below(place, _around(os.path.realpath(folder)))
        if _answers[asked]:
            _refused.add(cache)
    return cache if cache in _refused else ""


_answers: dict[tuple[str, str], bool] = {}
_refused: set[str] = set()  # whichever folder was asked about: they are not used for others either


def _around(folder: str) -> str:
    """The repository around a folder, unless it is one of the user's whole home."""
    home, top = os.path.realpath(os.path.expanduser("~")), folder
    while not os.path.lexists(os.path.join(top, ".git")):
        top, below = os.path.dirname(top), top
        if top == below:
            return folder
    return folder if _is_below(home, top) and top != folder else top


def _is_below(path: str, folder: str) -> bool:
    path, folder = os.path.normcase(path), os.path.normcase(folder)
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


def _user_folder(name: str) -> str | None:
    chosen = os.environ.get("DOCPIPE_CACHE")
    if chosen is None:
        return os.path.join(_home(), "docpipe", name)
    return os.path.join(chosen, name) if chosen else None


def _home() -> str:
    """Where this system keeps caches."""
    if sys.platform == "win32":
        return os.environ.get("LOCALAPPDATA") or os.path.expanduser(r"~\AppData\Local")
    if sys.platform == "darwin":
        return os.path.expanduser("~/Library/Caches")
    return os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")


def _file_name(key: str) -> str:
    return digest(key.encode()).hex()


def _made_safe(folder: str) -> bool:
    """Make the folder, unless nobody knows where home is (`~` stays in its name)."""
    try:
        if folder.startswith("~"):
            return False
        os.makedirs(folder, mode=0o700, exist_ok=True)
        return _is_ours(os.lstat(folder)) and _is_safely_reached(os.path.realpath(folder))
    except OSError:
        return False


def _is_safely_reached(folder: str) -> bool:
    """Whether nobody else may put another folder in the place of one on the way to this one.

    In a folder that all may write, such as /tmp, its sticky bit sees to that.
    """
    while sys.platform != "win32" and (above := os.path.dirname(folder)) != folder:
        status, folder = os.stat(above), above
        if status.st_uid not in (0, os.getuid()):
            return False
        if status.st_mode & _OTHERS_WRITE and not status.st_mode & stat.S_ISVTX:
            return False
    return True


def _remove(path: str) -> None:
    try:  # no contextlib, for the same reason as no pathlib
        os.unlink(path)
    except OSError:
        pass


def _is_ours(status: os.stat_result) -> bool:
    """Whether it is this user's, and for nobody else. Windows keeps homes apart itself."""
    if sys.platform == "win32":
        return True
    return status.st_uid == os.getuid() and not status.st_mode & _OTHERS
