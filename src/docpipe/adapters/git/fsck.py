"""What Git itself, and other repositories, can say about a repository's soundness."""

from collections.abc import Iterable

from docpipe.adapters.git import names
from docpipe.adapters.git import remote as upstream
from docpipe.adapters.git.ancestry import listed
from docpipe.adapters.git.chains import SEEN
from docpipe.adapters.git.records_sync import REF
from docpipe.adapters.git.refs import holds, reflog
from docpipe.adapters.git.repository import Remote, Repository, shared
from docpipe.diagnostics import DocpipeError, Value, replace
from docpipe.diagnostics.error import SURROUNDINGS


class Witness(Value):
    """What the shared repository says about the records.

    `name` is what it is called, "" where there is none; `tip` its last record, `known` the last
    that this clone has or has seen; `lacks` are those known here that it does not have, `more`
    those that only it has, oldest first. `silent` says why it could not be asked.
    """

    name: str = ""
    tip: str | None = None
    known: str | None = None
    lacks: tuple[str, ...] = ()
    more: tuple[str, ...] = ()
    silent: DocpipeError | None = None


def plainly(repo: Repository) -> Repository:
    """The repository read as it is: see `Repository`."""
    return replace(repo, plainly=True)


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


def grafts(repo: Repository) -> list[str]:
    """Commits whose parents git is told to take for others (`info/grafts`): their names."""
    try:
        text = (repo.common_dir / "info" / "grafts").read_text("ascii", "replace")
    except OSError:
        return []
    return [line.split()[0] for line in text.splitlines() if line.strip() and line[0] != "#"]


def partial(repo: Repository) -> str:
    """The remote from which a partial clone fetches contents when asked; "" for a whole clone."""
    words = ("config", "--get-regexp", r"^(extensions\.partialclone|remote\..*\.promisor)$")
    lines = repo.run(*words).out.decode("utf-8", "replace").splitlines()
    for key, _, value in (line.partition(" ") for line in lines):
        if key == "extensions.partialclone":
            return value
        if value != "false":
            return key.removeprefix("remote.").removesuffix(".promisor")
    return ""


def once_held(repo: Repository) -> list[str]:
    """The commits to which this clone's records ever pointed, as far as its reflog goes back."""
    found = [name for old, new, _ in reflog(repo, REF) for name in (old, new)]
    return [name for name in dict.fromkeys(found) if name != repo.null]


def kinds(repo: Repository, wanted: Iterable[str]) -> dict[str, str]:
    """Of each object its kind; "" for one that is not here. Nothing is read whole."""
    return {name: kind for name, (kind, _) in _told(repo, wanted).items()}


def sizes(repo: Repository, wanted: Iterable[str]) -> dict[str, int]:
    """Of each object its bytes; 0 for one that is not here. Nothing is read whole."""
    return {name: size for name, (_, size) in _told(repo, wanted).items()}


def _told(repo: Repository, wanted: Iterable[str]) -> dict[str, tuple[str, int]]:
    asked = [name for name in dict.fromkeys(wanted) if names.is_id(name)]
    stdin = "".join(f"{name}\n" for name in asked).encode()
    rows = repo.git("cat-file", "--batch-check", stdin=stdin).decode("ascii").splitlines()
    told = (row.split() for row in rows)
    return {row[0]: (row[1], int(row[2])) if len(row) == 3 else ("", 0) for row in told}


def witness(repo: Repository) -> Witness:
    """Hold the records against those of the shared repository, whose newer ones are fetched.

    What this clone has seen of them counts, too: one that puts nothing on record has no records
    of its own. No ref is moved. Raises DocpipeError for a git that fails here.
    """
    remote = shared(repo)
    ours = _known(repo, remote)
    if remote is None:
        return Witness(known=ours[0] if ours else None)
    known = _furthest(repo, ours)
    try:
        theirs = upstream.tip(repo, remote, REF)
        if theirs and kinds(repo, [theirs])[theirs] != "commit":
            upstream.bring(repo, remote, theirs)
    except DocpipeError as error:
        if error.exit_code != SURROUNDINGS:
            raise
        return Witness(remote.name, known=known, silent=error)
    there = [theirs] if theirs else []
    return Witness(
        remote.name, theirs, known, _beyond(repo, ours, there), _beyond(repo, there, ours)
    )


def _known(repo: Repository, remote: Remote | None) -> list[str]:
    """The tips of records here, as fetched last, and as seen by whoever verified the access log."""
    fetched = [f"refs/remotes/{remote.name}/records"] if remote else []
    tips = (repo.tip(ref) for ref in (REF, *fetched, f"{SEEN}records"))
    return [*dict.fromkeys(tip for tip in tips if tip)]


def _furthest(repo: Repository, tips: list[str]) -> str | None:
    """The tip that descends from the others; the first, our own, where they diverge."""
    found = tips[0] if tips else None
    for tip in tips:
        if found and holds(repo, tip, found):
            found = tip
    return found


def _beyond(repo: Repository, tips: list[str], known: list[str]) -> tuple[str, ...]:
    """The commits that `tips` have beyond `known`, oldest first."""
    if not set(tips) - set(known):
        return ()
    return tuple(listed(repo, tips, "--reverse", known=known))
