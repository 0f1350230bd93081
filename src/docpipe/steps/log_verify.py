"""Verify: the access log's chains, their signatures, and what this clone has seen before."""

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from docpipe.adapters import git
from docpipe.adapters.git import Objects, Repository, Tips
from docpipe.diagnostics import DocpipeError, Value
from docpipe.trust.accesslog import faults
from docpipe.trust.accesslog.chain import Checked, check_chain
from docpipe.trust.accesslog.descent import MAIN, RECORDS, Place
from docpipe.trust.accesslog.faults import Fault, fault
from docpipe.trust.accesslog.judging import Rules, records_since, rules_at
from docpipe.trust.accesslog.logged import moment
from docpipe.trust.accesslog.marks import keep_marks, kept_marks, rules_of
from docpipe.trust.witness import checkpoint
from docpipe.trust.witness.checkpoint import Checkpoint
from docpipe.trust.witness.memory import Memory, Recall
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
    faults: tuple[Fault, ...]
    memory: Memory | None = None

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong; remarks are no faults."""
        return all(each.kind.remark for each in self.faults)


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
    repo = git.open_repository(workspace.root)
    remote = git.shared(repo)
    theirs = None
    if fetch and remote:
        theirs = git.fetch_branches(repo, remote)
        when = moment(workspace, now).isoformat(timespec="seconds")
        git.keep_sharing(repo, fetched=when)
    known = git.known_branches(repo, remote, theirs)
    place = Place(repo, remote.name if remote else "", fresh=fetch)
    found = [each for name, tips in known.items() for each in place.lacking(name, tips)]
    best = {name: tip for name, tips in known.items() if (tip := place.best(name, tips))}
    found += [lack for each in kept for lack in checkpoint.lacking(repo, each, best)]
    with Objects(repo, verify=True) as reader:
        rules = rules_at(repo, reader, _trusted_main(known, found, best))
        memory = recall(reader, rules) if recall else None
        if memory:
            kept = [*memory.last, *kept]
            found += memory.faults
            found += [x for each in memory.last for x in checkpoint.lacking(repo, each, best)]
            rules = rules_at(repo, reader, _trusted_main(known, found, best))
        checked = _chains(repo, reader, best, rules, anew=anew)
        found += records_since(repo, reader, known.get(RECORDS), best.get(RECORDS), rules)
        total = sum(_total(reader, each.tip) for each in checked.values() if _sound(each.faults))
    found += [each for chain in checked.values() for each in chain.faults]
    found += [fault(faults.NO_KEYS, MAIN, why=rules.why)] if rules.why and checked else []
    _remember(repo, best, found)
    return Verdict(
        tips=best, chains=len(checked), entries=total,
        fresh=sum(each.entries for each in checked.values()),
        unsigned=sum(each.entries - each.signed for each in checked.values()),
        keys=rules.main if rules.keys else "",
        against=sum(tips.seen is not None for tips in known.values()),
        fetched=git.sharing_state(repo).fetched,
        checkpoints=tuple(each.when for each in kept), faults=tuple(found),
        memory=memory,
    )  # fmt: skip


def _trusted_main(
    known: Mapping[str, Tips], found: Sequence[Fault], best: Mapping[str, str]
) -> str | None:
    """The main whose people.yaml counts: one that was rewritten gives nobody a key."""
    if any(each.branch == MAIN for each in found):
        return known[MAIN].seen
    return best.get(MAIN)


def _chains(
    repo: Repository, reader: Objects, best: Mapping[str, str], rules: Rules, *, anew: bool
) -> dict[str, Checked]:
    """Each chain verified from where it was verified before; the sound ones are marked."""
    digest = rules_of(rules.keys, rules.periods)
    marks = {} if anew else kept_marks(repo, reader, digest)
    checked = {
        branch: check_chain(reader, branch, tip, marks.get(branch), rules.judge())
        for branch, tip in best.items()
        if branch not in (MAIN, RECORDS)
    }
    sound = {name: each.mark for name, each in checked.items() if _sound(each.faults)}
    if sound != marks and digest:
        with contextlib.suppress(DocpipeError):  # a disk that takes no more: next time again
            keep_marks(repo, digest, marks | sound)
    return checked


def _sound(found: Sequence[Fault]) -> bool:
    return all(each.kind.remark for each in found)


def _total(reader: Objects, tip: str) -> int:
    return git.sequence_of(reader.commit(tip)) or 0


def _remember(repo: Repository, best: Mapping[str, str], found: Sequence[Fault]) -> None:
    """What is sound was seen now, so that it cannot go away unnoticed."""
    wrong = {each.branch for each in found if not each.kind.remark}
    try:
        git.saw(repo, {name: tip for name, tip in best.items() if name not in wrong})
    except DocpipeError:  # a read-only copy can be verified, too
        return


def counted(found: Sequence[Fault]) -> Iterator[tuple[Fault, int]]:
    """The first fault of each kind on each branch, and how many more of it there are."""
    first: dict[tuple[str, str], list[Fault]] = {}
    for each in found:
        first.setdefault((each.branch, each.kind.name), []).append(each)
    for group in first.values():
        yield group[0], len(group) - 1
