"""Git's objects as bytes, and writing many of them in one run without index or work tree."""

import hashlib
import struct
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from docpipe.adapters.git.author import Signature
from docpipe.adapters.git.repository import Repository, synced
from docpipe.diagnostics import Value

FILE, EXECUTABLE, LINK, TREE, MODULE = "100644", "100755", "120000", "40000", "160000"
"""Modes of tree entries, as a tree object spells them."""

_NUMBER = {"commit": 1, "tree": 2, "blob": 3}  # gitformat-pack(5)
_TRAILER = ": "


class Entry(NamedTuple):
    """What a name in a tree stands for."""

    mode: str
    id: str

    @property
    def is_folder(self) -> bool:
        """Whether it is a tree."""
        return self.mode == TREE


Tree = Mapping[str, Entry]
"""A folder: its entries by name. Names that are not UTF-8 hold surrogates."""


class Object(Value):
    """An object to be written: its kind ("blob", "tree", "commit"), content and name."""

    kind: str
    content: bytes
    id: str


def name_of(digest: str, kind: str, content: bytes) -> str:
    """The name that git gives to this content."""
    return hashlib.new(digest, b"%s %d\0" % (kind.encode(), len(content)) + content).hexdigest()


def made(digest: str, kind: str, content: bytes) -> Object:
    """The object of this content."""
    return Object(kind, content, name_of(digest, kind, content))


def tree_bytes(tree: Tree) -> bytes:
    """A tree object's content: sorted by name, where a folder's counts as ending in "/"."""
    rows = [(name.encode("utf-8", "surrogateescape"), entry) for name, entry in tree.items()]
    rows.sort(key=lambda row: row[0] + (b"/" if row[1].mode == TREE else b""))
    return b"".join(
        b"%s %s\0%s" % (entry.mode.encode(), name, bytes.fromhex(entry.id)) for name, entry in rows
    )


def tree_of(content: bytes, digest: str) -> dict[str, Entry]:
    """The entries of a tree object."""
    size = 32 if digest == "sha256" else 20
    entries: dict[str, Entry] = {}
    start = 0
    while start < len(content):
        stop = content.index(b"\0", start)
        mode, _, name = content[start:stop].partition(b" ")
        start = stop + 1 + size
        key = name.decode("utf-8", "surrogateescape")
        entries[key] = Entry(mode.decode("ascii"), content[stop + 1 : start].hex())
    return entries


def message(subject: str, body: str, trailers: Sequence[tuple[str, str]]) -> str:
    """A commit's message: one line, what there is to say, and `Key: value` lines at the end.

    Line breaks within the subject or a value become spaces, so that nobody's text makes a trailer.
    """
    lines = [f"{key}{_TRAILER}{' '.join(value.split())}" for key, value in trailers]
    parts = [" ".join(subject.split()), body.strip(), "\n".join(lines)]
    return "\n\n".join(part for part in parts if part).replace("\0", "") + "\n"


def commit_bytes(
    tree: str, parents: Sequence[str], author: Signature, committer: Signature, words: str
) -> bytes:
    """A commit object's content, unsigned."""
    head = [f"tree {tree}", *(f"parent {parent}" for parent in parents)]
    head += [f"author {author.line()}", f"committer {committer.line()}"]
    return ("\n".join(head) + "\n\n" + words).encode("utf-8", "replace")


Sign = Callable[[bytes], bytes]
"""Given a commit's content, the armoured signature over it."""


def sealed(
    digest: str, tree: str, parents: Sequence[str], by: Signature, words: str, sign: Sign | None
) -> Object:
    """A person's commit, signed where there is something to sign with."""
    content = commit_bytes(tree, parents, by, by, words)
    return made(digest, "commit", signed(content, sign(content), digest) if sign else content)


def signed(content: bytes, signature: bytes, digest: str) -> bytes:
    """A commit's content with the signature made over it."""
    head, _, words = content.partition(b"\n\n")
    key = b"gpgsig-sha256 " if digest == "sha256" else b"gpgsig "
    return head + b"\n" + key + signature.strip().replace(b"\n", b"\n ") + b"\n\n" + words


def store(repo: Repository, objects: Iterable[Object]) -> None:
    """Write the objects, on the disk when this returns. Raises DocpipeError (full, read-only ...).

    They go to `git unpack-objects` as one pack: one run of git however many there are.
    """
    unique = {thing.id: thing for thing in objects}
    pack = bytearray(b"PACK" + struct.pack(">II", 2, len(unique)))
    for thing in unique.values():
        pack += _pack_head(_NUMBER[thing.kind], len(thing.content))
        pack += zlib.compress(thing.content, 1)
    pack += hashlib.new(repo.digest, pack).digest()
    folder = repo.common_dir / "objects"
    shelves = {folder / name[:2] for name in unique}
    new = not all(map(Path.is_dir, shelves))
    repo.git("unpack-objects", "-q", stdin=bytes(pack))
    for each in sorted(shelves):  # core.fsync is for contents; their names are in the folders
        synced(each)
    if new:
        synced(folder)


def _pack_head(number: int, size: int) -> bytes:
    """Kind and size in front of a pack's entry: 4 bits of the size, then 7 a byte."""
    byte, size = (number << 4) | (size & 15), size >> 4
    head = bytearray()
    while size:
        head.append(byte | 0x80)
        byte, size = size & 0x7F, size >> 7
    head.append(byte)
    return bytes(head)
