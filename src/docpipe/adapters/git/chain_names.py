"""The names of the access log's branches, `access/<person>/<device>`, both ways."""

import re
import secrets
import socket

from docpipe.adapters.git.locking import HeldLock, put, writing
from docpipe.adapters.git.repository import Repository

HEADS = "refs/heads/"
ACCESS = "access/"
EMPTY_TREE = {
    "sha1": "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
    "sha256": "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321",
}
"""The name of a folder with nothing in it, by how objects are named."""

_UNSAFE = re.compile(rb"[^a-z0-9._+@-]|\A\.|\.\Z|(?<=\.)\.|\.(?=lock\Z)|\A@\Z")
_DEVICE = re.compile(r"[a-z0-9][a-z0-9-]{0,48}-[0-9a-f]{6}")
_BRANCH = re.compile(rf"access/(?P<person>[^/]+)/(?P<device>{_DEVICE.pattern})")
_FILE = "docpipe/device"


def person_part(email: str) -> str:
    """A person as a part of a branch's name: what may not stand there becomes %XX, a byte each."""
    data = email.strip().lower().encode("utf-8", "surrogateescape")
    return _UNSAFE.sub(lambda hit: b"%%%02X" % hit[0][0], data).decode("ascii")


def person_of(part: str) -> str | None:
    """The e-mail that a part of a branch's name stands for.

    None for what `person_part` never makes: every person has one name alone.
    """
    raw = part.encode("utf-8", "surrogateescape")
    try:
        whole = re.sub(rb"%([0-9A-F]{2})", lambda hit: bytes.fromhex(hit[1].decode()), raw)
        email = whole.decode("utf-8")
    except ValueError:
        return None
    return email if person_part(email) == part else None


def parted(branch: str) -> tuple[str, str] | None:
    """Person (e-mail) and device of a branch such as "access/a@b.example/pc-00ff00"; else None."""
    match = _BRANCH.fullmatch(branch)
    person = person_of(match["person"]) if match else None
    return (person, match["device"]) if match and person else None


def branch_of(person: str, device: str) -> str:
    """The branch of a person on a device."""
    return f"{ACCESS}{person_part(person)}/{device}"


def device(held: HeldLock, *, anew: bool = False) -> str:
    """What this clone is called: the computer's name and a number by chance, drawn once.

    Kept in the common git directory, so linked work trees share it. What is half written after a
    power cut is drawn again: a new chain is begun then, and none is lost.
    """
    if not anew and (known := device_here(held.repo)):
        return known
    drawn = f"{_slug(socket.gethostname())}-{secrets.token_hex(3)}"
    put(held.repo.common_dir / _FILE, f"{drawn}\n")
    return drawn


def device_here(repo: Repository) -> str:
    """What this clone is called; "" where it was not drawn yet, or cannot be read."""
    try:
        known = (repo.common_dir / _FILE).read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return ""
    return known if _DEVICE.fullmatch(known) else ""


def device_drawn(repo: Repository) -> str:
    """What this clone is called, drawn now if it was not yet. Raises DocpipeError."""
    if known := device_here(repo):
        return known
    with writing(repo) as held:
        return device(held)


def _slug(host: str) -> str:
    plain = re.sub(r"[^a-z0-9]+", "-", host.partition(".")[0].lower()).strip("-")[:40]
    return plain.strip("-") or "device"
