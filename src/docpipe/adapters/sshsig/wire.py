"""SSH's way to write values as bytes (RFC 4251, section 5), read strictly."""

import struct

from docpipe.diagnostics import DocpipeError, Text


class BadSignature(DocpipeError):
    """It is no signature, one that cannot be checked, or one over something else."""


CUT = Text("the signature is damaged", "签名已损坏")


class Reader:
    """Takes values off the front of some bytes. Raises BadSignature where they are not there."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def take(self, size: int) -> bytes:
        """The next `size` bytes."""
        stop = self._at + size
        if stop > len(self._data):
            raise BadSignature(CUT)
        found, self._at = self._data[self._at : stop], stop
        return found

    def number(self) -> int:
        """A `uint32`."""
        return int.from_bytes(self.take(4), "big")

    def string(self) -> bytes:
        """A `string`: its length, then its bytes."""
        return self.take(self.number())

    def mpint(self) -> int:
        """An `mpint` that is positive, written in its one shortest way."""
        data = self.string()
        value = int.from_bytes(data, "big", signed=True)
        if value <= 0 or mpint(value)[4:] != data:
            raise BadSignature(CUT)
        return value

    def end(self) -> None:
        """Raises BadSignature where anything is left."""
        if self._at != len(self._data):
            raise BadSignature(CUT)


def string(data: bytes) -> bytes:
    """A `string`."""
    return struct.pack(">I", len(data)) + data


def mpint(value: int) -> bytes:
    """A positive `mpint`."""
    return string(value.to_bytes(value.bit_length() // 8 + 1, "big"))
