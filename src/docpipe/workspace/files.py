"""One file of the workspace: read, parsed, checked against its schema."""

from collections.abc import Mapping

from docpipe.adapters.digest import digest
from docpipe.adapters.regular_files import IrregularError
from docpipe.adapters.schemas import FileKind, SchemaStore, validate
from docpipe.adapters.schemas.fields import Field, has_internal, is_internal
from docpipe.adapters.source import Source
from docpipe.adapters.validated_files import ValidatedFiles
from docpipe.adapters.yamlfile import Node
from docpipe.adapters.yamlfile.decoding import MAX_BYTES
from docpipe.diagnostics import Diagnostic, Place, Text, Value
from docpipe.workspace import problems
from docpipe.workspace.held import Held

_KEPT = Text("the value", "所填内容")
_CHOICES = Text("{choices}", "{choices}")


class DataFile(Value):
    """A file of a known kind. `root` is None where it cannot be read or does not fit its schema.

    `names` are the placeholder values of its path: ("1",) for shipments/1/packing.yaml.
    """

    path: str
    kind: FileKind
    names: tuple[str, ...]
    root: Node | None
    diagnostics: list[Diagnostic]


def load_file(
    source: Source,
    path: str,
    kind: FileKind,
    names: tuple[str, ...],
    schemas: SchemaStore,
    sound: ValidatedFiles | None = None,
) -> DataFile:
    """Read `path` as a file of `kind`. What is wrong with it is in `diagnostics`.

    `sound` tells which contents are known to be sound, and is told of this one.
    """
    if source.is_link(path):
        return DataFile(path, kind, names, None, [Diagnostic(Place(path), problems.LINK)])
    try:
        data = source.read(path, MAX_BYTES)
    except (IrregularError, OSError) as error:
        said = error.what if isinstance(error, IrregularError) else error.strerror or str(error)
        told = Diagnostic(Place(path), problems.UNREADABLE, {"why": said})
        return DataFile(path, kind, names, None, [told])
    key = digest(schemas.digest, kind.name.encode(), data)
    root = sound.read(key, path) if sound is not None else None
    if root is not None:
        return DataFile(path, kind, names, root, [])
    fits = sound is not None and key in sound
    root, trouble = _judged(data, path, None if fits else schemas.schema(kind.name))
    if sound is not None and root is not None and not trouble:
        sound.add(key, root)
    trouble = Held(trouble).told()
    found = _discreet(trouble, schemas.schema(kind.name), root) if trouble else []
    return DataFile(path, kind, names, None if trouble else root, found)


def _judged(data: bytes, path: str, schema: Field | None) -> tuple[Node | None, list[Diagnostic]]:
    """The data as far as they can be read, and what is wrong; a known fit needs no schema."""
    from docpipe.adapters.yamlfile import load

    loaded = load(data, path)
    trouble = list(loaded.diagnostics)
    if loaded.root is not None and schema is not None:
        told = {(d.place.line, d.place.column) for d in trouble}
        fit = validate(loaded.root, schema)
        trouble += [d for d in fit if (d.place.line, d.place.column) not in told]
    return loaded.root, trouble


def _discreet(trouble: list[Diagnostic], schema: Field, root: Node | None) -> list[Diagnostic]:
    """The diagnostics without the values of fields that are internal.

    Messages travel (pull requests, mail, logs) where the file itself does not.
    """
    if not any("value" in d.params for d in trouble):
        return trouble
    paths = {} if root is None else {node.place: node.path for node in root.walk()}
    return [
        _without_value(d) if "value" in d.params and _is_kept(d.place, paths, schema) else d
        for d in trouble
    ]


def _is_kept(place: Place, paths: Mapping[Place, tuple[str | int, ...]], schema: Field) -> bool:
    """Whether the field at `place` is internal; where it is not known, any field."""
    path = paths.get(place)
    return has_internal(schema) if path is None else is_internal(schema, path)


def _without_value(diagnostic: Diagnostic) -> Diagnostic:
    """The same without the value, and without the choice that it nearly is."""
    params = {**diagnostic.params, "value": _KEPT}
    if diagnostic.params.get("near"):
        params |= {"near": [], "how": _CHOICES}
    return Diagnostic(diagnostic.place, diagnostic.problem, params)
