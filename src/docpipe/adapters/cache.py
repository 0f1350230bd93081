"""What was worked out once, kept in the user's cache folder under a digest of what it came from.

A cache may vanish, be cut off or be somebody else's at any moment: then it is as if empty. What it
gives back is what was put in, byte for byte, or nothing. It is read before anything is printed, so
it does without pathlib, which would be the dearest part of it.
"""

import os
import sys

from docpipe.adapters.digest import SIZE, digest

_OTHERS_MAY_WRITE = 0o022
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


class Cache:
    """Entries by key in one folder; every entry is a file that is written whole or not at all.

    With no folder nothing is kept. Entries are trusted (compiled code is among them), so a folder
    or file that belongs to somebody else, or that others may write, is not read. Nothing here
    raises: a cache that does not work costs time, never a document.
    """

    def __init__(self, folder: str | os.PathLike[str] | None) -> None:
        path = "" if folder is None else os.fspath(folder)
        self._folder = path if path and _made_safe(path) else None

    def get(self, key: str) -> bytes | None:
        """The entry, or None where there is none that can be trusted."""
        if self._folder is None:
            return None
        try:
            with open(os.path.join(self._folder, _file_name(key)), "rb") as file:
                if not _is_ours(os.fstat(file.fileno())):
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


def user_cache(name: str) -> Cache:
    """The user's cache of things called `name`; DOCPIPE_CACHE says where, "" keeps nothing."""
    return Cache(_user_folder(name))


def user_folder(name: str) -> str | None:
    """A folder called `name` in the user's cache, made; None where nothing is kept."""
    folder = _user_folder(name)
    return folder if folder is not None and _made_safe(folder) else None


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
        return not os.path.islink(folder) and _is_ours(os.stat(folder))
    except OSError:
        return False


def _remove(path: str) -> None:
    try:  # no contextlib, for the same reason as no pathlib
        os.unlink(path)
    except OSError:
        pass


def _is_ours(status: os.stat_result) -> bool:
    """Whether it is this user's and nobody else may write it. Windows keeps homes apart itself."""
    if sys.platform == "win32":
        return True
    return status.st_uid == os.getuid() and not status.st_mode & _OTHERS_MAY_WRITE
