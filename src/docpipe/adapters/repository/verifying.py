"""What Git itself can say about a repository's soundness."""

from docpipe.adapters.repository.opening import Repository


def unsound(repo: Repository) -> list[str]:
    """What `git fsck` finds wrong, one line each; nothing for a sound repository.

    Every object is read and held against its name, `git replace` does not count. Contents that
    nothing refers to any more are no fault.
    """
    # What is staged is on no record (and git 2.39 takes a sparse index for damage): no index.
    real = {"GIT_NO_REPLACE_OBJECTS": "1", "GIT_INDEX_FILE": str(repo.git_dir / "no index")}
    words = ("fsck", "--full", "--no-dangling", "--no-progress")
    done = repo.run(*words, extra=real)
    lines = [*done.out.decode("utf-8", "replace").splitlines(), *done.err.splitlines()]
    told = [line.strip() for line in lines if line.strip() and not line.startswith("notice: ")]
    return told or ([f"git fsck: {done.code}"] if done.code else [])


def replaced(repo: Repository) -> list[str]:
    """Objects in whose place git shows others (`git replace`): their whole names."""
    words = ("for-each-ref", "--format=%(refname:lstrip=2)", "refs/replace/")
    return repo.git(*words).decode("ascii", "replace").split()
