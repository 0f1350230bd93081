"""A workspace as an issued document was made from it: as a commit of `main` has it.

Thousands of documents are made again in one run, most of them from the same schemas, templates and
shared files, so what was read is kept by its content (`Known`), and of an order only the kinds of
files that a document asks for are read.

Nothing is held against its schema, since only what fits goes on record. Where that makes a
difference, which it can where a shared file did not fit, `Known(strict=True)` does it.
"""

import os
from collections.abc import Callable, Mapping
from functools import cached_property, partial
from pathlib import Path
from types import MappingProxyType

from docpipe.adapters.git import CommitSource
from docpipe.adapters.schemas import FileKind, SchemaStore
from docpipe.adapters.validated_files import AllValidated
from docpipe.adapters.yamlfile import Node
from docpipe.workspace import file_names
from docpipe.workspace.catalogue import DocumentKind
from docpipe.workspace.files import DataFile, load_file
from docpipe.workspace.lazy import LazyDict
from docpipe.workspace.ledger import Ledger, LedgerRow, row_of
from docpipe.workspace.order import Order, load_order
from docpipe.workspace.workspace import CATALOGUE, Workspace

_Files = Mapping[tuple[str, ...], Node]
_NOWHERE = Path(os.devnull)  # no file lies in it
_MOST, _MOST_OWN, _MOST_ORDERS = 20_000, 500, 500_000
"""Shared files, files of orders, and orders' customers that are kept."""


class Known:
    """What was read of recorded contents, by Git's name of each."""

    def __init__(self, *, strict: bool = False) -> None:
        self.sound = None if strict else AllValidated()
        self.schemas: dict[str, SchemaStore] = {}
        self.files: dict[tuple[str, str, str], DataFile] = {}
        self.own: dict[tuple[str, str, str], DataFile] = {}
        self.shown: dict[tuple[int, str], tuple[Node, Node | None]] = {}
        self.customers: dict[tuple[str, str], str] = {}
        self.catalogues: dict[tuple[str, str], dict[str, DocumentKind]] = {}

    def spare(self) -> None:
        """Let go of what was read once that is very much."""
        if len(self.files) > _MOST:
            self.files.clear()
            self.shown.clear()
        if len(self.customers) > _MOST_ORDERS:
            self.customers.clear()

    def kept(self, path: str) -> dict[tuple[str, str, str], DataFile]:
        """Where files such as this one are kept: those of orders are soon of no use any more."""
        if not path.startswith("orders/"):
            return self.files
        if len(self.own) > _MOST_OWN:
            self.own.clear()
        return self.own


class RecordedWorkspace(Workspace):
    """The workspace as a commit of `main` has it."""

    def __init__(self, source: CommitSource, known: Known) -> None:
        super().__init__(_NOWHERE, source)
        self._named, self.known = source, known

    def id_of(self, path: str) -> str:
        """Git's name of the content at `path`; "" for nothing."""
        entry = self._named.entry(path)
        return entry.id if entry is not None else ""

    @cached_property
    def schemas(self) -> SchemaStore:
        """As a workspace's."""
        if self._schemas not in self.known.schemas:
            self.known.schemas[self._schemas] = super().schemas
        return self.known.schemas[self._schemas]

    @cached_property
    def documents(self) -> dict[str, DocumentKind]:
        """As a workspace's."""
        key = self.key(CATALOGUE)
        if key not in self.known.catalogues:
            self.known.catalogues[key] = super().documents
        return self.known.catalogues[key]

    def key(self, path: str) -> tuple[str, str]:
        """What the file's data depend on: the schemas and its content."""
        return self._schemas, self.id_of(path)

    @cached_property
    def _schemas(self) -> str:
        return self.id_of("schemas")

    def file(self, path: str) -> DataFile | None:
        """As a workspace's."""
        hit = self.schemas.match(path, "workspace")
        return None if hit is None else self.load(path, hit[0], tuple(hit[1].values()))

    def load(self, path: str, kind: FileKind, placeholders: tuple[str, ...]) -> DataFile:
        """The file, of this kind, with the values of the placeholders in its path."""
        key = (*self.key(path), path)
        kept = self.known.kept(path)
        if key not in kept:
            sound = self.known.sound
            kept[key] = load_file(self.source, path, kind, placeholders, self.schemas, sound)
        return kept[key]

    def order(self, folder: str) -> Order:
        """As a workspace's; its files are read when their kind is asked for."""
        if self.known.sound is None:
            return load_order(self.source, folder, self.schemas)
        if folder not in self._orders:
            files = self._own_files(folder)
            self._orders[folder] = RecordedOrder(folder, files, (), self._by_kind(files))
        return self._orders[folder]

    def _own_files(self, folder: str) -> tuple[DataFile, ...]:
        """The order's files by path, kind and placeholders alone."""
        paths = [path.removeprefix(f"{folder}/") for path in self.source.files(folder)]
        hits = [(path, self.schemas.match(path, "order")) for path in paths]
        return tuple(
            DataFile(f"{folder}/{path}", hit[0], tuple(hit[1].values()), None, [])
            for path, hit in hits
            if hit is not None
        )

    def _by_kind(self, files: tuple[DataFile, ...]) -> Mapping[str, _Files]:
        table: dict[str, list[DataFile]] = {}
        for file in sorted(files, key=lambda file: file_names.natural(file.names)):
            table.setdefault(file.kind.name, []).append(file)
        return LazyDict({kind: partial(self._read, each) for kind, each in table.items()})

    def _read(self, files: list[DataFile]) -> _Files:
        roots = [(file.names, self.load(file.path, file.kind, file.names).root) for file in files]
        return {placeholders: root for placeholders, root in roots if root is not None}

    def shown(self, root: Node, audience: str, make: Callable[[], Node | None]) -> Node | None:
        """As a workspace's; of shared files it is made once."""
        if root.file.startswith("orders/"):
            return make()
        key = id(root), audience  # the root is kept too, so that its id stays its own
        if key not in self.known.shown:
            self.known.shown[key] = root, make()
        return self.known.shown[key][1]

    @cached_property
    def ledger(self) -> Ledger:
        """As a workspace's."""
        return _RecordedLedger(self)


class RecordedOrder(Order):
    """An order whose `files` have no data: that is in `table`, read when a kind is asked for."""

    table: Mapping[str, _Files] = MappingProxyType({})

    @cached_property
    def by_kind(self) -> Mapping[str, _Files]:
        """As an order's."""
        return self.table


class _RecordedLedger(Ledger):
    """A ledger whose answers are not asked for their state."""

    def __init__(self, workspace: RecordedWorkspace) -> None:
        super().__init__(workspace)
        self._recorded = workspace

    def _load(self, path: str, kind: FileKind, names: tuple[str, ...]) -> DataFile:
        return self._recorded.load(path, kind, names)

    def _customer(self, folder: str) -> str:
        known, key = self._recorded.known, self._recorded.key(f"{folder}/order.yaml")
        if key not in known.customers:
            known.customers[key] = super()._customer(folder)
        return known.customers[key]

    def _row(self, folder: str) -> LedgerRow:
        if folder not in self._rows:
            self._rows[folder] = row_of(self.order(folder), "")
        return self._rows[folder]
