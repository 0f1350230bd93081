"""Whose orders are whose: earlier contracts are found without reading every order whole."""

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import NamedTuple, Protocol

from docpipe.adapters import fingerprint
from docpipe.adapters.schemas import FileKind, SchemaStore
from docpipe.adapters.source import Source
from docpipe.workspace.files import DataFile, load_file
from docpipe.workspace.order import Order

KINDS = ("order", "contract", "amendment", "feedback")
"""The kinds of files that an order's line among past trade is made from."""


class Orders(Protocol):
    """What the ledger asks of the workspace that keeps it."""

    @property
    def root(self) -> Path:
        """Its folder."""

    @property
    def source(self) -> Source:
        """Its files."""

    @property
    def schemas(self) -> SchemaStore:
        """Its schemas."""

    @property
    def order_folders(self) -> list[str]:
        """The folders of all orders."""


class LedgerRow(NamedTuple):
    """What a later order of the same customer may depend on; "" for what is not there."""

    customer: str
    date: str
    digest: str


class Ledger:
    """Every order's customer, the date of its contract, and a digest of what past trade reads.

    `known` may answer from what is on record; None makes the ledger read the files.
    """

    def __init__(
        self, workspace: Orders, known: Callable[[str], LedgerRow | None] = lambda folder: None
    ) -> None:
        self._workspace, self._known = workspace, known
        self._rows: dict[str, LedgerRow] = {}
        self._customers: dict[str, list[str]] | None = None

    def before(self, customer: str, day: str) -> dict[str, LedgerRow]:
        """The customer's orders with a contract dated before `day`, by folder."""
        rows = {folder: self._row(folder) for folder in self._of(customer)}
        return {folder: row for folder, row in rows.items() if row.date and row.date < day}

    def state(self, customer: str, day: str) -> str:
        """A digest of all that `before` finds and of what past trade reads there."""
        rows = self.before(customer, day)
        return fingerprint.digest_of({folder: row.digest for folder, row in rows.items()})

    def order(self, folder: str) -> Order:
        """The order with the files of KINDS alone."""
        files = [
            self._load(f"{folder}/{path}", kind, tuple(names.values()))
            for path in self._paths(folder)
            for kind in self._kinds
            if (names := kind.match(path)) is not None
        ]
        return Order(folder, tuple(files))

    def is_read(self, relative: str) -> bool:
        """Whether past trade reads this file of an order."""
        return any(kind.match(relative) is not None for kind in self._kinds)

    @cached_property
    def _kinds(self) -> list[FileKind]:
        kinds = self._workspace.schemas.kinds
        return [kinds[name] for name in KINDS if name in kinds]

    def _of(self, customer: str) -> list[str]:
        if self._customers is None:
            self._customers = {}
            for folder in self._workspace.order_folders:
                self._customers.setdefault(self._customer(folder), []).append(folder)
        return self._customers.get(customer, [])

    def _customer(self, folder: str) -> str:
        row = self._known(folder)
        if row is not None:
            self._rows[folder] = row
            return row.customer
        kind = self._workspace.schemas.kinds["order"]
        path = f"{folder}/{kind.path}"
        if not self._workspace.source.is_file(path):
            return ""
        root = self._load(path, kind, ()).root
        return root.text("customer", "") if root is not None else ""

    def _load(self, path: str, kind: FileKind, names: tuple[str, ...]) -> DataFile:
        return load_file(self._workspace.source, path, kind, names, self._workspace.schemas)

    def _row(self, folder: str) -> LedgerRow:
        if folder not in self._rows:
            home = self._workspace.root / folder
            read = {path: fingerprint.of_file(home / path) for path in self._paths(folder)}
            self._rows[folder] = row_of(self.order(folder), fingerprint.digest_of(read))
        return self._rows[folder]

    def _paths(self, folder: str) -> list[str]:
        paths = [path.removeprefix(f"{folder}/") for path in self._workspace.source.files(folder)]
        return [path for path in paths if self.is_read(path)]


def row_of(order: Order, digest: str) -> LedgerRow:
    """An order's row, with the digest of what past trade reads of it."""
    opened, contract = order.by_kind.get("order", {}), order.by_kind.get("contract", {})
    customer = next((root.text("customer", "") for root in opened.values()), "")
    date = next((root.text("date", "") for root in contract.values()), "")
    return LedgerRow(customer, date, digest)
