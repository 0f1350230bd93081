"""Whether a signature fits: every kind of key that OpenSSH signs with, but certificates."""

import hashlib
from collections.abc import Callable
from functools import lru_cache

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from docpipe.adapters.sshsig.envelope import SshSignature
from docpipe.adapters.sshsig.wire import BadSignature, Reader
from docpipe.diagnostics import Text

_ALTERED = Text(
    "what was signed has been altered since, or the signature has", "内容或签名在签名后被改动"
)
_PURPOSE = Text(
    "it was signed for another purpose ({namespace})", "该签名用于其他用途（{namespace}）"
)
_KIND = Text("keys of the kind {kind} cannot be checked", "无法核验 {kind} 类型的密钥")
_KEY = Text("the key in the signature is damaged", "签名中的密钥已损坏")

_BITS = range(1024, 16_384 + 1)
"""Of an RSA key, as OpenSSH has it: a smaller one is no proof, checking a larger one takes long."""

_RSA: dict[bytes, hashes.HashAlgorithm] = {
    b"rsa-sha2-512": hashes.SHA512(),
    b"rsa-sha2-256": hashes.SHA256(),
}
_CURVES: dict[bytes, tuple[ec.EllipticCurve, hashes.HashAlgorithm]] = {
    b"nistp256": (ec.SECP256R1(), hashes.SHA256()),
    b"nistp384": (ec.SECP384R1(), hashes.SHA384()),
    b"nistp521": (ec.SECP521R1(), hashes.SHA512()),
}

Verifier = Callable[[Reader, bytes], None]
"""Holds what is left of a signature against the bytes signed. Raises InvalidSignature."""


def check(signature: SshSignature, data: bytes, namespace: str) -> None:
    """Raises BadSignature unless the signature was made over `data`, for this purpose."""
    if signature.namespace != namespace:
        raise BadSignature(_PURPOSE, namespace=signature.namespace[:40])
    verify = _verifier(signature.key)
    try:
        verify(Reader(signature.signature), signature.signed(data))
    except (InvalidSignature, UnsupportedAlgorithm, ValueError):
        raise BadSignature(_ALTERED) from None


@lru_cache(maxsize=4096)
def _verifier(key: bytes) -> Verifier:
    """What checks signatures of a public key; a few people make many of them."""
    reader = Reader(key)
    kind = reader.string()
    make = _KINDS.get(kind)
    if make is None:
        raise BadSignature(_KIND, kind=kind[:40].decode("ascii", "replace"))
    try:
        return make(kind, reader)
    except (ValueError, UnsupportedAlgorithm):
        raise BadSignature(_KEY) from None


def _ed25519(kind: bytes, reader: Reader) -> Verifier:
    key = Ed25519PublicKey.from_public_bytes(reader.string())
    return _of_kind(kind, reader, key.verify)


def _ecdsa(kind: bytes, reader: Reader) -> Verifier:
    key, digest = _point(reader, kind.partition(b"ecdsa-sha2-")[2].partition(b"@")[0])
    return _of_kind(kind, reader, lambda raw, data: key.verify(_dss(raw), data, ec.ECDSA(digest)))


def _of_kind(kind: bytes, reader: Reader, verify: Callable[[bytes, bytes], None]) -> Verifier:
    """Verifies signatures that say of which kind they are; a security key's have more in them."""
    application = reader.string() if kind.startswith(b"sk-") else None
    reader.end()

    def verified(signature: Reader, data: bytes) -> None:
        if signature.string() != kind:
            raise InvalidSignature
        raw = signature.string()
        if application is not None:
            data = _touched(signature, application, data)
        signature.end()
        verify(raw, data)

    return verified


def _rsa(_: bytes, reader: Reader) -> Verifier:
    exponent, modulus = reader.mpint(), reader.mpint()
    reader.end()
    if modulus.bit_length() not in _BITS or exponent.bit_length() > 64:
        raise BadSignature(_KEY)
    key = rsa.RSAPublicNumbers(exponent, modulus).public_key()

    def verify(signature: Reader, data: bytes) -> None:
        digest = _RSA.get(signature.string())
        raw = signature.string()
        signature.end()
        if digest is None:
            raise InvalidSignature
        key.verify(raw, data, padding.PKCS1v15(), digest)

    return verify


_KINDS: dict[bytes, Callable[[bytes, Reader], Verifier]] = {
    b"ssh-ed25519": _ed25519,
    b"ssh-rsa": _rsa,
    b"ecdsa-sha2-nistp256": _ecdsa,
    b"ecdsa-sha2-nistp384": _ecdsa,
    b"ecdsa-sha2-nistp521": _ecdsa,
    b"sk-ssh-ed25519@openssh.com": _ed25519,
    b"sk-ecdsa-sha2-nistp256@openssh.com": _ecdsa,
}


def _point(reader: Reader, curve: bytes) -> tuple[ec.EllipticCurvePublicKey, hashes.HashAlgorithm]:
    """A public key on a curve that must be the one named."""
    named, raw = reader.string(), reader.string()
    if named != curve:
        raise BadSignature(_KEY)
    group, digest = _CURVES[curve]
    return ec.EllipticCurvePublicKey.from_encoded_point(group, raw), digest


def _dss(data: bytes) -> bytes:
    """The two numbers of an ECDSA signature, from SSH's form to X.509's."""
    reader = Reader(data)
    first, second = reader.mpint(), reader.mpint()
    reader.end()
    return encode_dss_signature(first, second)


def _touched(signature: Reader, application: bytes, data: bytes) -> bytes:
    """What a security key signs (PROTOCOL.u2f): its flags and its counter are in it."""
    flags, counter = signature.take(1), signature.take(4)
    hashed = (hashlib.sha256(part).digest() for part in (application, data))
    return next(hashed) + flags + counter + next(hashed)
