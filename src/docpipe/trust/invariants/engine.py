"""Invariants: what must hold, each a small function with its code, words and manual page.

The same functions run over everything in `docpipe verify` and over what a push brings in the hook.
Two people read what they say: whoever verifies (`hint`), and whoever's push is refused (`mend`).
"""

from collections.abc import Callable, Iterable, Iterator
from types import MappingProxyType
from typing import Any, Generic, TypeVar

from docpipe.diagnostics import Param, Text, Value
from docpipe.rules.engine import manual

S = TypeVar("S")

LOOK = Text(
    "Find out who did it: git log records -- {path}", "请查明是谁所为：git log records -- {path}"
)
ASK = Text(
    "The repository administrator should find out why; nothing relies on it until then",
    "请仓库管理员查明原因；在此之前不予采信",
)
REDO = Text(
    "docpipe alone writes records, and only adds to them. Go back to the shared ones: "
    "docpipe doctor --fix; then do it again with docpipe",
    "记录只由 docpipe 写入，且只能追加。请先恢复为共享的记录：docpipe doctor --fix；"
    "再用 docpipe 重做",
)


class Words(Value):
    """What an invariant says where it does not hold, and what to do about it.

    `hint` is for whoever verifies, `mend` for whoever's push is refused. With `remark` it is told
    and is no fault.
    """

    message: Text
    hint: Text = LOOK
    mend: Text = REDO
    remark: bool = False


class Broken(Value):
    """Where something does not hold, and the parameters of its words.

    `path` is where it lies on `records` (of papers and guarded files: in the workspace), `commit`
    the one concerned, `order` and `document` what it is about; each "" where that is nothing.
    """

    path: str = ""
    commit: str = ""
    order: str = ""
    document: str = ""
    params: Any = MappingProxyType({})


def broken(
    path: str = "", commit: str = "", *, order: str = "", document: str = "", **params: Param
) -> Broken:
    """A place where something does not hold; the path tells order and document if they are not."""
    parts = path.split("/")
    if not order and parts[0] in ("orders", "approvals") and len(parts) > 3:
        order, document = parts[2], parts[3]
    return Broken(path, commit, order, document, params)


class Violation(Value):
    """One thing that does not hold, in words that both kinds of readers can be told."""

    code: str
    words: Words
    at: Broken

    def message(self, lang: str) -> str:
        """What is wrong."""
        return self.words.message.say(lang, **self._named())

    def hint(self, lang: str) -> str:
        """What whoever verifies does about it."""
        return self.words.hint.say(lang, **self._named())

    def mend(self, lang: str) -> str:
        """What whoever's push is refused does about it."""
        return self.words.mend.say(lang, **self._named())

    @property
    def remark(self) -> bool:
        """Whether it is told and is no fault."""
        return self.words.remark

    def _named(self) -> dict[str, Param]:
        at = self.at
        own = {"path": at.path, "commit": at.commit[:12], "order": at.order}
        return {**own, "document": at.document, **at.params}


class Invariant(Generic[S]):
    """A function that yields the places where something does not hold, with its code and words."""

    def __init__(self, code: str, words: Words, judge: Callable[[S], Iterator[Broken]]) -> None:
        self.code, self.words, self.judge = code, words, judge
        self.__doc__ = judge.__doc__

    @property
    def page(self) -> Text:
        """The manual page."""
        return manual(self.judge)

    def __call__(self, subject: S) -> Iterator[Violation]:
        """Each place where it does not hold of this subject."""
        for at in self.judge(subject):
            yield Violation(self.code, self.words, at)


_REGISTERED: dict[str, Invariant[Any]] = {}


def invariant(code: str, words: Words) -> Callable[[Callable[[S], Iterator[Broken]]], Invariant[S]]:
    """Make a function an invariant. Its docstring is the manual page: English, `---`, Chinese."""

    def register(judge: Callable[[S], Iterator[Broken]]) -> Invariant[S]:
        if code in _REGISTERED:
            raise ValueError(f"two invariants have the code {code}")
        made = Invariant(code, words, judge)
        _REGISTERED[code] = made
        return made

    return register


def registered() -> list[Invariant[Any]]:
    """All invariants whose modules are imported, by code."""
    return [_REGISTERED[code] for code in sorted(_REGISTERED)]


def judged(subject: S, groups: Iterable[Iterable[Invariant[S]]]) -> Iterator[Violation]:
    """What does not hold of the subject, the gravest group first, and nothing that follows from it.

    A group is looked at where everything in the groups before it holds.
    """
    for group in groups:
        found = [violation for each in group for violation in each(subject)]
        if found:
            yield from found
            return
