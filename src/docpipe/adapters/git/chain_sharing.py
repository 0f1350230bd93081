"""Sharing the access log: one's own chains are pushed, others' are fetched.

Nothing here keeps anybody from reading: what cannot be pushed now is pushed later.
"""

import json

from docpipe.adapters.git import remote as upstream
from docpipe.adapters.git.chain_names import ACCESS, HEADS, device, device_here, parted
from docpipe.adapters.git.chain_names import branch_of as named
from docpipe.adapters.git.chains import SEEN, ends
from docpipe.adapters.git.locking import HeldLock, put, writing
from docpipe.adapters.git.refs import Step, holds, move_all, tips_of
from docpipe.adapters.git.repository import Remote, Repository
from docpipe.diagnostics import Text, Value, replace

PUSHED = "refs/docpipe/pushed/"
"""Below it, by branch, what the shared repository was seen to have of this clone's own chains."""

_STATE = "docpipe/sharing.json"
_SECONDS = 30.0  # a push that goes with a command must not keep a person waiting
_ATTEMPTS = 3


class Sharing(Value):
    """When this clone tried to push its log, since when that fails, and when it fetched: ISO."""

    tried: str = ""
    failing: str = ""
    fetched: str = ""


class Unshared(Value):
    """A chain that the shared repository did not take, and what it said.

    With `lacks` it no longer has what it once had taken: the entry named there. `judged` is what
    docpipe's hook said there; `theirs` what it has of the chain.
    """

    branch: str
    why: str
    lacks: str = ""
    judged: Text | None = None
    theirs: str | None = None


def sharing_state(repo: Repository) -> Sharing:
    """What is known of earlier pushes; nothing where that cannot be read."""
    try:
        told = json.loads((repo.common_dir / _STATE).read_text(encoding="utf-8"))
        return Sharing(*(str(told.get(name, "")) for name in Sharing._fields))
    except (OSError, ValueError, AttributeError):
        return Sharing()


def keep_sharing(repo: Repository, **told: str) -> None:
    """Remember something of it, whatever others of this clone remember meanwhile."""
    with writing(repo):
        state = replace(sharing_state(repo), **told)
        put(repo.common_dir / _STATE, json.dumps(vars(state)))


def unpushed(repo: Repository) -> dict[str, str]:
    """This clone's own chains that the shared repository may not have whole: branch and tip."""
    here = device_here(repo)
    found = tips_of(repo, HEADS + ACCESS, PUSHED + ACCESS)
    return {
        ref.removeprefix(HEADS): tip
        for ref, tip in found.items()
        if ref.startswith(HEADS)
        and (whose := parted(ref.removeprefix(HEADS)))
        and whose[1] == here
        and found.get(ref.replace(HEADS, PUSHED, 1)) != tip
    }


def push_chains(repo: Repository, remote: Remote) -> list[Unshared]:
    """Push this clone's own chains; those that were not taken.

    Where a copy of this clone has written to the same branch, this one continues under a name of
    its own, and publishes its whole chain there. Raises DocpipeError where the remote cannot be
    reached.
    """
    found: list[Unshared] = []
    for branch, tip in unpushed(repo).items():
        refused = _pushed(repo, remote, branch, tip)
        found += [refused] if refused else []
    return found


def _pushed(repo: Repository, remote: Remote, branch: str, tip: str) -> Unshared | None:
    known = repo.tip(PUSHED + branch)
    refused = Unshared(branch, "")
    for _ in range(_ATTEMPTS):
        answer = upstream.push(repo, remote, tip, HEADS + branch, seconds=_SECONDS)
        theirs = tip if answer.accepted else upstream.tip(repo, remote, HEADS + branch)
        if theirs not in (None, tip):
            upstream.bring(repo, remote, theirs)
        if theirs and holds(repo, theirs, tip):  # perhaps it arrived and only the answer was lost
            _note(repo, branch, tip)
            return None
        if theirs and not holds(repo, tip, theirs):
            return _apart(repo, remote, branch, theirs)
        refused = Unshared(branch, answer.why, judged=answer.judged, theirs=theirs)
        if theirs in (None, known):
            break
        known = theirs  # another process of this clone pushed meanwhile: git takes one of two
    return refused


def _note(repo: Repository, branch: str, tip: str) -> None:
    """Remember it, unless another process of this clone has pushed more already."""
    with writing(repo) as held:
        old = repo.tip(PUSHED + branch)
        if old is None or not holds(repo, old, tip):
            move_all(held, [Step(PUSHED + branch, tip, old)], "docpipe: pushed")


def _apart(repo: Repository, remote: Remote, branch: str, theirs: str) -> Unshared | None:
    """Go on under a new name: the shared repository has another chain under the old one."""
    had = repo.tip(PUSHED + branch)
    with writing(repo) as held:
        whose = parted(branch)
        assert whose is not None
        own = named(whose[0], device(held, anew=True))
        tip, seen = ends(repo, branch)
        steps = [
            Step(HEADS + own, tip, None), Step(SEEN + own, tip, None),
            Step(HEADS + branch, None, tip), Step(SEEN + branch, theirs, seen),
        ]  # fmt: skip
        if tip is None or not move_all(held, steps, "docpipe: copy"):
            return Unshared(branch, "")  # somebody moved it meanwhile: next time
    again = upstream.push(repo, remote, tip, HEADS + own, seconds=_SECONDS)
    if again.accepted:
        _note(repo, own, tip)
    if had and not holds(repo, theirs, had):
        return Unshared(branch, again.why, lacks=had[:12])
    return None if again.accepted else Unshared(own, again.why)


def fetch_branches(repo: Repository, remote: Remote) -> dict[str, str]:
    """Fetch `main`, `records` and all chains of the access log; the remote's tips by branch.

    They are kept as what the remote has (`refs/remotes/`), whatever they are. Raises DocpipeError
    where the remote cannot be reached.
    """
    names = ("refs/heads/main", "refs/heads/records", "refs/heads/access/*")
    theirs = upstream.tips(repo, remote, *names)
    place = f"refs/remotes/{remote.name}/"
    known = tips_of(repo, place)
    wanted = {ref.replace(HEADS, place, 1): tip for ref, tip in theirs.items()}
    missing = sorted({tip for ref, tip in wanted.items() if known.get(ref) != tip})
    if missing:
        upstream.bring(repo, remote, *missing)
    with writing(repo) as held:
        _mirrored(held, place, wanted)
    return {ref.removeprefix(HEADS): tip for ref, tip in theirs.items()}


def _mirrored(held: HeldLock, place: str, wanted: dict[str, str]) -> None:
    """Let refs/remotes/ say what the remote has now of the access log; main and records too."""
    known = tips_of(held.repo, place)
    gone = [
        Step(ref, None, tip)
        for ref, tip in known.items()
        if ref.startswith(f"{place}{ACCESS}") and ref not in wanted
    ]
    moved = [Step(ref, tip, known.get(ref)) for ref, tip in wanted.items()]
    move_all(held, gone, "docpipe: gone")
    move_all(held, moved, "docpipe: fetched")
