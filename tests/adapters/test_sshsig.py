"""SSH signatures: ours and ssh-keygen's are the same, and nothing else passes for one."""

import base64
import hashlib
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given
from hypothesis import strategies as st

from docpipe.adapters import sshsig
from docpipe.adapters.sshsig.wire import mpint, string
from docpipe.diagnostics import DocpipeError
from tests.signing import key, keygen

pytestmark = pytest.mark.openssh

DATA = "tree 0\n\nIssue ZF-SC-2026-0001\n提交\n".encode()
KINDS = ("ed25519", "rsa", "ecdsa-256", "ecdsa-384", "ecdsa-521")


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("keys")
    made = {}
    for kind in KINDS:
        name, _, bits = kind.partition("-")
        made[kind] = key(folder / kind, "-t", name, *(["-b", bits] if bits else []))
    return made


@pytest.fixture(scope="module")
def private(keys: dict[str, Path]) -> sshsig.Private:
    found = sshsig.private_key(keys["ed25519"].read_bytes())
    assert found is not None
    return found


@pytest.fixture(scope="module")
def ours(private: sshsig.Private) -> bytes:
    return sshsig.sign(private, DATA)


def by_program(private: Path, data: bytes = DATA, namespace: str = "git", *more: str) -> bytes:
    return keygen("-Y", "sign", "-n", namespace, *more, "-f", str(private), data=data).stdout


def program_takes(folder: Path, armour: bytes, data: bytes = DATA) -> bool:
    """Whether ssh-keygen takes it for a sound signature, whoever's it is."""
    (folder / "sig").write_bytes(armour)
    words = ("-Y", "check-novalidate", "-n", "git", "-s", str(folder / "sig"))
    return keygen(*words, data=data, check=False).returncode == 0


def sound(armour: bytes, data: bytes = DATA) -> bool:
    try:
        sshsig.check(sshsig.opened(armour), data)
    except sshsig.BadSignature:
        return False
    return True


@pytest.mark.parametrize("kind", KINDS)
def test_what_ssh_keygen_signs_is_sound(kind: str, keys: dict[str, Path]) -> None:
    armour = by_program(keys[kind])
    assert sound(armour)
    assert not sound(armour, DATA + b"\n")
    assert sshsig.armoured(sshsig.opened(armour)) == armour


@pytest.mark.parametrize("kind", ["ed25519", "rsa"])
def test_over_the_other_digest_too(kind: str, keys: dict[str, Path]) -> None:
    armour = by_program(keys[kind], DATA, "git", "-O", "hashalg=sha256")
    assert sshsig.opened(armour).digest == "sha256"
    assert sound(armour)


def test_ours_is_ssh_keygens_byte_for_byte(
    keys: dict[str, Path], ours: bytes, tmp_path: Path
) -> None:
    assert ours == by_program(keys["ed25519"])
    signers = tmp_path / "signers"
    signers.write_text(f"lin@x.example {keys['ed25519'].with_suffix('.pub').read_text()}")
    (tmp_path / "sig").write_bytes(ours)
    words = ("-f", str(signers), "-I", "lin@x.example", "-n", "git", "-s", str(tmp_path / "sig"))
    assert keygen("-Y", "verify", *words, data=DATA).returncode == 0
    assert keygen("-Y", "verify", *words, data=DATA + b"x", check=False).returncode != 0


def test_a_security_keys_signature_is_read_as_ssh_keygen_reads_it(tmp_path: Path) -> None:
    """No such key is here: its signature is put together by the book (PROTOCOL.u2f)."""
    secret, curve = Ed25519PrivateKey.generate(), ec.generate_private_key(ec.SECP256R1())
    uncompressed = Encoding.X962, PublicFormat.UncompressedPoint
    point = curve.public_key().public_bytes(*uncompressed)
    raw = secret.public_key().public_bytes_raw()
    one = string(b"sk-ssh-ed25519@openssh.com") + string(raw) + string(b"ssh:")
    two = (
        string(b"sk-ecdsa-sha2-nistp256@openssh.com") + string(b"nistp256") + string(point)
        + string(b"ssh:")
    )  # fmt: skip

    def dss(data: bytes) -> bytes:
        r, s = decode_dss_signature(curve.sign(data, ec.ECDSA(hashes.SHA256())))
        return mpint(r) + mpint(s)

    for public, sign in ((one, secret.sign), (two, dss)):
        unsigned = sshsig.SshSignature(public, "git", "sha512", b"")
        tail = b"\x01" + (7).to_bytes(4, "big")
        hashed = hashlib.sha256(b"ssh:").digest(), hashlib.sha256(unsigned.signed(DATA)).digest()
        made = string(unsigned.kind.encode()) + string(sign(hashed[0] + tail + hashed[1]))
        armour = sshsig.armoured(unsigned._replace(signature=made + tail))
        assert program_takes(tmp_path, armour)
        assert sound(armour)
        moved = sshsig.armoured(unsigned._replace(signature=made + b"\x01\0\0\0\x08"))
        assert not sound(moved)


def test_every_byte_counts(ours: bytes, keys: dict[str, Path], tmp_path: Path) -> None:
    """A flipped bit anywhere in the signature, in each of its parts, and in what was signed."""
    for armour in (ours, by_program(keys["rsa"]), by_program(keys["ecdsa-256"])):
        blob = base64.b64decode(b"".join(armour.split(b"\n")[1:-2]))
        for at in range(len(blob)):
            bad = bytearray(blob)
            bad[at] ^= 1 << at % 8
            assert not sound(_wrapped(bytes(bad))), at
        assert sound(_wrapped(blob))
    assert not any(sound(ours, _flipped(DATA, at)) for at in range(len(DATA)))


def test_every_character_of_the_armour_counts(ours: bytes) -> None:
    """There is one way to write a signature down: who changes a commit's bytes breaks it."""
    for at in range(len(ours) - 1):
        for put in (bytes([ours[at] ^ 1]), bytes([ours[at] ^ 2]), b"", b" ", b"\r\n"):
            bad = ours[:at] + put + ours[at + 1 :]
            assert not sound(bad) or _is_rewrapped(bad, ours), (at, put)
    letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    at = ours.index(b"=\n") - 1  # two of its bits say nothing
    assert not sound(_put(ours, at, letters[letters.index(ours[at]) ^ 1]))
    for bad in (ours + b"x", b"\n" + ours, ours + ours, ours[:-40], b"", ours.lower()):
        assert not sound(bad)


@pytest.mark.parametrize("namespace", ["file", "Git", "git ", ""])
def test_a_signature_for_another_purpose_counts_for_nothing(
    namespace: str, private: sshsig.Private
) -> None:
    with pytest.raises(sshsig.BadSignature, match="another purpose"):
        sshsig.check(sshsig.opened(sshsig.sign(private, DATA, namespace)), DATA)


def test_what_was_signed_is_named_in_both_languages(ours: bytes) -> None:
    with pytest.raises(sshsig.BadSignature) as error:
        sshsig.check(sshsig.opened(ours), b"else")
    assert error.value.say("en").startswith("what was signed has been altered")
    assert error.value.say("zh") == "内容或签名在签名后被改动"


def test_what_no_signature_covers_is_refused(ours: bytes, keys: dict[str, Path]) -> None:
    """OpenSSH passes over the reserved part, and takes numbers with zeros before them."""
    found = sshsig.opened(ours)
    parts = (found.key, b"git", b"reserved", b"sha512", found.signature)
    assert not sound(_wrapped(b"SSHSIG\0\0\0\x01" + b"".join(map(string, parts))))
    curve = sshsig.opened(by_program(keys["ecdsa-256"]))
    reader = sshsig.Reader(curve.signature)
    kind, numbers = reader.string(), sshsig.Reader(reader.string())
    first, second = numbers.string(), numbers.string()
    for more, same in ((b"", True), (b"\0", False)):
        made = string(kind) + string(string(more + first) + string(second))
        assert sound(sshsig.armoured(curve._replace(signature=made))) is same


def test_a_key_too_small_to_prove_anything_is_refused() -> None:
    p, q = 2**521 - 1, 2**127 - 1
    unsigned = sshsig.SshSignature(
        string(b"ssh-rsa") + mpint(65537) + mpint(p * q), "git", "sha512", b""
    )
    head = bytes.fromhex("3031300d060960864801650304020105000420")
    digest = head + hashlib.sha256(unsigned.signed(DATA)).digest()
    block = b"\0\1" + b"\xff" * (81 - 3 - len(digest)) + b"\0" + digest
    secret = pow(65537, -1, (p - 1) * (q - 1))
    raw = pow(int.from_bytes(block, "big"), secret, p * q).to_bytes(81, "big")
    made = string(b"rsa-sha2-256") + string(raw)
    assert not sound(sshsig.armoured(unsigned._replace(signature=made)))


def test_small_and_huge_and_strange_keys_are_refused() -> None:
    for exponent, modulus in (
        (65537, 3**600),
        (65537, 3**20000),
        (2**70 + 1, 3**1500),
        (2, 3**1500),
    ):
        blob = string(b"ssh-rsa") + mpint(exponent) + mpint(modulus)
        made = string(b"rsa-sha2-512") + string(b"x" * 256)
        assert not sound(sshsig.armoured(sshsig.SshSignature(blob, "git", "sha512", made)))
    dsa = sshsig.SshSignature(string(b"ssh-dss") + b"x", "git", "sha512", b"")
    with pytest.raises(sshsig.BadSignature, match="ssh-dss"):
        sshsig.check(dsa, DATA)


def test_a_locked_or_other_private_key_is_left_to_ssh_keygen(
    keys: dict[str, Path], tmp_path: Path
) -> None:
    locked = key(tmp_path / "locked", "-t", "ed25519", passphrase="secret")
    assert sshsig.private_key(locked.read_bytes()) is None
    assert sshsig.private_key(keys["rsa"].read_bytes()) is None
    text = keys["ed25519"].read_bytes()
    assert sshsig.private_key(text) is not None
    assert [sshsig.private_key(text[:at]) for at in range(0, len(text) - 40, 7)].count(None) > 40


@given(st.binary(max_size=400))
def test_rubbish_raises_nothing_but_the_one_error(data: bytes) -> None:
    assert not sound(data)
    assert not sound(_wrapped(data))
    assert not sound(_wrapped(b"SSHSIG\0\0\0\x01" + data))
    assert sshsig.private_key(data) is None
    with pytest.raises(DocpipeError):
        sshsig.opened(data)


@given(
    st.sampled_from(
        [b"ssh-ed25519", b"ssh-rsa", b"ecdsa-sha2-nistp256", b"sk-ssh-ed25519@openssh.com",
         b"sk-ecdsa-sha2-nistp256@openssh.com", b"ecdsa-sha2-nistp521", b"x"]
    ),
    st.lists(st.one_of(st.binary(max_size=80), st.sampled_from([b"nistp256", b"\1" + bytes(128)]))),
    st.lists(st.one_of(st.binary(max_size=80), st.sampled_from([b"rsa-sha2-512", b"ssh-ed25519"]))),
    st.binary(max_size=6),
)  # fmt: skip
def test_rubbish_in_the_right_places_raises_nothing_else_either(
    kind: bytes, parts: list[bytes], signature: list[bytes], tail: bytes
) -> None:
    blob = string(kind) + b"".join(map(string, parts))
    made = b"".join(map(string, [kind, *signature])) + tail
    assert not sound(sshsig.armoured(sshsig.SshSignature(blob, "git", "sha512", made)))
    assert not sound(sshsig.armoured(sshsig.SshSignature(blob + tail, "git", "sha256", made)))


def _wrapped(blob: bytes) -> bytes:
    body = base64.b64encode(blob).decode()
    lines = "".join(f"{body[at : at + 70]}\n" for at in range(0, len(body), 70))
    return f"-----BEGIN SSH SIGNATURE-----\n{lines}-----END SSH SIGNATURE-----\n".encode()


def _flipped(data: bytes, at: int) -> bytes:
    return _put(data, at, data[at] ^ 1)


def _put(data: bytes, at: int, byte: int) -> bytes:
    return data[:at] + bytes([byte]) + data[at + 1 :]


def _is_rewrapped(bad: bytes, good: bytes) -> bool:
    """Whether only a line break within the base64 went away or came: ssh-keygen wraps at 70."""
    return bad.replace(b"\n", b"") == good.replace(b"\n", b"")
