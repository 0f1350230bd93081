"""What an SSH signature holds: the key, the purpose, and the signature over a digest."""

import base64
import binascii
import hashlib
import re

from docpipe.adapters.sshsig.wire import CUT, BadSignature, Reader, string
from docpipe.diagnostics import Text, Value

GIT = "git"
"""The purpose that git signs for; a signature made for another counts for nothing here."""

DIGEST = "sha512"
DIGESTS = ("sha512", "sha256")
"""The digest that we sign over, as ssh-keygen does, and those that may be signed over."""

_MAGIC = b"SSHSIG"
_VERSION = 1
_LONGEST = 20_000
_BEGIN, _END = "-----BEGIN SSH SIGNATURE-----\n", "-----END SSH SIGNATURE-----"
_ARMOUR = re.compile(rf"{_BEGIN}((?:[A-Za-z0-9+/=]{{1,100}}\n)+){_END}\n?", re.ASCII)
_WIDTH = 70

_OTHER = Text("it is not an SSH signature", "不是 SSH 签名")
_FORM = Text("the signature is of a form that docpipe does not know", "签名的格式不为 docpipe 所知")


class SshSignature(Value):
    """A signature: the public key as SSH writes it, what it is for, and the bytes that sign."""

    key: bytes
    namespace: str
    digest: str
    signature: bytes

    @property
    def kind(self) -> str:
        """The kind of the key, such as "ssh-ed25519"."""
        return Reader(self.key).string().decode("ascii", "replace")

    def signed(self, data: bytes) -> bytes:
        """What is signed where `data` is."""
        hashed = hashlib.new(self.digest, data).digest()
        namespace = self.namespace.encode()
        return _MAGIC + b"".join(map(string, (namespace, b"", self.digest.encode(), hashed)))


def opened(armour: bytes) -> SshSignature:
    """A signature from between its BEGIN and END lines. Raises BadSignature for anything else.

    It is read strictly: there is one way only to write a signature down.
    """
    if not armour.startswith(_BEGIN.encode()):
        raise BadSignature(_OTHER)
    match = _ARMOUR.fullmatch(armour[:_LONGEST].decode("ascii", "replace"))
    if match is None or len(armour) > _LONGEST:
        raise BadSignature(CUT)
    body = match[1].replace("\n", "")
    try:
        data = base64.b64decode(body, validate=True)
    except binascii.Error:
        raise BadSignature(CUT) from None
    if base64.b64encode(data).decode("ascii") != body:
        raise BadSignature(CUT)
    return _read(data)


def armoured(signature: SshSignature) -> bytes:
    """A signature as ssh-keygen writes it."""
    parts = (
        signature.key, signature.namespace.encode(), b"", signature.digest.encode(),
        signature.signature,
    )  # fmt: skip
    data = _MAGIC + _VERSION.to_bytes(4, "big") + b"".join(map(string, parts))
    body = base64.b64encode(data).decode("ascii")
    lines = [body[at : at + _WIDTH] for at in range(0, len(body), _WIDTH)]
    return (_BEGIN + "\n".join(lines) + f"\n{_END}\n").encode("ascii")


def _read(data: bytes) -> SshSignature:
    reader = Reader(data)
    if reader.take(len(_MAGIC)) != _MAGIC:
        raise BadSignature(CUT)
    if reader.number() != _VERSION:
        raise BadSignature(_FORM)
    key, namespace, reserved, digest, signature = (reader.string() for _ in range(5))
    reader.end()
    if reserved or digest.decode("ascii", "replace") not in DIGESTS:
        raise BadSignature(_FORM)
    Reader(key).string()
    return SshSignature(key, namespace.decode("utf-8", "replace"), digest.decode(), signature)
