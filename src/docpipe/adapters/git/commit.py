"""Committing people's files on their branch: exactly the files that are named.

The commit is built beside the user's index, from the branch's tip and the named files as they are
on disk. The index then gets the same entries for these files and keeps all others as they were.
"""

import os
from collections.abc import Sequence
from pathlib import Path

from docpipe.adapters.git.author import Signature
from docpipe.adapters.git.config import is_on
from docpipe.adapters.git.git_errors import AGAIN, KEY, UNSIGNED, Refusal, last_words
from docpipe.adapters.git.in_progress import demand_files, demand_quiet
from docpipe.adapters.git.index import PLAIN, index_copy, info, restage
from docpipe.adapters.git.locking import writing
from docpipe.adapters.git.object_reader import Objects, find
from docpipe.adapters.git.objects import Entry, Sign, message, sealed, store
from docpipe.adapters.git.program import GitFailed
from docpipe.adapters.git.refs import Step, move_all
from docpipe.adapters.git.repository import Repository
from docpipe.adapters.git.status import dirty
from docpipe.adapters.git.trees import Changes, replanted
from docpipe.diagnostics import Text
from docpipe.diagnostics.error import SURROUNDINGS

_ATTEMPTS = 20
_MOVED = Text("The branch keeps moving: nothing was saved", "分支一直在变动：没有保存")


def commit_files(
    repo: Repository,
    paths: Sequence[str],
    by: Signature,
    subject: str,
    *,
    body: str = "",
    trailers: Sequence[tuple[str, str]] = (),
    sign: Sign | None = None,
) -> str | None:
    """Commit these files of the workspace as they are on disk, and nothing else; the commit.

    A file that is gone is taken out. `.gitattributes` and filters count as for `git add`, and the
    commit is signed by `sign`, or, without it, by git where `commit.gpgsign` says so. None where
    nothing differs from the branch.
    No hooks run. Raises DocpipeError: no branch, a merge under way, another git holds the index or
    the branch, no key to sign with, the disk is full or read-only; files and index are then as
    they were, or the index already holds what the commit would have.
    """
    demand_files(repo)
    words = message(subject, body, trailers)
    named = [repo.inside(path) for path in dict.fromkeys(paths) if not _left_out(repo, path)]
    with writing(repo) as held, Objects(repo) as reader, held.scratch() as scratch:
        for _ in range(_ATTEMPTS):
            demand_quiet(repo)
            tip = repo.branch_tip() or None
            root = reader.root(tip) if tip else ""
            changes = _differing(reader, root, staged(repo, scratch, reader, root, named))
            if not changes:
                return None
            tree, objects = replanted(reader, root, changes)
            if sign is None:
                store(repo, objects)
                commit = committed(repo, tree, tip, by, words)
            else:
                made = sealed(repo.digest, tree, [tip] if tip else [], by, words, sign)
                store(repo, [*objects, made])
                commit = made.id
            with index_copy(held, scratch) as index:
                restage(repo, index, changes)
            if move_all(held, [Step(repo.branch_ref(), commit, tip)], f"docpipe: {subject}"):
                return commit
    raise Refusal(_MOVED, AGAIN)


def _left_out(repo: Repository, path: str) -> bool:
    """Whether a file is not on disk only because a sparse checkout leaves it out."""
    return not os.path.lexists(repo.folder / repo.inside(path)) and not dirty(repo, [path])


def staged(
    repo: Repository, scratch: Path, reader: Objects, root: str, named: Sequence[str]
) -> Changes:
    """What `git add` would make of the named files, in an index of their own; blobs are stored.

    The index starts with what the branch has: git then keeps line ends as they are on the branch.
    """
    index = scratch / "index"
    index.unlink(missing_ok=True)
    extra = {"GIT_INDEX_FILE": str(index)}
    before = {path: find(reader, root, path) if root else None for path in named}
    repo.git(*PLAIN, "update-index", "-z", "--index-info", stdin=info(before), extra=extra)
    listed = b"".join(os.fsencode(path) + b"\0" for path in named)
    add = ("update-index", "--add", "--remove", "--replace", "-z", "--stdin")
    repo.git(*PLAIN, *add, stdin=listed, extra=extra)
    out = repo.git(*PLAIN, "ls-files", "--stage", "-z", extra=extra)
    found = dict(_row(row) for row in out.decode("utf-8", "surrogateescape").split("\0") if row)
    return {path: found.get(path) for path in named}


def _row(row: str) -> tuple[str, Entry]:
    """A row of `git ls-files --stage`: "100644 NAME 0<TAB>PATH"."""
    left, _, path = row.partition("\t")
    mode, name, _ = left.split(" ")
    return path, Entry(mode, name)


def _differing(reader: Objects, root: str, changes: Changes) -> dict[str, Entry | None]:
    old = {path: find(reader, root, path) if root else None for path in changes}
    return {path: entry for path, entry in changes.items() if entry != old[path]}


def committed(
    repo: Repository,
    tree: str,
    parent: str | None,
    by: Signature,
    words: str,
    author: Signature | None = None,
) -> str:
    """A commit object, signed where the user's settings say so; the author is `by` if left out."""
    extra = {
        f"GIT_{role}_{what}": value
        for role, who in (("AUTHOR", author or by), ("COMMITTER", by))
        for what, value in (
            ("NAME", who.name), ("EMAIL", who.email),
            ("DATE", "@" + who.line().rpartition("> ")[2]),
        )
    }  # fmt: skip
    sign = is_on(repo, "commit.gpgsign")
    command = ["-c", "i18n.commitEncoding=UTF-8", "commit-tree", *(["-S"] if sign else [])]
    command += [*(["-p", parent] if parent else []), tree]
    done = repo.run(*command, stdin=words.encode("utf-8", "replace"), extra=extra)
    if done.code:
        if not sign:
            raise GitFailed(command, done)
        raise Refusal(UNSIGNED, KEY, exit_code=SURROUNDINGS, why=last_words(done.err))
    return done.out.decode("ascii").strip()
