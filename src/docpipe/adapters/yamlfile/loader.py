"""YAML text to Nodes, on the events of PyYAML's C parser.

PyYAML's own constructors turn `NO` into False and 19.90 into a binary float; events carry the
text and its position, and the meaning is decided here.
"""

import re
from dataclasses import dataclass, field
from typing import Any

import yaml
from yaml._yaml import CParser

from docpipe.adapters.yamlfile import problems, syntax
from docpipe.adapters.yamlfile.node import Node, Scalar
from docpipe.adapters.yamlfile.reader import decode
from docpipe.adapters.yamlfile.scalars import AmbiguousScalar, resolve
from docpipe.diagnostics import Diagnostic, Param, Place, Problem, Text

MAX_DEPTH = 50
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x0d\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Loaded:
    """A file's data (None where it cannot be told) and what is wrong with the file."""

    root: Node | None
    diagnostics: list[Diagnostic] = field(default_factory=list)


def load(data: bytes, file: str) -> Loaded:
    """Read a YAML file; `file` is its name in the workspace. Never raises for bad input."""
    text = decode(data, file)
    if isinstance(text, Diagnostic):
        return Loaded(None, [text])
    builder = _Builder(text, file)
    try:
        root = builder.document()
    except _StopReadingError:
        root = None
    except yaml.YAMLError as error:
        builder.diagnostics.append(syntax.explain(error, file, text))
        root = None
    return Loaded(root, builder.finished())


class _StopReadingError(Exception):
    """The rest of the file cannot be understood."""


class _Builder:
    """One pass over the events; keeps going after a bad scalar, stops at a bad structure."""

    def __init__(self, text: str, file: str) -> None:
        self.file = file
        self.parser = CParser(text)
        self.next = self.parser.get_event
        self.diagnostics: list[Diagnostic] = []
        self.bad_scalars: list[tuple[Node, Problem, dict[str, Param]]] = []

    def finished(self) -> list[Diagnostic]:
        """All diagnostics; a scalar's field is known only once its parents are."""
        scalars = [Diagnostic(node.place, *rest) for node, *rest in self.bad_scalars]
        return self.diagnostics + scalars

    def document(self) -> Node | None:
        self.next()  # StreamStart
        if isinstance(self.next(), yaml.StreamEndEvent):
            self.report(problems.EMPTY, 1, 1)
            return None
        root = self.value(self.next(), 0)
        self.next()  # DocumentEnd
        after = self.next()
        if not isinstance(after, yaml.StreamEndEvent):
            what = Text("document marker (---)", "多文档分隔符 ---")
            self.stop(problems.FEATURE, after, what=what)
        if root.value is None:
            self.report(problems.EMPTY, 1, 1)
        return root

    def value(self, event: Any, depth: int) -> Node:
        mark = event.start_mark
        kind = type(event)
        if kind is yaml.AliasEvent:
            self.stop(problems.FEATURE, event, what=Text("alias (*name)", "别名（*名字）"))
        if event.anchor is not None:
            self.stop(problems.FEATURE, event, what=Text("anchor (&name)", "锚点（&名字）"))
        if event.tag is not None:
            self.stop(problems.FEATURE, event, what=Text("tag (!name)", "标签（!名字）"))
        node = Node(self.file, None, mark.line + 1, mark.column + 1)
        if kind is yaml.ScalarEvent:
            node.value = self.scalar(event, node)
        elif depth >= MAX_DEPTH:
            self.stop(problems.DEPTH, event, limit=MAX_DEPTH)
        elif kind is yaml.MappingStartEvent:
            node.value = self.mapping(node, depth)
        else:
            node.value = self.sequence(node, depth)
        return node

    def mapping(self, owner: Node, depth: int) -> dict[str, Node]:
        fields: dict[str, Node] = {}
        while not isinstance(key := self.next(), yaml.MappingEndEvent):
            name = self.key(key)
            child = self.value(self.next(), depth + 1)
            owner.adopt(name, child, key.start_mark.line + 1, key.start_mark.column + 1)
            if name in fields:
                self.repeated(child, fields[name])
            else:
                fields[name] = child
        return fields

    def sequence(self, owner: Node, depth: int) -> list[Node]:
        items: list[Node] = []
        while not isinstance(event := self.next(), yaml.SequenceEndEvent):
            child = self.value(event, depth + 1)
            owner.adopt(len(items), child, child.line, child.column)
            items.append(child)
        return items

    def key(self, event: Any) -> str:
        if not isinstance(event, yaml.ScalarEvent):
            self.stop(problems.FEATURE, event, what=Text("compound key", "复合键"))
        if event.anchor is not None or event.tag is not None:
            what = Text("anchor or tag on a key", "键上的锚点或标签")
            self.stop(problems.FEATURE, event, what=what)
        if event.value == "<<" and event.implicit[0]:
            self.stop(problems.FEATURE, event, what=Text("merge key (<<)", "合并键（<<）"))
        mark = event.start_mark
        return self.printable(event.value, Node(self.file, None, mark.line + 1, mark.column + 1))

    def scalar(self, event: Any, node: Node) -> Scalar:
        text = self.printable(event.value, node)
        if not event.implicit[0]:
            return text
        try:
            return resolve(text)
        except AmbiguousScalar as trouble:
            params = {"value": text, "what": trouble.what, "how": trouble.how, "word": trouble.word}
            self.bad_scalars.append((node, problems.AMBIGUOUS, params))
            return text

    def printable(self, text: str, node: Node) -> str:
        if bad := _UNPRINTABLE.search(text):
            self.bad_scalars.append((node, problems.CHARACTER, {"what": f"U+{ord(bad[0]):04X}"}))
            return _UNPRINTABLE.sub("?", text)
        return text

    def repeated(self, again: Node, first: Node) -> None:
        params: dict[str, Param] = {"key": str(again.name), "first": first.key_line}
        self.diagnostics.append(Diagnostic(again.key_place, problems.REPEATED_KEY, params))

    def report(self, problem: Problem, line: int, column: int, **params: Param) -> None:
        self.diagnostics.append(Diagnostic(Place(self.file, line, column), problem, params))

    def stop(self, problem: Problem, event: Any, **params: Param) -> None:
        self.report(problem, event.start_mark.line + 1, event.start_mark.column + 1, **params)
        raise _StopReadingError
