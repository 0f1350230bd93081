"""An order: a folder of files, loaded once and not changed."""

import re
from collections.abc import Iterable, Mapping
from functools import cached_property

from docpipe.adapters.schemas import SchemaStore
from docpipe.adapters.source import Source
from docpipe.adapters.validated_files import ValidatedFiles
from docpipe.adapters.yamlfile import Node
from docpipe.diagnostics import Diagnostic, Place, Text, Value, nearest
from docpipe.workspace import file_names, problems
from docpipe.workspace.files import DataFile, load_file

_ANY = Text(
    "See `docpipe add --help` for the kinds; outside papers go to papers/",
    "文件种类见 `docpipe add --help`；外来文件放 papers/",
)


class Order(Value):
    """The files of one order by kind, and what is wrong with them as files."""

    folder: str
    files: tuple[DataFile, ...]
    stray: tuple[Diagnostic, ...] = ()

    @property
    def number(self) -> str:
        """The order's number: the name of its folder."""
        return self.folder.rpartition("/")[2]

    @cached_property
    def by_kind(self) -> Mapping[str, Mapping[tuple[str, ...], Node]]:
        """The files that can be read: kind -> placeholder values -> data, in natural order."""
        table: dict[str, dict[tuple[str, ...], Node]] = {}
        for file in sorted(self.files, key=lambda file: file_names.natural(file.names)):
            if file.root is not None:
                table.setdefault(file.kind.name, {})[file.names] = file.root
        return table

    @cached_property
    def broken(self) -> frozenset[str]:
        """Kinds of which at least one file cannot be read or does not fit its schema."""
        return frozenset(file.kind.name for file in self.files if file.root is None)

    @property
    def diagnostics(self) -> list[Diagnostic]:
        """Everything wrong with the files as files."""
        return [*self.stray, *(d for file in self.files for d in file.diagnostics)]


def order_folders(paths: Iterable[str]) -> list[str]:
    """The folders of the orders that these files below `orders` make, sorted by path.

    Those are orders/<year>/<month>/<number>, and wherever an order.yaml stands.
    """
    folders = set()
    for path in paths:
        parts = path.split("/")
        if parts[-1] == "order.yaml":
            folders.add("/".join(parts[:-1]))
        elif len(parts) > 4 and parts[-1].endswith((".yaml", ".yml")):
            folders.add("/".join(parts[:4]))
    return sorted(folders)


def load_order(
    source: Source, folder: str, schemas: SchemaStore, sound: ValidatedFiles | None = None
) -> Order:
    """Read an order's folder. Never raises for what its files hold."""
    files: list[DataFile] = []
    paths = source.files(folder)
    stray = file_names.check(paths)
    for path in paths:
        relative = path.removeprefix(folder + "/")
        if hit := schemas.match(relative, "order"):
            kind, placeholders = hit
            names_ = tuple(placeholders.values())
            files.append(load_file(source, path, kind, names_, schemas, sound))
        elif re.search(r"\.ya?ml$", relative, re.IGNORECASE) and not relative.startswith("papers/"):
            stray.append(stranger(path, relative, schemas, "order"))
    if f"{folder}/order.yaml" not in paths:
        number = folder.rpartition("/")[2]
        place = Place(f"{folder}/order.yaml")
        stray.append(Diagnostic(place, problems.NO_ORDER, {"number": number}))
    if sound is not None:
        sound.save()
    return Order(folder, tuple(files), tuple(stray))


def stranger(path: str, relative: str, schemas: SchemaStore, scope: str) -> Diagnostic:
    """The finding for a file whose name fits no kind."""
    known = [kind.path for kind in schemas.kinds.values() if kind.scope == scope]
    params = {"name": relative, "how": nearest(relative, known) or _ANY}
    return Diagnostic(Place(path), problems.STRANGER, params)
