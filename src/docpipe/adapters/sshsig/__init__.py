"""SSH signatures as git and ssh-keygen make them (OpenSSH's PROTOCOL.sshsig), without a program.

Public API; other modules are internal. cryptography is loaded when it is needed.
"""

from docpipe.adapters.sshsig.envelope import GIT, SshSignature, armoured, opened
from docpipe.adapters.sshsig.making import Private, private_key, sign
from docpipe.adapters.sshsig.wire import BadSignature, Reader

__all__ = [
    "GIT", "BadSignature", "Private", "Reader", "SshSignature", "armoured", "check", "opened",
    "private_key", "sign",
]  # fmt: skip


def check(signature: SshSignature, data: bytes, namespace: str = GIT) -> None:
    """Raises BadSignature unless the signature was made over `data`, for this purpose."""
    from docpipe.adapters.sshsig.checking import check as checked

    checked(signature, data, namespace)
