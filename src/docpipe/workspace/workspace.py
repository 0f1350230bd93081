"""A workspace: the folder that holds company.yaml, and everything found from there."""

import fnmatch
import os
import weakref
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import TypeVar, cast

from docpipe.adapters.cache import user_cache
from docpipe.adapters.schemas import FileKind, SchemaStore
from docpipe.adapters.source import Source
from docpipe.adapters.validated_files import ValidatedFiles
from docpipe.adapters.yamlfile import Node
from docpipe.diagnostics import Diagnostic, DocpipeError, Text
from docpipe.workspace import file_names
from docpipe.workspace.catalogue import DocumentKind, FactsKind, document_kinds, facts_kinds
from docpipe.workspace.files import DataFile, load_file
from docpipe.workspace.ledger import Ledger
from docpipe.workspace.order import Order, load_order, order_folders, stranger
from docpipe.workspace.source import FolderSource

T = TypeVar("T")
MARKER = "company.yaml"
CATALOGUE = "templates/catalogue.yaml"
_MAX_SCHEMA = 1_000_000
_ORDERS_IN_MEMORY = 8  # the latest; each has a third of a megabyte, and is asked for in a row
_PACKED_ORDERS = 16  # of a run over many, no more are kept as packed data than will be asked again

_OUTSIDE = Text(
    "{path} is not inside a docpipe workspace (no company.yaml here or above)",
    "{path} 不在 docpipe 工作区内（此处及上级都没有 company.yaml）",
)
_INIT = Text("Make one: docpipe init DIR", "请新建：docpipe init 目录")
_BROKEN = Text("{path} cannot be used as it is", "{path} 目前无法使用")
_CHECK = Text("See what is wrong: docpipe check", "请查看问题：docpipe check")
_NO_SCHEMAS = Text("The workspace has no schemas ({path})", "工作区缺少模式文件（{path}）")
_NO_ORDER = Text('There is no order "{wanted}"', "没有订单“{wanted}”")
_LIST = Text("See what there is: docpipe list", "查看全部订单：docpipe list")


def find_root(start: Path) -> Path:
    """The workspace around `start`. Raises DocpipeError."""
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / MARKER).is_file():
            return folder
    raise DocpipeError(_OUTSIDE, _INIT, exit_code=2, path=str(start))


class Workspace:
    """Everything in one workspace, read when asked for and then kept (of orders, the latest).

    Its files are those in the folder `root`, or those of another `source`.
    """

    def __init__(self, root: Path, source: Source | None = None) -> None:
        self.root = root
        self.source: Source = source or FolderSource(root)
        self._files: dict[str, DataFile] = {}
        self._orders: dict[str, Order] = {}
        self._whose: dict[str, dict[tuple[str, str], set[str]]] = {}
        self._once: dict[Hashable, object] = {}
        self._loaded = 0
        self._masters: dict[tuple[str, str], Node | None] = {}
        self._listed: dict[str, list[str]] = {}
        self._caches = user_cache("verdicts", root), user_cache("packs", root)
        self._sound: dict[str, ValidatedFiles] = {}
        weakref.finalize(self, _save, self._sound)

    @cached_property
    def schemas(self) -> SchemaStore:
        """The workspace's own schemas. Raises DocpipeError where there are none."""
        paths = [p for p in self.source.files("schemas") if p.endswith(".schema.json")]
        if not paths:
            raise DocpipeError(_NO_SCHEMAS, _INIT, path="schemas/")
        files = {p.rpartition("/")[2]: self.source.read_whole(p, _MAX_SCHEMA) for p in paths}
        return SchemaStore(files, user_cache("schemas", self.root))

    def file(self, path: str) -> DataFile | None:
        """The shared file at `path`, or None where its name fits no kind."""
        if path not in self._files:
            hit = self.schemas.match(path, "workspace")
            if hit is None:
                return None
            kind, names = hit
            names_ = tuple(names.values())
            sound = self._sound_files(path.rpartition("/")[0])
            self._files[path] = load_file(self.source, path, kind, names_, self.schemas, sound)
        return self._files[path]

    def _sound_files(self, folder: str) -> ValidatedFiles:
        """What is known of the shared files of a folder; saved with the workspace's end."""
        if folder not in self._sound:
            self._sound[folder] = ValidatedFiles(*self._caches, str(self.root / folder))
        return self._sound[folder]

    def shared_files(self) -> Iterator[DataFile]:
        """Every file that is not an order's: company, people, parties, products, clauses ..."""
        for path in self._shared_paths:
            if (file := self.file(path)) is not None:
                yield file

    def strangers(self) -> list[Diagnostic]:
        """Findings for shared files whose names fit no kind, or do not work everywhere."""
        strange = (path for path in self._shared_paths if self.file(path) is None)
        found = [stranger(path, path, self.schemas, "workspace") for path in strange]
        return [*found, *file_names.check(self._shared_paths)]

    @cached_property
    def _shared_paths(self) -> list[str]:
        folders = {
            kind.path.partition("/")[0]
            for kind in self.schemas.kinds.values()
            if kind.scope == "workspace" and "/" in kind.path
        }
        loose = [
            k.path for k in self.schemas.kinds.values() if k.scope == "workspace" and k.literal
        ]
        paths = {path for path in loose if self.source.is_file(path)}
        for folder in folders:
            paths.update(p for p in self._below(folder) if p.endswith((".yaml", ".yml")))
        return sorted(paths)

    def _below(self, folder: str) -> list[str]:
        """The files below a shared folder, listed once."""
        if folder not in self._listed:
            self._listed[folder] = self.source.files(folder)
        return self._listed[folder]

    def needed(self, path: str) -> Node:
        """The data of a shared file that nothing works without. Raises DocpipeError."""
        file = self.file(path)
        if file is None or file.root is None:
            raise DocpipeError(_BROKEN, _CHECK, path=path)
        return file.root

    @property
    def company(self) -> Node:
        """company.yaml. Raises DocpipeError where it is broken."""
        return self.needed(MARKER)

    @cached_property
    def documents(self) -> dict[str, DocumentKind]:
        """The catalogue by id. Raises DocpipeError where it is broken."""
        return document_kinds(self.needed(CATALOGUE))

    @property
    def approvable(self) -> dict[str, FactsKind]:
        """The facts that are approved by name, by id. Raises DocpipeError as `documents` does."""
        return facts_kinds(self.needed(CATALOGUE))

    def master(self, kind: str, code: str) -> Node | None:
        """A shared master such as customers/MFANO.yaml; None where it is missing or broken."""
        key = kind, code
        if key not in self._masters:
            path = self.master_path(kind, code)
            there = "/" not in code and self.source.is_file(path)
            file = self.file(path) if there else None
            self._masters[key] = file.root if file is not None else None
        return self._masters[key]

    def related(self, kind: FileKind, facts: Mapping[str, str]) -> dict[tuple[str, ...], Node]:
        """Shared files of `kind` whose placeholders have these values, in natural order."""
        files = map(self.file, self.paths(kind, facts))
        found = {file.names: file.root for file in files if file and file.root is not None}
        return dict(sorted(found.items(), key=lambda item: file_names.natural(item[0])))

    def paths(self, kind: FileKind, facts: Mapping[str, str]) -> list[str]:
        """Where the shared files of `kind` stand whose placeholders have these values, sorted."""
        if not facts.keys() < set(kind.placeholders):
            path = kind.path.format_map(facts)
            return [path] if kind.match(path) and self.source.is_file(path) else []
        if kind.name not in self._whose:
            self._whose[kind.name] = self._by_facts(kind)
        hits = [self._whose[kind.name].get(fact, set()) for fact in facts.items()]
        return sorted(set.intersection(*hits)) if hits else []

    def _by_facts(self, kind: FileKind) -> dict[tuple[str, str], set[str]]:
        """Every shared file of `kind`, by the values of its placeholders."""
        index: dict[tuple[str, str], set[str]] = {}
        for path in self._below(kind.path.partition("/")[0]):
            for fact in (kind.match(path) or {}).items():
                index.setdefault(fact, set()).add(path)
        return index

    def master_path(self, kind: str, code: str) -> str:
        """Where the master with this code stands."""
        pattern = self.schemas.kinds[kind].path
        return pattern[: pattern.index("{")] + code + pattern[pattern.index("}") + 1 :]

    @cached_property
    def order_folders(self) -> list[str]:
        """The folders of all orders, sorted by path."""
        return order_folders(self.source.walk("orders"))

    def order(self, folder: str) -> Order:
        """The order in `folder`."""
        order = self._orders.pop(folder, None)
        if order is None:
            self._loaded += 1
            packing = self._loaded <= _PACKED_ORDERS
            sound = ValidatedFiles(*self._caches, str(self.root / folder), packing)
            order = load_order(self.source, folder, self.schemas, sound)
        self._orders[folder] = order
        if len(self._orders) > _ORDERS_IN_MEMORY:
            del self._orders[next(iter(self._orders))]
        return order

    @cached_property
    def ledger(self) -> Ledger:
        """Which orders are whose, for figures over past trade."""
        return Ledger(self)

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """What `make` gives, made once and kept under `key`: small figures over many orders."""
        if key not in self._once:
            self._once[key] = make()
        return cast(T, self._once[key])

    def shown(self, root: Node, audience: str, make: Callable[[], Node | None]) -> Node | None:
        """What an audience sees of a file's data: what `make` makes of it."""
        return make()

    def forget(self, most: int = 500) -> None:
        """Let go of the orders read so far, and of the shared files once there are over `most`."""
        self._orders.clear()
        if len(self._files) > most:
            self._files.clear()
            self._masters.clear()

    def select(self, wanted: Iterable[str], here: Path) -> list[str]:
        """Folders of the orders named by number, path or glob; all of them for nothing named.

        Paths count from `here`. Raises DocpipeError for a name that fits no order.
        """
        folders: list[str] = []
        for name in wanted:
            hits = self._meant(name, here)
            if not hits:
                raise DocpipeError(_NO_ORDER, _LIST, exit_code=2, wanted=name)
            folders += [hit for hit in hits if hit not in folders]
        return folders if folders else list(self.order_folders)

    def _meant(self, name: str, here: Path) -> list[str]:
        """Orders whose number fits, or that stand at the path, above or below it."""
        path = str((here / name).absolute())
        root = str(self.root)
        return [
            folder
            for folder in self.order_folders
            if fnmatch.fnmatchcase(folder.rpartition("/")[2], name)
            or _stand_in_line(path, os.path.join(root, *folder.split("/")))  # noqa: PTH118
        ]


def _save(sound: dict[str, ValidatedFiles]) -> None:
    for each in sound.values():
        each.save()


def _stand_in_line(one: str, two: str) -> bool:
    """Whether the paths are the same, or one is a folder on the way to the other."""
    one, two = (os.path.normcase(path).rstrip(os.sep) + os.sep for path in (one, two))
    return one.startswith(two) or two.startswith(one)
