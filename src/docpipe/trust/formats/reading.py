"""Reading what docpipe wrote on record: strictly, or not at all."""

import re
from datetime import datetime

from docpipe.adapters.source import Source
from docpipe.adapters.yamlfile import Node
from docpipe.diagnostics import DocpipeError, Text, Value

MOST_BYTES = 1_000_000
_STRANGE = Text(
    "{path} on the branch records is not as docpipe writes it",
    "records 分支上的 {path} 不是 docpipe 写入的样子",
)
_ELSEWHERE = Text(
    "{path} on the branch records does not tell of the place where it lies, but of {stem}",
    "records 分支上的 {path} 写的不是它所在的位置，而是 {stem}",
)
_ASK = Text(
    "The repository administrator should find out why; nothing relies on it",
    "请仓库管理员查明原因；在此之前不予采信",
)
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[+-][0-9]{2}:[0-9]{2}")


class Person(Value):
    """Who put something on record; `role` is the one that they did it in, "" for none."""

    name: str
    email: str
    role: str = ""

    def __str__(self) -> str:
        return f"{self.name} <{self.email}>"


def strange(path: str) -> DocpipeError:
    """That a file is not as docpipe writes it."""
    return DocpipeError(_STRANGE, _ASK, path=path)


def elsewhere(path: str, stem: str) -> DocpipeError:
    """That a file tells of another place than its own."""
    return DocpipeError(_ELSEWHERE, _ASK, path=path, stem=stem)


def data_at(source: Source, path: str) -> Node:
    """What a record holds. Raises ValueError for what is no mapping that YAML can hold, OSError."""
    from docpipe.adapters.yamlfile import load

    loaded = load(source.read(path, MOST_BYTES), path)
    if loaded.root is None or loaded.diagnostics:
        raise ValueError(path)
    return loaded.root


def person(root: Node) -> Person:
    """Who a record is by. Raises KeyError, TypeError for nobody."""
    return Person(root.text("by.name"), root.text("by.email"), root.text("by.role", ""))


def moment(root: Node, name: str = "at") -> datetime:
    """When something was put on record. Raises ValueError for what docpipe does not write."""
    text = root.text(name)
    if not _MOMENT.fullmatch(text):
        raise ValueError(text)
    return datetime.fromisoformat(text)
