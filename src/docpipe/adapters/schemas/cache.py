"""What was worked out from a set of schemas, kept between runs: JSON values by name.

An entry is read back only for the very set of schemas, the docpipe and the Python that it was made
by; sets share a bounded number of places, and the later takes the place of the earlier.
"""

import contextlib
import importlib.util
import marshal
import os
import sys
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from docpipe import __version__
from docpipe.adapters.cache import Cache
from docpipe.adapters.digest import SIZE, digest

_PLACES = 32
_JUDGES = ("jsonschema", "re2", "yaml", "docpipe.adapters.schemas", "docpipe.adapters.yamlfile")


class Shelf:
    """The entries of the set of schemas with this digest."""

    def __init__(self, kept: Cache, set_digest: bytes) -> None:
        self._cache = kept
        self._digest = set_digest
        self._place = set_digest[0] % _PLACES

    def get(self, name: str) -> Any:
        """The value, or None where there is none."""
        data = self._cache.get(f"{self._place} {name}")
        if data is None or data[:SIZE] != self._digest:
            return None
        try:
            value, decimals = marshal.loads(data[SIZE:])
        except (ValueError, TypeError, EOFError):
            return None
        for path, text in decimals:
            part = value
            for step in path[:-1]:
                part = part[step]
            part[path[-1]] = Decimal(text)
        return value

    def put(self, name: str, value: Any) -> None:
        """Keep a value of dicts, lists, texts and numbers; one of anything else is not kept."""
        decimals: list[tuple[tuple[Any, ...], str]] = []
        with contextlib.suppress(ValueError, RecursionError):
            data = marshal.dumps((_plain(value, (), decimals), decimals))
            self._cache.put(f"{self._place} {name}", self._digest + data)


def digest_of(files: Mapping[str, bytes]) -> bytes:
    """The digest of a set of schemas, and of all that decides what they mean."""
    parts = [part for name in sorted(files) for part in (name.encode(), files[name])]
    return digest(_maker(), *parts)


@cache
def _maker() -> bytes:
    """The code at work. Its files count by size and time, so that changing it needs no version."""
    specs = [importlib.util.find_spec(name) for name in _JUDGES]
    folders = [Path(spec.origin).parent for spec in specs if spec and spec.origin]
    times: list[tuple[str, int, int]] = []
    for folder in folders:
        with contextlib.suppress(OSError):
            times += [_time(entry) for entry in os.scandir(folder) if entry.name.endswith(".py")]
    return repr((__version__, sys.version, sorted(times))).encode()


def _time(entry: os.DirEntry[str]) -> tuple[str, int, int]:
    status = entry.stat()
    return entry.path, status.st_size, status.st_mtime_ns


def _plain(value: Any, path: tuple[Any, ...], decimals: list[Any]) -> Any:
    """The value without Decimals, which marshal does not know; where they stood is noted."""
    if isinstance(value, dict):
        return {name: _plain(each, (*path, name), decimals) for name, each in value.items()}
    if isinstance(value, list):
        return [_plain(each, (*path, index), decimals) for index, each in enumerate(value)]
    if isinstance(value, Decimal):
        decimals.append((path, str(value)))
        return None
    return value
