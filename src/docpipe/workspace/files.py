"""One file of the workspace: read, parsed, checked against its schema."""

from dataclasses import dataclass, field

from docpipe.adapters.schemas import FileKind, SchemaStore, validate
from docpipe.adapters.schemas.fields import Field, has_internal, is_internal
from docpipe.adapters.yamlfile import Node, load
from docpipe.adapters.yamlfile.reader import MAX_BYTES
from docpipe.diagnostics import Diagnostic, Place, Text
from docpipe.workspace import problems
from docpipe.workspace.source import Source

_KEPT = Text("the value", "所填内容")


@dataclass(frozen=True)
class DataFile:
    """A file of a known kind. `root` is None where it cannot be read or does not fit its schema.

    `names` are the placeholder values of its path: ("1",) for shipments/1/packing.yaml.
    """

    path: str
    kind: FileKind
    names: tuple[str, ...]
    root: Node | None
    diagnostics: list[Diagnostic] = field(default_factory=list)


def load_file(
    source: Source, path: str, kind: FileKind, names: tuple[str, ...], schemas: SchemaStore
) -> DataFile:
    """Read `path` as a file of `kind`. What is wrong with it is in `diagnostics`."""
    if source.is_link(path):
        return DataFile(path, kind, names, None, [Diagnostic(Place(path), problems.LINK)])
    try:
        data = source.read(path, MAX_BYTES)
    except OSError as error:
        why = {"why": error.strerror or str(error)}
        return DataFile(
            path, kind, names, None, [Diagnostic(Place(path), problems.UNREADABLE, why)]
        )
    schema = schemas.schema(kind.name)
    loaded = load(data, path)
    trouble = list(loaded.diagnostics)
    if loaded.root is not None:
        trouble += validate(loaded.root, schema)
    root = None if trouble else loaded.root
    return DataFile(path, kind, names, root, [_discreet(d, schema, loaded.root) for d in trouble])


def _discreet(diagnostic: Diagnostic, schema: Field, root: Node | None) -> Diagnostic:
    """The diagnostic without the value of a field that is kept from somebody.

    Messages travel (pull requests, mail, logs) where the file itself does not.
    """
    if "value" not in diagnostic.params:
        return diagnostic
    path = _path_at(diagnostic.place, root)
    internal = is_internal(schema, path) if path is not None else has_internal(schema)
    if not internal:
        return diagnostic
    params = {**diagnostic.params, "value": _KEPT}
    return Diagnostic(diagnostic.place, diagnostic.problem, params)


def _path_at(place: Place, root: Node | None) -> tuple[str | int, ...] | None:
    for node in root.walk() if root is not None else ():
        if (node.line, node.column, node.field) == (place.line, place.column, place.field):
            return node.path
    return None
