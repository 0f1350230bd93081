"""Signing with an unencrypted ed25519 key file: no passphrase, no agent."""

import base64
import binascii
import re

from docpipe.adapters.sshsig.envelope import DIGEST, GIT, SshSignature, armoured
from docpipe.adapters.sshsig.wire import BadSignature, Reader, string
from docpipe.diagnostics import Value

_KIND = b"ssh-ed25519"
_MAGIC = b"openssh-key-v1\0"
_FILE = re.compile(
    rb"-----BEGIN OPENSSH PRIVATE KEY-----\s([A-Za-z0-9+/=\s]+)"
    rb"-----END OPENSSH PRIVATE KEY-----\s*"
)
_SIZE = 32


class Private(Value):
    """An ed25519 key: the public one as SSH writes it, and the 32 bytes that are secret."""

    public: bytes
    secret: bytes


def private_key(data: bytes) -> Private | None:
    """The key in a file of OpenSSH's (its PROTOCOL.key); None for any other kind, or a locked one.

    A passphrase is never asked for here: ssh-keygen and the agent handle such keys.
    """
    match = _FILE.fullmatch(data)
    try:
        return _read(Reader(base64.b64decode(match[1]))) if match else None
    except (BadSignature, binascii.Error):
        return None


def sign(key: Private, data: bytes, namespace: str = GIT) -> bytes:
    """The armoured signature over `data`, byte for byte what ssh-keygen makes."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    unsigned = SshSignature(key.public, namespace, DIGEST, b"")
    raw = Ed25519PrivateKey.from_private_bytes(key.secret).sign(unsigned.signed(data))
    return armoured(unsigned._replace(signature=string(_KIND) + string(raw)))


def _read(reader: Reader) -> Private | None:
    if reader.take(len(_MAGIC)) != _MAGIC:
        return None
    cipher, kdf, _ = reader.string(), reader.string(), reader.string()
    if (cipher, kdf) != (b"none", b"none") or reader.number() != 1:
        return None
    public, inner = reader.string(), Reader(reader.string())
    inner.take(8)  # the same number twice: it shows whether a passphrase was right
    kind, point, secret = inner.string(), inner.string(), inner.string()
    if kind != _KIND or public != string(_KIND) + string(point) or secret[_SIZE:] != point:
        return None
    return Private(public, secret[:_SIZE])
