"""Verify: the access log's chains, their signatures, and what this clone has seen before."""

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from docpipe.adapters import git
from docpipe.adapters.git import Objects, Repository, Tips
from docpipe.diagnostics import DocpipeError, Value
from docpipe.trust.accesslog.branches_seen import MAIN, RECORDS, Place
from docpipe.trust.accesslog.chain import Checked, check_chain
from docpipe.trust.accesslog.records_seen import records_since
from docpipe.trust.accesslog.verified_up_to import keep_marks, kept_marks
from docpipe.trust.invariants.basis import Basis, knows_keys
from docpipe.trust.invariants.engine import Violation
from docpipe.trust.witness import checkpoint
from docpipe.trust.witness.checkpoint import Checkpoint
from docpipe.trust.witness.memory import Memory, Recall
from docpipe.workspace.company_time import moment
from docpipe.workspace.workspace import Workspace


class Verdict(Value):
    """What was verified, against what, and what is wrong.

    `tips` are the branches as they are, by name; `entries` all entries in sound chains, `fresh`
    those that were looked at now. `keys` says which commit of main told whose keys count; "" where
    signatures were not checked. `against` are the branches that this clone had seen before,
    `memory` is what a witness remembers.
    """

    tips: Mapping[str, str]
    chains: int
    entries: int
    fresh: int
    unsigned: int
    keys: str
    against: int
    fetched: str
    checkpoints: tuple[datetime, ...]
    faults: tuple[Violation, ...]
    memory: Memory | None = None

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong; remarks are no faults."""
        return all(each.remark for each in self.faults)


def verify(
    workspace: Workspace, *, fetch: bool = False, anew: bool = False,
    kept: Sequence[Checkpoint] = (), recall: Recall | None = None, now: datetime,
) -> Verdict:  # fmt: skip
    """Verify every chain of the access log, and that nothing is missing that was seen before.

    What was verified before is not looked at again, unless `anew`. `recall` tells what a witness
    remembers, by the keys that count. With `fetch` the remote's
    branches are taken over first. What is sound is remembered as seen. Raises DocpipeError where
    the remote cannot be reached, or an object is damaged.
    """
    here = git.open_repository(workspace.root)
    remote, repo = git.shared(here), git.plainly(here)
    theirs = None
    if fetch and remote:
        theirs = git.fetch_branches(here, remote)
        when = moment(workspace, now).isoformat(timespec="seconds")
        git.keep_sharing(here, fetched=when)
    known = git.known_branches(repo, remote, theirs)
    place = Place(repo, remote.name if remote else "", fresh=fetch)
    found = [each for name, tips in known.items() for each in place.lacking(name, tips)]
    best = {name: tip for name, tips in known.items() if (tip := place.best(name, tips))}
    found += [lack for each in kept for lack in checkpoint.lacking(repo, each, best)]
    with Objects(repo, verify=True) as reader:
        basis = Basis.at(repo, reader, _trusted_main(repo, known, found, best), now)
        memory = recall(reader, basis) if recall else None
        if memory:
            kept = [*memory.last, *kept]
            found += memory.faults
            found += [x for each in memory.last for x in checkpoint.lacking(repo, each, best)]
            basis = Basis.at(repo, reader, _trusted_main(repo, known, found, best), now)
        checked = _chains(repo, reader, best, basis, anew=anew)
        found += records_since(repo, reader, known.get(RECORDS), best.get(RECORDS), basis)
        total = sum(_total(reader, each.tip) for each in checked.values() if _sound(each.faults))
    found += [each for chain in checked.values() for each in chain.faults]
    found += knows_keys(basis) if checked else []
    _remember(repo, best, found)
    return Verdict(
        tips=best, chains=len(checked), entries=total,
        fresh=sum(each.entries for each in checked.values()),
        unsigned=sum(each.entries - each.signed for each in checked.values()),
        keys=basis.main if basis.keys else "",
        against=sum(tips.seen is not None for tips in known.values()),
        fetched=git.sharing_state(repo).fetched,
        checkpoints=tuple(each.when for each in kept), faults=tuple(found),
        memory=memory,
    )  # fmt: skip


def _trusted_main(
    repo: Repository, known: Mapping[str, Tips], found: Sequence[Violation],
    best: Mapping[str, str],
) -> str | None:  # fmt: skip
    """The main whose people.yaml counts: one that was rewritten gives nobody a key."""
    if any(each.at.path == MAIN for each in found):
        return known[MAIN].seen
    return best.get(MAIN) or (None if git.shared(repo) else git.known_main(repo))


def _chains(
    repo: Repository, reader: Objects, best: Mapping[str, str], basis: Basis, *, anew: bool
) -> dict[str, Checked]:
    """Each chain verified from where it was verified before; the sound ones are marked."""
    marks = {} if anew else kept_marks(repo, reader, basis)
    checked = {
        branch: check_chain(reader, branch, tip, marks.get(branch), basis)
        for branch, tip in best.items()
        if branch not in (MAIN, RECORDS)
    }
    sound = {name: each.mark for name, each in checked.items() if _sound(each.faults)}
    if sound != marks:
        with contextlib.suppress(DocpipeError):  # a disk that takes no more: next time again
            keep_marks(repo, basis, marks | sound)
    return checked


def _sound(found: Sequence[Violation]) -> bool:
    return all(each.remark for each in found)


def _total(reader: Objects, tip: str) -> int:
    place = git.place_of(reader.commit(tip))
    return place[0] if place else 0


def _remember(repo: Repository, best: Mapping[str, str], found: Sequence[Violation]) -> None:
    """What is sound was seen now, so that it cannot go away unnoticed."""
    wrong = {each.at.path for each in found if not each.remark}
    try:
        git.saw(repo, {name: tip for name, tip in best.items() if name not in wrong})
    except DocpipeError:  # a read-only copy can be verified, too
        return


def by_kind(found: Sequence[Violation]) -> Iterator[tuple[Violation, int]]:
    """The first fault of each kind on each branch, and how many more of it there are."""
    first: dict[tuple[str, str], list[Violation]] = {}
    for each in found:
        first.setdefault((each.at.path, each.code), []).append(each)
    for group in first.values():
        yield group[0], len(group) - 1
