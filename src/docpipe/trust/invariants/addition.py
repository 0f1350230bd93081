"""What one commit puts on record, as the invariants of `records` look at it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import TypeVar

from docpipe.adapters.git import Commit, SignedCommit
from docpipe.diagnostics import DocpipeError, Value
from docpipe.documents.printer import Document, documents
from docpipe.trust.formats.approval import Approval, Withdrawal, approval_at, withdrawal_in
from docpipe.trust.formats.issued import Issued, record_at, told_of
from docpipe.trust.formats.numbers import Given, given_at
from docpipe.trust.formats.places import (
    APPROVAL,
    NUMBER,
    RECORD,
    TAKEN,
    WITHDRAWAL,
    Place,
    place_of,
)
from docpipe.trust.formats.reading import Person, data_at, strange
from docpipe.trust.judging import signatures
from docpipe.trust.judging.policy import Policies, Policy
from docpipe.trust.judging.signatures import Flaw
from docpipe.trust.recording import main_of
from docpipe.trust.records_so_far import RecordsSoFar
from docpipe.trust.reprinter import Reprinter
from docpipe.workspace.recorded_inputs import RecordedWorkspace

T = TypeVar("T")


class Before(Value):
    """What the records before an addition tell: dates, the main that was named, engines, counts.

    `latest` is the latest date of the thousand before it; `last` the highest number so far in each
    folder that it adds to; `first` that it is the first of all.
    """

    latest: datetime | None
    main: str
    engines: Mapping[str, str]
    last: Mapping[str, int]
    first: bool


class Said(Value):
    """What a file on record says of itself: who put it there, when, and what its commit tells."""

    path: str
    by: Person
    at: datetime
    trailers: Mapping[str, str]


class Addition:
    """A commit of `records`, with all that was on record when it was made.

    `source` has its own files too. `troubles` are the files that cannot be read, by path.
    """

    def __init__(
        self, commit: Commit, signed: SignedCommit, before: Before, source: RecordsSoFar,
        policies: Policies, reprinter: Reprinter, now: datetime,
    ) -> None:  # fmt: skip
        self.commit, self.signed, self.before, self.source = commit, signed, before, source
        self.policies, self.reprinter, self.now = policies, reprinter, now
        self.troubles: dict[str, DocpipeError] = {}
        self.added = {change.path for change in commit.changes}

    @cached_property
    def main(self) -> str:
        """The commit of `main` that it names; "" for none, or several."""
        return main_of(self.commit)

    @cached_property
    def policy(self) -> Policy | None:
        """What that commit says; None where it is not on the shared main."""
        return self.policies.at(self.main) if self.main else None

    @cached_property
    def flaw(self) -> Flaw | None:
        """What is wrong with its signature: asked for by the main that it names, by today's keys.

        People.yaml keeps ended keys with their last day, so the last main knows most of them.
        """
        last = self.policies.last
        if self.policy is None or last is None:
            return None
        try:
            keys = last.keys
        except DocpipeError:  # no sound people.yaml there: colleagues_alone_put_on_record tells
            return None
        return signatures.judged(self.signed, keys, asked=self.policy.asks, own=True)

    @cached_property
    def places(self) -> list[Place]:
        """The places of its files, but for those that stand nowhere."""
        return [place for path in sorted(self.added) if (place := place_of(path))]

    def of(self, *sorts: str) -> list[Place]:
        """Its places of these sorts."""
        return [place for place in self.places if place.sort in sorts]

    @cached_property
    def issued(self) -> list[Issued]:
        """The records of documents that it adds and that can be read."""
        return self._read(RECORD, lambda place: record_at(self.source, place))

    @cached_property
    def numbers(self) -> list[Given]:
        """The numbers that it gives, as far as they can be read."""
        return self._read(NUMBER, lambda place: given_at(self.source, place))

    @cached_property
    def approvals(self) -> list[Approval]:
        """The approvals that it adds and that can be read."""
        return self._read(APPROVAL, lambda place: approval_at(self.source, place, ()))

    @cached_property
    def withdrawals(self) -> list[tuple[Place, Withdrawal, Mapping[str, str]]]:
        """What it takes back, each with what it says of what that is."""
        return self._read(WITHDRAWAL, self._withdrawal) + self._read(TAKEN, self._withdrawal)

    def _withdrawal(self, place: Place) -> tuple[Place, Withdrawal, Mapping[str, str]]:
        try:
            root = data_at(self.source, place.path)
            if place.sort == TAKEN:
                return place, withdrawal_in(root), {"Approval": root.text("approval")}
            told = {key.capitalize(): root.text(key) for key in ("order", "document", "number")}
            told["Revision"] = str(root.count("revision"))
            return place, withdrawal_in(root), told
        except (KeyError, TypeError, ValueError, OSError) as error:
            raise strange(place.path) from error

    def _read(self, sort: str, read: Callable[[Place], T]) -> list[T]:
        found: list[T] = []
        for place in self.of(sort):
            try:
                found.append(read(place))
            except DocpipeError as error:
                self.troubles[place.path] = error
        return found

    @cached_property
    def said(self) -> Sequence[Said]:
        """What each of its files says of itself."""
        found = [Said(each.path, each.by, each.issued_at, told_of(each)) for each in self.issued]
        for each in self.approvals:
            told = {"Order": each.place.order, "Document": each.document}
            found.append(Said(each.path, each.by, each.at, told))
        for place, taken, own in self.withdrawals:
            told = {"Order": place.order, "Document": place.document, **own}
            told.pop("Approval", "")
            found.append(Said(place.path, taken.by, taken.at, told))
        return found

    def unreadable(self) -> Mapping[str, DocpipeError]:
        """The files that cannot be read, by path."""
        _ = self.issued, self.numbers, self.approvals, self.withdrawals
        return self.troubles

    @cached_property
    def then(self) -> RecordedWorkspace | None:
        """The workspace as the commit of main that it names has it; None where that is not here."""
        return self.reprinter.at(self.main) if self.policy else None

    def document(self, issued: Issued) -> Document | None:
        """The document that a record is about, as the facts of then make it; None if they do not.

        Raises DocpipeError for facts that cannot be read.
        """
        then = self.then
        kind = then.documents.get(issued.kind) if then else None
        if then is None or kind is None:
            return None
        order = then.order(issued.inputs.folder)
        made = documents(then, order, [kind])
        return next((each for each in made if each.edition.name == issued.name), None)
