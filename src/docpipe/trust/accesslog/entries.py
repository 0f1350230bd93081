"""Entries of the access log: what one says, and reading it from the commit that it is."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import datetime

from docpipe.adapters import git
from docpipe.adapters.git import SignedCommit
from docpipe.diagnostics import Text, Value

LONGEST = 2000
"""Characters of a reason."""

_UNMARKED = Text(
    "docpipe did not write it (no Docpipe-Access: 1, Sequence and Main)",
    "不是 docpipe 写入的（没有 Docpipe-Access: 1、Sequence 和 Main）",
)
_FILES = Text("it holds files", "它带有文件")
_NOBODY = Text("it does not say who wrote it", "没有写明是谁写入的")
_FORM = Text("it is not as docpipe writes it", "其写法与 docpipe 写入的不同")
_TRAILER = re.compile(r"(?P<key>[A-Z][A-Za-z-]*): (?P<value>.*)")
_COMMAND = re.compile(r"[a-z][a-z-]*( [a-z]+)?")
_KEYS = ("Command", "Order", "Document", "Number", "Revision", "Reason")


class Entry(Value):
    """That somebody read something, under the `main` named.

    `revision` is a document's, or the commit that was shown.
    """

    commit: str
    branch: str
    name: str
    email: str
    when: datetime
    sequence: int
    main: str
    command: str
    order: str
    document: str
    number: str
    revision: str
    reason: str


def read(commit: SignedCommit, branch: str, digest: str) -> Entry | Text:
    """The entry that a commit is, or why it is none: it has one spelling, and holds no files."""
    place, by = git.place_of(commit.payload), commit.committer
    if place is None:
        return _UNMARKED
    if by is None or commit.author is None:
        return _NOBODY
    empty = git.EMPTY_TREE[digest]
    if not commit.payload.startswith(b"tree %s\n" % empty.encode()):
        return _FILES
    told = _trailers(commit.payload)
    words = git.entry_words(subject_of(told), *place, told_in(told))
    if not _COMMAND.fullmatch(told.get("Command", "")) or not git.is_written(commit, empty, words):
        return _FORM
    values = (told.get(key, "") for key in _KEYS)
    return Entry(commit.id, branch, by.name, by.email, by.when, *place, *values)


def told_in(told: Mapping[str, str]) -> list[tuple[str, str]]:
    """What an entry says of what was read, in its order; what does not apply is left out."""
    rows = ((key, plain(told[key])) for key in _KEYS if key in told)
    return [(key, value) for key, value in rows if value]


def subject_of(told: Mapping[str, str]) -> str:
    """In trade words, without values: Open ZF-2026-0002 sales-contract revision 0."""
    command, order, document, _, revision, _ = (told.get(key, "") for key in _KEYS)
    words = [command.capitalize(), order, document]
    if revision:
        words += ["revision" if document else "at", revision[:12]]
    return plain(" ".join(filter(None, words)))[:200]


def plain(text: str) -> str:
    """Text on one line, without control characters, at most as long as a reason may be."""
    if text.isascii() and text.isprintable() and len(text) <= LONGEST:
        return " ".join(text.split())
    spaced = "".join(" " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c for c in text)
    return " ".join(spaced.split())[:LONGEST].strip()


def _trailers(content: bytes) -> dict[str, str]:
    """The `Key: value` lines that end a commit's message."""
    lines = content.rstrip(b"\n").rpartition(b"\n\n")[2].decode("utf-8", "replace").split("\n")
    return {match["key"]: match["value"] for match in map(_TRAILER.fullmatch, lines) if match}
