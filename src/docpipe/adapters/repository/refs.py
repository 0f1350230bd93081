"""Moving refs by compare-and-swap."""

from docpipe.adapters.repository import names
from docpipe.adapters.repository.locking import Held, ref_locks
from docpipe.adapters.repository.opening import Repository, synced
from docpipe.adapters.repository.program import GitFailed


def move(held: Held, ref: str, new: str, old: str | None, why: str) -> bool:
    """Point `ref` (full, or HEAD for what it names) from `old` (None: there is none) to `new`.

    On the disk when it returns True; False where somebody else moved it meanwhile. Raises
    DocpipeError where git cannot (full, read-only, locked by another git).
    """
    repo = held.repo
    full = f"refs/heads/{repo.branch()}" if ref == "HEAD" else names.ref(ref)
    words = ("update-ref", "-m", " ".join(why.split()), "--", ref, new, old or repo.null)
    with held.leaving(*ref_locks(repo, full)):
        done = repo.run(*words, held=held.lock)
        if done.code:
            if repo.tip(full) != old:
                return False
            raise GitFailed(words, done)
    synced((repo.common_dir / full).parent)  # core.fsync is for the content, not for its name
    return True


def holds(repo: Repository, tip: str, commit: str) -> bool:
    """Whether the history that ends in `tip` holds `commit`."""
    return repo.run("merge-base", "--is-ancestor", commit, tip).code == 0
