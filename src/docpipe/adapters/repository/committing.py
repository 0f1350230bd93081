"""Committing people's files on their branch: exactly the files that are named.

The commit is built beside the user's index, from the branch's tip and the named files as they are
on disk. His index then gets the same entries for these files and keeps all others as they were.
"""

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from docpipe.adapters.repository.locking import MARK, Held, writable, writing
from docpipe.adapters.repository.objects import Entry, Sign, message, sealed, store
from docpipe.adapters.repository.opening import Repository
from docpipe.adapters.repository.people import Signature
from docpipe.adapters.repository.program import Done, GitFailed
from docpipe.adapters.repository.reading import Objects, find
from docpipe.adapters.repository.refs import move
from docpipe.adapters.repository.refusals import KEY, LOCKED, UNSIGNED, WAIT, Refusal, last_words
from docpipe.adapters.repository.status import dirty
from docpipe.adapters.repository.trees import Changes, replanted
from docpipe.diagnostics import Text
from docpipe.diagnostics.error import SURROUNDINGS

_ATTEMPTS = 20
_NO_TREE = Text(
    "{path} is a bare repository: it has no files to save", "{path} 是裸仓库，没有可保存的文件"
)
_BUSY = Text(
    "A {what} is under way in this repository, and its outcome is not clear yet",
    "本仓库中有一个{what}正在进行，尚未完成",
)
_FINISH = Text(
    "Finish it (git {verb} --continue) or give it up (git {verb} --abort), then save",
    "请先完成（git {verb} --continue）或放弃（git {verb} --abort），再保存",
)
_NOT_YOURS = Text("The branch {branch} is docpipe's own", "分支 {branch} 由 docpipe 专用")
_SWITCH = Text("Go back to yours: git switch main", "请切回自己的分支：git switch main")
_MOVED = Text("The branch moves all the time: nothing was saved", "分支一直在变动：没有保存")
_AGAIN = Text("Do it again", "请重试")

_UNDER_WAY = {
    "MERGE_HEAD": ("merge", Text("merge", "合并（merge）")),
    "CHERRY_PICK_HEAD": ("cherry-pick", Text("cherry-pick", "拣选（cherry-pick）")),
    "REVERT_HEAD": ("revert", Text("revert", "撤销（revert）")),
    "rebase-merge": ("rebase", Text("rebase", "变基（rebase）")),
    "rebase-apply": ("rebase", Text("rebase", "变基（rebase）")),
}
# The scratch index is a small plain one, whatever the repository's own is like.
_PLAIN = (
    "-c", "core.splitIndex=false", "-c", "core.untrackedCache=false", "-c", "index.sparse=false",
)  # fmt: skip


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
    _demand_files(repo)
    words = message(subject, body, trailers)
    named = [repo.inside(path) for path in dict.fromkeys(paths) if not _left_out(repo, path)]
    with writing(repo) as held, Objects(repo) as reader, held.scratch() as scratch:
        for _ in range(_ATTEMPTS):
            _demand_quiet(repo)
            tip = repo.tip(f"refs/heads/{repo.branch()}")
            root = reader.root(tip) if tip else ""
            changes = _differing(reader, root, _staged(repo, scratch, reader, root, named))
            if not changes:
                return None
            tree, objects = replanted(reader, root, changes)
            if sign is None:
                store(repo, objects)
                commit = _committed(repo, tree, tip, by, words)
            else:
                made = sealed(repo.digest, tree, [tip] if tip else [], by, words, sign)
                store(repo, [*objects, made])
                commit = made.id
            with _index(held, scratch) as index:
                _restage(repo, index, changes)
            if move(held, "HEAD", commit, tip, f"docpipe: {subject}"):
                return commit
    raise Refusal(_MOVED, _AGAIN)


def _demand_files(repo: Repository) -> None:
    if repo.bare:
        raise Refusal(_NO_TREE, path=str(repo.folder))


def _left_out(repo: Repository, path: str) -> bool:
    """Whether a file is not on disk only because a sparse checkout leaves it out."""
    return not os.path.lexists(repo.folder / repo.inside(path)) and not dirty(repo, [path])


def _demand_quiet(repo: Repository) -> None:
    """Raises DocpipeError where a commit now would come between a person and his merge."""
    branch = repo.branch()
    if branch == "records" or branch.startswith("access/"):
        raise Refusal(_NOT_YOURS, _SWITCH, branch=branch)
    for name, (verb, what) in _UNDER_WAY.items():
        if (repo.git_dir / name).exists():
            raise Refusal(_BUSY, _FINISH, what=what, verb=verb)


def _staged(
    repo: Repository, scratch: Path, reader: Objects, root: str, named: Sequence[str]
) -> Changes:
    """What `git add` would make of the named files, in an index of their own; blobs are stored.

    The index starts with what the branch has: git then keeps line ends as they are on the branch.
    """
    index = scratch / "index"
    index.unlink(missing_ok=True)
    extra = {"GIT_INDEX_FILE": str(index)}
    before = {path: find(reader, root, path) if root else None for path in named}
    repo.git(*_PLAIN, "update-index", "-z", "--index-info", stdin=_info(before), extra=extra)
    listed = b"".join(os.fsencode(path) + b"\0" for path in named)
    add = ("update-index", "--add", "--remove", "--replace", "-z", "--stdin")
    repo.git(*_PLAIN, *add, stdin=listed, extra=extra)
    out = repo.git(*_PLAIN, "ls-files", "--stage", "-z", extra=extra)
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


def _info(entries: Changes) -> bytes:
    """Input for `git update-index --index-info`; mode 0 takes an entry out."""
    rows = []
    for path, entry in entries.items():
        mode, name = entry if entry else ("0", "0" * 40)
        rows.append(f"{mode} {name}\t".encode() + path.encode("utf-8", "surrogateescape") + b"\0")
    return b"".join(rows)


def _committed(repo: Repository, tree: str, parent: str | None, by: Signature, words: str) -> str:
    """A commit object, signed where the user's settings say so."""
    when = by.line().rpartition("> ")[2]
    extra = {
        f"GIT_{role}_{what}": value
        for role in ("AUTHOR", "COMMITTER")
        for what, value in (("NAME", by.name), ("EMAIL", by.email), ("DATE", "@" + when))
    }
    sign = repo.run("config", "--type=bool", "--get", "commit.gpgsign").out.strip() == b"true"
    command = ["-c", "i18n.commitEncoding=UTF-8", "commit-tree", *(["-S"] if sign else [])]
    command += [*(["-p", parent] if parent else []), tree]
    done = repo.run(*command, stdin=words.encode("utf-8", "replace"), extra=extra)
    if done.code:
        raise _unsigned(done) if sign else GitFailed(command, done)
    return done.out.decode("ascii").strip()


def _unsigned(done: Done) -> Refusal:
    return Refusal(UNSIGNED, KEY, exit_code=SURROUNDINGS, why=last_words(done.err))


@contextmanager
def _index(held: Held, scratch: Path) -> Iterator[Path]:
    """A copy of the user's index to work on, put in its place at the end, under git's own lock.

    The lock file holds our mark: if docpipe dies, the next one knows it as ours. Raises
    DocpipeError where another git holds it.
    """
    index, lock = held.repo.git_dir / "index", held.repo.git_dir / "index.lock"
    copy, mark = scratch / "restaged", scratch / "mark"
    with held.leaving(lock), writable():
        mark.write_bytes(MARK)
        try:
            _linked(mark, lock)
        except FileExistsError:
            raise Refusal(LOCKED, WAIT, exit_code=SURROUNDINGS, path=str(lock)) from None
        try:
            copy.unlink(missing_ok=True)
            if index.exists():
                shutil.copy2(index, copy)
            yield copy
            copy.replace(index)
        finally:
            lock.unlink(missing_ok=True)


def _linked(mark: Path, lock: Path) -> None:
    """Make the lock file at once with its content; where the disk knows no links, one by one."""
    try:
        os.link(mark, lock)
    except FileExistsError:
        raise
    except OSError:
        with lock.open("xb") as file:
            file.write(MARK)


def _restage(repo: Repository, index: Path, changes: Changes) -> None:
    """Put the committed entries into the copy of the user's index, which keeps its kind."""
    gone = {path: None for path, entry in changes.items() if entry is None}
    extra = {"GIT_INDEX_FILE": str(index)}
    rows = _info(gone) + _info({path: entry for path, entry in changes.items() if entry})
    repo.git("update-index", "--replace", "-z", "--index-info", stdin=rows, extra=extra)
