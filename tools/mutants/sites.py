"""Where in a file something may be changed so that a test should notice."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from .changes import Change, changes, is_number

SILENT_CALLS = frozenset(
    {"Words", "Text", "TypeVar", "ParamSpec", "NewType", "cast", "DocpipeError", "ValueError"}
)
TYPES = frozenset({"Literal", "Callable", "Iterable", "Iterator", "Mapping", "Final"})


class Mutant(NamedTuple):
    """Bytes `start` to `end` of the file become `text`.

    `lines` are those of the statement; `body` those of the function that holds it, without its
    head. What runs when the file is imported (`at_import`) is a matter for whoever uses the file.
    """

    file: str
    line: int
    lines: tuple[int, int]
    body: tuple[int, int] | None
    at_import: bool
    start: int
    end: int
    text: str
    sort: str

    @property
    def name(self) -> str:
        """What it is called in reports and told again by."""
        return f"{self.file}:{self.line}:{self.start}-{self.end} {self.sort} {self.text}"

    def source(self, root: Path) -> bytes:
        """The whole file with the change made."""
        before = (root / self.file).read_bytes()
        return before[: self.start] + self.text.encode() + before[self.end :]


class _Around(NamedTuple):
    """What a node stands in."""

    lines: tuple[int, int] = (0, 0)
    body: tuple[int, int] | None = None
    at_import: bool = True


def mutants(root: Path, file: str) -> Iterator[Mutant]:
    """Every mutant of a file, in the order of the file."""
    source = (root / file).read_bytes()
    starts = [0]
    for written in source.splitlines(keepends=True):
        starts.append(starts[-1] + len(written))
    for change, around in _walk(ast.parse(source), _Around()):
        node = change.node
        start = starts[_place(node, "lineno") - 1] + _place(node, "col_offset")
        end = starts[_place(node, "end_lineno") - 1] + _place(node, "end_col_offset")
        if not _is_equal(source[start:end], change.text):
            line = _place(node, "lineno")
            yield Mutant(file, line, *around, start, end, change.text, change.sort)


def _place(node: ast.AST, name: str) -> int:
    return int(getattr(node, name))


def _is_equal(before: bytes, after: str) -> bool:
    return before.decode() == after


def _walk(node: ast.AST, around: _Around) -> Iterator[tuple[Change, _Around]]:
    """Changes at the node and below it, but for those that nobody could notice."""
    if _is_silent(node):
        return
    if isinstance(node, ast.stmt):
        around = around._replace(lines=_lines(node))
    for change in changes(node):
        yield change, around
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        yield from _function(node, around)
    elif not is_number(node):
        for child in ast.iter_child_nodes(node):
            if not _is_annotation(node, child):
                yield from _walk(child, around)


def _function(
    node: ast.FunctionDef | ast.AsyncFunctionDef, around: _Around
) -> Iterator[tuple[Change, _Around]]:
    body = (node.body[0].lineno, node.end_lineno or node.lineno)
    inside = around.body or body  # of nested functions, the outermost counts
    for child in (*node.decorator_list, *node.args.defaults, *node.args.kw_defaults):
        if child is not None:
            yield from _walk(child, around._replace(body=inside))
    last = [*_last(node.body)]
    for statement in node.body:
        for change, where in _walk(statement, around._replace(body=inside, at_import=False)):
            if change.text != "pass" or change.node not in last:  # it ends there anyway
                yield change, where


def _last(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """The returns behind which nothing of the function is left."""
    match body[-1] if body else None:
        case ast.Return() as node:
            yield node
        case ast.If() as node:
            yield from (*_last(node.body), *_last(node.orelse))
        case ast.With() as node:
            yield from _last(node.body)
        case ast.Try(finalbody=[]) as node:
            for part in (node.orelse or node.body, *(each.body for each in node.handlers)):
                yield from _last(part)


def _lines(node: ast.stmt) -> tuple[int, int]:
    """The lines of a simple statement, or of a compound one's head."""
    body = getattr(node, "body", None)
    if isinstance(body, list) and body and isinstance(body[0], ast.stmt):
        return node.lineno, max(node.lineno, body[0].lineno - 1)
    return node.lineno, node.end_lineno or node.lineno


def _is_silent(node: ast.AST) -> bool:
    """Docstrings, words for people, types: what no test need notice."""
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)
    if isinstance(node, ast.Call):
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        return name in SILENT_CALLS
    if isinstance(node, ast.Assign):
        return any(isinstance(each, ast.Name) and each.id == "__all__" for each in node.targets)
    if isinstance(node, ast.If):
        return ast.unparse(node.test) == "TYPE_CHECKING"
    if isinstance(node, ast.Subscript):
        return isinstance(node.value, ast.Name) and node.value.id in TYPES
    return isinstance(node, ast.JoinedStr | ast.Import | ast.ImportFrom | ast.Assert)


def _is_annotation(node: ast.AST, child: ast.AST) -> bool:
    return isinstance(node, ast.AnnAssign) and child is node.annotation
