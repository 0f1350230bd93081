"""The access log: one chain of entries for each person and clone, each entry a commit.

An entry is on the disk before anything is shown. It holds no files, is never checked out, and its
parent is the entry before it.
"""

import re
from collections.abc import Sequence

from docpipe.adapters.git.author import Signature
from docpipe.adapters.git.chain_names import EMPTY_TREE, HEADS, branch_of, device
from docpipe.adapters.git.git_errors import AGAIN, Refusal
from docpipe.adapters.git.locking import PATIENCE, writing
from docpipe.adapters.git.object_reader import Objects
from docpipe.adapters.git.objects import Sign, made, message, sealed, store
from docpipe.adapters.git.refs import Step, holds, move_all, tips_of
from docpipe.adapters.git.repository import Repository
from docpipe.diagnostics import Text, Value

MARK, FORM, SEQUENCE, MAIN = "Docpipe-Access", "1", "Sequence", "Main"
"""The trailers that every entry has: what it is, in which form, its place in the chain, and the
commit of the shared `main` that counted when it was made."""

SEEN = "refs/docpipe/seen/"
"""Below it, by branch, the furthest tips that this clone has seen, its own or others'."""

SEEN_MAIN = f"{SEEN}main"

_ENTRY = re.compile(
    rb"\n\nDocpipe-Access: 1\nSequence: ([1-9][0-9]{0,14})\nMain: ([0-9a-f]{40}|[0-9a-f]{64})\n"
)
_ATTEMPTS = 20
_ALTERED = Text(
    "The access log of this clone ({branch}) was altered: it lacks the entry {known}, which was "
    "written here",
    "本克隆的查阅日志（{branch}）被改动：缺少曾在此写入的条目 {known}",
)
_STRANGE = Text(
    "The access log of this clone ({branch}) ends in {known}, which docpipe did not write",
    "本克隆的查阅日志（{branch}）末尾的 {known} 不是 docpipe 写入的",
)
_REPAIR = Text(
    "Nothing was shown. Put it back: docpipe log repair; and tell the repository administrator",
    "没有显示任何内容。请恢复：docpipe log repair；并告知仓库管理员",
)
_MOVED = Text(
    "The access log keeps changing: nothing was shown", "查阅日志一直在变动：没有显示任何内容"
)


class Logged(Value):
    """An entry on the disk: its branch, its commit, its place in the chain."""

    branch: str
    commit: str
    sequence: int


def log_entry(
    repo: Repository, by: Signature, main: str, subject: str, trailers: Sequence[tuple[str, str]],
    sign: Sign | None = None, patience: float = PATIENCE,
) -> Logged:  # fmt: skip
    """Put an entry at the end of the person's chain in this clone, on the disk when it returns.

    It names this commit of `main`, or the later one that the entry before it names: a clone may
    have been put back to what it was. A branch that was deleted or set back goes on from what this
    clone has seen of it. Raises DocpipeError, and then there is no entry: the chain was altered,
    another docpipe does not let go of the lock, the disk is full or read-only, nothing to sign
    with.
    """
    with writing(repo, patience) as held, Objects(repo) as reader:
        branch = branch_of(by.email, device(held))
        for _ in range(_ATTEMPTS):
            head, seen, base = _base(repo, branch)
            last, known = _end(reader, branch, base)
            number = last + 1
            later = known and known != main and holds(repo, known, main)
            words = entry_words(subject, number, known if later else main, trailers)
            tree = made(repo.digest, "tree", b"")
            entry = sealed(repo.digest, tree.id, [base] if base else [], by, words, sign)
            store(repo, [tree, entry])
            steps = (Step(HEADS + branch, entry.id, head), Step(SEEN + branch, entry.id, seen))
            if move_all(held, steps, f"docpipe: {subject}"):
                return Logged(branch, entry.id, number)
    raise Refusal(_MOVED, AGAIN)


def entry_words(
    subject: str, sequence: int, main: str, trailers: Sequence[tuple[str, str]]
) -> str:  # fmt: skip
    """An entry's message: its place in the chain, the main that counted, and what was read."""
    own = [(MARK, FORM), (SEQUENCE, str(sequence)), (MAIN, main)]
    return message(subject, "", [*own, *trailers])


def place_of(content: bytes) -> tuple[int, str] | None:
    """Where an entry stands, from its commit's content: its sequence, and the main that it names.

    None for what is no entry.
    """
    match = _ENTRY.search(content)
    return (int(match[1]), match[2].decode()) if match else None


def ends(repo: Repository, branch: str) -> tuple[str | None, str | None]:
    """Where a branch ends here, and the furthest end that this clone has seen of it."""
    found = tips_of(repo, HEADS + branch, SEEN + branch)
    return found.get(HEADS + branch), found.get(SEEN + branch)


def place_at(reader: Objects, commit: str) -> tuple[int, str] | None:
    """The same as `place_of`, of a commit that holds no files either; None for any other."""
    content = reader.commit(commit)
    empty = b"tree " + EMPTY_TREE[reader.repo.digest].encode()
    return place_of(content) if content.startswith(empty) else None


def _base(repo: Repository, branch: str) -> tuple[str | None, str | None, str | None]:
    """The branch as it is, as it was seen, and the further of both. Raises DocpipeError."""
    head, seen = ends(repo, branch)
    if head is None or seen is None or head == seen:
        return head, seen, head or seen
    if holds(repo, seen, head):
        return head, seen, seen
    if holds(repo, head, seen):
        return head, seen, head
    raise Refusal(_ALTERED, _REPAIR, branch=branch, known=seen[:12])


def _end(reader: Objects, branch: str, base: str | None) -> tuple[int, str]:
    """The place of the last entry, and the main that it names; 0 and "" before the first."""
    if base is None:
        return 0, ""
    place = place_at(reader, base)
    if place is None:
        raise Refusal(_STRANGE, _REPAIR, branch=branch, known=base[:12])
    return place
