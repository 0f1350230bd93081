"""Checkpoints as commits: `witness/<name>`, one after the other, each with what was where."""

import re

from docpipe.adapters.git import names
from docpipe.adapters.git import remote as upstream
from docpipe.adapters.git.author import Signature
from docpipe.adapters.git.chain_names import HEADS
from docpipe.adapters.git.git_errors import Refusal
from docpipe.adapters.git.locking import writing
from docpipe.adapters.git.object_reader import Objects
from docpipe.adapters.git.objects import (
    FILE,
    Entry,
    Sign,
    made,
    message,
    sealed,
    store,
    tree_bytes,
)  # fmt: skip
from docpipe.adapters.git.refs import Step, move_all
from docpipe.adapters.git.repository import Remote, Repository
from docpipe.adapters.git.signed_commits import SignedCommit, is_written
from docpipe.diagnostics import Text

WITNESS = "witness/"
FILE_NAME = "checkpoint.txt"
_LARGEST = 10_000_000
_MARK = ("Docpipe-Witness", "1")
_FIT = re.compile(r"[a-z0-9][a-z0-9-]{0,60}")
_MOVED = Text("Another witness writes {branch}: no checkpoint was written",
              "另一个见证正在写入 {branch}：没有写入检查点")  # fmt: skip
_NAME = Text("Give each of them a name of its own: --name", "请各用不同的名称：--name")


def is_witness(name: str) -> bool:
    """Whether a witness can be called this."""
    return bool(_FIT.fullmatch(name))


def checkpoint_tips(repo: Repository, remote: Remote | None, branch: str) -> list[str]:
    """The last checkpoints of a witness: the one here, and the remote's, which is brought here.

    Raises DocpipeError where the remote cannot be reached.
    """
    here = repo.tip(HEADS + branch)
    there = upstream.tip(repo, remote, HEADS + branch) if remote else None
    if remote and there and there != here:
        upstream.bring(repo, remote, there)
    return [tip for tip in dict.fromkeys((here, there)) if tip]


def checkpoint_in(reader: Objects, commit: SignedCommit) -> str | None:
    """The text of the checkpoint that a commit is; None for any other commit.

    A witness's commit holds that one file, and says in its message what it is. Raises DocpipeError
    for objects that are missing.
    """
    name = commit.payload.partition(b"\n")[0].removeprefix(b"tree ").decode("ascii", "replace")
    if not names.is_id(name) or not is_written(commit, name, _words()):
        return None
    tree = reader.tree(name)
    entry = tree.get(FILE_NAME)
    if entry is None or entry.mode != FILE or len(tree) > 1:
        return None
    data = reader.start_of(entry.id, _LARGEST + 1)
    return data.decode("utf-8", "replace") if len(data) <= _LARGEST else None


def write_checkpoint(
    repo: Repository, branch: str, base: str | None, text: str, by: Signature, sign: Sign | None
) -> str:
    """Put a checkpoint behind `base`; its commit, on the disk. Raises DocpipeError."""
    blob = made(repo.digest, "blob", text.encode())
    tree = made(repo.digest, "tree", tree_bytes({FILE_NAME: Entry(FILE, blob.id)}))
    commit = sealed(repo.digest, tree.id, [base] if base else [], by, _words(), sign)
    with writing(repo) as held:
        old = repo.tip(HEADS + branch)
        store(repo, [blob, tree, commit])
        if not move_all(held, [Step(HEADS + branch, commit.id, old)], "docpipe: witness"):
            raise Refusal(_MOVED, _NAME, branch=branch)
    return commit.id


def _words() -> str:
    return message("Witness what is on record", "", [_MARK])


def push_checkpoint(
    repo: Repository, remote: Remote, branch: str, commit: str
) -> str | Text | None:
    """Push a witness's branch; what the server said where it did not take it, else None."""
    answer = upstream.push(repo, remote, commit, HEADS + branch)
    return None if answer.accepted else answer.judged or answer.why
