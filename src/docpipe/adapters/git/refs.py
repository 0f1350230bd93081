"""Moving refs by compare-and-swap."""

import re
from collections.abc import Iterable

from docpipe.adapters.git import names
from docpipe.adapters.git.locking import HeldLock, ref_locks
from docpipe.adapters.git.program import GitFailed
from docpipe.adapters.git.repository import Repository, synced
from docpipe.diagnostics import Value

_ID = r"[0-9a-f]{40}(?:[0-9a-f]{24})?"
_MOVE = re.compile(rf"(?P<old>{_ID}) (?P<new>{_ID}) [^\t]*(?:\t(?P<why>.*))?")


class Step(Value):
    """A ref that is to move from `old` (None: there is none) to `new` (None: it goes)."""

    ref: str
    new: str | None
    old: str | None


def move_all(held: HeldLock, steps: Iterable[Step], why: str) -> bool:
    """Move several refs (full names) at once, or none of them; on the disk when it returns True.

    False where somebody else moved one meanwhile. Raises DocpipeError where git cannot.
    """
    repo = held.repo
    wanted = [step for step in steps if step.new != step.old]
    if not wanted:
        return True
    lines = [_line(step, repo.null) for step in wanted]
    locks = [lock for step in wanted for lock in ref_locks(repo, step.ref)]
    locks.append(repo.common_dir / "packed-refs.lock")
    words = ("update-ref", "-m", " ".join(why.split()), "--stdin")
    with held.leaving(*dict.fromkeys(locks)):
        done = repo.run(*words, stdin="".join(lines).encode(), held=held.lock)
        if done.code:
            now = tips_of(repo, *(step.ref for step in wanted))
            if any(now.get(step.ref) != step.old for step in wanted):
                return False
            raise GitFailed(words, done)
    folders = {repo.common_dir / step.ref for step in wanted}
    for parent in sorted(  # a first entry makes several folders
        {above for each in folders for above in each.parents if repo.common_dir in above.parents}
    ):
        synced(parent)
    return True


def tips_of(repo: Repository, *below: str) -> dict[str, str]:
    """The refs of these names, or below these folders, and what each points to."""
    words = ["for-each-ref", "--format=%(objectname) %(refname)", *below]
    lines = repo.git(*words).decode("utf-8", "surrogateescape").splitlines()
    return {ref: name for name, _, ref in (line.partition(" ") for line in lines)}


def abbreviated(repo: Repository, name: str) -> list[str]:
    """The objects whose whole names begin with these digits; a ref of that name is none."""
    return repo.git("rev-parse", f"--disambiguate={name}").decode("ascii").split()


def reflog(repo: Repository, ref: str) -> list[tuple[str, str, str]]:
    """Where a ref of this clone was, where it went, and why, as far as its reflog goes back."""
    try:
        text = (repo.common_dir / "logs" / ref).read_text("utf-8", "replace")
    except OSError:
        return []
    rows = (_MOVE.fullmatch(line) for line in text.splitlines())
    return [(row["old"], row["new"], row["why"] or "") for row in rows if row]


def _line(step: Step, null: str) -> str:
    ref, old = names.ref(step.ref), step.old or null
    return f"delete {ref} {old}\n" if step.new is None else f"update {ref} {step.new} {old}\n"


def holds(repo: Repository, tip: str, commit: str) -> bool:
    """Whether the history that ends in `tip` holds `commit`."""
    return repo.run("merge-base", "--is-ancestor", commit, tip).code == 0
