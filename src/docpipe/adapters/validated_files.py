"""Files that were found sound before: read without a fault, and fitting their schema.

Only this is kept, never what is wrong: a fault is explained anew every time. A file is known by
the digest of its bytes, its kind and the schemas; whoever changes any of them is judged anew.
"""

import marshal
from collections.abc import Iterable

from docpipe.adapters.cache import Cache
from docpipe.adapters.digest import SIZE, digest
from docpipe.adapters.yamlfile.node import Node
from docpipe.adapters.yamlfile.serialized import pack, unpack

_PLACES = 256  # folders share this many entries, so that the cache does not grow without end
_MOST_VERDICTS = 4096  # in each of them; the oldest go
_MOST_BYTES = 250_000  # of packed files, likewise


class ValidatedFiles:
    """The sound files of one folder.

    All that were ever judged sound count as such; with `packing` the data of the latest are kept
    too, so that nothing is parsed. Of two processes that write at once one wins: what the other
    found out, somebody finds out again.
    """

    def __init__(self, verdicts: Cache, packs: Cache, folder: str, packing: bool = True) -> None:
        self._verdicts = verdicts
        self._packs = packs
        self._place = str(int.from_bytes(digest(folder.encode())[:2], "big") % _PLACES)
        self._packing = packing
        self._packed: dict[bytes, bytes] | None = None
        self._known: dict[bytes, None] | None = None
        self._new: dict[bytes, Node] = {}

    def read(self, key: bytes, file: str) -> Node | None:
        """The data of the sound file with this key, or None where they are not kept."""
        if self._packed is None:
            self._packed = _packs(self._packs.get(self._place))
        try:
            return unpack(self._packed[key], file)
        except (KeyError, ValueError):
            return None

    def __contains__(self, key: bytes) -> bool:
        if self._known is None:
            self._known = _verdicts(self._verdicts.get(self._place))
        return key in self._known

    def add(self, key: bytes, root: Node) -> None:
        """A file with this key was judged sound."""
        self._new[key] = root

    def save(self) -> None:
        """Keep what was added, for the next run."""
        if not self._new:
            return
        if any(key not in self for key in self._new):
            keys = {**_verdicts(self._verdicts.get(self._place)), **dict.fromkeys(self._new)}
            self._verdicts.put(self._place, b"".join([*keys][-_MOST_VERDICTS:]))
        if self._packing:
            packs = _packs(self._packs.get(self._place))
            packs |= {key: pack(root) for key, root in self._new.items()}
            self._packs.put(self._place, marshal.dumps(dict(_latest(packs.items()))))
        self._known, self._new = None, {}


class AllValidated(ValidatedFiles):
    """Every file counts as sound: whoever put it on record had seen to that."""

    def __init__(self) -> None:
        super().__init__(Cache(None), Cache(None), "")

    def read(self, key: bytes, file: str) -> Node | None:
        """Nothing is kept."""
        return None

    def __contains__(self, key: bytes) -> bool:
        return True

    def add(self, key: bytes, root: Node) -> None:
        """Nothing is kept."""


def _latest(packs: Iterable[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """The last of them, as many as there is room for."""
    kept: list[tuple[bytes, bytes]] = []
    room = _MOST_BYTES
    for key, data in reversed([*packs]):
        room -= len(data)
        if room < 0:
            break
        kept.append((key, data))
    return kept[::-1]


def _verdicts(data: bytes | None) -> dict[bytes, None]:
    data = data or b""
    return dict.fromkeys(data[at : at + SIZE] for at in range(0, len(data), SIZE))


def _packs(data: bytes | None) -> dict[bytes, bytes]:
    try:
        packs = marshal.loads(data) if data else {}
    except (ValueError, TypeError, EOFError):
        return {}
    return packs if isinstance(packs, dict) else {}
