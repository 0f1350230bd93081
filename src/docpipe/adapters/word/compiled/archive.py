"""A package with places held open: what never changes is laid out once, byte for byte.

The layout is that of `package.write`; source for the records: PKWARE APPNOTE.TXT 6.3.10, 4.3.
"""

from __future__ import annotations

import zlib

from docpipe.adapters.word.part_order import ordered

TYPE_CHECKING = False  # typing is dearer to load than all of this
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence


_VERSION = (20).to_bytes(2, "little")  # 2.0: deflated entries, folders
_EPOCH = b"\0\0" + (1 << 5 | 1).to_bytes(2, "little")  # 1 January 1980 as MS-DOS writes it
_SMALL = 8_000
_LARGE = 100_000
_STORED, _DEFLATED = 0, 8
_UTF8_NAME = 0x800
_MODE = (0o600 << 16).to_bytes(4, "little")
_KEPT = 256


class Gap:
    """An entry that is filled for each document: the bytes around its open places."""

    __slots__ = ("fixed", "name")

    def __init__(self, name: str, fixed: tuple[bytes, ...]) -> None:
        self.name = name
        self.fixed = fixed


class Layout:
    """The entries in their order: (name, data) of those that never change, and gaps."""

    __slots__ = ("entries",)

    def __init__(self, entries: Sequence[tuple[str, bytes] | Gap]) -> None:
        self.entries = entries

    @staticmethod
    def of(parts: Mapping[str, bytes], tokens: Sequence[bytes]) -> Layout:
        """The layout of parts in which each token, in its order, holds a place open."""
        entries: list[tuple[str, bytes] | Gap] = []
        for name in ordered(parts):
            data = parts[name]
            found = sorted((token for token in tokens if token in data), key=data.index)
            entries.append(Gap(name, _between(data, found)) if found else (name, data))
        return Layout(entries)


def _between(data: bytes, tokens: Sequence[bytes]) -> tuple[bytes, ...]:
    pieces = []
    for token in tokens:
        before, _, data = data.partition(token)
        pieces.append(before)
    return (*pieces, data)


class Archive:
    """Writes packages of one layout, stored or deflated at a level."""

    def __init__(self, layout: Layout, level: int | None = None) -> None:
        self._level = level
        self._quick: Callable[[bytes], int] | None = None
        self._written = 0
        self._deflated: dict[bytes, bytes] = {}
        self._steps: list[tuple[bytes, tuple[tuple[bytes, int, bytes], ...], str]] = []
        self._count = len(layout.entries)
        blob = b""
        records: list[tuple[bytes, int, bytes]] = []
        for entry in layout.entries:
            if isinstance(entry, Gap):
                self._steps.append((blob, tuple(records), entry.name))
                blob, records = b"", []
                continue
            local, (front, back) = self._entry(*entry)
            records.append((front, len(blob), back))
            blob += local
        self._steps.append((blob, tuple(records), ""))

    def write(self, filled: Mapping[str, bytes]) -> bytes:
        """The package, its gaps filled."""
        self._written += 1
        out: list[bytes] = []
        central: list[bytes] = []
        at = 0
        for blob, records, name in self._steps:
            out.append(blob)
            central += [front + (at + offset).to_bytes(4, "little") + back
                        for front, offset, back in records]  # fmt: skip
            at += len(blob)
            if name:
                local, (front, back) = self._entry(name, filled[name])
                out.append(local)
                central.append(front + at.to_bytes(4, "little") + back)
                at += len(local)
        directory = b"".join(central)
        count = self._count.to_bytes(2, "little") * 2
        ends = len(directory).to_bytes(4, "little") + at.to_bytes(4, "little")
        out += (directory, b"PK\5\6\0\0\0\0", count, ends, b"\0\0")
        return b"".join(out)

    def _crc32(self, data: bytes) -> int:
        """The checksum; from the second package on by a module that has to be loaded first."""
        if len(data) < _LARGE or self._written < 2:
            return zlib.crc32(data)
        self._quick = self._quick or _quick_crc32()
        return self._quick(data)

    def _entry(self, name: str, data: bytes) -> tuple[bytes, tuple[bytes, bytes]]:
        """A local record with its data; its central record before and after the offset."""
        crc, size = self._crc32(data), len(data)
        method = _STORED
        if self._level is not None:
            method = _DEFLATED
            data = self._packed(data, self._level)
        file = name.encode()
        flags = 0 if file.isascii() else _UTF8_NAME
        told = b"".join((
            flags.to_bytes(2, "little"), method.to_bytes(2, "little"), _EPOCH,
            crc.to_bytes(4, "little"), len(data).to_bytes(4, "little"), size.to_bytes(4, "little"),
            len(file).to_bytes(2, "little"),
        ))  # fmt: skip
        local = b"PK\3\4" + _VERSION + told + b"\0\0" + file + data
        return local, (b"PK\1\2" + _VERSION * 2 + told + b"\0" * 8 + _MODE, file)

    def _packed(self, data: bytes, level: int) -> bytes:
        """Deflated. Headers and footers are the same for many documents, and dear to begin with."""
        if len(data) > _SMALL:
            return _deflated(data, level)
        if data not in self._deflated:
            if len(self._deflated) >= _KEPT:
                self._deflated.clear()
            self._deflated[data] = _deflated(data, level)
        return self._deflated[data]


def _quick_crc32() -> Callable[[bytes], int]:
    """The same checksum, ten times as fast: worth its loading for long documents."""
    try:
        from isal.isal_zlib import crc32
    except ImportError:  # no build for this machine
        return zlib.crc32
    return crc32


def _deflated(data: bytes, level: int) -> bytes:
    packer = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()
