"""Repairing this clone's own chain: back to what docpipe wrote, or set aside."""

from docpipe.adapters.git.chain_names import HEADS, device
from docpipe.adapters.git.chains import SEEN, ends, place_at
from docpipe.adapters.git.git_errors import SAFE_AGAIN, Refusal
from docpipe.adapters.git.locking import HeldLock, writing
from docpipe.adapters.git.object_reader import Objects
from docpipe.adapters.git.refs import Step, holds, move_all
from docpipe.adapters.git.repository import Repository
from docpipe.diagnostics import Text, Value

ASIDE = "refs/docpipe/aside/"
"""Below it, by branch and by the last commit, what was taken out of use."""

_MOVED = Text("The branch {branch} moved meanwhile", "分支 {branch} 在此期间有变动")


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
        head, seen = ends(repo, branch)
        if head is None or seen is None or head == seen:
            return None
        if place_at(reader, head) and (holds(repo, head, seen) or holds(repo, seen, head)):
            return None
        return set_aside(held, branch, head, [Step(HEADS + branch, seen, head)])


def leave_chain(repo: Repository, branch: str, theirs: str | None) -> SetAside | None:
    """Take a chain out of use; this clone continues under a name of its own. None where it is gone.

    `theirs` is what the shared repository has of it, which stays seen.
    """
    with writing(repo) as held:
        head, seen = ends(repo, branch)
        if head is None:
            return None
        device(held, anew=True)
        steps = [Step(HEADS + branch, None, head), Step(SEEN + branch, theirs, seen)]
        return set_aside(held, branch, head, steps)


def aside(branch: str, commit: str) -> str:
    """The ref that keeps where a branch was."""
    return f"{ASIDE}{branch}/{commit[:12]}"


def set_aside(
    held: HeldLock, branch: str, commit: str, steps: list[Step], why: str = "docpipe: set aside"
) -> SetAside:
    """Keep where a branch was, and move what `steps` say with that. Raises DocpipeError."""
    ref = aside(branch, commit)
    kept = Step(ref, commit, held.repo.tip(ref))
    if not move_all(held, [kept, *steps], why):
        raise Refusal(_MOVED, SAFE_AGAIN, branch=branch)
    return SetAside(branch, commit, ref)
