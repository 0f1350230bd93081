"""What is on record of an approval: of which text, by whom, when, by which commit of the facts."""

from collections.abc import Container, Sequence
from datetime import datetime
from hashlib import sha256

from docpipe.adapters.source import Source
from docpipe.adapters.yamlfile import Node
from docpipe.adapters.yamlfile.dump import written
from docpipe.diagnostics import DocpipeError, Value
from docpipe.trust.formats.places import APPROVAL, TAKEN, TEXT, Place, place_of
from docpipe.trust.formats.reading import Person, data_at, moment, person, strange

_MAX_TEXT = 10_000_000


class Withdrawal(Value):
    """That something was taken back, by whom, when and why."""

    by: Person
    at: datetime
    reason: str


class Approval(Value):
    """One approval on record. `order_folder` is where the order stood in the commit of `main`."""

    place: Place
    by: Person
    at: datetime
    comment: str
    text: str
    commit: str
    order_folder: str
    withdrawn: Withdrawal | None = None

    @property
    def path(self) -> str:
        """Where it stands on `records`."""
        return self.place.path

    @property
    def number(self) -> int:
        """Its number among those of the document, from 1."""
        return self.place.count

    @property
    def document(self) -> str:
        """The name of the document, or of the facts, that it is about."""
        return self.place.document


def approval_files(approval: Approval) -> dict[str, bytes]:
    """An approval as files."""
    data, by = approval.text.encode("utf-8"), approval.by
    said = {
        "document": approval.document,
        "order": approval.place.order,
        "by": {"name": by.name, "email": by.email, "role": by.role},
        "at": approval.at.isoformat(timespec="seconds"),
        "comment": approval.comment,
        "text_sha256": sha256(data).hexdigest(),
        "commit": approval.commit,
        "folder": approval.order_folder,
    }
    return {approval.path: written(said), approval.place.sibling(TEXT): data}


def taken_back(approval: Approval, by: Person, at: datetime, reason: str) -> dict[str, bytes]:
    """That an approval is taken back, as a file."""
    own = {"by": {"name": by.name, "email": by.email}, "at": at.isoformat(timespec="seconds")}
    said = {"approval": approval.path, **own, "reason": reason}
    return {approval.place.sibling(TAKEN): written(said)}


def approvals_on_record(records: Source, folder: str) -> list[Approval]:
    """The approvals of one document, or of named facts, in the order of their numbers.

    Raises DocpipeError for a record that cannot be read, or whose text is not the one it names.
    """
    paths = records.files(folder)
    places = [place for path in paths if (place := place_of(path)) and place.sort == APPROVAL]
    there = set(paths)
    found = [approval_at(records, place, there) for place in places]
    return sorted(found, key=lambda approval: approval.number)


def approval_at(records: Source, place: Place, there: Container[str]) -> Approval:
    """The approval at a place, where `there` are the files beside it.

    Raises DocpipeError for one that cannot be read, or that tells of another text or place.
    """
    try:
        data = records.read(place.sibling(TEXT), _MAX_TEXT)
        root = data_at(records, place.path)
        about = place._replace(order=root.text("order"), document=root.text("document"))
        if about != place or sha256(data).hexdigest() != root.text("text_sha256"):
            raise ValueError(place.path)
        taken = place.sibling(TAKEN)
        return Approval(
            place, person(root), moment(root), root.text("comment"), data.decode("utf-8"),
            root.text("commit"), root.text("folder"),
            withdrawal_at(records, taken) if taken in there else None,
        )  # fmt: skip
    except (KeyError, TypeError, ValueError, OSError) as error:
        raise strange(place.path) from error


def withdrawal_at(records: Source, path: str) -> Withdrawal:
    """That something was taken back. Raises ValueError, KeyError, TypeError, OSError."""
    return withdrawal_in(data_at(records, path))


def withdrawal_in(root: Node) -> Withdrawal:
    """The same from what the file holds."""
    return Withdrawal(person(root), moment(root), root.text("reason"))


def readable(records: Source, places: Sequence[Place], there: Container[str]) -> list[Approval]:
    """The approvals at these places that can be read."""
    found: list[Approval] = []
    for place in places:
        try:
            found.append(approval_at(records, place, there))
        except DocpipeError:  # told where it is judged by itself
            continue
    return found
