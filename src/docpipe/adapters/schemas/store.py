"""All schemas of a workspace, their references resolved, and which file each one governs."""

from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property
from typing import Any

from docpipe.adapters.cache import Cache
from docpipe.adapters.schemas import usable
from docpipe.adapters.schemas.cache import Shelf, digest_of
from docpipe.adapters.schemas.fields import Field
from docpipe.adapters.schemas.floors import floored
from docpipe.adapters.schemas.kinds import GONE, SUFFIX, FileKind, broken, kind_of

_KINDS = "kinds"
_MOST_PATHS = 4096  # remembered; orders name their files alike
_MAX_PARTS = 100_000  # a schema with its references in place; the largest of ours has 2,000


class _Kinds(dict[str, FileKind]):
    """Kinds by name; asking for one that must be there and is not tells which schema lacks."""

    def __missing__(self, name: str) -> FileKind:
        raise broken(name + SUFFIX, GONE)


class SchemaStore:
    """Schemas by kind. `files` maps a file name such as "order.schema.json" to its bytes.

    What they come to is kept in `cache`. Raises DocpipeError for a schema that is no JSON, or
    refers to what is not there.
    """

    def __init__(self, files: Mapping[str, bytes], cache: Cache | None = None) -> None:
        self._files = files
        self.digest = digest_of(files)
        """Equal only where the schemas are, and what reads and judges by them."""
        self._shelf = Shelf(cache or Cache(None), self.digest)
        self._resolved: dict[str, Field] = {}
        self._matched: dict[tuple[str, str], tuple[FileKind, dict[str, str]] | None] = {}
        self._parts = 0
        rows = self._shelf.get(_KINDS) or self._rows()
        self.kinds = _Kinds({row[0]: FileKind(*row) for row in rows})

    def _rows(self) -> list[tuple[Any, ...]]:
        """The fields of each FileKind, by its name."""
        kinds = [kind_of(name, schema) for name, schema in self._raw.items() if "x-file" in schema]
        rows = sorted(tuple(getattr(kind, name) for name in FileKind._fields) for kind in kinds)
        self._shelf.put(_KINDS, rows)
        return rows

    @cached_property
    def _raw(self) -> dict[str, dict[str, Any]]:
        return {name: _parse(name, data) for name, data in self._files.items()}

    def schema(self, kind: str) -> Field:
        """The schema of a kind of file, every `$ref` resolved, its readers as `FLOORS` lets.

        Raises DocpipeError.
        """
        if kind not in self._resolved:
            name = kind + SUFFIX
            if name not in self._files:
                raise broken(name, GONE)
            resolved = self._shelf.get(name)
            if resolved is None:
                self._parts = 0
                resolved = self._inline(self._raw[name], name, ())
                if why := usable.objection(resolved):
                    raise broken(name, why)
                self._shelf.put(name, resolved)
            self._resolved[kind] = floored(kind, resolved)
        return self._resolved[kind]

    def match(self, relative: str, scope: str) -> tuple[FileKind, dict[str, str]] | None:
        """The kind of a file by its path, with the placeholders' values; literal paths win."""
        key = relative, scope
        if key not in self._matched:
            if len(self._matched) >= _MOST_PATHS:
                self._matched.clear()
            self._matched[key] = self._match(relative, scope)
        return self._matched[key]

    def _match(self, relative: str, scope: str) -> tuple[FileKind, dict[str, str]] | None:
        hits = [
            (kind, values)
            for kind in self.kinds.values()
            if kind.scope == scope and (values := kind.match(relative)) is not None
        ]
        return max(hits, key=lambda hit: hit[0].literal) if hits else None

    def _inline(self, part: Any, file: str, trail: tuple[str, ...]) -> Any:
        """`part` with references replaced; keywords beside a `$ref` (annotations) win."""
        if isinstance(part, list):
            return [self._inline(item, file, trail) for item in part]
        if not isinstance(part, dict):
            return part
        self._parts += 1
        if self._parts > _MAX_PARTS:
            raise broken(file, "its references multiply without end")
        own = {
            name: self._inline(value, file, trail)
            for name, value in part.items()
            if name not in ("$ref", "$defs")
        }
        if "$ref" not in part:
            return own
        target, where, address = self._target(str(part["$ref"]), file)
        if address in trail:
            raise broken(file, f"{address} refers to itself")
        return {**self._inline(target, where, (*trail, address)), **own}

    def _target(self, ref: str, file: str) -> tuple[Any, str, str]:
        """What `ref` in `file` means, the file where that stands, and its full address."""
        name, _, pointer = ref.partition("#")
        name = name or file
        target: Any = self._raw.get(name)
        for step in pointer.split("/")[1:]:
            step = step.replace("~1", "/").replace("~0", "~")
            target = target.get(step) if isinstance(target, dict) else None
        if not isinstance(target, dict):
            raise broken(file, f"{ref} is not there")
        return target, name, f"{name}#{pointer}"


def _parse(name: str, data: bytes) -> dict[str, Any]:
    import json

    try:
        # Decimals, or `multipleOf: 0.01` would reject one cent amount in nine.
        schema = json.loads(data, parse_float=Decimal)
    except (ValueError, RecursionError) as error:
        raise broken(name, str(error)) from error
    if not isinstance(schema, dict):
        raise broken(name, "no JSON object")
    return schema
