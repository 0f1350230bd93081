"""What the code calls by name: kinds of files, their fields and stages, held against the schemas.

A walk over a module's syntax tree finds them. Where it can be told what a variable holds (the
order, a row of the contract's lines), a field must be one of that very place; elsewhere it must be
a field of something. Every other word in a string must be one that schemas, catalogue or messages
know.
"""

import ast
import json
import re
import string
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import pairwise

from docpipe.adapters.schemas import fields
from docpipe.adapters.schemas.fields import Field
from docpipe.workspace.stage import stages
from docpipe.workspace.workspace import Workspace
from tests.conftest import ROOT

WORD = re.compile(r"[a-z][A-Za-z0-9_]*(-[A-Za-z0-9_]+)*(\.[A-Za-z_]+)*")
READERS = {"text", "number", "count", "rows", "at", "find"}
KINDS_OF = {"get", "file", "every", "master", "schema", "roots", "has"}
DOTTED_OF = {"node", "fact"}
VIEWS = {"view", "_view", "case", "estate"}
MADE = {"contract": "contract", "agreed": "contract", "company": "company"}
TEXTS = {"Words", "Text", "Both", "Place", "order_rule", "estate_rule"}
Held = tuple[Field, ...]


@cache
def _workspace() -> Workspace:
    return Workspace(ROOT)


@cache
def kinds() -> frozenset[str]:
    return frozenset(_workspace().schemas.kinds)


@cache
def words() -> frozenset[str]:
    """Every name and every choice that schemas and catalogue know."""
    found = {*kinds(), *stages(_workspace().schemas), *fields.EVERYBODY}

    def collect(value: object) -> None:
        if isinstance(value, Mapping):
            found.update(map(str, value))
            for each in value.values():
                collect(each)
        elif isinstance(value, list):
            for each in value:
                collect(each)
        elif isinstance(value, str):
            found.add(value)

    for path in (ROOT / "schemas").glob("*.json"):
        collect(json.loads(path.read_text("utf-8")))
    for kind in _workspace().documents.values():
        found.update((kind.id, kind.audience, kind.per or ""))
    return frozenset(found)


@cache
def names() -> frozenset[str]:
    """Every field of every kind."""
    found: set[str] = set()

    def collect(schema: Field) -> None:
        for name, entry in schema.get("properties", {}).items():
            found.add(name)
            collect(entry)
        for below in ("items", "additionalProperties"):
            if isinstance(schema.get(below), Mapping):
                collect(schema[below])

    for kind in kinds():
        collect(_workspace().schemas.schema(kind))
    return frozenset(found)


def field(held: Held, dotted: str) -> Held:
    """What may stand at the dotted name, in any of the places; () where nothing can."""
    for name in dotted.split("."):
        held = tuple(
            entry for each in held if (entry := each.get("properties", {}).get(name)) is not None
        )
    return held


def misspelt(source: str) -> list[str]:
    """`line: what` for each kind, field and stage in the code that there is not."""
    return _told(_Reader(ast.parse(source)).faults())


def unknown_words(source: str, known: Iterable[str] = ()) -> list[str]:
    """`line: what` for each word in a string that schemas, catalogue and messages do not know."""
    tree = ast.parse(source)
    said = {*known, *_placeholders(tree), *_own_names(tree)}
    return _told([*_strange(tree, said), *_strange_fields(tree)])


def _told(faults: Iterable[tuple[int, str]]) -> list[str]:
    return [f"{line}: {what}" for line, what in sorted(set(faults))]


def _placeholders(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and "{" in node.value:
            try:
                parsed = [*string.Formatter().parse(node.value)]
            except ValueError:
                continue
            yield from (name for _, name, _, _ in parsed if name)


def _own_names(tree: ast.AST) -> Iterator[str]:
    """Keywords and attributes: `getattr(rule, "whole")`, `dict(first=...)`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword | ast.arg) and node.arg:
            yield node.arg
        elif isinstance(node, ast.Attribute):
            yield node.attr


def _strange(tree: ast.AST, known: set[str]) -> Iterator[tuple[int, str]]:
    """Words in strings that nobody knows; what is written for people does not count."""
    for node in _spoken_for(tree):
        value = node.value if isinstance(node, ast.Constant) else None
        if isinstance(value, str) and WORD.fullmatch(value) and value not in known | words():
            parts = {*value.split(".")}
            if parts - words() - known or not _somewhere(value):
                yield node.lineno, value


def _strange_fields(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Fields that are asked of anything, and are fields of nothing."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args and _method(node)[0] in READERS:
            dotted = _text(node.args[0]) or ""
            if WORD.fullmatch(dotted) and {*dotted.split(".")} - names():
                yield node.lineno, f"no field: {dotted}"


def _somewhere(dotted: str) -> bool:
    """Whether it may be a path: "kind.field", or names of fields one below the other."""
    kind, _, path = dotted.partition(".")
    if kind in kinds() and field((_workspace().schemas.schema(kind),), path):
        return True
    return all(pair in _pairs() for pair in pairwise(dotted.split(".")))


@cache
def _pairs() -> frozenset[tuple[str, str]]:
    """Every field together with each field of its own."""
    found: set[tuple[str, str]] = set()

    def collect(schema: Field) -> None:
        for name, entry in schema.get("properties", {}).items():
            found.update((name, below) for below in entry.get("properties", {}))
            collect(entry)
        if isinstance(schema.get("items"), Mapping):
            collect(schema["items"])

    for kind in kinds():
        collect(_workspace().schemas.schema(kind))
    return frozenset(found)


def _spoken_for(node: ast.AST) -> Iterator[ast.AST]:
    """All nodes but docstrings, annotations, patterns and texts for people."""
    yield node
    for child in ast.iter_child_nodes(node):
        name = getattr(getattr(child, "func", None), "id", "")
        docstring = isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant)
        annotation = child is getattr(node, "annotation", None)
        annotation = annotation or child is getattr(node, "returns", None)
        if not (docstring or annotation or name in TEXTS):
            yield from _spoken_for(child)


class _Reader:
    """Follows what variables hold, function by function."""

    def __init__(self, tree: ast.Module) -> None:
        self._tree = tree
        self._constants = {
            target.id: node.value
            for node in tree.body
            if isinstance(node, ast.Assign)
            for target in node.targets
            if isinstance(target, ast.Name)
        }

    def faults(self) -> Iterator[tuple[int, str]]:
        for node in ast.walk(self._tree):
            if isinstance(node, ast.keyword) and node.arg in ("needs", "reads"):
                yield from self._needed(node)
            elif isinstance(node, ast.keyword) and node.arg == "gate":
                yield from self._stage(node.value)
            elif isinstance(node, ast.Call):
                yield from self._call(node)
        for node in ast.walk(self._tree):
            if isinstance(node, ast.FunctionDef):
                yield from self._function(node)

    def _needed(self, node: ast.keyword) -> Iterator[tuple[int, str]]:
        value = node.value
        if isinstance(value, ast.Name):
            value = self._constants.get(value.id, value)
        for each in value.elts if isinstance(value, ast.List | ast.Tuple) else ():
            if isinstance(each, ast.Constant) and each.value not in kinds():
                yield each.lineno, f"no kind: {each.value}"

    def _stage(self, node: ast.expr) -> Iterator[tuple[int, str]]:
        stage = _text(node)
        if stage and stage not in stages(_workspace().schemas):
            yield node.lineno, f"no stage: {stage}"

    def _call(self, node: ast.Call) -> Iterator[tuple[int, str]]:
        """Kinds, stages and "kind.field" given to a view, or to what is like one."""
        method, receiver = _method(node)
        texts = [each for each in node.args if _text(each) is not None]
        if not texts or receiver not in VIEWS:
            return
        if method in KINDS_OF:
            given = texts if method == "roots" else node.args[:1]
            wrong = [each for each in given if (_text(each) or "order") not in kinds()]
            yield from ((each.lineno, f"no kind: {_text(each)}") for each in wrong)
        elif method in DOTTED_OF and texts[0] is node.args[0]:
            kind, _, path = str(_text(texts[0])).partition(".")
            if kind not in kinds():
                yield node.lineno, f"no kind: {kind}"
            elif path and not field((_workspace().schemas.schema(kind),), path):
                yield node.lineno, f"no field of {kind}: {path}"
        elif method == "begun":
            yield from self._stage(node.args[0])

    def _function(self, function: ast.FunctionDef) -> Iterator[tuple[int, str]]:
        holds = self._variables(function)
        for node in ast.walk(function):
            held, dotted = self._read(node, holds)
            if held and dotted and not field(held, dotted):
                yield getattr(node, "lineno", function.lineno), f"no such field there: {dotted}"

    def _read(self, node: ast.AST, holds: dict[str, Held]) -> tuple[Held, str | None]:
        """What a node is asked for a field of, and which field."""
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
            if node.func.attr in READERS:
                return self._held(node.func.value, holds), _text(node.args[0])
        elif isinstance(node, ast.Subscript):
            return self._held(node.value, holds), _text(node.slice)
        elif isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.In | ast.NotIn):
            return self._held(node.comparators[0], holds), _text(node.left)
        return (), None

    def _variables(self, function: ast.FunctionDef) -> dict[str, Held]:
        """What each variable of a function holds, where every assignment agrees on it."""
        given: dict[str, list[Held]] = {}
        arguments = function.args
        for argument in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs):
            given[argument.arg] = [()]
        for _ in range(3):  # rows of rows of what a variable holds
            holds = {name: every[0] for name, every in given.items() if _agree(every)}
            given = {name: [()] for name in given if given[name] == [()]}
            for node in ast.walk(function):
                for target, value, looped in _assignments(node):
                    held = self._looped(value, holds) if looped else self._held(value, holds)
                    given.setdefault(target, []).append(held)
        return {name: every[0] for name, every in given.items() if _agree(every)}

    def _held(self, node: ast.expr, holds: dict[str, Held]) -> Held:
        """The places in the schemas that an expression stands for; () where that is not told."""
        if isinstance(node, ast.Name):
            return holds.get(node.id, ())
        if isinstance(node, ast.IfExp):
            return self._held(node.body, holds)
        if isinstance(node, ast.Attribute) and node.attr in MADE:
            return self._of_kind(MADE[node.attr]) if _last(node.value) in VIEWS else ()
        if isinstance(node, ast.Subscript) and (name := _text(node.slice)):
            return field(self._held(node.value, holds), name)
        if isinstance(node, ast.Call) and node.args and (name := _text(node.args[0])):
            method, receiver = _method(node)
            if method in ("get", "file", "master") and receiver in VIEWS:
                return self._of_kind(name)
            if method == "find" and isinstance(node.func, ast.Attribute):
                return field(self._held(node.func.value, holds), name)
        return ()

    def _looped(self, node: ast.expr, holds: dict[str, Held]) -> Held:
        """The same for one of what an expression runs through."""
        if isinstance(node, ast.IfExp):
            return self._looped(node.body, holds)
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            return ()
        inner = node.func.value
        if node.func.attr in ("values", "items") and isinstance(inner, ast.Call) and inner.args:
            method, receiver = _method(inner)
            name = _text(inner.args[0])
            return self._of_kind(name) if method == "every" and receiver in VIEWS and name else ()
        if node.func.attr == "rows" and node.args and (dotted := _text(node.args[0])):
            rows = field(self._held(inner, holds), dotted)
            return tuple(each["items"] for each in rows if "items" in each)
        return ()

    def _of_kind(self, name: str) -> Held:
        return (_workspace().schemas.schema(name),) if name in kinds() else ()


def _agree(every: list[Held]) -> bool:
    return bool(every[0]) and all(each == every[0] for each in every)


def _text(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _last(node: ast.expr) -> str:
    """The last name of a dotted expression."""
    return str(getattr(node, "attr", getattr(node, "id", "")))


def _method(node: ast.Call) -> tuple[str, str]:
    """The method of a call, and the last name of what it is called on."""
    if isinstance(node.func, ast.Attribute):
        return node.func.attr, _last(node.func.value)
    return "", ""


def _assignments(node: ast.AST) -> Iterator[tuple[str, ast.expr, bool]]:
    """Name, value, and whether it runs through the value."""
    if isinstance(node, ast.Assign):
        for target in node.targets:
            yield from _paired(target, node.value)
    elif isinstance(node, ast.NamedExpr):
        yield node.target.id, node.value, False
    elif isinstance(node, ast.For) and _method(_called(node.iter))[0] == "pairs":
        for name, kind in zip(node.target.elts[1:], node.iter.args, strict=True):
            view = ast.Attribute(ast.Name("view"), "get")
            yield name.id, ast.Call(view, [kind], []), False
    elif isinstance(node, ast.For | ast.comprehension):
        target = node.target
        if isinstance(target, ast.Tuple) and _method(_called(node.iter))[0] == "items":
            target = target.elts[-1]
        for name in ast.walk(target):
            if isinstance(name, ast.Name):
                whole = target is name
                yield name.id, node.iter if whole else ast.Constant(None), True


def _called(node: ast.expr) -> ast.Call:
    node = node.body if isinstance(node, ast.IfExp) else node
    return node if isinstance(node, ast.Call) else ast.Call(ast.Name(""), [], [])


def _paired(target: ast.expr, value: ast.expr) -> Iterator[tuple[str, ast.expr, bool]]:
    if isinstance(target, ast.Name):
        yield target.id, value, False
    elif isinstance(target, ast.Tuple):
        same = isinstance(value, ast.Tuple) and len(value.elts) == len(target.elts)
        values = value.elts if same and isinstance(value, ast.Tuple) else None
        for at, each in enumerate(target.elts):
            yield from _paired(each, values[at] if values else ast.Constant(None))
