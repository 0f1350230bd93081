"""Faults: what on record does not hold, each named with the place that it concerns."""

from collections.abc import Mapping
from types import MappingProxyType

from docpipe.diagnostics import DocpipeError, Text, Value
from docpipe.diagnostics.text import Param


class Kind(Value):
    """A kind of fault: its short name for programs, what is wrong, and what to do."""

    check: str
    message: Text
    hint: Text


class Fault(Value):
    """One thing that does not hold.

    `path` is where it lies on `records` (of papers: in the workspace), `commit` the one concerned,
    `order` and `document` what it is about; each "" where that is nothing.
    """

    kind: Kind
    path: str = ""
    commit: str = ""
    order: str = ""
    document: str = ""
    params: Mapping[str, Param] = MappingProxyType({})

    def message(self, lang: str) -> str:
        """What is wrong."""
        return self.kind.message.say(lang, **self._named())

    def hint(self, lang: str) -> str:
        """What to do about it."""
        return self.kind.hint.say(lang, **self._named())

    def _named(self) -> dict[str, Param]:
        own = {"order": self.order, "document": self.document}
        return {"path": self.path, "commit": self.commit[:12], **own, **self.params}


def fault(
    kind: Kind, path: str = "", commit: str = "", order: str = "", document: str = "",
    **params: Param,
) -> Fault:  # fmt: skip
    """A fault; order and document are told by the path where they are not given."""
    parts = path.split("/")
    if not order and parts[0] in ("orders", "approvals") and len(parts) > 3:
        order, document = parts[2], parts[3]
    return Fault(kind, path, commit, order, document, params)


def said(error: DocpipeError) -> Text:
    """An error's sentence, without its hint."""
    return Text(*(error.message.say(lang, **error.params) for lang in ("en", "zh")))


LOOK = Text(
    "Find out who did it: git log records -- {path}", "请查明是谁所为：git log records -- {path}"
)
ASK = Text(
    "Whoever looks after the repository should find out why; nothing relies on it until then",
    "请仓库管理员查明原因；在此之前不予采信",
)
STRANGE = Kind("record-unreadable", Text("{why}", "{why}"), ASK)
DAMAGED = Kind(
    "damaged",
    Text("It cannot be read whole from this clone: {why}", "无法从本克隆完整读取：{why}"),
    Text(
        "Compare with another clone (git fsck --full); bring the contents back from a sound one",
        "请与其他克隆核对（git fsck --full），并从完好的克隆取回内容",
    ),
)
