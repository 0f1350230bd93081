"""Which file a schema governs: its path, and the form of each word in it."""

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from docpipe.adapters.schemas.patterns import PatternError, demand_usable, fits
from docpipe.diagnostics import DocpipeError, Text, Value

SUFFIX = ".schema.json"
_BROKEN = Text("The schema {file} cannot be used: {why}", "模式文件 {file} 无法使用：{why}")
GONE = Text("it does not exist", "文件不存在")
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


def broken(file: str, why: str | Text) -> DocpipeError:
    """What keeps a schema from being used."""
    return DocpipeError(_BROKEN, _RESTORE, file=file, why=why)


def kind_of(name: str, schema: Mapping[str, Any]) -> FileKind:
    """What the schema's `x-file` says. Raises DocpipeError."""
    entry = schema["x-file"]
    try:
        forms, of = (tuple(entry.get(key, {}).items()) for key in ("names", "of"))
        kind = name.removesuffix(SUFFIX)
        path, stage, scope = (entry[key] for key in ("path", "stage", "scope"))
        found = FileKind(kind, path, stage, scope, forms, of, entry.get("begun_by", ""))
        unknown = dict(forms).keys() - set(found.pattern.groupindex)
        for _, form in forms:
            demand_usable(form)
    except PatternError as error:
        raise broken(name, error.text) from error
    except (KeyError, TypeError, AttributeError, re.error) as error:
        raise broken(name, f"x-file: {error}") from error
    if unknown or found.scope not in ("order", "workspace"):
        raise broken(name, f"x-file: {', '.join(unknown) or found.scope}")
    return found
