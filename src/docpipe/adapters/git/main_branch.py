"""The branch `main` that all share: what counts of it is what the shared repository has."""

from docpipe.adapters.git import remote as upstream
from docpipe.adapters.git.repository import Repository, shared

_MAIN = "refs/heads/main"


def shared_main(repo: Repository) -> str | None:
    """The last commit of the shared `main`, asked for now and brought here; None for none.

    Without a shared repository it is this one's own `main`, or, where nobody calls a branch that,
    the branch that is checked out. No ref is moved. Raises DocpipeError where the shared
    repository cannot be reached, or nothing is checked out.
    """
    remote = shared(repo)
    if remote is None:
        return repo.tip(_MAIN) or repo.branch_tip() or None
    return upstream.latest(repo, remote, _MAIN).get(_MAIN)


def known_main(repo: Repository) -> str | None:
    """The last commit of the shared `main` that this clone knows of, without asking anybody.

    Raises DocpipeError where there is none, and nothing is checked out.
    """
    remote = shared(repo)
    theirs = repo.tip(f"refs/remotes/{remote.name}/main") if remote else None
    return theirs or repo.tip(_MAIN) or repo.branch_tip() or None
