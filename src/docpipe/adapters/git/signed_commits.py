"""Signed commits: what a signature covers, whose it claims to be, which commits to look at."""

import re
from collections.abc import Iterable, Iterator

from docpipe.adapters.git.author import Signature, signature_of
from docpipe.adapters.git.git_errors import Refusal
from docpipe.adapters.git.object_reader import Objects
from docpipe.adapters.git.objects import commit_bytes
from docpipe.diagnostics import Value

_HEAD = re.compile(
    rb"tree (?P<tree>[0-9a-f]+)\n(?P<parents>(?:parent [0-9a-f]+\n)*)author (?P<author>[^\n]*)\n"
    rb"committer (?P<committer>[^\n]*)\n"
)
_SEAL = re.compile(
    rb"^(?P<name>gpgsig[^ \n]*)(?: (?P<value>[^\n]*(?:\n [^\n]*)*))?\n", re.MULTILINE
)
_NAMES = {"sha1": b"gpgsig", "sha256": b"gpgsig-sha256"}


class SignedCommit(Value):
    """A commit as it was signed, by its `committer`; None where nobody can be read there.

    `signature` is over `payload`; b"" for a commit that is not signed. With `twice` it has more
    than one signature, or something in a place that no signature covers.
    """

    id: str
    tree: str
    parents: tuple[str, ...]
    author: Signature | None
    committer: Signature | None
    payload: bytes
    signature: bytes
    twice: bool


def signed_commits(reader: Objects, commits: Iterable[str]) -> Iterator[SignedCommit]:
    """These commits (whole names), in their order, many read at once.

    Raises DocpipeError for one that is missing or damaged.
    """
    names = list(commits)
    digest = reader.repo.digest
    for name, content in zip(names, reader.many(names), strict=True):
        yield signed_commit(name, content, digest)


def signed_commit(name: str, content: bytes, digest: str) -> SignedCommit:
    """A commit from its content."""
    head, gap, words = content.partition(b"\n\n")
    head += b"\n"
    seals = list(_SEAL.finditer(head))
    fit = [seal for seal in seals if seal["name"] == _NAMES[digest] and seal["value"] is not None]
    match = _HEAD.match(head)
    author, committer = (_who(match, role) for role in ("author", "committer"))
    return SignedCommit(
        name,
        match["tree"].decode() if match else "",
        tuple(re.findall(r"[0-9a-f]{40,}", match["parents"].decode())) if match else (),
        author,
        committer,
        _SEAL.sub(b"", head) + gap[1:] + words,
        fit[0]["value"].replace(b"\n ", b"\n") + b"\n" if fit else b"",
        len(seals) > 1 or len(fit) != len(seals),
    )


def is_written(commit: SignedCommit, tree: str, words: str) -> bool:
    """Whether a commit is, but for its signature, what docpipe writes: this tree and message.

    Nothing beside them, one moment, and everything in the one spelling that it has.
    """
    author, committer = commit.author, commit.committer
    if author is None or committer is None or commit.twice:
        return False
    zones = author.when.utcoffset(), committer.when.utcoffset()
    if author.when != committer.when or zones[0] != zones[1]:
        return False
    try:
        return commit.payload == commit_bytes(tree, commit.parents, author, committer, words)
    except Refusal:  # a name that cannot stand in a commit
        return False


def _who(head: re.Match[bytes] | None, role: str) -> Signature | None:
    return signature_of(head[role].decode("utf-8", "replace")) if head else None
