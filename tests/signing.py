"""What the tests of signing share: real keys, a real agent, people.yaml."""

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def keygen(
    *words: str, data: bytes = b"", check: bool = True
) -> subprocess.CompletedProcess[bytes]:
    """The real ssh-keygen, which can ask nobody."""
    return subprocess.run(
        ["ssh-keygen", "-q", *words], input=data, capture_output=True, check=check,
        start_new_session=True,
    )  # fmt: skip


def key(path: Path, *options: str, passphrase: str = "") -> Path:
    """A new key; the path of the private one."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    keygen("-N", passphrase, "-C", "x", "-f", str(path), *options)
    return path


@contextmanager
def agent(folder: Path, locked: Path, passphrase: str) -> Iterator[str]:
    """A running ssh-agent that holds a key with a passphrase; its address."""
    ask, address = folder / "ask", folder / "agent"
    ask.write_text(f"#!/bin/sh\necho {passphrase}\n")
    ask.chmod(0o755)
    process = subprocess.Popen(["ssh-agent", "-D", "-a", str(address)], stdout=subprocess.DEVNULL)
    try:
        while not address.exists():
            assert process.poll() is None
            time.sleep(0.01)
        subprocess.run(
            ["ssh-add", "-q", str(locked)], check=True, stdin=subprocess.DEVNULL,
            env={**os.environ, "SSH_AUTH_SOCK": str(address), "SSH_ASKPASS": str(ask),
                 "SSH_ASKPASS_REQUIRE": "force"},
        )  # fmt: skip
        yield str(address)
    finally:
        process.kill()
        process.wait()


def enter(shop: Path, email: str, *keys: str) -> None:
    """Enter keys into people.yaml, each as its entry: 'key: ssh-ed25519 AAAA, until: ...'."""
    path = shop / "people.yaml"
    text = path.read_text(encoding="utf-8")
    entry = f"email: {email}\n"
    assert entry in text
    rows = ", ".join("{" + each + "}" for each in keys)
    path.write_text(text.replace(entry, f"{entry}    keys: [{rows}]\n"), encoding="utf-8")


def public(private: Path) -> str:
    """A public key as people.yaml holds it, without the comment."""
    return " ".join(private.with_name(private.name + ".pub").read_text().split()[:2])
