"""A workspace that notes what an order's documents are made from, besides the order's own files.

Each thing is a key, and has a state: a digest that changes when the thing does.

    f:customers/MFANO.yaml          a shared file, a template; there or not
    r:survey<TAB>customer=MFANO     which shared files of a kind belong to somebody
    l:markets                       which files there are in a folder
    o:orders/2026/03/ZF-2026-0002   another order, all its files
    p:MFANO<TAB>2026-03-01          the customer's contracts before a day
    a:                              which orders there are

A state is taken before the thing is read, or is that of the bytes read, so whatever changes
meanwhile is found out later.
"""

import contextlib
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from docpipe.adapters import fingerprint
from docpipe.adapters.schemas import FileKind
from docpipe.adapters.yamlfile import Node
from docpipe.workspace.files import DataFile
from docpipe.workspace.ledger import Ledger, LedgerRow
from docpipe.workspace.order import Order
from docpipe.workspace.source import FolderSource
from docpipe.workspace.workspace import Workspace

T = TypeVar("T")

TORN = "torn"
"""The state of what changed while it was read: it equals no state."""


class TracedWorkspace(Workspace):
    """A workspace for long runs: notes what is touched, and keeps no orders (see `forget`)."""

    def __init__(self, root: Path) -> None:
        super().__init__(root, TracedSource(root, self._read))
        self.touched: set[str] = set()
        self._known: Callable[[str], LedgerRow | None] = lambda folder: None
        self._own = ""
        self._quiet = False
        self._listing = False  # of shared files that are noted by whose they are
        self._states: dict[str, str] = {}

    def rely_on(self, known: Callable[[str], LedgerRow | None]) -> None:
        """Take an order's line in the ledger from here, where it is known, before any is asked."""
        self._known = known

    def begin(self, folder: str) -> None:
        """From now on note what the documents of this order are made from."""
        self.touched, self._own = set(), folder

    def dependencies(self) -> dict[str, str]:
        """What was touched since `begin`, each with its state."""
        return {key: self.state(key) for key in sorted(self.touched)}

    def touch(self, key: str) -> None:
        """Note that the order's documents depend on this."""
        if not self._quiet:
            self.state(key)
            self.touched.add(key)

    def state(self, key: str) -> str:
        """The thing's state, as it was when this process first asked."""
        if key not in self._states:
            self._states[key] = self._state(key[:2], key[2:])
        return self._states[key]

    def _state(self, sort: str, rest: str) -> str:
        with self._unnoted():
            match sort:
                case "f:":
                    linked = self.source.is_link(rest)
                    return "link" if linked else fingerprint.of_file(self.root / rest)
                case "o:":
                    return fingerprint.digest_of(fingerprint.contents(self.root / rest))
                case "p:":
                    return self.ledger.state(*rest.split("\t"))
                case "r:":
                    return _listed(self._related(*rest.split("\t")))
                case "l:":
                    return _listed(self.source.files(rest))
                case "a:":
                    return _listed(self.order_folders)
        return TORN

    def _related(self, name: str, *facts: str) -> list[str]:
        kind = self.schemas.kinds.get(name)
        return self.paths(kind, dict(fact.split("=", 1) for fact in facts)) if kind else []

    @contextlib.contextmanager
    def _unnoted(self) -> Iterator[None]:
        before, self._quiet = self._quiet, True
        try:
            yield
        finally:
            self._quiet = before

    def _read(self, path: str, data: bytes | None) -> None:
        """The source was asked for a file (its bytes), or for a folder's list (None)."""
        if path.startswith(f"{self._own}/") or path == self._own:
            return
        if data is None and self._listing:
            return
        if data is not None and not path.startswith("orders/"):
            content = fingerprint.digest(data)
            if self._states.setdefault(f"f:{path}", content) != content:
                self._states[f"f:{path}"] = TORN
        if path.partition("/")[0] != "schemas":  # they count as part of docpipe
            self.touch(f"f:{path}" if data is not None else f"l:{path}")

    def file(self, path: str) -> DataFile | None:
        """As a workspace's, noted."""
        self.touch(f"f:{path}")
        return super().file(path)

    def master(self, kind: str, code: str) -> Node | None:
        """As a workspace's; that it is missing is noted too."""
        if "/" not in code:
            self.touch(f"f:{self.master_path(kind, code)}")
        return super().master(kind, code)

    def related(self, kind: FileKind, facts: Mapping[str, str]) -> dict[tuple[str, ...], Node]:
        """As a workspace's; those to come are noted too."""
        self.touch("\t".join([f"r:{kind.name}", *(f"{n}={v}" for n, v in sorted(facts.items()))]))
        before, self._listing = self._listing, True
        try:
            return super().related(kind, facts)
        finally:
            self._listing = before

    def order(self, folder: str) -> Order:
        """As a workspace's; an order other than the one begun is noted."""
        if folder != self._own:
            self.touch(f"o:{folder}")
        return super().order(folder)

    @property
    def order_folders(self) -> list[str]:
        """As a workspace's, noted."""
        self.touch("a:")
        return self._folders

    @cached_property
    def _folders(self) -> list[str]:
        with self._unnoted():
            return super().order_folders

    @cached_property
    def ledger(self) -> Ledger:
        """As a workspace's; what is asked is noted, not what is read to answer it."""
        return _TracedLedger(self, self._known)

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """As a workspace's; what was touched in the making is noted for everyone who asks."""

        def made() -> tuple[T, set[str]]:
            before, self.touched = self.touched, set()
            try:
                return make(), self.touched
            finally:
                self.touched = before

        value, touched = super().once(key, made)
        self.touched |= touched
        return value


class _TracedLedger(Ledger):
    """A ledger whose reading is covered by the one thing that is noted: what it answered."""

    def __init__(
        self, workspace: TracedWorkspace, known: Callable[[str], LedgerRow | None]
    ) -> None:
        super().__init__(workspace, known)
        self._traced = workspace

    def before(self, customer: str, day: str) -> dict[str, LedgerRow]:
        """As a ledger's, noted."""
        if not self._traced._quiet:
            self._traced.touch(f"p:{customer}\t{day}")
        with self._traced._unnoted():
            return super().before(customer, day)

    def order(self, folder: str) -> Order:
        """As a ledger's; its files are in the row's digest."""
        with self._traced._unnoted():
            return super().order(folder)


class TracedSource(FolderSource):
    """A workspace's folder that tells what was asked of it; shared folders are listed once."""

    def __init__(self, root: Path, tell: Callable[[str, bytes | None], None]) -> None:
        super().__init__(root)
        self._tell = tell
        self._lists: dict[str, list[str]] = {}

    def read(self, path: str, limit: int) -> bytes:
        """The file's bytes, told."""
        data = super().read(path, limit)
        self._tell(path, data)
        return data

    def files(self, folder: str) -> list[str]:
        """All files below, told."""
        self._tell(folder, None)
        if folder == "orders" or folder.startswith("orders/"):
            return super().files(folder)
        if folder not in self._lists:
            self._lists[folder] = super().files(folder)
        return self._lists[folder]


def _listed(paths: Iterable[str]) -> str:
    return fingerprint.digest("\n".join(paths).encode("utf-8", "surrogateescape"))
