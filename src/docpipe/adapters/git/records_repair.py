"""Records of this clone that the shared repository never had, put aside.

docpipe moves `records` here only once the shared repository has them, and its reflog says so. What
came there otherwise (plain git) goes; what docpipe put there, and the shared one lacks, it lost.
"""

from collections.abc import Iterable

from docpipe.adapters.git import records_check
from docpipe.adapters.git import remote as upstream
from docpipe.adapters.git.ancestry import listed
from docpipe.adapters.git.chain_repair import SetAside, set_aside
from docpipe.adapters.git.chains import SEEN
from docpipe.adapters.git.locking import writing
from docpipe.adapters.git.records_sync import REF, demand_usable
from docpipe.adapters.git.refs import Step, reflog, tips_of
from docpipe.adapters.git.repository import Remote, Repository
from docpipe.diagnostics import Value


class Ahead(Value):
    """Records here that the shared repository lacks: the last one, how many, and what it has.

    `lost`: it had some of them, or nobody can tell; then they are the witness of that.
    """

    ours: str
    theirs: str | None
    count: int
    lost: bool


def records_ahead(repo: Repository, remote: Remote) -> Ahead | None:
    """What the records here have that the shared ones, asked now, lack; None for nothing.

    Raises DocpipeError where the shared repository cannot be reached.
    """
    ours, theirs = repo.tip(REF), upstream.latest(repo, remote, REF).get(REF)
    if ours is None or ours == theirs:
        return None
    lacking = _beyond(repo, [ours], theirs)
    if not lacking:
        return None
    known = {new for _, new, why in reflog(repo, REF) if why.startswith("records: ")}
    there = f"refs/remotes/{remote.name}/records"
    had = set(_beyond(repo, [*known, *tips_of(repo, there).values()], theirs))
    return Ahead(ours, theirs, len(lacking), not known or bool(had & set(lacking)))


def leave_records(repo: Repository, remote: Remote, ahead: Ahead) -> SetAside:
    """Put the records back to the shared ones, and keep what stood there in a ref.

    Raises DocpipeError where the shared ones are not as docpipe writes them.
    """
    assert ahead.theirs is not None
    with writing(repo) as held:
        demand_usable(repo)
        records_check.check(repo, ahead.theirs, None, remote.name)
        steps = [Step(REF, ahead.theirs, ahead.ours)]
        seen = repo.tip(f"{SEEN}records")
        if seen and seen in _beyond(repo, [ahead.ours], ahead.theirs):
            steps.append(Step(f"{SEEN}records", ahead.theirs, seen))
        return set_aside(held, "records", ahead.ours, steps, f"records: from {remote.name}")


def _beyond(repo: Repository, tips: Iterable[str], known: str | None) -> list[str]:
    return listed(repo, tips, "--ignore-missing", known=[known])
