"""Verify: everything on record is made again and held against whatever can tell.

Each thing that must hold is an invariant (trust/invariants), with its code, words and manual page;
the hook of a shared repository runs the same over what a push brings. Here they run over every
commit of `records` and of `main`; besides, this clone is held against its own reflog and the shared
repository, every object against its name, and today's papers against papers.yaml. What
`git replace`, grafts and the commit-graph say is not believed.

What cannot be told without signatures or a witness: whoever may rewrite `records` and `main`
everywhere (here and in the shared repository, with no other clone to compare) can make them say
whatever docpipe could have written, or cut off the last records with their numbers. A signature
binds a record to its author's key; another clone, or the shared repository, binds what it has seen.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from fnmatch import fnmatchcase
from functools import cached_property
from pathlib import Path

from docpipe.adapters import git
from docpipe.adapters.git import Commit, Objects, Repository, Witness
from docpipe.diagnostics import Value
from docpipe.trust.formats.issued import Issued
from docpipe.trust.formats.places import NUMBER, place_of
from docpipe.trust.invariants import clone
from docpipe.trust.invariants.addition import Addition
from docpipe.trust.invariants.engine import Violation
from docpipe.trust.invariants.main import of_main
from docpipe.trust.invariants.papers import of_papers
from docpipe.trust.invariants.records import RecordsJudge, everything_can_be_read
from docpipe.trust.invariants.ref_names import of_shared
from docpipe.trust.invariants.remaking import Outcome
from docpipe.trust.judging.main_history import MainHistory
from docpipe.trust.judging.policy import Policies
from docpipe.workspace.workspace import Workspace

_MANY = 20
"""From so many approvals on, who changed which order is read at once."""


class VerifiedDocument(Value):
    """An issued document, and how it compares with the one made again."""

    record: Issued
    outcome: Outcome


class OfOrder(Value):
    """What was found of one order: its documents, how many approvals, how many violations."""

    order: str
    documents: tuple[VerifiedDocument, ...]
    approvals: int
    violations: int


class Verified(Value):
    """What was verified, against what, and what does not hold.

    `tip` is the last record, "" for none, `commits` how many there are; `main` the last commit of
    the shared main; `whole` says that git went through every object, `signed` that signatures were
    asked for, and judged.
    """

    orders: tuple[OfOrder, ...]
    violations: tuple[Violation, ...]
    witness: Witness
    tip: str = ""
    commits: int = 0
    main: str = ""
    whole: bool = False
    signed: bool = False

    @property
    def documents(self) -> list[VerifiedDocument]:
        """All documents."""
        return [document for each in self.orders for document in each.documents]


def verify(workspace: Workspace, wanted: Sequence[str], here: Path, now: datetime) -> Verified:
    """Verify the orders `wanted` (by number or path, from `here`), or everything for none.

    Writes nothing; newer records of the shared repository are fetched, and no ref moved. Raises
    DocpipeError for a name that fits no order, or where there is no repository.
    """
    repo = git.plainly(git.open_repository(workspace.root))
    if unusable := clone.unusable(repo):
        return Verified((), tuple(unusable), Witness())
    witness = git.witness(repo)
    tip, main = _furthest(witness), _main(repo, witness)
    session = _Session(workspace, witness, main, now)
    found = clone.apart(witness)
    with Objects(repo, verify=True) as reader:
        try:
            commits = _commits(repo, reader, tip)
            found += clone.disguised(clone.Shown(repo, commits))
            names = _meant(workspace, commits, wanted, here)
            session.run(repo, reader, commits, names, whole=not wanted)
        except git.Refusal as error:
            session.violations += everything_can_be_read(("", error))
            commits = []
    found += session.violations
    found += of_shared(repo, witness.name) if witness.name and not wanted else ()
    found += clone.git_finds_every_object_sound(repo) if not wanted else ()
    return Verified(
        session.orders(), tuple(found), witness, tip or "", len(commits), main,
        whole=not wanted, signed=session.signed,
    )  # fmt: skip


def _furthest(witness: Witness) -> str | None:
    """The last record: the shared repository's where it descends from what is known here."""
    return witness.tip if witness.more and not witness.lacks else witness.known


def _main(repo: Repository, witness: Witness) -> str:
    """The shared `main`, asked for unless the shared repository was silent; else as last seen."""
    if witness.silent is None:
        return git.shared_main(repo) or ""
    seen = repo.tip(f"refs/remotes/{witness.name}/main") or repo.tip("refs/heads/main")
    return seen or ""


def _commits(repo: Repository, reader: Objects, tip: str | None) -> list[Commit]:
    """The commits of records, oldest first, each held against its name."""
    if not tip:
        return []
    commits = git.history(repo, tip, renames=False, joined=False)[::-1]
    for _ in reader.many(commit.id for commit in commits):
        pass
    return commits


def _orders_of(commit: Commit) -> set[str]:
    """The orders of which a commit puts something on record."""
    places = (place_of(change.path) for change in commit.changes)
    return {place.order for place in places if place and place.sort != NUMBER}


def _meant(
    workspace: Workspace, commits: Sequence[Commit], wanted: Sequence[str], here: Path
) -> list[str]:
    """The numbers of the orders that are meant: those on record too that are gone from main."""
    on_record = sorted({order for commit in commits for order in _orders_of(commit)})
    if not wanted:
        return on_record
    found: list[str] = []
    for name in wanted:
        hits = [order for order in on_record if fnmatchcase(order, name)]
        if not hits:
            hits = [folder.rpartition("/")[2] for folder in workspace.select([name], here)]
        found += [hit for hit in hits if hit not in found]
    return found


class _Session:
    """One run over the records; what does not hold is in `violations`."""

    def __init__(
        self, workspace: Workspace, witness: Witness, main: str, now: datetime
    ) -> None:  # fmt: skip
        self._workspace, self._main, self._now = workspace, main, now
        self.violations: list[Violation] = []
        self.signed = False
        self._names: list[str] = []
        self._documents: dict[str, list[VerifiedDocument]] = {}
        self._approvals: dict[str, int] = {}
        self._found: dict[str, int] = {}
        self._places: dict[str, str] = {}

    def run(
        self, repo: Repository, reader: Objects, commits: Sequence[Commit], names: list[str], *,
        whole: bool,
    ) -> None:  # fmt: skip
        """Judge the commits: those that are of the orders in `names` whole."""
        self._names, few = names, set(names)
        policies = Policies(repo, reader, self._main or None)
        self.signed = policies.last is not None and policies.last.asks
        judge = RecordsJudge(repo, reader, policies, self._now)
        if len(commits) > _MANY and self._main:
            judge.reprinter.know_authors(self._main)

        def wanted(commit: Commit) -> bool:
            return whole or bool(_orders_of(commit) & few)

        for addition, found in judge.judge(commits, wanted, all_told=True):
            outcomes = judge.outcomes(addition) if wanted(addition.commit) else None
            self._add(addition, found, outcomes)
            self.signed |= addition.policy is not None and addition.policy.asks
        if self._main and whole:
            history = MainHistory(repo, reader, self._main)
            self._tell("", list(of_main(history)))
            self.signed |= history.demand.ever
        for name in names:
            if folder := self._folder(name):
                self._tell(name, of_papers(self._workspace, folder, self._now))

    def _add(
        self, addition: Addition, found: list[Violation], outcomes: Mapping[str, Outcome] | None
    ) -> None:
        orders = sorted(_orders_of(addition.commit))
        self._tell(orders[0] if orders else "", found)
        if outcomes is None:
            return
        for issued in addition.issued:
            outcome = outcomes.get(issued.path, Outcome.NOT)
            self._documents.setdefault(issued.order, []).append(VerifiedDocument(issued, outcome))
            self._places[issued.order] = issued.inputs.folder
        for approval in addition.approvals:
            order = approval.place.order
            self._approvals[order] = self._approvals.get(order, 0) + 1

    def _tell(self, order: str, found: Sequence[Violation]) -> None:
        self.violations += found
        self._found[order] = self._found.get(order, 0) + len(found)

    def orders(self) -> tuple[OfOrder, ...]:
        """What was found of each order."""
        return tuple(self._of_order(name) for name in self._names)

    def _of_order(self, name: str) -> OfOrder:
        documents = sorted(self._documents.get(name, ()), key=lambda d: d.record.path)
        return OfOrder(
            name, tuple(documents), self._approvals.get(name, 0), self._found.get(name, 0)
        )

    def _folder(self, name: str) -> str:
        """Where the order stands today: most often where it stood; "" for nowhere."""
        there = self._places.get(name, "")
        if there and self._workspace.source.is_file(f"{there}/order.yaml"):
            return there
        return self._folders.get(name, "")

    @cached_property
    def _folders(self) -> dict[str, str]:
        """The folders of all orders by number: there may be very many."""
        return {folder.rpartition("/")[2]: folder for folder in self._workspace.order_folders}
