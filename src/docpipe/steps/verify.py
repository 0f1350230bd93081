"""Verify: everything on record is made again from its inputs and held against whatever can tell.

What is held against what: each document against its record (SHA-256) and against the one that its
recorded inputs make (byte for byte; by text where docpipe, docxtpl or jinja2 are not those of
then); each record against the commit that put it there (person, time, what the message says), the
number given to it, the revisions before it, the approvals behind it and the commit of `main` that
it names; the commits against the rules of the branch (one line, marked, only added to, in order of
time); this clone against its own reflog and the shared repository; every object against its name.
What `git replace`, grafts and the commit-graph say is not believed.

Where company.yaml asks for signatures, each commit is held against the keys in people.yaml too.

What cannot be told without signatures or a witness: whoever may rewrite `records` everywhere (here
and in the shared repository, with no other clone to compare) can make it say whatever docpipe could
have written: issue a document anew from facts that he saves in another commit, in anybody's name
and at any time, or cut off the last records with their numbers. A signature binds a record to its
author's key; another clone, or the shared repository, binds what it has seen.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from fnmatch import fnmatchcase
from functools import cached_property
from pathlib import Path

from docpipe.adapters import git
from docpipe.adapters.git import Commit, Objects, Repository, Witness
from docpipe.diagnostics import DocpipeError, Value
from docpipe.trust.formats.issued import NOWHERE, Issued
from docpipe.trust.verification import clone, lineage
from docpipe.trust.verification.approvals import Approvals
from docpipe.trust.verification.documents import Checked, Examiner, Outcome
from docpipe.trust.verification.faults import DAMAGED, Fault, fault, said
from docpipe.trust.verification.filed import filed
from docpipe.trust.verification.numbers import Numbers
from docpipe.trust.verification.papers import papers
from docpipe.trust.verification.register import Register, register
from docpipe.trust.verification.roles import Roles
from docpipe.trust.verification.signed import asked, signed
from docpipe.workspace.workspace import Workspace


class OfOrder(Value):
    """What was found of one order: its documents, how many approvals, how many faults."""

    order: str
    documents: tuple[Checked, ...]
    approvals: int
    faults: int


class Verified(Value):
    """What was verified, against what, and what does not hold.

    `tip` is the last record, "" for none, `commits` how many there are; `main` the commit that told
    who had which role; `whole` says that git went through every object, `signed` that signatures
    were asked for, and judged.
    """

    orders: tuple[OfOrder, ...]
    faults: tuple[Fault, ...]
    witness: Witness
    tip: str = ""
    commits: int = 0
    main: str = ""
    whole: bool = False
    signed: bool = False

    @property
    def documents(self) -> list[Checked]:
        """All documents."""
        return [document for each in self.orders for document in each.documents]


def verify(workspace: Workspace, wanted: Sequence[str], here: Path, now: datetime) -> Verified:
    """Verify the orders `wanted` (by number or path, from `here`), or everything for none.

    Writes nothing; newer records of the shared repository are fetched, and no ref moved. Raises
    DocpipeError for a name that fits no order, or where there is no repository.
    """
    repo = git.plainly(git.open_repository(workspace.root))
    faults = [*clone.unusable(repo)]
    if faults:
        return Verified((), tuple(faults), Witness())
    witness = git.witness(repo)
    faults += clone.apart(witness)
    tip = _furthest(witness)
    orders: list[OfOrder] = []
    commits: list[Commit] = []
    main, signing = "", False
    with Objects(repo, verify=True) as reader:
        try:
            commits = _commits(repo, reader, tip)
            faults += clone.disguised(repo, commits)
            faults += clone.cut(repo, {commit.id for commit in commits})
            faults += lineage.judged(commits, now)
            roles = Roles(repo, reader, witness)
            main = roles.commit
            if signing := asked(repo, reader, main):
                faults += signed(repo, reader, main, commits, whole=not wanted)
            everything = register(reader, reader.root(tip) if tip else "", commits)
            session = _Session(workspace, reader, everything, roles, now)
            names = _meant(workspace, everything, wanted, here)
            orders = list(session.orders(names))
            faults += session.faults
            faults += session.beyond() if not wanted else ()
        except git.Refusal as error:
            faults.append(fault(DAMAGED, why=said(error)))
    faults += clone.unsound(repo) if not wanted else ()
    return Verified(
        tuple(orders), tuple(faults), witness, tip or "", len(commits), main,
        whole=not wanted, signed=signing,
    )  # fmt: skip


def _furthest(witness: Witness) -> str | None:
    """The last record: the shared repository's where it goes on from what is known here."""
    return witness.tip if witness.more and not witness.lacks else witness.known


def _commits(repo: Repository, reader: Objects, tip: str | None) -> list[Commit]:
    """The commits of records, oldest first, each held against its name."""
    if not tip:
        return []
    commits = git.history(repo, tip, renames=False, joined=False)[::-1]
    for _ in reader.many(commit.id for commit in commits):
        pass
    return commits


def _meant(
    workspace: Workspace, everything: Register, wanted: Sequence[str], here: Path
) -> list[str]:
    """The numbers of the orders that are meant: those on record too that are gone from main."""
    if not wanted:
        return everything.orders
    found: list[str] = []
    for name in wanted:
        hits = [order for order in everything.orders if fnmatchcase(order, name)]
        if not hits:
            hits = [folder.rpartition("/")[2] for folder in workspace.select([name], here)]
        found += [hit for hit in hits if hit not in found]
    return found


_TOGETHER, _KEPT = 50, 1_000  # orders whose files are got at once, and whose folders are kept


class _Session:
    """One run over orders."""

    def __init__(
        self, workspace: Workspace, reader: Objects, everything: Register, roles: Roles,
        now: datetime,
    ) -> None:  # fmt: skip
        self._workspace, self._reader, self._register = workspace, reader, everything
        self._now = now
        self._examiner = Examiner(reader, everything)
        self._numbers = Numbers(everything)
        self._approvals = Approvals(everything, roles)
        self.faults: list[Fault] = []

    def orders(self, names: Sequence[str]) -> Iterator[OfOrder]:
        """Each order; what is wrong is in `faults`."""
        for start in range(0, len(names), _TOGETHER):
            some = names[start : start + _TOGETHER]
            if start % _KEPT == 0:
                self._reader.forget()
            self._register.prefetch(self._reader, some)
            read = {name: filed(self._register, name) for name in some}
            self._examiner.prepare([record for records, _ in read.values() for record in records])
            for name, (records, faults) in read.items():
                yield self._order(name, records, faults)
        self.faults += self._numbers.gaps(sorted(self._numbers.folders()))

    def _order(self, name: str, records: list[Issued], faults: list[Fault]) -> OfOrder:
        found, more = self._approvals.of(name)
        faults += more
        checked = []
        for record in records:
            document, wrong = self._checked(record)
            checked.append(document)
            faults += wrong
            faults += self._numbers.of(document)
            faults += self._approvals.behind(document, found)
        if folder := self._folder(name, records):
            faults += papers(self._workspace, folder, self._now)
        self.faults += faults
        return OfOrder(name, tuple(_light(each) for each in checked), len(found), len(faults))

    def _folder(self, name: str, records: Sequence[Issued]) -> str:
        """Where the order stands today: most often where it stood; "" for nowhere."""
        for record in records[-1:]:
            if self._workspace.source.is_file(f"{record.inputs.folder}/order.yaml"):
                return record.inputs.folder
        return self._folders.get(name, "")

    @cached_property
    def _folders(self) -> dict[str, str]:
        """The folders of all orders by number: there may be very many."""
        return {folder.rpartition("/")[2]: folder for folder in self._workspace.order_folders}

    def _checked(self, record: Issued) -> tuple[Checked, list[Fault]]:
        try:
            return self._examiner.check(record)
        except DocpipeError as error:
            return Checked(record, Outcome.NOT), [fault(DAMAGED, record.file, why=said(error))]

    def beyond(self) -> Iterator[Fault]:
        """What is wrong with files on record that are no order's."""
        yield from self._register.strangers()
        yield from self._numbers.others()
        yield from self._numbers.gaps(set(self._register.numbers) - self._numbers.folders())


def _light(checked: Checked) -> Checked:
    """Without the facts, and where they are: there may be very many."""
    return Checked(checked.record._replace(inputs=NOWHERE), checked.outcome)
