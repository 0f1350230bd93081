"""Entries of the access log, from the commits that they are."""

import re
from datetime import datetime

from docpipe.adapters import git
from docpipe.adapters.git import Signature, SignedCommit
from docpipe.diagnostics import Value

MARK = "Docpipe-Access: 1"
_TREE = re.compile(rb"tree ([0-9a-f]+)\n")
_TRAILER = re.compile(r"(?P<key>[A-Z][A-Za-z-]*): (?P<value>.*)")


class Entry(Value):
    """That somebody read something. `revision` is a document's, or the commit that was shown."""

    commit: str
    branch: str
    name: str
    email: str
    when: datetime
    sequence: int
    command: str
    order: str
    document: str
    number: str
    revision: str
    reason: str


def is_entry(content: bytes, digest: str) -> bool:
    """Whether a commit's content is an entry's: marked, numbered, and without files."""
    match = _TREE.match(content)
    empty = git.EMPTY_TREE[digest].encode()
    return bool(match) and match[1] == empty and git.sequence_of(content) is not None  # type: ignore[index]


def entry(commit: SignedCommit, content: bytes, branch: str) -> Entry | None:
    """The entry that a commit is; None for what is none, or has nobody who can be read."""
    sequence, by = git.sequence_of(content), commit.committer
    if sequence is None or by is None:
        return None
    told = trailers(content)
    words = (told.get(key, "") for key in _KEYS)
    return Entry(commit.id, branch, by.name, by.email, by.when, sequence, *words)


_KEYS = ("Command", "Order", "Document", "Number", "Revision", "Reason")


def trailers(content: bytes) -> dict[str, str]:
    """The `Key: value` lines that end a commit's message."""
    lines = content.rstrip(b"\n").rpartition(b"\n\n")[2].decode("utf-8", "replace").split("\n")
    return {match["key"]: match["value"] for match in map(_TRAILER.fullmatch, lines) if match}


def belongs(by: Signature | None, person: str) -> bool:
    """Whether somebody in a commit is the person of a branch."""
    return by is not None and by.email.strip().lower() == person
