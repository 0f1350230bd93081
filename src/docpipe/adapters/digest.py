"""Digests by which contents are known again.

`hashlib` loads all of OpenSSL, which takes longer than digesting every file of an order. The lean
modules under it are taken instead, as the standard library's own `random` does.
"""

from __future__ import annotations

TYPE_CHECKING = False  # typing is dearer to load than all of this
if TYPE_CHECKING:
    from typing import Any


_LARGE = 1_000_000  # bytes from which OpenSSL is worth its loading


_found: dict[tuple[str, ...], Any] = {}  # looking for a module that is not there takes long


def _lean(*wanted: str) -> Any:
    """The hash function of the first name, as `_looked_up` finds it the first time."""
    if wanted not in _found:
        _found[wanted] = _looked_up(*wanted)
    return _found[wanted]


def _looked_up(name: str, *modules: str) -> Any:
    """A hash function from the first of the modules that has it, else from `hashlib`."""
    for module in modules:
        try:
            return getattr(__import__(module), name)
        except (ImportError, AttributeError):  # called otherwise in this Python
            continue
    import hashlib

    return getattr(hashlib, name)


SIZE = 32
_blake2b = _lean("blake2b", "_blake2")


def digest(*parts: bytes) -> bytes:
    """32 bytes (BLAKE2b) for these parts, each for itself: ("ab", "c") is not ("a", "bc")."""
    whole = _blake2b(digest_size=SIZE)
    for part in parts:
        whole.update(len(part).to_bytes(8, "big"))
        whole.update(part)
    found: bytes = whole.digest()
    return found


def sha256(data: bytes) -> str:
    """The SHA-256 (FIPS 180-4) as people write it: 64 hexadecimal digits."""
    modules = () if len(data) >= _LARGE else ("_sha2", "_sha256")
    written: str = _lean("sha256", *modules)(data).hexdigest()
    return written
