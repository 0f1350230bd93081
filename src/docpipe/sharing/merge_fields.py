"""Merging two people's versions of one file field by field, so that no field gets lost.

Git joins line by line. It may join too much (both added the same key) or too little (two fields on
one line, or on neighbouring ones). So a data file that was joined has to say, field by field, what
one or the other said; if the lines do not do that, its words are joined instead.
"""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from docpipe.adapters import git
from docpipe.adapters.yamlfile import load

_TOKEN = re.compile(r"[^\s,:{}\[\]\"'#]+|.", re.DOTALL)
_BREAK = "\x01"  # stands for a line's end among the words; no YAML holds it
_ENDINGS = (".yaml", ".yml")
_NOTHING = object()


class _Texts(NamedTuple):
    base: bytes
    mine: bytes
    theirs: bytes


class _ApartError(Exception):
    """Both sides changed the same field."""


class FieldMerger:
    """Joins contents for a replay: see `replay.Join`."""

    def __init__(self, repo: git.Repository) -> None:
        self._repo = repo

    def __call__(
        self, path: str, base: bytes, mine: bytes, theirs: bytes, favour: str
    ) -> bytes | None:
        """The content with both sides' changes; None where they meet and nobody's counts."""
        if not path.endswith(_ENDINGS):
            return git.merged(self._repo, base, mine, theirs, favour)
        plain = _Texts(*(text.replace(b"\r\n", b"\n") for text in (base, mine, theirs)))
        joined = self._data(path, plain, favour)
        if joined is not None and b"\r\n" in theirs:
            return joined.replace(b"\n", b"\r\n")
        return joined

    def _data(self, path: str, texts: _Texts, favour: str) -> bytes | None:
        lines = git.merged(self._repo, *texts, favour=favour)
        loaded = [load(text, path) for text in texts]
        if any(each.diagnostics or each.root is None for each in loaded[1:]):
            return lines  # one side is broken as it is: `check` says so
        plain = [each.root.plain() if each.root else {} for each in loaded]
        try:
            wanted = _joined(*plain, favour=favour)
        except _ApartError:
            return lines if lines is not None and not load(lines, path).diagnostics else None
        for text in (lines, self._words(texts, favour)):
            if text is not None and _says(text, path, wanted):
                return text
        return None

    def _words(self, texts: _Texts, favour: str) -> bytes | None:
        """As git joins lines, with each word on a line of its own."""
        try:
            split = [_TOKEN.findall(text.decode("utf-8")) for text in texts]
        except UnicodeDecodeError:
            return None
        spread = ["".join(f"{_BREAK if word == chr(10) else word}\n" for word in s) for s in split]
        done = git.merged(self._repo, *_Texts(*(text.encode() for text in spread)), favour=favour)
        if done is None:
            return None
        words = done.decode("utf-8").removesuffix("\n").split("\n")
        return "".join("\n" if word == _BREAK else word for word in words).encode()


def _says(text: bytes, path: str, wanted: Any) -> bool:
    loaded = load(text, path)
    if loaded.diagnostics or loaded.root is None:
        return False
    return _same(loaded.root.plain(), wanted)


def _joined(base: Any, mine: Any, theirs: Any, *, favour: str) -> Any:
    """Both sides' data, field by field. Raises _ApartError."""
    if _same(mine, theirs) or _same(theirs, base):
        return mine
    if _same(mine, base):
        return theirs
    sides = (base, mine, theirs)
    if all(isinstance(side, Mapping) for side in sides):
        names = dict.fromkeys([*theirs, *mine])
        found = {
            n: _joined(*[side.get(n, _NOTHING) for side in sides], favour=favour) for n in names
        }
        return {name: value for name, value in found.items() if value is not _NOTHING}
    if all(isinstance(side, list) and len(side) == len(base) for side in sides):
        return [_joined(*items, favour=favour) for items in zip(*sides, strict=True)]
    if not favour:
        raise _ApartError
    return mine if favour == "mine" else theirs


def _same(one: Any, two: Any) -> bool:
    """Whether both are written the same: 1 is no yes, and 12.3 is not 12.30."""
    if type(one) is not type(two):
        return False
    if isinstance(one, Mapping):
        return one.keys() == two.keys() and all(_same(one[name], two[name]) for name in one)
    if isinstance(one, list):
        return len(one) == len(two) and all(map(_same, one, two))
    return one is two or (one == two and str(one) == str(two))
