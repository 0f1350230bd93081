"""SSH keys to sign with: found, made, tried, used.

A private key is read here only to sign, and only if it is unencrypted; all others (with a
passphrase, in an agent, on a security key, RSA) are left to ssh-keygen.
"""

import base64
import hashlib
import os
import re
import subprocess
from collections.abc import Callable
from functools import partial
from pathlib import Path

from docpipe.adapters import programs, regular_files, sshsig
from docpipe.diagnostics import DocpipeError, Text, Value
from docpipe.diagnostics.error import SURROUNDINGS

KINDS = {
    "ssh-ed25519": 1,
    "sk-ssh-ed25519@openssh.com": 2,
    "ecdsa-sha2-nistp256": 2,
    "ecdsa-sha2-nistp384": 2,
    "ecdsa-sha2-nistp521": 2,
    "sk-ecdsa-sha2-nistp256@openssh.com": 3,
    "ssh-rsa": 2,
}
"""Kinds that git signs with, the best first, and of how many parts a public key of it is."""

_LARGEST = 100_000  # bytes of a key
_SECONDS = 60  # a security key waits to be touched

_NO_PROGRAM = Text("ssh-keygen is not installed", "本机没有安装 ssh-keygen")
_GET = Text(
    "Debian/Ubuntu: apt install openssh-client; Windows: Optional features, OpenSSH Client",
    "Debian/Ubuntu：apt install openssh-client；Windows：设置 → 可选功能 → OpenSSH 客户端",
)
_NO_KEY = Text("{path} is not a public SSH key", "{path} 不是 SSH 公钥")
_NAME_PUBLIC = Text(
    "Name the file that ends in .pub, such as ~/.ssh/id_ed25519.pub",
    "请指定以 .pub 结尾的文件，如 ~/.ssh/id_ed25519.pub",
)
_THERE = Text("{path} already exists and is not overwritten", "{path} 已存在，不会覆盖")
_PICK = Text(
    "Use it: docpipe identity --key {path}.pub", "可直接使用：docpipe identity --key {path}.pub"
)
_MUTE = Text("The key {path} does not sign: {why}", "密钥 {path} 无法签名：{why}")
_LOAD = Text(
    "If it has a passphrase, load it once a session: ssh-add {private}; a security key has to be "
    "plugged in and touched",
    "如有口令，每次登录后加载一次：ssh-add {private}；安全密钥须插入并触碰",
)


class PublicKey(Value):
    """A public key in a file: its kind ("ssh-ed25519"), its body in base64, and where it is."""

    kind: str
    body: str
    path: Path

    @property
    def line(self) -> str:
        """As people.yaml and allowed_signers hold it."""
        return f"{self.kind} {self.body}"

    @property
    def blob(self) -> bytes:
        """As signatures hold it."""
        return base64.b64decode(self.body)

    @property
    def fingerprint(self) -> str:
        """As `ssh-keygen -l` shows it."""
        return fingerprint(self.blob)

    @property
    def private(self) -> Path:
        """Where the private key is, unless an agent or a security key holds it."""
        return self.path.with_suffix("")


def fingerprint(blob: bytes) -> str:
    """A key's short name, as `ssh-keygen -l` shows it."""
    digest = hashlib.sha256(blob).digest()
    return "SHA256:" + base64.b64encode(digest).decode("ascii").rstrip("=")


def blob_of(line: str) -> bytes:
    """The key in a line such as people.yaml has; b"" for none that git signs with."""
    kind, _, rest = line.strip().partition(" ")
    body = rest.partition(" ")[0]
    return base64.b64decode(body) if kind in KINDS and _is_of(kind, body) else b""


def read(path: Path) -> PublicKey:
    """The public key in a file; of a private key's path, the one beside it. Raises DocpipeError."""
    public = path if path.suffix == ".pub" else path.with_name(path.name + ".pub")
    try:
        text = regular_files.read(public, _LARGEST, follow=True).decode("utf-8", "replace")
    except OSError:
        text = ""
    match = re.match(r"(\S+) ([A-Za-z0-9+/]+=*)(\s|\Z)", text)
    if match is None or match[1] not in KINDS or not _is_of(match[1], match[2]):
        raise DocpipeError(_NO_KEY, _NAME_PUBLIC, path=str(public))
    return PublicKey(match[1], match[2], public)


def at(setting: str) -> PublicKey | None:
    """The key that Git's user.signingkey names; None where it is in no file that can be read."""
    try:
        return read(Path(setting).expanduser())
    except (DocpipeError, RuntimeError):  # RuntimeError: a home that nobody has
        return None


def found(home: Path) -> list[PublicKey]:
    """The public keys in a person's `.ssh`, those that sign best first."""
    keys = []
    for path in sorted((home / ".ssh").glob("*.pub")):
        try:
            keys.append(read(path))
        except DocpipeError:  # a certificate, or something else of the name
            continue
    return sorted(keys, key=lambda key: list(KINDS).index(key.kind))


def make(path: Path, comment: str) -> PublicKey:
    """A new ed25519 key without passphrase at `path`, readable by its owner alone.

    Raises DocpipeError where a file is there already, or the folder cannot be written.
    """
    if path.exists() or path.with_name(path.name + ".pub").exists():
        raise DocpipeError(_THERE, _PICK, path=str(path))
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    done = _run("-t", "ed25519", "-N", "", "-C", comment, "-f", str(path))
    if done.returncode:
        raise DocpipeError(_MUTE, exit_code=SURROUNDINGS, path=str(path), why=_words(done))
    return read(path)


def try_out(key: PublicKey) -> None:
    """Sign something with it. Raises DocpipeError that says what to do where that fails."""
    _signed(key, b"docpipe\n")


def signer(key: PublicKey) -> Callable[[bytes], bytes]:
    """What signs with the key, as git wants it: given some content, the armoured signature.

    It raises DocpipeError where the key does not sign.
    """
    private = _opened(key)
    return partial(sshsig.sign, private) if private else partial(_signed, key)


def _opened(key: PublicKey) -> sshsig.Private | None:
    """The private key, if unencrypted and readable by nobody else (else ssh-keygen says so)."""
    try:
        if os.name != "nt" and key.private.stat().st_mode & 0o077:
            return None
        private = sshsig.private_key(regular_files.read(key.private, _LARGEST, follow=True))
    except OSError:
        return None
    return private if private and private.public == key.blob else None


def _signed(key: PublicKey, data: bytes) -> bytes:
    """The signature that ssh-keygen makes, with the agent's help where it needs any."""
    done = _run("-Y", "sign", "-n", sshsig.GIT, "-f", str(key.path), data=data)
    if done.returncode:
        raise DocpipeError(
            _MUTE, _LOAD, path=str(key.path), why=_words(done), private=str(key.private)
        )
    return done.stdout


def _run(*arguments: str, data: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run ssh-keygen where it can ask nobody."""
    program = programs.find("ssh-keygen")
    if program is None:
        raise DocpipeError(_NO_PROGRAM, _GET, exit_code=SURROUNDINGS)
    words = [program, "-q", *arguments]
    try:
        return subprocess.run(
            words, input=data, capture_output=True, timeout=_SECONDS, check=False,
            start_new_session=True, env=programs.variables(),
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return subprocess.CompletedProcess(words, 1, b"", b"it did not answer")


def _words(done: subprocess.CompletedProcess[bytes]) -> str:
    lines = done.stderr.decode("utf-8", "replace").split("\n")
    return "; ".join(line.strip() for line in lines if line.strip())[:300] or "?"


def _is_of(kind: str, body: str) -> bool:
    """Whether the body is a whole key of the kind that stands in front of it (RFC 4253, 6.6)."""
    try:
        reader = sshsig.Reader(base64.b64decode(body, validate=True))
        named = reader.string()
        for _ in range(KINDS[kind]):
            reader.string()
        reader.end()
    except (ValueError, sshsig.BadSignature):  # no base64, not even ASCII, or cut off
        return False
    return named == kind.encode()
