"""What is on record of an issued document: its number, revision, fingerprints and inputs."""

import re
from collections.abc import Container, Iterator, Mapping
from datetime import datetime

from docpipe.adapters.git import CommitSource
from docpipe.adapters.yamlfile import Node
from docpipe.adapters.yamlfile.dump import Plain, written
from docpipe.diagnostics import Value
from docpipe.trust.formats.approval import Withdrawal, withdrawal_at
from docpipe.trust.formats.places import (
    DOCUMENT,
    RECORD,
    WITHDRAWAL,
    Place,
    documents_of,
    place_of,
)
from docpipe.trust.formats.reading import Person, data_at, elsewhere, moment, person, strange

_MAX_DOCUMENT = 50_000_000
_NUMBER = re.compile(r"[A-Za-z0-9._-]{1,200}")  # it becomes a file's name


class Inputs(Value):
    """What a document was made from, by Git's names of the contents; "" for what there is not.

    `order` is the tree of the order's folder, which stood at `folder`; `schemas` that of the
    schemas; `shared` gives a blob for each other file, a tree for each other order, that was read
    ("orders" for all of them). `commit` of the shared `main` has all of it.
    """

    order: str
    folder: str
    commit: str
    shared: Mapping[str, str]
    template: str
    letterhead: str
    logo: str
    schemas: str


class Issued(Value):
    """The record of one revision of an issued document.

    `name` is the shipment or file that it is about, "" for the whole order. `sha256` is of the
    .docx, `text_sha256` of its body's text as a draft prints it: without number and day of issue.
    """

    document: str
    order: str
    kind: str
    name: str
    number: str
    revision: int
    issued_at: datetime
    by: Person
    sha256: str
    text_sha256: str
    inputs: Inputs
    engines: Mapping[str, str]
    approvals: tuple[str, ...]
    withdrawn: Withdrawal | None = None

    @property
    def place(self) -> Place:
        """Where its record stands on `records`."""
        return Place(RECORD, self.revision, self.order, self.document)

    @property
    def stem(self) -> str:
        """Where its files stand on `records`, without their endings."""
        return self.path.removesuffix(".yaml")

    @property
    def path(self) -> str:
        """The record's path on `records`."""
        return self.place.path

    @property
    def file(self) -> str:
        """The document's path on `records`."""
        return self.place.sibling(DOCUMENT)


def written_record(issued: Issued) -> bytes:
    """The record as a file."""
    inputs: dict[str, Plain] = {name: getattr(issued.inputs, name) for name in Inputs._fields}
    record: dict[str, Plain] = {
        "document": issued.document,
        "order": issued.order,
        "kind": issued.kind,
        **({"name": issued.name} if issued.name else {}),
        "number": issued.number,
        "revision": issued.revision,
        "issued_at": issued.issued_at.isoformat(timespec="seconds"),
        "by": {"name": issued.by.name, "email": issued.by.email},
        "sha256": issued.sha256,
        "text_sha256": issued.text_sha256,
        "inputs": {name: value for name, value in inputs.items() if value},
        "engines": dict(issued.engines),
        "approvals": list(issued.approvals),
    }
    return written(record)


def withdrawn_record(issued: Issued, by: Person, at: datetime, reason: str) -> dict[str, bytes]:
    """That an issued document is withdrawn, as a file."""
    said: dict[str, Plain] = {
        "document": issued.document, "order": issued.order, "number": issued.number,
        "revision": issued.revision, "at": at.isoformat(timespec="seconds"),
        "by": {"name": by.name, "email": by.email}, "reason": reason,
    }  # fmt: skip
    return {issued.place.sibling(WITHDRAWAL): written(said)}


def told_of(issued: Issued) -> dict[str, str]:
    """What a commit's message tells of an issued document."""
    return {"Order": issued.order, "Document": issued.document, "Number": issued.number,
            "Revision": str(issued.revision)}  # fmt: skip


def on_record(source: CommitSource, order: str) -> list[Issued]:
    """Every revision of every issued document of the order, by document and revision.

    Raises DocpipeError for a record that is not docpipe's.
    """
    paths = source.files(documents_of(order))
    places = [place for path in paths if (place := place_of(path)) and place.sort == RECORD]
    found = [record_at(source, place, paths) for place in places]
    return sorted(found, key=lambda issued: (issued.document, issued.revision))


def document_of(source: CommitSource, issued: Issued) -> bytes:
    """The document as it was issued. Raises DocpipeError where it is not there."""
    try:
        return source.read_whole(issued.file, _MAX_DOCUMENT)
    except OSError as error:
        raise strange(issued.file) from error


def record_at(source: CommitSource, place: Place, paths: Container[str] = ()) -> Issued:
    """The record at a place, where `paths` are all there are of the order.

    Raises DocpipeError where it, or its withdrawal, is not docpipe's, or tells of another place.
    """
    path, withdrawal = place.path, place.sibling(WITHDRAWAL)
    try:
        issued = _issued(data_at(source, path))
        about = f"-{issued.name.replace('/', '-')}" if issued.name else ""
        if issued.document != issued.kind + about or not _NUMBER.fullmatch(issued.number):
            raise ValueError(path)
        if withdrawal in paths:
            issued = issued._replace(withdrawn=withdrawal_at(source, withdrawal))
    except (KeyError, TypeError, ValueError, AttributeError, OSError) as error:
        raise strange(path) from error
    if issued.place != place:
        raise elsewhere(path, issued.stem)
    return issued


def _issued(root: Node) -> Issued:
    inputs = root["inputs"]
    shared = dict(_texts(inputs.find("shared")))
    return Issued(
        document=root.text("document"), order=root.text("order"), kind=root.text("kind"),
        name=root.text("name", ""), number=root.text("number"), revision=root.count("revision"),
        issued_at=moment(root, "issued_at"),
        by=person(root),
        sha256=root.text("sha256"), text_sha256=root.text("text_sha256"),
        inputs=Inputs(
            **{n: inputs.text(n, "") for n in Inputs._fields if n != "shared"}, shared=shared
        ),
        engines=dict(_texts(root["engines"])),
        approvals=tuple(str(row.value) for row in root.rows("approvals")),
    )  # fmt: skip


def _texts(node: Node | None) -> Iterator[tuple[str, str]]:
    if node is not None:
        yield from ((name, str(value.value)) for name, value in node.fields.items())
