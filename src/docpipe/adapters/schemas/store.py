"""All schemas of a workspace, their references resolved, and which file each one governs."""

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property
from typing import Any

from docpipe.adapters.cache import Cache
from docpipe.adapters.schemas import usable
from docpipe.adapters.schemas.fields import Field
from docpipe.adapters.schemas.patterns import PatternError, demand_usable, fits
from docpipe.adapters.schemas.shelf import Shelf, digest_of
from docpipe.diagnostics import DocpipeError, Text, Value

_SUFFIX = ".schema.json"
_KINDS = "kinds"
_MOST_PATHS = 4096  # remembered; orders name their files alike
_MAX_PARTS = 100_000  # a schema with its references in place; the largest of ours has 2,000
_BROKEN = Text("The schema {file} cannot be used: {why}", "模式文件 {file} 无法使用：{why}")
_RESTORE = Text(
    "Restore it from Git, or from a workspace made by `docpipe init`",
    "请从 Git 恢复，或从 `docpipe init` 新建的工作区复制",
)


class FileKind(Value):
    """A kind of file: `path` with `{placeholders}`, relative to the order's folder or the root.

    `names` are regular expressions for the placeholders' values; `of` says which fact of an
    order a placeholder equals, for shared files that belong to orders (a customer's surveys).
    `begun_by` is the field without which such a file is only a plan: its stage has not begun.
    """

    name: str
    path: str
    stage: str
    scope: str
    names: tuple[tuple[str, str], ...] = ()
    of: tuple[tuple[str, str], ...] = ()
    begun_by: str = ""

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Matches the relative path; groups are the placeholders, by name, each as short as it can.

        So that in `{country}-{product}.yaml` the first hyphen parts the two.
        """
        parts = re.split(r"\{(\w+)\}", self.path)
        return re.compile(
            "".join(
                f"(?P<{part}>[^/]+?)" if index % 2 else re.escape(part)
                for index, part in enumerate(parts)
            )
            + r"\Z"
        )

    @cached_property
    def placeholders(self) -> tuple[str, ...]:
        """The names of the placeholders, in the order of the path."""
        return tuple(piece.partition("}")[0] for piece in self.path.split("{")[1:])

    def match(self, relative: str) -> dict[str, str] | None:
        """The placeholders' values in a path of this kind; None for any other path."""
        values = self._told(relative)
        if values is None or not all(fits(form, values[n]) for n, form in self.names):
            return None
        return values

    def _told(self, relative: str) -> dict[str, str] | None:
        """As `pattern` finds them, which is compiled for paths of several placeholders only."""
        if self.literal:
            return {} if relative == self.path else None
        head, tail = self.path.partition("{")[0], self.path.rpartition("}")[2]
        if not (relative.startswith(head) and relative.endswith(tail)):
            return None
        if len(self.placeholders) > 1 or not self.placeholders[0].isidentifier():
            hit = self.pattern.match(relative)
            return hit.groupdict() if hit else None
        value = relative[len(head) : len(relative) - len(tail)]
        return {self.placeholders[0]: value} if value and "/" not in value else None

    @property
    def literal(self) -> bool:
        """Whether the path has no placeholder."""
        return "{" not in self.path


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
        self.kinds = {row[0]: FileKind(*row) for row in self._shelf.get(_KINDS) or self._rows()}

    def _rows(self) -> list[tuple[Any, ...]]:
        """The fields of each FileKind, by its name."""
        kinds = [_kind(name, schema) for name, schema in self._raw.items() if "x-file" in schema]
        rows = sorted(tuple(getattr(kind, name) for name in FileKind._fields) for kind in kinds)
        self._shelf.put(_KINDS, rows)
        return rows

    @cached_property
    def _raw(self) -> dict[str, dict[str, Any]]:
        return {name: _parse(name, data) for name, data in self._files.items()}

    def schema(self, kind: str) -> Field:
        """The schema of a kind of file, every `$ref` resolved. Raises KeyError."""
        if kind not in self._resolved:
            name = kind + _SUFFIX
            resolved = self._shelf.get(name) if name in self._files else None
            if resolved is None:
                self._parts = 0
                resolved = self._inline(self._raw[name], name, ())
                if why := usable.objection(resolved):
                    raise _broken(name, why)
                self._shelf.put(name, resolved)
            self._resolved[kind] = resolved
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
            raise _broken(file, "its references multiply without end")
        own = {
            name: self._inline(value, file, trail)
            for name, value in part.items()
            if name not in ("$ref", "$defs")
        }
        if "$ref" not in part:
            return own
        target, where, address = self._target(str(part["$ref"]), file)
        if address in trail:
            raise _broken(file, f"{address} refers to itself")
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
            raise _broken(file, f"{ref} is not there")
        return target, name, f"{name}#{pointer}"


def _broken(file: str, why: str | Text) -> DocpipeError:
    return DocpipeError(_BROKEN, _RESTORE, file=file, why=why)


def _parse(name: str, data: bytes) -> dict[str, Any]:
    import json

    try:
        # Decimals, or `multipleOf: 0.01` would reject one cent amount in nine.
        schema = json.loads(data, parse_float=Decimal)
    except (ValueError, RecursionError) as error:
        raise _broken(name, str(error)) from error
    if not isinstance(schema, dict):
        raise _broken(name, "no JSON object")
    return schema


def _kind(name: str, schema: Mapping[str, Any]) -> FileKind:
    entry = schema["x-file"]
    try:
        forms, of = (tuple(entry.get(key, {}).items()) for key in ("names", "of"))
        kind = name.removesuffix(_SUFFIX)
        path, stage, scope = (entry[key] for key in ("path", "stage", "scope"))
        found = FileKind(kind, path, stage, scope, forms, of, entry.get("begun_by", ""))
        unknown = dict(forms).keys() - set(found.pattern.groupindex)
        for _, form in forms:
            demand_usable(form)
    except PatternError as error:
        raise _broken(name, error.said) from error
    except (KeyError, TypeError, AttributeError, re.error) as error:
        raise _broken(name, f"x-file: {error}") from error
    if unknown or found.scope not in ("order", "workspace"):
        raise _broken(name, f"x-file: {', '.join(unknown) or found.scope}")
    return found
