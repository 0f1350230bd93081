"""What the guarded parts of a commit's files say, as text that is equal only where they are."""

import json
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from docpipe.adapters.git import CommitSource
from docpipe.adapters.yamlfile import load
from docpipe.adapters.yamlfile.decoding import MAX_BYTES
from docpipe.diagnostics import DocpipeError
from docpipe.trust.judging.guarded_schemas import (
    SUFFIX,
    Marked,
    Unreadable,
    guarding,
    marked,
    text_of,
)

_FREE = {"documents": ("date",), "facts": ("title",)}
"""Of the catalogue's entries: what gives nobody a right."""


class Readings:
    """Reads guarded parts of files; each content once."""

    def __init__(self) -> None:
        self._parsed: dict[str, Any] = {}
        self._made: dict[tuple[str, str, str], str] = {}

    def content(self, source: CommitSource, path: str) -> str:
        """The whole file or folder, by its content."""
        entry = source.entry(path)
        return f"{entry.mode} {entry.id}" if entry else ""

    def field(self, source: CommitSource, path: str, dotted: str) -> str:
        """One field of a data file."""
        return self._once(source, path, dotted, lambda: _field(self._data(source, path), dotted))

    def folder(self, source: CommitSource, path: str, apart: str) -> str:
        """All that is in a folder by its content, but for one file of it."""
        entries = ((each, source.entry(each)) for each in source.walk(path) if each != apart)
        return text_of({each: [entry.mode, entry.id] for each, entry in entries if entry})

    def catalogue(self, source: CommitSource, path: str) -> str:
        """The catalogue's entries without what is free, in no matter which order."""
        return self._once(source, path, "", lambda: _catalogue(self._data(source, path)))

    def schemas(self, source: CommitSource, folder: str) -> str:
        """Of every schema its place and, by place in it, who sees a field."""
        return self._once(source, folder, "", lambda: self._schemas(source, folder))

    def _once(self, source: CommitSource, path: str, field: str, make: Callable[[], str]) -> str:
        key = path, self.content(source, path), field
        if key not in self._made:
            self._made[key] = make()
        return self._made[key]

    def _data(self, source: CommitSource, path: str) -> Any:
        name = self.content(source, path)
        if name not in self._parsed:
            self._parsed[name] = _loaded(source, path, name)
        return self._parsed[name]

    def _schemas(self, source: CommitSource, folder: str) -> str:
        paths = [path for path in source.files(folder) if path.endswith(SUFFIX)]
        marked = {path: self._marked(source, path) for path in paths}
        try:
            return guarding(marked)
        except RecursionError:  # references in a chain without end: nothing that can be used
            return text_of(Unreadable(self.content(source, folder)))

    def _marked(self, source: CommitSource, path: str) -> Marked | Unreadable:
        name = self.content(source, path)
        if name not in self._parsed:
            self._parsed[name] = _parsed(source, path, name)
        found: Marked | Unreadable = self._parsed[name]
        return found


def _loaded(source: CommitSource, path: str, name: str) -> Any:
    try:
        loaded = load(source.read_whole(path, MAX_BYTES), path)
    except (OSError, DocpipeError):
        return Unreadable(name)
    return loaded.root.plain() if loaded.root and not loaded.diagnostics else Unreadable(name)


def _parsed(source: CommitSource, path: str, name: str) -> Marked | Unreadable:
    try:
        return marked(json.loads(source.read_whole(path, MAX_BYTES), parse_float=Decimal))
    except (OSError, DocpipeError, ValueError, RecursionError):
        return Unreadable(name)


def _field(data: Any, dotted: str) -> str:
    for name in dotted.split("."):
        if isinstance(data, Unreadable):
            break
        data = data.get(name) if isinstance(data, dict) else None
    return text_of(data)


def _catalogue(data: Any) -> str:
    if not isinstance(data, dict):
        return text_of(data)
    return text_of({**data, **{name: _entries(data.get(name), _FREE[name]) for name in _FREE}})


def _entries(rows: Any, free: Sequence[str]) -> Any:
    """Entries by their ids, in no matter which order, without what is free."""
    if not isinstance(rows, list):
        return rows
    kept = [
        {key: row[key] for key in row if key not in free} if isinstance(row, dict) else row
        for row in rows
    ]
    return sorted(kept, key=lambda row: str(row.get("id")) if isinstance(row, dict) else "")
