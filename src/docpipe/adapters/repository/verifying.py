"""What Git itself can say about a repository's soundness."""

from docpipe.adapters.repository.opening import Repository

_REAL = {"GIT_NO_REPLACE_OBJECTS": "1"}


def unsound(repo: Repository) -> list[str]:
    """What `git fsck` finds wrong, one line each; nothing for a sound repository.

    Every object is read and held against its name, `git replace` does not count. Contents that
    nothing refers to any more are no fault.
    """
    words = ("fsck", "--full", "--no-dangling", "--no-progress")
    done = repo.run(*words, extra=_REAL)
    lines = [*done.out.decode("utf-8", "replace").splitlines(), *done.err.splitlines()]
    told = [line.strip() for line in lines if line.strip() and not line.startswith("notice: ")]
    return told or ([f"git fsck: {done.code}"] if done.code else [])


def replaced(repo: Repository) -> list[str]:
    """Objects in whose place git shows others (`git replace`): their whole names."""
    words = ("for-each-ref", "--format=%(refname:lstrip=2)", "refs/replace/")
    return repo.git(*words).decode("ascii", "replace").split()
