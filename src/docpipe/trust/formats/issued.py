"""What is on record of an issued document: its number, revision, fingerprints and inputs."""

import re
from collections.abc import Container, Iterator, Mapping
from datetime import datetime

from docpipe.adapters.git import CommitSource
from docpipe.adapters.yamlfile import Node
from docpipe.adapters.yamlfile.writing import Plain, written
from docpipe.diagnostics import DocpipeError, Text, Value

_MAX_RECORD = 1_000_000
_MAX_DOCUMENT = 50_000_000
_STRANGE = Text(
    "{path} on the branch records is not as docpipe writes it",
    "records 分支上的 {path} 不是 docpipe 写入的样子",
)
_ELSEWHERE = Text(
    "{path} on the branch records does not tell of the place where it lies, but of {stem}",
    "records 分支上的 {path} 写的不是它所在的位置，而是 {stem}",
)
_ASK = Text(
    "Whoever looks after the repository should find out why; nothing relies on it",
    "请仓库管理员查明原因；在此之前不予采信",
)
_FILE = re.compile(r"(?P<document>[^/]+)/r(?P<revision>\d{1,9})\.yaml\Z")
_NUMBER = re.compile(r"[A-Za-z0-9._-]{1,200}\Z")  # it becomes a file's name


class Inputs(Value):
    """What a document was made from, by Git's names of the contents; "" for what there is not.

    `order` is the tree of the order's folder, which stood at `folder`; `schemas` that of the
    schemas; `shared` gives a blob for each other file, a tree for each other order, that was read
    ("orders" for all of them). `commit` had all of it; it may be gone since, the contents are not.
    """

    order: str
    folder: str
    commit: str
    shared: Mapping[str, str]
    template: str
    letterhead: str
    logo: str
    schemas: str


NOWHERE = Inputs("", "", "", {}, "", "", "", "")
"""What is known of the inputs once they are of no interest any more."""


class Issued(Value):
    """The record of one revision of an issued document.

    `name` is the shipment or file that it is about, "" for the whole order. `sha256` is of the
    .docx, `text_sha256` of its body's text as a draft prints it: without number and day of issue.
    `withdrawn` is the reason, "" where it was not withdrawn; beside it stand by whom and when.
    """

    document: str
    order: str
    kind: str
    name: str
    number: str
    revision: int
    issued_at: datetime
    by: tuple[str, str]
    sha256: str
    text_sha256: str
    inputs: Inputs
    engines: Mapping[str, str]
    approvals: tuple[str, ...]
    withdrawn: str = ""
    withdrawn_by: tuple[str, str] = ("", "")
    withdrawn_at: datetime | None = None

    @property
    def stem(self) -> str:
        """Where its files stand on `records`, without their endings."""
        return f"{folder_of(self.order)}/{self.document}/r{self.revision}"

    @property
    def file(self) -> str:
        """The document's path on `records`."""
        return f"{self.stem}.docx"


def folder_of(order: str) -> str:
    """Where an order's documents stand on `records`."""
    return f"orders/{order_path(order)}"


def order_path(order: str) -> str:
    """An order's folder among those of all orders on record: a hundred or so stand together.

    Each record writes the folders on its way anew; one of all orders would be the dearest of them.
    """
    return f"{order[:-2]}xx/{order}"


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
        "by": {"name": issued.by[0], "email": issued.by[1]},
        "sha256": issued.sha256,
        "text_sha256": issued.text_sha256,
        "inputs": {name: value for name, value in inputs.items() if value},
        "engines": dict(issued.engines),
        "approvals": list(issued.approvals),
    }
    return written(record)


def on_record(source: CommitSource, order: str) -> list[Issued]:
    """Every revision of every issued document of the order, by document and revision.

    Raises DocpipeError for a record that is not docpipe's.
    """
    paths = source.files(folder_of(order))
    found = [record_at(source, path, paths) for path in paths if _is_record(path, order)]
    return sorted(found, key=lambda issued: (issued.document, issued.revision))


def document_of(source: CommitSource, issued: Issued) -> bytes:
    """The document as it was issued. Raises DocpipeError where it is not there."""
    try:
        return source.read_whole(issued.file, _MAX_DOCUMENT)
    except OSError as error:
        raise DocpipeError(_STRANGE, _ASK, path=issued.file) from error


def _is_record(path: str, order: str) -> bool:
    return _FILE.fullmatch(path.removeprefix(folder_of(order) + "/")) is not None


def record_at(source: CommitSource, path: str, paths: Container[str]) -> Issued:
    """The record at `path`, where `paths` are all there are of the order.

    Raises DocpipeError where it, or its withdrawal, is not docpipe's, or tells of another place.
    """
    try:
        issued = _issued(data_at(source, path))
        about = f"-{issued.name.replace('/', '-')}" if issued.name else ""
        if issued.document != issued.kind + about or not _NUMBER.match(issued.number):
            raise ValueError(path)
        if issued.issued_at.utcoffset() is None:
            raise ValueError(path)
        withdrawal = f"{path.removesuffix('.yaml')}-withdrawn.yaml"
        if withdrawal in paths:
            issued = _withdrawn(issued, data_at(source, withdrawal))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise DocpipeError(_STRANGE, _ASK, path=path) from error
    if f"{issued.stem}.yaml" != path:
        raise DocpipeError(_ELSEWHERE, _ASK, path=path, stem=issued.stem)
    return issued


def _withdrawn(issued: Issued, root: Node) -> Issued:
    return issued._replace(
        withdrawn=root.text("reason") or "-",
        withdrawn_by=(root.text("by.name"), root.text("by.email")),
        withdrawn_at=datetime.fromisoformat(root.text("at")),
    )


def data_at(source: CommitSource, path: str) -> Node:
    """What a record holds. Raises ValueError for what is no mapping that YAML can hold."""
    from docpipe.adapters.yamlfile import load

    loaded = load(source.read_whole(path, _MAX_RECORD), path)
    if loaded.root is None or loaded.diagnostics:
        raise ValueError(path)
    return loaded.root


def _issued(root: Node) -> Issued:
    inputs = root["inputs"]
    shared = dict(_texts(inputs.find("shared")))
    return Issued(
        document=root.text("document"), order=root.text("order"), kind=root.text("kind"),
        name=root.text("name", ""), number=root.text("number"), revision=root.count("revision"),
        issued_at=datetime.fromisoformat(root.text("issued_at")),
        by=(root.text("by.name"), root.text("by.email")),
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
