"""YAML text to Nodes, on the events of PyYAML's C parser.

PyYAML's own constructors turn `NO` into False and 19.90 into a binary float; events carry the
text and its position, and the meaning is decided here.
"""

import re
import sys
from collections.abc import Callable
from typing import Any, NoReturn

import yaml
from yaml import AliasEvent, MappingEndEvent, MappingStartEvent, ScalarEvent, SequenceEndEvent
from yaml._yaml import CParser

from docpipe.adapters.yamlfile import problems, syntax
from docpipe.adapters.yamlfile.decoding import decode
from docpipe.adapters.yamlfile.node import Node, Scalar
from docpipe.adapters.yamlfile.scalars import AmbiguousScalar, resolve
from docpipe.diagnostics import Diagnostic, Param, Place, Problem, Text, Value

MAX_DEPTH = 50
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x0d\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]"
)
_ALIAS = Text("alias (*name)", "别名（*名字）")
_ANCHOR = Text("anchor (&name)", "锚点（&名字）")
_COMPOUND = Text("compound key", "复合键")
_DIRECTIVE = Text("directive (%...)", "指令（%...）")
_MERGE = Text("merge key (<<)", "合并键（<<）")
_SEVERAL = Text("document marker (---)", "多文档分隔符 ---")
_TAG = Text("tag (!name)", "标签（!名字）")


class Loaded(Value):
    """A file's data (None where it cannot be told) and what is wrong with the file."""

    root: Node | None
    diagnostics: list[Diagnostic]


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
    """One pass over the events; keeps going after a bad scalar, stops at a bad structure.

    Most of the time goes into `mapping`, `value` and `scalar`: what is rare is asked for last,
    and each attribute of an event is read once.
    """

    def __init__(self, text: str, file: str) -> None:
        self.file = file
        self.parser = CParser(text)
        self.next: Callable[[], Any] = self.parser.get_event
        self.has_escapes = "\\" in text  # without them no unprintable character gets past libyaml
        self.diagnostics: list[Diagnostic] = []
        self.bad_scalars: list[tuple[Node, Problem, dict[str, Param]]] = []
        self.repeated_keys: list[tuple[Node, Node]] = []

    def finished(self) -> list[Diagnostic]:
        """All diagnostics; a node's field is known only once its parents are."""
        keys = [
            Diagnostic(
                again.key_place,
                problems.REPEATED_KEY,
                {"key": str(again.name), "first": first.key_line},
            )
            for again, first in self.repeated_keys
        ]
        scalars = [Diagnostic(node.place, what, params) for node, what, params in self.bad_scalars]
        return self.diagnostics + keys + scalars

    def document(self) -> Node | None:
        self.next()  # StreamStart
        start = self.next()
        if isinstance(start, yaml.StreamEndEvent):
            self.report(problems.EMPTY, 1, 1)
            return None
        if start.version is not None or start.tags is not None:
            self.stop(problems.FEATURE, start, what=_DIRECTIVE)
        root = self.value(self.next(), 0)
        self.next()  # DocumentEnd
        after = self.next()
        if not isinstance(after, yaml.StreamEndEvent):
            self.stop(problems.FEATURE, after, what=_SEVERAL)
        if root.value is None:
            self.report(problems.EMPTY, 1, 1)
            return None
        return root

    def value(self, event: Any, depth: int) -> Node:
        mark = event.start_mark
        node = Node(self.file, None, mark.line + 1, mark.column + 1)
        kind = type(event)
        if kind is ScalarEvent:
            node.value = self.scalar(event, node)
            return node
        if kind is AliasEvent or event.anchor is not None or event.tag is not None:
            self.refuse_feature(event)
        if depth >= MAX_DEPTH:
            self.stop(problems.DEPTH, event, limit=MAX_DEPTH)
        if kind is MappingStartEvent:
            node.value = self.mapping(node, depth + 1)
        else:
            node.value = self.sequence(node, depth + 1)
        return node

    def mapping(self, owner: Node, depth: int) -> dict[str, Node]:
        fields: dict[str, Node] = {}
        following = self.next
        while type(key := following()) is not MappingEndEvent:
            name = self.key(key)
            child = self.value(following(), depth)
            mark = key.start_mark
            child.name, child.parent = name, owner
            child.key_line, child.key_column = mark.line + 1, mark.column + 1
            if name in fields:
                self.repeated_keys.append((child, fields[name]))
            else:
                fields[name] = child
        return fields

    def sequence(self, owner: Node, depth: int) -> list[Node]:
        items: list[Node] = []
        following = self.next
        while type(event := following()) is not SequenceEndEvent:
            child = self.value(event, depth)
            child.name, child.parent = len(items), owner
            items.append(child)
        return items

    def key(self, event: Any) -> str:
        mark: Any = event.start_mark
        if type(event) is not ScalarEvent or event.anchor is not None or event.tag is not None:
            self.refuse_feature(event, on_key=True)
        text: str = event.value
        if text == "<<" and event.style == "":
            self.stop(problems.FEATURE, event, what=_MERGE)
        if self.has_escapes and (bad := _UNPRINTABLE.search(text)):
            node = Node(self.file, None, mark.line + 1, mark.column + 1)
            return self.unprintable(text, bad[0], node)
        return sys.intern(text)  # the same few names, thousands of times

    def scalar(self, event: Any, node: Node) -> Scalar:
        if event.anchor is not None or event.tag is not None:
            self.refuse_feature(event)
        text: str = event.value
        if event.style != "":
            if self.has_escapes and (bad := _UNPRINTABLE.search(text)):
                return self.unprintable(text, bad[0], node)
            return text
        try:
            return resolve(text)
        except AmbiguousScalar as trouble:
            value = text if len(text) <= 60 else text[:57] + "..."
            params: dict[str, Param] = {"value": value, "what": trouble.what}
            params |= {"how": trouble.how, "word": trouble.word}
            self.bad_scalars.append((node, problems.AMBIGUOUS, params))
            return text

    def unprintable(self, text: str, bad: str, node: Node) -> str:
        self.bad_scalars.append((node, problems.CHARACTER, {"what": f"U+{ord(bad):04X}"}))
        return _UNPRINTABLE.sub("?", text)

    def report(self, problem: Problem, line: int, column: int, **params: Param) -> None:
        self.diagnostics.append(Diagnostic(Place(self.file, line, column), problem, params))

    def refuse_feature(self, event: Any, on_key: bool = False) -> NoReturn:
        if isinstance(event, AliasEvent):
            what = _ALIAS
        elif on_key and not isinstance(event, ScalarEvent):
            what = _COMPOUND
        else:
            what = _ANCHOR if event.anchor is not None else _TAG
        self.stop(problems.FEATURE, event, what=what)

    def stop(self, problem: Problem, event: Any, **params: Param) -> NoReturn:
        self.report(problem, event.start_mark.line + 1, event.start_mark.column + 1, **params)
        raise _StopReadingError
