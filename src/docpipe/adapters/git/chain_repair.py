"""Repairing this clone's own chain: back to what docpipe wrote, or set aside."""

from docpipe.adapters.git.chain_names import EMPTY_TREE, HEADS, device
from docpipe.adapters.git.chains import SEEN, place_of
from docpipe.adapters.git.locking import HeldLock, writing
from docpipe.adapters.git.object_reader import Objects
from docpipe.adapters.git.refs import Step, move_all, tips_of
from docpipe.adapters.git.refusals import Refusal
from docpipe.adapters.git.repository import Repository
from docpipe.diagnostics import Text, Value

ASIDE = "refs/docpipe/aside/"
"""Below it, by branch and by the last commit, what was taken out of use."""

_MOVED = Text("The branch {branch} moved meanwhile", "分支 {branch} 在此期间有变动")
_AGAIN = Text("Nothing is lost. Retry", "没有丢失任何内容，请重试")


class SetAside(Value):
    """What became of a branch: `ref` keeps where it was, `commit`."""

    branch: str
    commit: str
    ref: str


def restore_chain(repo: Repository, branch: str) -> SetAside | None:
    """Put a chain back to what docpipe wrote here last; None where it is so.

    Entries that another docpipe added in a copy of this clone stay.
    """
    with writing(repo) as held, Objects(repo) as reader:
        found = tips_of(repo, HEADS + branch, SEEN + branch)
        head, seen = found.get(HEADS + branch), found.get(SEEN + branch)
        if head is None or seen is None or head == seen:
            return None
        if _is_entry(reader, head) and repo.run("merge-base", seen, head).out.strip() in (
            seen.encode(), head.encode(),
        ):  # fmt: skip
            return None
        done = SetAside(branch, head, aside(branch, head))
        _moved(held, branch, [Step(done.ref, head, _at(repo, done.ref)),
                              Step(HEADS + branch, seen, head)])  # fmt: skip
        return done


def leave_chain(repo: Repository, branch: str, theirs: str | None) -> SetAside | None:
    """Take a chain out of use; this clone continues under a name of its own. None where it is gone.

    `theirs` is what the shared repository has of it, which stays seen.
    """
    with writing(repo) as held:
        found = tips_of(repo, HEADS + branch, SEEN + branch)
        head, seen = found.get(HEADS + branch), found.get(SEEN + branch)
        if head is None:
            return None
        done = SetAside(branch, head, aside(branch, head))
        device(held, anew=True)
        steps = [Step(done.ref, head, _at(repo, done.ref)), Step(HEADS + branch, None, head),
                 Step(SEEN + branch, theirs, seen)]  # fmt: skip
        _moved(held, branch, steps)
        return done


def aside(branch: str, commit: str) -> str:
    """The ref that keeps where a branch was."""
    return f"{ASIDE}{branch}/{commit[:12]}"


def _moved(held: HeldLock, branch: str, steps: list[Step]) -> None:
    if not move_all(held, steps, "docpipe: set aside"):
        raise Refusal(_MOVED, _AGAIN, branch=branch)


def _at(repo: Repository, ref: str) -> str | None:
    return tips_of(repo, ref).get(ref)


def _is_entry(reader: Objects, commit: str) -> bool:
    content = reader.commit(commit)
    empty = b"tree " + EMPTY_TREE[reader.repo.digest].encode()
    return place_of(content) is not None and content.startswith(empty)
